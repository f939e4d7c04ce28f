import type { DateName } from '../registry.ts'
import type { SvDate } from '../sv/pack.ts'

const name = (role: DateName['role'], en: string, es: string): DateName => ({ role, says: { en, es } })

/** What each date of El Salvador is, and what it does to custody. */
export const svDates: Readonly<Record<SvDate, DateName>> = {
  half: name('eligibility', 'Half of the sentence', 'Media pena'),
  'two-thirds': name('eligibility', 'Two thirds of the sentence', 'Dos tercios de la pena'),
  end: name('release', 'The whole sentence is served', 'Cumplimiento total de la pena'),
  'redeemed-end': name('eligibility', 'End with days redeemed by work', 'Fin con redención por trabajo'),
}
