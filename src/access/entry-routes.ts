import { SECTIONS, type Section } from '../kernel/act.ts'
import type { Sql } from '../kernel/ports.ts'
import type { Visible } from '../kernel/visible.ts'
import type { Endpoint } from '../platform/http/endpoint.ts'
import { readEntry, readReceipt } from './entry-contract.ts'
import { refuseAccess } from './refusals.ts'

/** An entry as the record gives it out: the public envelope, and the sections that were asked for and still exist. */
export type EntryAnswer = {
  readonly id: string
  readonly kind: string
  readonly facility: string
  /** The JCS text that the leaf's hash is made of. */
  readonly envelope: string
  /** SD-JWT disclosures (RFC 9901) of the opened sections, base64url: anybody can check them against the envelope. */
  readonly disclosures: Readonly<Partial<Record<Section, string>>>
  readonly sections: Readonly<Partial<Record<Section, Readonly<Record<string, unknown>>>>>
}

export type EntrySource = {
  /** Opens no section but those named. Undefined when there is no such entry. */
  find(id: string, sections: readonly Section[]): Promise<EntryAnswer | undefined>
  /** The C2SP tlog-proof text; `pending` until the sequencer has passed. */
  receipt(id: string): Promise<string | 'pending' | undefined>
}

export function entryRoutes(source: EntrySource): Endpoint[] {
  return [
    {
      contract: readEntry,
      async handle({ params }: { params: { id: string } }, { sql, visible }) {
        const open = await openOf(sql, params.id, visible)
        const found = await source.find(params.id, open)
        if (found === undefined) return refuseAccess('no-such-entry')
        const { id, kind, facility, envelope } = found
        // Cut once more: a source that opens too much must not become an answer that shows too much.
        return {
          id,
          kind,
          facility,
          envelope,
          disclosures: only(open, found.disclosures),
          sections: only(open, found.sections),
          closed: SECTIONS.filter((section) => !open.includes(section)),
        }
      },
    },
    {
      contract: readReceipt,
      async handle({ params }: { params: { id: string } }) {
        const receipt = await source.receipt(params.id)
        if (receipt === undefined) return refuseAccess('no-such-entry')
        return receipt === 'pending' ? refuseAccess('not-yet-in-tree') : receipt
      },
    },
  ]
}

/** By role, and of a custody whose glass the reader has broken what is closed to others of that role. */
async function openOf(sql: Sql, entry: string, visible: Visible): Promise<readonly Section[]> {
  const [about] = await sql.rows<{ custody: string | null }>('select custody from entry where id = $1::uuid', [entry])
  return about?.custody == null ? visible.sections : visible.sectionsOf(about.custody)
}

function only<T>(open: readonly Section[], from: Readonly<Partial<Record<Section, T>>>): Partial<Record<Section, T>> {
  const kept: Partial<Record<Section, T>> = {}
  for (const section of open) if (from[section] !== undefined) kept[section] = from[section]
  return kept
}
