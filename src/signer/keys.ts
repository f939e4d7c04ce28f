/** The signing keys: PKCS#8 files of mode 0600 in a folder of mode 0700, made at the first start. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { mkdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { SignatureAlgorithm } from '../kernel/hash.ts'
import { writeDurably } from '../record/durable-file.ts'
import { rawPublicKey } from '../record/node-crypto.ts'
import { FIRST_STATE, findState, writeState } from './state.ts'

export type SigningKey = {
  algorithm: SignatureAlgorithm
  publicKey: Uint8Array
  sign: (message: Uint8Array) => Uint8Array
}

const KEY_FILES = {
  logEd25519: { file: 'log-ed25519.pem', algorithm: 'ed25519' },
  logMlDsa44: { file: 'log-ml-dsa-44.pem', algorithm: 'ml-dsa-44' },
  promise: { file: 'promise-ed25519.pem', algorithm: 'ed25519' },
  custodianEd25519: { file: 'custodian-ed25519.pem', algorithm: 'ed25519' },
  custodianMlDsa44: { file: 'custodian-ml-dsa-44.pem', algorithm: 'ml-dsa-44' },
} as const satisfies Record<string, { file: string; algorithm: SignatureAlgorithm }>

export type SignerKeyName = keyof typeof KEY_FILES
export type SignerKeySet = Record<SignerKeyName, SigningKey>

/**
 * Loads the keys, or makes them in an empty folder. Throws with a sentence for the operator when a file may be read
 * by others, when a key is missing from a folder in use, or when keys stand there without a state.
 */
export async function openKeys(folder: string): Promise<SignerKeySet> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await assertPrivate(folder)
  const state = await findState(folder)
  const present = await Promise.all(Object.values(KEY_FILES).map(({ file }) => exists(join(folder, file))))
  if (state === undefined) {
    if (present.some((isThere) => isThere)) {
      throw new Error(
        `${folder} has keys and no state.json: what was last signed is unknown, so nothing more is signed`,
      )
    }
    // State first: a crash while keys are being made then leaves a folder that the next start completes.
    await writeState(folder, FIRST_STATE)
  }
  const isNew = state === undefined || (state.origin === null && state.size === 0)
  const keys: Partial<SignerKeySet> = {}
  for (const [name, { file, algorithm }] of Object.entries(KEY_FILES) as [
    SignerKeyName,
    (typeof KEY_FILES)[SignerKeyName],
  ][]) {
    const path = join(folder, file)
    if (!(await exists(path))) {
      if (!isNew) throw new Error(`${file} is missing from ${folder}, which has signed before`)
      const { privateKey } = algorithm === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ml-dsa-44')
      await writeDurably(path, privateKey.export({ type: 'pkcs8', format: 'pem' }))
    }
    keys[name] = await loadKey(path, algorithm)
  }
  return keys as SignerKeySet
}

async function loadKey(path: string, algorithm: SignatureAlgorithm): Promise<SigningKey> {
  await assertPrivate(path)
  const privateKey: KeyObject = createPrivateKey(await readFile(path))
  if (privateKey.asymmetricKeyType !== algorithm) throw new Error(`${path} holds no ${algorithm} key`)
  return {
    algorithm,
    publicKey: rawPublicKey(createPublicKey(privateKey)),
    sign: (message) => sign(null, message, privateKey),
  }
}

async function assertPrivate(path: string): Promise<void> {
  const { mode } = await stat(path)
  if ((mode & 0o077) !== 0) {
    throw new Error(`${path} may be read by others (mode ${(mode & 0o777).toString(8)}); chmod go-rwx it`)
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}
