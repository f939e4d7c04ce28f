import { createHash } from 'node:crypto'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { randomId } from '../kernel/ids.ts'
import type { Sql } from '../kernel/ports.ts'
import { KeyMissing, type KeyRing } from '../record/keys.ts'
import { decrypt, encrypt } from '../record/seal.ts'

/**
 * Pictures and documents, each encrypted under the key of the custody that it belongs to and named by the SHA-256 of
 * what it holds; the record commits to that digest. When the custody's key goes, the file is closed for ever.
 */
export class FileStore {
  readonly #folder: string
  readonly #sql: Sql
  readonly #keys: KeyRing

  constructor(folder: string, sql: Sql, keys: KeyRing) {
    this.#folder = folder
    this.#sql = sql
    this.#keys = keys
  }

  /** Keeps the bytes and answers their digest (lower-case hex). Keeping the same bytes twice changes nothing. */
  async put(custody: string, bytes: Uint8Array): Promise<string> {
    const digest = createHash('sha256').update(bytes).digest('hex')
    const key = await this.#key(custody)
    const path = this.#path(custody, digest)
    await mkdir(join(this.#folder, custody), { recursive: true, mode: 0o700 })
    const temporary = `${path}.${randomId()}`
    const file = await open(temporary, 'wx', 0o600)
    try {
      await file.writeFile(encrypt(key, Buffer.from(bytes)))
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
    return digest
  }

  /** The bytes, or undefined when there is no such file. Throws when what lies there is not what was kept. */
  async find(custody: string, digest: string): Promise<Buffer | undefined> {
    let stored: Buffer
    try {
      stored = await readFile(this.#path(custody, digest))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
    const bytes = decrypt(await this.#key(custody), stored)
    if (createHash('sha256').update(bytes).digest('hex') !== digest)
      throw new Error('a stored file does not match its digest')
    return bytes
  }

  async #key(custody: string): Promise<Buffer> {
    await this.#keys.load(this.#sql, [custody])
    const key = this.#keys.find(custody)
    if (!key) throw new KeyMissing(custody)
    return key
  }

  /** Both parts are checked before they come near a path: a uuid and 64 hexadecimal figures. */
  #path(custody: string, digest: string): string {
    if (!/^[0-9a-f-]{36}$/.test(custody) || !/^[0-9a-f]{64}$/.test(digest))
      throw new RangeError('no name of a stored file')
    return join(this.#folder, custody, digest)
  }
}
