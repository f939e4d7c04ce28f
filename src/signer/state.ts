/**
 * The signer's memory: `state.json` with the last tree head it signed. This file alone stops whoever owns the
 * database from having an older or another tree signed, so a folder with keys and no state is refused, not renewed.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { base64, findBase64 } from '../kernel/bytes.ts'
import { isKeyName } from '../record/checkpoint.ts'
import { writeDurably } from '../record/durable-file.ts'
import { sha256 } from '../record/node-crypto.ts'
import { emptyRoot, HASH_BYTES } from '../record/tree.ts'

export type SignerState = { origin: string | null; size: number; root: Uint8Array }

export const FIRST_STATE: SignerState = { origin: null, size: 0, root: emptyRoot(sha256) }

/** Undefined when the folder has none. Throws when the file is damaged. */
export async function findState(folder: string): Promise<SignerState | undefined> {
  let text: string
  try {
    text = await readFile(statePath(folder), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const value = JSON.parse(text) as Record<string, unknown> | null
  const { origin, size, root } = value ?? {}
  const hash = typeof root === 'string' ? findBase64(root) : undefined
  const isOrigin = origin === null || (typeof origin === 'string' && isKeyName(origin))
  if (!isOrigin || typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0 || hash?.length !== HASH_BYTES) {
    throw new Error('state.json is damaged; restore it from what the witnesses last saw, never delete it')
  }
  return { origin, size, root: hash }
}

export async function writeState(folder: string, { origin, size, root }: SignerState): Promise<void> {
  await writeDurably(statePath(folder), `${JSON.stringify({ origin, size, root: base64(root) })}\n`)
}

function statePath(folder: string): string {
  return join(folder, 'state.json')
}
