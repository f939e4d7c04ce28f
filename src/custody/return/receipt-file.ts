import { refuseAccess } from '../../access/refusals.ts'
import { type Audience, sectionsOpenTo } from '../../kernel/audience.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import { disclosureText } from '../../record/disclosure.ts'
import { sha256 } from '../../record/node-crypto.ts'
import { disclosuresOf, loadKeys, STORED, type StoredEntry } from '../../record/open.ts'
import { formatReceiptExtra, formatTlogProof, type ReceiptExtra } from '../../record/proof.ts'
import { readTilesFrom } from '../../record/tile-store.ts'
import { TileTree } from '../../record/tile-tree.ts'
import { findHead, isForAll, type ReturnHouse, tilesOf } from './make.ts'

export type ReceiptRequest = {
  /** The entry's id. */
  readonly entry: string
  /** For whom: it says which sections the file opens. */
  readonly audience: Audience
  /** The promise that came with the act, where its holder wants it checked: text of `formatPromise`, Ed25519 in base64. */
  readonly promise?: NonNullable<ReceiptExtra['promise']>
}

/**
 * A receipt file (`.tlog-proof`, C2SP tlog-proof) to hand to a detainee or counsel: proof that the entry stands in the
 * log, and what this reader may open of it. Refused: `no-such-entry`; `not-yet-in-tree` until the sequencer has passed.
 */
export async function makeReceiptFile(
  { database, record }: Pick<ReturnHouse, 'database' | 'record'>,
  { entry, audience, promise }: ReceiptRequest,
): Promise<string | Refusal> {
  const [stored] = await database.rows<StoredEntry & { idx: number | null }>(
    `select l.idx, ${STORED.replace(/^n,/, 'e.n,')} from entry e left join leaf l on l.n = e.n where e.id = $1`,
    [entry],
  )
  if (stored === undefined) return refuseAccess('no-such-entry')
  const head = await findHead(database)
  if (stored.idx === null || head === undefined || stored.idx >= head.size) return refuseAccess('not-yet-in-tree')
  const open = sectionsOpenTo(audience)
  const withStaff = open.includes('staff')
  await loadKeys(database, record.keys, [stored], withStaff)
  const disclosures = disclosuresOf(stored, record.keys, withStaff)
    .filter(({ section }) => open.includes(section) || isForAll(stored, section))
    .map(({ json }) => disclosureText(json))
  const proof = await new TileTree(sha256, head.size, readTilesFrom(database), tilesOf(database)).inclusionProof(
    stored.idx,
  )
  const extra = formatReceiptExtra({
    envelope: stored.envelope.toString(),
    disclosures,
    ...(promise !== undefined && { promise }),
  })
  return formatTlogProof({ extra, index: stored.idx, proof, checkpoint: head.note })
}
