import type { EntryAnswer, EntrySource } from '../access/entry-routes.ts'
import type { LogSource } from '../access/log-routes.ts'
import type { Section } from '../kernel/act.ts'
import type { Sql } from '../kernel/ports.ts'
import type { Witnesses } from '../platform/witnesses.ts'
import type { RecordContext } from '../record/context.ts'
import { disclosureText } from '../record/disclosure.ts'
import { sha256 } from '../record/node-crypto.ts'
import { disclosuresOf, loadKeys, STORED, type StoredEntry } from '../record/open.ts'
import { formatReceiptExtra, formatTlogProof } from '../record/proof.ts'
import { readTilesFrom } from '../record/tile-store.ts'
import { TileCache, TileTree } from '../record/tile-tree.ts'
import { encodeEntryBundle, findTileRef, TILE_WIDTH } from '../record/tiles.ts'
import { HASH_BYTES } from '../record/tree.ts'

/** The log as the database holds it (C2SP tlog-tiles). Nothing beyond the signed head is shown. */
export function makeLogSource(sql: Sql, witnesses: Witnesses): LogSource {
  const signedSize = async () =>
    (await sql.rows<{ size: number }>('select coalesce(max(size), 0) as size from checkpoint'))[0]?.size ?? 0
  return {
    checkpoint: () => witnesses.checkpoint(),
    async tile(level, index, width) {
      const ref = findTileRef(await signedSize(), level, index)
      if (!ref || ref.width < width) return undefined
      const [row] = await sql.rows<{ hashes: Buffer }>('select hashes from tile where level = $1 and idx = $2', [
        level,
        index,
      ])
      return row?.hashes.subarray(0, width * HASH_BYTES)
    },
    async bundle(index, width) {
      const ref = findTileRef(await signedSize(), 0, index)
      if (!ref || ref.width < width) return undefined
      const first = index * TILE_WIDTH
      const rows = await sql.rows<{ envelope: Buffer }>(
        'select e.envelope from leaf l join entry e on e.n = l.n where l.idx >= $1 and l.idx < $2 order by l.idx',
        [first, first + width],
      )
      return encodeEntryBundle(rows.map(({ envelope }) => envelope))
    },
  }
}

/** Inner nodes of full tiles, 16 KB each: 16 MB cover 256,000 entries. */
const tiles = new TileCache(1_000)

/** Entries with the sections asked for, and receipts without any: who holds a receipt was given its sections elsewhere. */
export function makeEntrySource(sql: Sql, record: RecordContext, witnesses: Witnesses): EntrySource {
  const load = async (id: string) => {
    const [stored] = await sql.rows<StoredEntry & { idx: number | null }>(
      `select ${STORED.replace(/^n,/, 'e.n,')}, l.idx from entry e left join leaf l on l.n = e.n where e.id = $1`,
      [id],
    )
    return stored
  }
  return {
    async find(id, sections): Promise<EntryAnswer | undefined> {
      const stored = await load(id)
      if (!stored) return undefined
      const disclosures: Partial<Record<Section, string>> = {}
      const opened: Partial<Record<Section, Readonly<Record<string, unknown>>>> = {}
      if (sections.length > 0) {
        const withStaff = sections.includes('staff')
        await loadKeys(sql, record.keys, [stored], withStaff)
        for (const { section, json, value } of disclosuresOf(stored, record.keys, withStaff)) {
          if (!sections.includes(section)) continue
          disclosures[section] = disclosureText(json)
          opened[section] = value
        }
      }
      const { kind, facility, envelope } = stored
      return { id: stored.id, kind, facility, envelope: envelope.toString(), disclosures, sections: opened }
    },
    async receipt(id) {
      const stored = await load(id)
      if (!stored) return undefined
      const head = stored.idx === null ? undefined : await witnesses.knownHead(stored.idx + 1)
      if (stored.idx === null || !head || stored.idx >= head.size) return 'pending'
      const proof = await new TileTree(sha256, head.size, readTilesFrom(sql), tiles).inclusionProof(stored.idx)
      const extra = formatReceiptExtra({ envelope: stored.envelope.toString(), disclosures: [] })
      return formatTlogProof({ extra, index: stored.idx, proof, checkpoint: head.note })
    },
  }
}
