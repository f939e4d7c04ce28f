import { createHash } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { randomId } from '../kernel/ids.ts'
import type { Sql } from '../kernel/ports.ts'
import { fileSubject, KeyMissing, type KeyRing } from '../record/keys.ts'
import { decrypt, encrypt } from '../record/seal.ts'

/**
 * Pictures and documents, each encrypted under a key of its own and named by the SHA-256 of what it holds; the record
 * commits to that digest. Expunging the section that names it destroys the key, in the same transaction; the bytes that
 * are left open for nobody, and `sweep` clears them away.
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
    const path = this.#path(custody, digest)
    const [known] = await this.#sql.rows("select from subject where id = $1 and kind = 'custody'", [custody])
    if (!known) throw new KeyMissing(custody)
    await this.#keys.begin(this.#sql, Temporal.Now.instant())
    const key = await this.#keys.ensureFileKey(this.#sql, fileSubject(custody, digest), custody)
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
    const key = await this.#findKey(custody, digest)
    if (!key) return undefined
    const bytes = decrypt(key, stored)
    if (createHash('sha256').update(bytes).digest('hex') !== digest)
      throw new Error('a stored file does not match its digest')
    return bytes
  }

  /**
   * Removes files that no key opens any more. Resolves to how many. Needs to see keys that were sealed for a court, as
   * the owner of the database does: what a court has the key of stays.
   */
  async sweep(): Promise<number> {
    let swept = 0
    for (const custody of await namesIn(this.#folder)) {
      for (const name of await namesIn(join(this.#folder, custody))) {
        if (
          /^[0-9a-f]{64}$/.test(name) &&
          ((await this.#findKey(custody, name)) || (await this.#isSealed(custody, name)))
        )
          continue
        await rm(join(this.#folder, custody, name))
        swept++
      }
    }
    return swept
  }

  async #isSealed(custody: string, digest: string): Promise<boolean> {
    const rows = await this.#sql.rows('select from keystore.sealed_key where subject = $1', [
      fileSubject(custody, digest),
    ])
    return rows.length > 0
  }

  /** Asked of the store each time: a key that was destroyed must not live on in a process's memory. */
  async #findKey(custody: string, digest: string): Promise<Buffer | undefined> {
    const subject = fileSubject(custody, digest)
    this.#keys.forget(subject)
    await this.#keys.load(this.#sql, [subject])
    return this.#keys.find(subject)
  }

  /** Both parts are checked before they come near a path: a uuid and 64 hexadecimal figures. */
  #path(custody: string, digest: string): string {
    if (!/^[0-9a-f-]{36}$/.test(custody) || !/^[0-9a-f]{64}$/.test(digest))
      throw new RangeError('no name of a stored file')
    return join(this.#folder, custody, digest)
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
