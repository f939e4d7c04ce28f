import { refuseAccess } from '../../access/refusals.ts'
import type { Promiser } from '../../kernel/ports.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { sha256 } from '../../record/node-crypto.ts'
import { STORED, type StoredEntry } from '../../record/open.ts'
import { formatPromise } from '../../record/promise.ts'
import { formatReceiptExtra, formatTlogProof, type ReceiptExtra } from '../../record/proof.ts'
import { leafHashOf } from '../../record/seal.ts'
import { readTilesFrom } from '../../record/tile-store.ts'
import { TileTree } from '../../record/tile-tree.ts'
import { findHead, type ReturnHouse, tilesOf } from './make.ts'
import { discloseFor, type Opening } from './opening.ts'

/** A house that makes receipt files. */
export type ReceiptHouse = Pick<ReturnHouse, 'database' | 'record' | 'config' | 'bestHead'> & {
  /** Without it, receipts carry no promise. */
  readonly promiser?: Promiser
}

/**
 * A receipt file (`.tlog-proof`, C2SP tlog-proof) to hand to a detainee or counsel: proof that the entry stands in the
 * log, what this reader may open of it, and the promise, as a repeat of the act would bring it (none while the signer is
 * away). Refused: `no-such-entry`; `section-closed`; `not-yet-in-tree` until the sequencer has passed.
 */
export async function makeReceiptFile(
  house: ReceiptHouse,
  { entry, ...opening }: Opening & { /** The entry's id. */ readonly entry: string },
): Promise<string | Refusal> {
  const { database } = house
  const [stored] = await database.rows<StoredEntry & { idx: number | null }>(
    `select l.idx, ${STORED.replace(/^n,/, 'e.n,')} from entry e left join leaf l on l.n = e.n where e.id = $1`,
    [entry],
  )
  if (stored === undefined) return refuseAccess('no-such-entry')
  const disclosures = await discloseFor(house, stored, opening)
  if (isRefusal(disclosures)) return disclosures
  const newest = await findHead(database)
  if (stored.idx === null || newest === undefined || stored.idx >= newest.size) return refuseAccess('not-yet-in-tree')
  const head = (await house.bestHead?.(stored.idx + 1)) ?? newest
  const tree = new TileTree(sha256, head.size, readTilesFrom(database), tilesOf(database))
  const proof = await tree.inclusionProof(stored.idx)
  const promise = await promiseOf(house, stored)
  const extra = formatReceiptExtra({
    envelope: stored.envelope.toString(),
    disclosures,
    ...(promise !== undefined && { promise }),
  })
  return formatTlogProof({ extra, index: stored.idx, proof, checkpoint: head.note })
}

/** Ed25519 signs alike each time: for an act that came alone this is the promise that came with its answer, bit for bit. */
async function promiseOf(
  { promiser, config }: ReceiptHouse,
  { envelope, recorded }: StoredEntry,
): Promise<ReceiptExtra['promise']> {
  const leafHashes = [leafHashOf(envelope)]
  const signed = await promiser?.promise(leafHashes, recorded)
  if (signed === undefined) return undefined
  const timeSeconds = Math.floor(Temporal.Instant.from(signed.at).epochMilliseconds / 1000)
  const { delaySeconds, signature } = signed
  return { text: formatPromise({ origin: config.origin, timeSeconds, delaySeconds, leafHashes }), sig: signature }
}

/** The entries of an act by the act's id, or the entry itself by its own; none where neither is known. */
export async function entriesOfAct({ database }: Pick<ReturnHouse, 'database'>, id: string): Promise<string[]> {
  const rows = await database.rows<{ id: string }>(
    'select id from entry where id = $1::uuid or act = $1::uuid order by act_part, n',
    [id],
  )
  return rows.map((row) => row.id)
}
