import type { Act, ActKind, SectionShapes } from '../kernel/act.ts'
import { derivedId } from '../kernel/ids.ts'
import type { OccurredAt, Precision } from '../kernel/time.ts'

/** An act before it has an actor: what the simulator hands to the loader. `data` is already in the act's normal form. */
export type ActDraft = {
  readonly kind: ActKind
  /** The act's id, derived from its subject and place in order: loading twice repeats, never doubles. */
  readonly id: string
  readonly occurredAt: OccurredAt
  readonly data: Act['data']
}

/** `what` names the act within the simulation, e.g. custody id and running number. */
export function draft<S extends SectionShapes>(
  kind: ActKind<S>,
  what: readonly string[],
  occurredAt: OccurredAt,
  data: Act['data'],
): ActDraft {
  return { kind: kind as unknown as ActKind, id: derivedId('simulated-act', ...what), occurredAt, data }
}

export const occurred = (at: string, zone: string, precision: Precision = 'minute'): OccurredAt => ({
  at,
  precision,
  zone,
})
