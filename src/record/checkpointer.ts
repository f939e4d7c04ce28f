import type { Clock, Sql } from '../kernel/ports.ts'
import { sha256 } from './node-crypto.ts'
import type { Sequencer } from './sequencer.ts'
import { readTilesFrom } from './tile-store.ts'
import { TileTree } from './tile-tree.ts'

/** The part of the signer that checkpoints need (`src/signer/client.ts`). */
export type CheckpointSigner = {
  state(): Promise<{ origin: string | null; size: number; root: Uint8Array }>
  signCheckpoint(checkpoint: {
    origin: string
    size: number
    root: Uint8Array
    from: number
    proof: readonly Uint8Array[]
  }): Promise<{ note: string } | { refused: string; size: number }>
}

/** The signer holds a later or another tree than the database: it was restored from an older copy, or changed. */
export class CheckpointRefused extends Error {
  override readonly name = 'CheckpointRefused'
  readonly reason: string
  readonly signedSize: number
  readonly size: number
  constructor(reason: string, signedSize: number, size: number) {
    super(`the signer refuses a checkpoint of size ${size} (${reason}); it last signed size ${signedSize}`)
    this.reason = reason
    this.signedSize = signedSize
    this.size = size
  }
}

export type CheckpointerOptions = {
  readonly database: Sql
  readonly sequencer: Sequencer
  readonly signer: CheckpointSigner
  readonly origin: string
  readonly clock: Clock
}

/**
 * Has the committed tree signed. Only a tree that is committed is ever shown to the signer: a root that was signed and
 * then rolled back would stop it for ever.
 */
export async function signHead({ database, sequencer, signer, origin, clock }: CheckpointerOptions): Promise<number> {
  const { size, root } = await sequencer.head()
  const [last] = await database.rows<{ size: number }>('select coalesce(max(size), 0) as size from checkpoint')
  // Asked also when there is nothing new to sign: an older copy is told at once, not at its first entry.
  const { origin: signedOrigin, size: from, root: signedRoot } = await signer.state()
  if (from > size && (size > 0 || signedOrigin === origin)) throw new CheckpointRefused('older', from, size)
  if (size === 0) return size
  if (from === size && !Buffer.from(signedRoot).equals(root)) throw new CheckpointRefused('fork', from, size)
  if (size === last?.size) return size
  const tree = new TileTree(sha256, size, readTilesFrom(database))
  const proof = from === size ? [] : await tree.consistencyProof(from)
  const signed = await signer.signCheckpoint({ origin, size, root, from, proof })
  if ('refused' in signed) throw new CheckpointRefused(signed.refused, signed.size, size)
  await database.rows('insert into checkpoint (size, root, note, at) values ($1, $2, $3, $4) on conflict do nothing', [
    size,
    Buffer.from(root),
    signed.note,
    clock.now().toString(),
  ])
  return size
}
