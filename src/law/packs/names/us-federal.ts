import type { DateName } from '../registry.ts'
import type { FederalDate } from '../us-federal/pack.ts'

const name = (role: DateName['role'], en: string, es: string): DateName => ({ role, says: { en, es } })

/** What each date of a federal sentence of the United States is, and what it does to custody. */
export const usFederalDates: Readonly<Record<FederalDate, DateName>> = {
  'full-term': name('other', 'Full term', 'Término completo'),
  expiry: name('expiry', 'Expires with prior custody credited', 'Vence, abonada la detención previa'),
  release: name('release', 'Release', 'Libertad'),
  'release-may': name('eligibility', 'Release allowed on the weekday before', 'Libertad posible el día hábil anterior'),
  'earned-time-release': name('eligibility', 'Release with earned time', 'Libertad con tiempo ganado'),
}
