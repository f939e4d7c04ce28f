import { readFile, stat } from 'node:fs/promises'
import { writeDurably } from '../record/durable-file.ts'
import { sha256 } from '../record/node-crypto.ts'
import { parseVerifierKey, type VerifierKey } from '../record/note.ts'
import { formatPolicy, type Policy, parsePolicy } from '../record/policy.ts'
import { addWitness, type NewWitness } from '../record/policy-edit.ts'

/** The trust policy cannot be used, or names other keys than those that sign here. The message is for the operator. */
export class TrustPolicyWrong extends Error {
  override readonly name = 'TrustPolicyWrong'
}

/** The policy file of an instance (C2SP tlog-policy): its log's keys, its witnesses, their quorum. */
export class TrustPolicy {
  readonly #path: string
  #known: { readonly policy: Policy; readonly stamp: string } | undefined

  constructor(path: string) {
    this.#path = path
  }

  /**
   * Makes the file at the first start; later keeps what it says.
   * @throws TrustPolicyWrong when it names other keys for this origin: somebody replaced the signer's or the file.
   */
  async keep(logs: readonly VerifierKey[]): Promise<Policy> {
    if ((await this.#stamp()) === undefined) {
      await this.#write({ logs: logs.map((key) => ({ key })), witnesses: [], groups: [], quorum: 'none' })
      return this.get()
    }
    const policy = await this.get()
    const origin = logs[0]?.name
    const idOf = ({ publicKey }: VerifierKey) => publicKey.toHex()
    const named = policy.logs.filter(({ key }) => key.name === origin).map(({ key }) => idOf(key))
    if (named.toSorted().join() === logs.map(idOf).toSorted().join()) return policy
    if (named.length > 0) {
      throw new TrustPolicyWrong(
        `${this.#path} names other keys for ${origin} than the signer has. If the log was closed and a new one begins, it needs another origin; if the file was changed, put the true one back.`,
      )
    }
    await this.#write({ ...policy, logs: [...policy.logs, ...logs.map((key) => ({ key }))] })
    return this.get()
  }

  /** The policy as the file says it now; read again only when the file has changed. */
  async get(): Promise<Policy> {
    const stamp = await this.#stamp()
    if (stamp === undefined) throw new TrustPolicyWrong(`${this.#path} has gone.`)
    if (this.#known?.stamp === stamp) return this.#known.policy
    const parsed = parsePolicy(sha256, await readFile(this.#path, 'utf8'))
    if (!parsed.ok) throw new TrustPolicyWrong(`${this.#path} cannot be read: ${parsed.reason}.`)
    this.#known = { policy: parsed.value, stamp }
    return parsed.value
  }

  /** `habeas witness add`: keys as text. @throws TrustPolicyWrong saying what stands in the way. */
  async addWitness({
    keys,
    ...witness
  }: Omit<NewWitness, 'keys'> & { readonly keys: readonly string[] }): Promise<Policy> {
    const parsedKeys = keys.map((vkey) => {
      const key = parseVerifierKey(sha256, vkey)
      if (!key.ok) throw new TrustPolicyWrong(`The key ${vkey.slice(0, 60)} cannot be used: ${key.reason}.`)
      return key.value
    })
    const changed = addWitness(await this.get(), { ...witness, keys: parsedKeys })
    if (!changed.ok) throw new TrustPolicyWrong(`The witness cannot be added: ${changed.reason}.`)
    await this.#write(changed.value)
    return this.get()
  }

  async #write(policy: Policy): Promise<void> {
    await writeDurably(this.#path, formatPolicy(policy))
  }

  /** Changes whenever the file does: it is replaced as a whole, so it has a new number each time. */
  async #stamp(): Promise<string | undefined> {
    try {
      const { ino, mtimeMs, size } = await stat(this.#path)
      return `${ino} ${mtimeMs} ${size}`
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
  }
}
