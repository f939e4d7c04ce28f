/** What other rooms may ask of custody. */
export { type DailyIdentity, dailyIdentity } from './day.ts'
export { type Figures, figuresFor } from './figures.ts'
export {
  type CustodyFile,
  type CustodyHead,
  type CustodyOf,
  custodiesOf,
  custodyAt,
  findCustody,
  findCustodyById,
  listConflicts,
} from './file.ts'
export { type PresenceState, type Roll, rollAt } from './roll.ts'
export { type CustodySpan, custodySpanOf, latestOf } from './span.ts'
