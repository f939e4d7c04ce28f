import { type Parsed, parsed, unparsed } from '../kernel/parsed.ts'
import { KEY_TYPES, type VerifierKey } from './note.ts'
import type { Policy, PolicyGroup, PolicyWitness } from './policy.ts'

export type NewWitness = {
  /** What the policy calls it: the body that runs it. */
  readonly name: string
  /** Where it answers `add-checkpoint`; absent when requests travel by file. */
  readonly url?: string
  /** One key or two of the same witness. With two the witness counts once, whichever of them signed. */
  readonly keys: readonly VerifierKey[]
  /** How many witnesses the quorum asks for; as before when absent, 1 for the first. */
  readonly quorum?: number
}

/** Name of the group that `addWitness` makes. */
const QUORUM_GROUP = 'witnesses'

/**
 * A policy with one witness more. It becomes a member of the group that the quorum names; where there is none, a group
 * `witnesses` is made. Says why when it cannot be: the name or a key is taken, the number is out of reach.
 */
export function addWitness(policy: Policy, { name, url, keys, quorum }: NewWitness): Parsed<Policy> {
  if (!/^[^\s/#]+$/.test(name) || name === 'none') return unparsed('a name has no spaces, no slash and is not `none`')
  if (url !== undefined && !/^https?:\/\/\S+$/.test(url)) return unparsed('the address begins with https:// or http://')
  const problem = findKeyProblem(policy, keys)
  if (problem !== undefined) return unparsed(problem)
  const fresh: PolicyWitness[] = keys.map((key) => ({
    name: keys.length === 1 ? name : `${name}/${KEY_TYPES[key.type].algorithm}`,
    key,
    ...(url !== undefined && { url }),
  }))
  const taken = [...policy.witnesses, ...policy.groups].map((each) => each.name)
  if ([name, ...fresh.map((each) => each.name)].some((each) => taken.includes(each)))
    return unparsed('the name is taken')
  const own: PolicyGroup[] = keys.length === 1 ? [] : [{ name, threshold: 1, members: fresh.map((each) => each.name) }]

  const before = policy.groups.find((group) => group.name === policy.quorum)
  const alone = policy.quorum === 'none' || before !== undefined ? [] : [policy.quorum]
  const group: PolicyGroup = {
    name: before?.name ?? QUORUM_GROUP,
    threshold: quorum ?? before?.threshold ?? 1,
    members: [...(before?.members ?? alone), name],
  }
  if (before === undefined && taken.includes(group.name)) return unparsed(`a group called ${group.name} exists already`)
  if (!Number.isSafeInteger(group.threshold) || group.threshold < 1 || group.threshold > group.members.length) {
    return unparsed(`the quorum asks for ${group.threshold} of ${group.members.length}`)
  }
  return parsed({
    logs: policy.logs,
    witnesses: [...policy.witnesses, ...fresh],
    // Members stand above their group: the quorum's goes last.
    groups: [...policy.groups.filter((each) => each !== before), ...own, group],
    quorum: group.name,
  })
}

function findKeyProblem(policy: Policy, keys: readonly VerifierKey[]): string | undefined {
  if (keys.length < 1 || keys.length > 2) return 'a witness has one key or two'
  if (keys.some(({ type }) => type === 'note')) return 'keys of type 1 are for logs'
  const [first, second] = keys
  if (first?.type === second?.type) return 'two keys of one witness are an Ed25519 and an ML-DSA-44 key'
  if (second !== undefined && first?.name !== second.name) return 'two keys of one witness have the same name'
  const known = [...policy.witnesses, ...policy.logs].map(({ key }) => key.publicKey.toHex())
  if (keys.some(({ publicKey }) => known.includes(publicKey.toHex()))) return 'the key stands in the policy already'
  return undefined
}
