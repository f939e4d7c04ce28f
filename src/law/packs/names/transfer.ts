import type { DateName } from '../registry.ts'
import type { TransferDate } from '../transfer/pack.ts'

const name = (role: DateName['role'], en: string, es: string): DateName => ({ role, says: { en, es } })

/** What each date of a transferred sentence is, and what it does to custody. */
export const transferDates: Readonly<Record<TransferDate, DateName>> = {
  'original-end': name('expiry', 'End by the sentencing state', 'Fin según el Estado de condena'),
  'enforced-end': name('other', 'End as decided here', 'Fin según lo decidido aquí'),
  end: name('release', 'End: the earliest of all', 'Fin: el primero de todos'),
}
