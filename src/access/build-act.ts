import { createHmac } from 'node:crypto'
import { type Act, ActBody, type ActKind, type Actor, type Via } from '../kernel/act.ts'
import { jcs } from '../kernel/json.ts'

/** The body of an act of one kind: `{id, occurredAt, data}` with the act's own data. */
export const bodyOf = (kind: ActKind) => ActBody.extend({ data: kind.data })

/** A validated body; `data` is what `kind.data` gave. */
export type ActInput = Pick<Act, 'id' | 'occurredAt' | 'data'>

/** What a repeat is compared by: the body as it arrived, so that a later default in the schema changes nothing. */
export type Given = { readonly occurredAt: unknown; readonly data: unknown }

export type Sender = { readonly actor: Actor; readonly via: Via; readonly macKey: Buffer; readonly batch?: string }

/** An act for the runner. Authorise first. */
export function buildAct(kind: ActKind, input: ActInput, given: Given, sender: Sender): Act {
  return {
    id: input.id,
    part: 0,
    kind,
    occurredAt: input.occurredAt,
    data: input.data,
    via: sender.via,
    actor: { officer: sender.actor.officer, role: sender.actor.role },
    ...(sender.batch !== undefined && { batch: sender.batch }),
    mac: macOf(sender.macKey, kind.kind, given),
  }
}

/**
 * HMAC-SHA-256 over the kind, a line feed and the JCS form (RFC 8785) of `{occurredAt, data}`. Keyed, because the body
 * of an act can often be guessed and the value stays in the clear when its sections are expunged.
 */
export function macOf(key: Buffer, kind: string, { occurredAt, data }: Given): Buffer {
  return createHmac('sha256', key).update(`${kind}\n`).update(jcs({ occurredAt, data })).digest()
}
