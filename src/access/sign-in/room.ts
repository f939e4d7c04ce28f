import { type ActKind, dataOf, type Entry } from '../../kernel/act.ts'
import { defineEvents, type Room } from '../../kernel/register.ts'
import { disableOfficer, enableOfficer, officerActs } from './acts.ts'
import { signInRefusals } from './refusals.ts'

type Standing = typeof disableOfficer | typeof enableOfficer

const rowOf = (kind: Standing) => (entry: Entry) => {
  const { act } = dataOf(kind as ActKind<Standing['sections']>, entry)
  if (!act) return []
  // By when it was recorded: a session begun after is not ended by an act that says it happened earlier.
  return [{ entry_n: entry.n, officer: act.officer, disabled: kind === disableOfficer, at: entry.recordedAt }]
}

export const standingRegister = defineEvents({
  table: 'officer_standing',
  columns: { entry_n: 'bigint', officer: 'uuid', disabled: 'boolean', at: 'timestamptz' },
  key: ['entry_n'],
  rows: { [disableOfficer.kind]: rowOf(disableOfficer), [enableOfficer.kind]: rowOf(enableOfficer) },
})

/** Who may sign in. Sessions and tokens themselves are no acts; that somebody may no longer is one. */
export const room: Room = {
  name: 'sign-in',
  acts: officerActs,
  registers: [standingRegister],
  refusals: signInRefusals,
}
