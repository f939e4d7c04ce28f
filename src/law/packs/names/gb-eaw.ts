import type { DateType } from '../gb-eaw/case.ts'
import type { DateName } from '../registry.ts'

const name = (role: DateName['role'], en: string, es: string): DateName => ({ role, says: { en, es } })

/** What each date of England and Wales is, and what it does to custody. */
export const gbEawDates: Readonly<Record<DateType, DateName>> = {
  ARD: name('release', 'Automatic release', 'Libertad automática'),
  CRD: name('release', 'Conditional release', 'Libertad condicional por ley'),
  PRRD: name('release', 'Release after recall', 'Libertad tras la revocación'),
  MTD: name('release', 'Mid term: transfer to the community', 'Mitad de la pena: paso a la comunidad'),
  ETD: name('eligibility', 'Early transfer to the community', 'Paso anticipado a la comunidad'),
  LTD: name('other', 'Late transfer to the community', 'Paso tardío a la comunidad'),
  HDCED: name('eligibility', 'Home detention curfew: eligible', 'Arresto domiciliario: puede concederse'),
  PED: name('eligibility', 'Parole: eligible', 'Libertad por la junta: puede concederse'),
  ERSED: name('eligibility', 'Early removal from the country: eligible', 'Expulsión anticipada: puede concederse'),
  SED: name('expiry', 'Sentence expires', 'Fin de la pena'),
  SLED: name('expiry', 'Sentence and licence expire', 'Fin de la pena y de la libertad vigilada'),
  ESED: name('other', 'End of the whole sentence, before adjustments', 'Fin de toda la pena, antes de ajustes'),
  LED: name('other', 'Licence expires', 'Fin de la libertad vigilada'),
  TUSED: name('other', 'Top-up supervision ends', 'Fin de la supervisión posterior'),
}
