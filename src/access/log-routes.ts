import { z } from 'zod'
import type { Contract } from '../kernel/contract.ts'
import { Answer, type Endpoint, PUBLIC } from '../platform/http/endpoint.ts'
import { findTilePath, TILE_WIDTH } from '../record/tiles.ts'
import { refuseAccess } from './refusals.ts'

/** The log as it is served. Each answers undefined for what the log does not have (yet). */
export type LogSource = {
  /** The newest signed note, with the lines of its witnesses. */
  checkpoint(): Promise<string | undefined>
  /** Hashes of a tile, exactly `width` of them. */
  tile(level: number, index: number, width: number): Promise<Uint8Array | undefined>
  /** Envelopes `index * 256` and on, exactly `width` of them, as an entry bundle. */
  bundle(index: number, width: number): Promise<Uint8Array | undefined>
}

// A full tile never changes; a partial one is a prefix that never changes either, but is soon of no use.
const FULL = 'public, max-age=31536000, immutable'
const PARTIAL = 'public, max-age=3600'
const BYTES = 'application/octet-stream'
const TilePath = z.object({ '*': z.string().max(100) })
const Bytes = z.unknown().meta({ description: 'bytes' })

/** C2SP tlog-tiles: checkpoint and hash tiles for everybody, entry bundles by credential. */
export function logRoutes(source: LogSource): Endpoint[] {
  const checkpoint: Contract = {
    method: 'GET',
    path: '/log/checkpoint',
    says: { en: 'The newest signed checkpoint', es: 'El punto de control firmado más reciente' },
    permission: PUBLIC,
    personal: false,
    ok: z.string(),
    answers: 'text/plain; charset=utf-8',
  }
  const bundle: Contract = {
    method: 'GET',
    path: '/log/tile/entries/*',
    says: {
      en: 'Envelopes of up to 256 entries (C2SP tlog-tiles)',
      es: 'Sobres de hasta 256 asientos (C2SP tlog-tiles)',
    },
    permission: 'log.bundle',
    personal: false,
    params: TilePath,
    ok: Bytes,
    answers: BYTES,
  }
  const tile: Contract = {
    method: 'GET',
    path: '/log/tile/*',
    says: {
      en: 'Up to 256 hashes of the tree (C2SP tlog-tiles)',
      es: 'Hasta 256 resúmenes del árbol (C2SP tlog-tiles)',
    },
    permission: PUBLIC,
    personal: false,
    params: TilePath,
    ok: Bytes,
    answers: BYTES,
  }
  return [
    {
      contract: checkpoint,
      async handle() {
        const note = await source.checkpoint()
        return note === undefined
          ? refuseAccess('no-such-tile')
          : new Answer(note, 200, { 'cache-control': 'no-cache' })
      },
    },
    {
      contract: bundle,
      async handle({ params }: { params: { '*': string } }) {
        const ref = findTilePath(`tile/entries/${params['*']}`)
        if (ref?.kind !== 'entries') return refuseAccess('no-such-tile')
        const bytes = await source.bundle(ref.index, ref.width)
        // Given by credential, so no shared cache may keep it.
        return bytes === undefined
          ? refuseAccess('no-such-tile')
          : new Answer(Buffer.from(bytes), 200, { 'cache-control': 'private, max-age=3600' })
      },
    },
    {
      contract: tile,
      async handle({ params }: { params: { '*': string } }) {
        const ref = findTilePath(`tile/${params['*']}`)
        if (ref?.kind !== 'tile') return refuseAccess('no-such-tile')
        const bytes = await source.tile(ref.level, ref.index, ref.width)
        return bytes === undefined
          ? refuseAccess('no-such-tile')
          : new Answer(Buffer.from(bytes), 200, { 'cache-control': ref.width === TILE_WIDTH ? FULL : PARTIAL })
      },
    },
  ]
}
