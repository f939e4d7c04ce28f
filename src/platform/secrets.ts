import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeWrapPair, type WrapPrivate, type WrapPublic } from '../record/keys.ts'

/** Secrets of an instance, apart from the data. The signer's own keys are not among them: only its process has those. */
export type Secrets = {
  /** Key of the MAC that tells a repeated act from a reused id. */
  readonly macKey: Buffer
  /** Key of the HMAC that signs webhooks; given to whoever receives them. */
  readonly webhookKey: Buffer
  readonly facility: { readonly publicKey: WrapPublic; readonly privateKey: WrapPrivate }
  /** Epoch keys are wrapped for the oversight body too; its private half is not the facility's to hold. */
  readonly oversight: WrapPublic
}

const MAC_KEY = 'act-mac.key'
const WEBHOOK_KEY = 'webhook.key'
const FACILITY = 'facility-wrap.json'
const OVERSIGHT_PUBLIC = 'oversight-wrap.public.json'
const OVERSIGHT_PRIVATE = 'oversight-wrap.json'

/**
 * Reads the secrets, or makes them in an empty folder. Where no oversight body has given its public key, a pair is made
 * for the demonstration and its private half is left in `oversightFolder`, to be carried away.
 * @throws when a file may be read by others.
 */
export async function openSecrets(folder: string, oversightFolder: string): Promise<Secrets> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await assertPrivate(folder)
  const macKey = await readOrMake(join(folder, MAC_KEY), () => randomBytes(32).toString('hex'))
  const webhookKey = await readOrMake(join(folder, WEBHOOK_KEY), () => randomBytes(32).toString('hex'))
  const facility = JSON.parse(
    await readOrMake(join(folder, FACILITY), () => JSON.stringify(makeWrapPair())),
  ) as Secrets['facility']
  const oversight = await readOrMake(join(folder, OVERSIGHT_PUBLIC), async () => {
    const pair = makeWrapPair()
    await mkdir(oversightFolder, { recursive: true, mode: 0o700 })
    await readOrMake(join(oversightFolder, OVERSIGHT_PRIVATE), () => JSON.stringify(pair.privateKey))
    return JSON.stringify(pair.publicKey)
  })
  return {
    macKey: Buffer.from(macKey, 'hex'),
    webhookKey: Buffer.from(webhookKey, 'hex'),
    facility,
    oversight: JSON.parse(oversight) as WrapPublic,
  }
}

async function readOrMake(path: string, make: () => string | Promise<string>): Promise<string> {
  try {
    const text = await readFile(path, 'utf8')
    await assertPrivate(path)
    return text
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    await writeFile(path, await make(), { mode: 0o600, flag: 'wx' })
    await chmod(path, 0o600)
    return readFile(path, 'utf8')
  }
}

async function assertPrivate(path: string): Promise<void> {
  const { mode } = await stat(path)
  if ((mode & 0o077) !== 0) throw new Error(`${path} may be read by others; make it private: chmod go-rwx ${path}`)
}
