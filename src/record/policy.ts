/**
 * The trust policy (C2SP tlog-policy, text of June 2026): which logs, which witnesses, which quorum.
 *
 *     log habeas.example/tecoluca+5d0c9cbb+AYx…
 *     log habeas.example/tecoluca+9f8e7d6c+Bq1…
 *     witness inspectorate inspectorate.example+1a2b3c4d+BPq…
 *     witness bar bar.example+…
 *     witness registry registry.example+…
 *     group independents 2 inspectorate bar registry
 *     quorum independents
 *
 * A checkpoint is good when one of the logs signed it and the quorum cosigned it. A log with an Ed25519 and an
 * ML-DSA-44 key has two lines.
 */
import type { Sha256 } from '../kernel/hash.ts'
import { type Parsed, parsed, unparsed } from '../kernel/parsed.ts'
import { formatVerifierKey, type OpenedCheckpoint, parseVerifierKey, type VerifierKey } from './note.ts'

export type PolicyLog = { key: VerifierKey; url?: string }
export type PolicyWitness = { name: string; key: VerifierKey; url?: string }
/** At least `threshold` of the members, each a witness or an earlier group. */
export type PolicyGroup = { name: string; threshold: number; members: readonly string[] }

export type Policy = {
  logs: readonly PolicyLog[]
  witnesses: readonly PolicyWitness[]
  groups: readonly PolicyGroup[]
  /** Name of a witness or a group, or `none`. */
  quorum: string
}

/** Parses a policy; the reason names the line. */
export function parsePolicy(sha256: Sha256, text: string): Parsed<Policy> {
  const logs: PolicyLog[] = []
  const witnesses: PolicyWitness[] = []
  const groups: PolicyGroup[] = []
  let quorum: string | undefined
  const defined = new Set<string>()
  const used = new Set<string>()
  const keyMaterial = { log: new Set<string>(), witness: new Set<string>() }

  // A key counts once, whatever its name and type: two names would let one witness vote twice.
  const addKey = (role: 'log' | 'witness', vkey: string | undefined): Parsed<VerifierKey> => {
    const key = parseVerifierKey(sha256, vkey ?? '')
    if (!key.ok) return key
    const material = key.value.publicKey.toHex()
    if (keyMaterial[role].has(material)) return unparsed('the key stands twice')
    keyMaterial[role].add(material)
    return key
  }
  const define = (name: string | undefined): string | undefined => {
    if (name === undefined || name === 'none' || defined.has(name)) return undefined
    defined.add(name)
    return name
  }

  const read = (words: readonly string[]): string | undefined => {
    const [keyword, ...rest] = words
    switch (keyword) {
      case 'log': {
        const [vkey, url, ...more] = rest
        const key = addKey('log', vkey)
        if (!key.ok) return key.reason
        if (key.value.type === 'cosignature') return 'keys of type 4 are for witnesses'
        if (more.length > 0) return 'a log has a key and at most an address'
        logs.push({ key: key.value, ...(url !== undefined && { url }) })
        return undefined
      }
      case 'witness': {
        const [name, vkey, url, ...more] = rest
        const key = addKey('witness', vkey)
        if (!key.ok) return key.reason
        if (key.value.type === 'note') return 'keys of type 1 are for logs'
        if (more.length > 0) return 'a witness has a name, a key and at most an address'
        const own = define(name)
        if (own === undefined) return 'the name is taken'
        witnesses.push({ name: own, key: key.value, ...(url !== undefined && { url }) })
        return undefined
      }
      case 'group': {
        const [name, count, ...members] = rest
        if (members.length === 0) return 'a group has a name, a threshold and members'
        const threshold =
          count === 'all' ? members.length : count === 'any' ? 1 : Number(/^[1-9][0-9]{0,5}$/.exec(count ?? ''))
        if (!(threshold >= 1 && threshold <= members.length)) return 'the threshold is not between 1 and the members'
        for (const member of members) {
          if (!defined.has(member)) return 'a member is not defined above'
          if (used.has(member)) return 'a member belongs to a group already'
          used.add(member)
        }
        const own = define(name)
        if (own === undefined) return 'the name is taken'
        groups.push({ name: own, threshold, members })
        return undefined
      }
      case 'quorum': {
        const [name, ...more] = rest
        if (quorum !== undefined) return 'the quorum stands twice'
        if (name === undefined || more.length > 0) return 'a quorum is one name'
        if (name !== 'none' && !defined.has(name)) return 'the quorum is not defined above'
        quorum = name
        return undefined
      }
      default:
        return 'the line begins with no known word'
    }
  }

  // biome-ignore lint/suspicious/noControlCharactersInRegex: tlog-policy allows tab and newline alone
  if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(text)) return unparsed('the policy has a control character')
  for (const [at, line] of text.split('\n').entries()) {
    const words = line.split(/[ \t]+/).filter((word) => word !== '')
    if (words.length === 0 || words[0]?.startsWith('#')) continue
    const problem = read(words)
    if (problem !== undefined) return unparsed(`line ${at + 1}: ${problem}`)
  }
  if (quorum === undefined) return unparsed('the policy has no quorum line (write `quorum none` for none)')
  return parsed({ logs, witnesses, groups, quorum })
}

export function formatPolicy({ logs, witnesses, groups, quorum }: Policy): string {
  const lines = [
    ...logs.map(({ key, url }) => ['log', formatVerifierKey(key), url]),
    ...witnesses.map(({ name, key, url }) => ['witness', name, formatVerifierKey(key), url]),
    ...groups.map(({ name, threshold, members }) => ['group', name, String(threshold), ...members]),
    ['quorum', quorum],
  ]
  return lines.map((words) => `${words.filter((word) => word !== undefined).join(' ')}\n`).join('')
}

/** All keys a checkpoint may be signed with under this policy; what `openCheckpoint` is given. */
export function policyKeys({ logs, witnesses }: Policy): VerifierKey[] {
  return [...logs.map(({ key }) => key), ...witnesses.map(({ key }) => key)]
}

export type PolicyJudgement = {
  /** Keys of a listed log with the checkpoint's origin that signed; empty = signed by no known log. */
  logKeys: VerifierKey[]
  /** Names of the witnesses that cosigned. */
  witnesses: string[]
  isQuorumMet: boolean
}

/** Judges a checkpoint that was opened under `policyKeys`. */
export function judgeCheckpoint(policy: Policy, { checkpoint, signedBy }: OpenedCheckpoint): PolicyJudgement {
  const signers = new Set(signedBy.map(({ key }) => key))
  const logKeys = policy.logs.map(({ key }) => key).filter((key) => key.name === checkpoint.origin && signers.has(key))
  const witnesses = policy.witnesses.filter(({ key }) => signers.has(key)).map(({ name }) => name)
  return { logKeys, witnesses, isQuorumMet: isQuorumMet(policy, witnesses) }
}

/** Whether these witnesses, by the names of the policy, are enough. */
export function isQuorumMet(policy: Policy, witnesses: readonly string[]): boolean {
  const holds = new Map(policy.witnesses.map(({ name }) => [name, witnesses.includes(name)]))
  for (const { name, threshold, members } of policy.groups) {
    holds.set(name, members.filter((member) => holds.get(member)).length >= threshold)
  }
  return policy.quorum === 'none' || holds.get(policy.quorum) === true
}
