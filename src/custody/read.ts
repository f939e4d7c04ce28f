/** What other rooms may ask of custody. */
export { type DailyIdentity, dailyIdentity } from './day.ts'
export {
  type CustodyFile,
  type CustodyHead,
  type CustodyOf,
  custodiesOf,
  custodyAt,
  findCustody,
  listConflicts,
} from './file.ts'
export { type PresenceState, type Roll, rollAt } from './roll.ts'
export { countHeld, type HeldFilter, listHeld, type Visible } from './roster.ts'
export { type CustodySpan, custodySpanOf } from './span.ts'
