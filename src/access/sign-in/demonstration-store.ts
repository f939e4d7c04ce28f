import type { Adapter, AdapterPayload } from 'oidc-provider'

type Kept = { readonly payload: AdapterPayload; readonly until: number }

/** Nothing of a demonstration is worth more memory than this. */
const KEPT_MAX = 2000

// The provider makes an adapter for each kind of thing; they share what is kept, and it ends with the process.
const kept = new Map<string, Kept>()
const uids = new Map<string, string>()

/** What the demonstration issuer remembers: sessions, codes, interactions, each until it ends or room is needed. */
export class MemoryStore implements Adapter {
  readonly #kind: string

  constructor(kind: string) {
    this.#kind = kind
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    const key = this.#key(id)
    kept.delete(key)
    kept.set(key, {
      payload,
      until: expiresIn === undefined ? Number.POSITIVE_INFINITY : performance.now() + 1000 * expiresIn,
    })
    if (payload.uid !== undefined) uids.set(payload.uid, key)
    for (const [oldest, { payload }] of kept) {
      if (kept.size <= KEPT_MAX) break
      kept.delete(oldest)
      if (payload.uid !== undefined) uids.delete(payload.uid)
    }
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return this.#read(this.#key(id))
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    const key = uids.get(uid)
    return key === undefined ? undefined : this.#read(key)
  }

  /** Of the device flow, which is off. */
  async findByUserCode(): Promise<undefined> {
    return undefined
  }

  async consume(id: string): Promise<void> {
    const found = kept.get(this.#key(id))
    if (found) found.payload.consumed = Math.floor(performance.timeOrigin + performance.now()) / 1000
  }

  async destroy(id: string): Promise<void> {
    const key = this.#key(id)
    const uid = kept.get(key)?.payload.uid
    if (uid !== undefined) uids.delete(uid)
    kept.delete(key)
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [key, { payload }] of kept) if (payload.grantId === grantId) kept.delete(key)
  }

  #key(id: string): string {
    return `${this.#kind} ${id}`
  }

  #read(key: string): AdapterPayload | undefined {
    const found = kept.get(key)
    if (found === undefined || found.until > performance.now()) return found?.payload
    kept.delete(key)
    return undefined
  }
}
