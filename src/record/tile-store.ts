import type { Sql } from '../kernel/ports.ts'
import type { ReadTiles, TileRef } from './tiles.ts'
import { HASH_BYTES } from './tree.ts'

/** Reads tiles from the database, many in one statement. A partial tile is a prefix of what is stored. */
export function readTilesFrom(sql: Sql): ReadTiles {
  return async (refs) => {
    const rows = await sql.rows<{ level: number; idx: number; hashes: Buffer }>(
      'select t.level, t.idx, t.hashes from unnest($1::smallint[], $2::bigint[]) u(level, idx) join tile t using (level, idx)',
      [refs.map(({ level }) => level), refs.map(({ index }) => index)],
    )
    const stored = new Map(rows.map(({ level, idx, hashes }) => [`${level}/${idx}`, hashes]))
    return refs.map((ref) => prefixOf(ref, stored.get(`${ref.level}/${ref.index}`)))
  }
}

function prefixOf({ level, index, width }: TileRef, hashes: Buffer | undefined): Uint8Array {
  if (!hashes || hashes.length < width * HASH_BYTES)
    throw new Error(`tile ${level}/${index} with ${width} hashes is not stored`)
  return hashes.subarray(0, width * HASH_BYTES)
}
