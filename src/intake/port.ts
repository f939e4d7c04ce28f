import type { Act, Actor } from '../kernel/act.ts'
import { derivedId } from '../kernel/ids.ts'
import type { Clock, Tx } from '../kernel/ports.ts'
import type { Refusal } from '../kernel/refusal.ts'
import type { Database } from '../platform/database.ts'
import type { Outcome } from '../record/runner.ts'
import type { Draft } from './decide.ts'

/** What an import needs of the house that it runs in. */
export type ImportPort = {
  readonly database: Database
  readonly clock: Clock
  /** On whose behalf the file is imported. */
  readonly actor: Actor
  /**
   * Appends the acts in one transaction, all or none, in order, and places them in the tree. `alsoWrite` writes in
   * that same transaction.
   */
  appendBulk(acts: readonly Act[], alsoWrite?: (tx: Tx) => void): Promise<readonly Outcome[]>
}

/** A refusal inside an import: undoes what is open and becomes the import's answer. */
export class ImportRefused extends Error {
  override readonly name = 'ImportRefused'
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

/**
 * A draft as an act, checked by its kind's schema like any other; undefined where the schema does not take it. The id
 * follows from the batch (the file and its profile) and the place in it, so sending it again repeats and never doubles;
 * the MAC is therefore the id itself.
 */
export function actOf(draft: Draft, batch: string, place: string, actor: Actor): Act | undefined {
  const data = draft.kind.data.safeParse(draft.data)
  if (!data.success) return undefined
  const id = derivedId('act', batch, place, draft.name)
  return {
    id,
    part: 0,
    kind: draft.kind,
    occurredAt: draft.occurredAt,
    data: data.data as Act['data'],
    via: 'import',
    actor,
    batch,
    mac: Buffer.from(id),
  }
}

/** The same for a draft that holds only what we made ourselves. */
export function ownAct(draft: Draft, batch: string, place: string, actor: Actor): Act {
  const act = actOf(draft, batch, place, actor)
  if (!act) throw new Error(`${draft.name} does not fit its schema`)
  return act
}
