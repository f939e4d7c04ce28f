/**
 * Checks a return offline. It believes the trust policy and nothing in the file: not its keys, not what it says of
 * its own statements. Runs in Node and in a browser: hash and signatures come in as ports.
 */
import { base64, findText, utf8 } from '../src/kernel/bytes.ts'
import type { Checker } from '../src/kernel/hash.ts'
import { isJsonArray, isJsonObject, type Json, jcs, parseJson } from '../src/kernel/json.ts'
import type { Checkpoint } from '../src/record/checkpoint.ts'
import { openDisclosures, parseEnvelope } from '../src/record/disclosure.ts'
import { openCheckpoint } from '../src/record/note.ts'
import { judgeCheckpoint, type Policy, policyKeys } from '../src/record/policy.ts'
import { parseReturnFile, type ReturnBody, type ReturnFile } from '../src/record/return-format.ts'
import { returnSignedMessage } from '../src/record/return-signature.ts'
import { leafHash, verifyInclusion } from '../src/record/tree.ts'
import { judgeStatements } from './statements.ts'
import { getPolicy, type Problem, type ProvenEntry, type ReturnVerdict } from './verdict.ts'

/** Verifies the bytes of a return under a trust policy (C2SP tlog-policy). Throws only `UnusablePolicy`. */
export async function verifyReturn(
  fileBytes: Uint8Array,
  policyText: string,
  checker: Checker,
): Promise<ReturnVerdict> {
  const policy = getPolicy(policyText, checker)
  const file = readFile(fileBytes)
  if (!file.ok) return broken({ code: 'form', detail: file.reason })
  const { body, signed } = file.value

  // A file whose signature fails may say anything; going on would only spread its words.
  const signatureProblem = await findSignatureProblem(file.value, checker)
  if (signatureProblem !== undefined) return broken(signatureProblem)

  const head = await openHead(body, policy, checker)
  if (!head.ok) return broken({ code: 'checkpoint', detail: head.reason })
  const { checkpoint, logKeys, witnesses, isQuorumMet } = head

  const problems: Problem[] = []
  const proven = proveEntries(body, checkpoint, checker, problems)
  checkCustodian(body, proven, problems)
  checkNumbering(body, proven, problems)
  const statements = judgeStatements(body.statements, proven, problems)

  const isTrusted = logKeys.length > 0 && isQuorumMet
  const verdict = problems.length > 0 ? 'broken' : isTrusted ? 'verified' : 'unknown-key'
  if (logKeys.length === 0) {
    problems.unshift({
      code: 'unknown-log',
      detail: `the policy does not name the log ${checkpoint.origin} with a key that signed`,
    })
  } else if (!isQuorumMet) {
    problems.unshift({
      code: 'quorum',
      detail: `the policy demands the quorum ${policy.quorum}; cosigned by: ${witnesses.join(', ') || 'nobody'}`,
    })
  }
  return {
    verdict,
    problems,
    // Of a broken file no statement is proven, whatever its own evidence says.
    statements:
      verdict === 'broken'
        ? statements.map((statement) => ({ ...statement, state: 'not-proven' as const }))
        : statements,
    checkpoint: { origin: checkpoint.origin, size: checkpoint.size, root: base64(checkpoint.root) },
    signedBy: { logKeys, witnesses },
    return: signed,
  }
}

function broken(problem: Problem): ReturnVerdict {
  return { verdict: 'broken', problems: [problem], statements: [] }
}

function readFile(bytes: Uint8Array): { ok: true; value: ReturnFile } | { ok: false; reason: string } {
  const text = findText(bytes)
  const json = parseJson(bytes)
  if (!json.ok || text === undefined) return { ok: false, reason: json.ok ? 'the text is not UTF-8' : json.reason }
  // One content, one file: what is not byte for byte canonical was touched after signing.
  if (`${jcs(json.value)}\n` !== text) return { ok: false, reason: 'the file is not in canonical form (RFC 8785)' }
  return parseReturnFile(json.value)
}

async function findSignatureProblem(
  file: ReturnFile,
  { sha256, verifySignature }: Checker,
): Promise<Problem | undefined> {
  const { keys } = file.body.custodian
  const algorithms = file.signatures.map(({ alg }) => alg).toSorted()
  if (algorithms.join() !== 'ed25519,ml-dsa-44') {
    return { code: 'signature', detail: 'the file is not signed once with each of the two algorithms' }
  }
  const message = returnSignedMessage(base64(sha256(utf8(jcs(file.signed)))))
  for (const { alg, key, sig } of file.signatures) {
    if (key !== keys[alg])
      return { code: 'signature', detail: `the ${alg} signature is by another key than the custodian's` }
    if (!(await verifySignature(alg, Uint8Array.fromBase64(key), message, sig))) {
      return {
        code: 'signature',
        detail: `the ${alg} signature of the custodian does not verify: the content was changed`,
      }
    }
  }
  return undefined
}

type Head =
  | { ok: true; checkpoint: Checkpoint; logKeys: string[]; witnesses: string[]; isQuorumMet: boolean }
  | { ok: false; reason: string }

async function openHead(body: ReturnBody, policy: Policy, checker: Checker): Promise<Head> {
  const opened = await openCheckpoint(checker, body.checkpoint, policyKeys(policy))
  if (!opened.ok) return opened
  const { checkpoint } = opened.value
  if (checkpoint.origin !== body.origin)
    return { ok: false, reason: 'the checkpoint is of another log than the return says' }
  const judged = judgeCheckpoint(policy, opened.value)
  return {
    ok: true,
    checkpoint,
    ...judged,
    logKeys: judged.logKeys.map((key) => `${key.name}+${key.keyId.toHex()} (${key.type})`),
  }
}

function proveEntries(
  body: ReturnBody,
  checkpoint: Checkpoint,
  { sha256 }: Checker,
  problems: Problem[],
): ReadonlyMap<number, ProvenEntry> {
  const proven = new Map<number, ProvenEntry>()
  const seen = new Set<number>()
  for (const { index, envelope: text, disclosures, proof } of body.entries) {
    if (seen.has(index)) {
      problems.push({ code: 'entry-twice', detail: `entry ${index} stands twice in the return` })
      continue
    }
    seen.add(index)
    const leaf = leafHash(sha256, utf8(text))
    if (!verifyInclusion(sha256, { index, size: checkpoint.size, leafHash: leaf, proof, root: checkpoint.root })) {
      problems.push({ code: 'inclusion', detail: `entry ${index} is not in the tree of the checkpoint` })
      continue
    }
    const envelope = parseEnvelope(text)
    if (!envelope.ok) {
      problems.push({ code: 'envelope', detail: `entry ${index}: ${envelope.reason}` })
      continue
    }
    const sections = openDisclosures(sha256, envelope.value, disclosures)
    if (!sections.ok) {
      problems.push({ code: 'disclosure', detail: `entry ${index}: ${sections.reason}` })
      continue
    }
    proven.set(index, { index, envelope: envelope.value, sections: sections.value })
  }
  return proven
}

/** The keys that signed the file stand in the record itself, so that the policy needs to name the log alone. */
function checkCustodian(body: ReturnBody, proven: ReadonlyMap<number, ProvenEntry>, problems: Problem[]): void {
  const { entry: index, keys } = body.custodian
  const entry = proven.get(index)
  const act = entry?.sections.get('act')
  if (entry === undefined || !isJsonObject(act)) {
    problems.push({
      code: 'custodian',
      detail: `entry ${index}, which should publish the custodian's keys, is not proven and opened`,
    })
    return
  }
  const isRight =
    entry.envelope.kind === 'key.publish' &&
    act.use === 'custodian' &&
    act.origin === body.origin &&
    act.ed25519 === keys.ed25519 &&
    act['ml-dsa-44'] === keys['ml-dsa-44']
  if (!isRight)
    problems.push({ code: 'custodian', detail: `entry ${index} does not publish the keys that signed this return` })
}

/**
 * Within a custody entries are numbered without a gap, and the number is sealed with the entry: a left-out entry
 * leaves a hole. Also: no entry of a custody that the return is not about may lend it evidence.
 */
function checkNumbering(body: ReturnBody, proven: ReadonlyMap<number, ProvenEntry>, problems: Problem[]): void {
  const numbers = new Map<string, number[]>()
  for (const { sections, index, envelope } of proven.values()) {
    const person = sections.get('person')
    if (!isJsonObject(person) || person.custody === undefined) continue
    const { custody, nth } = person
    if (typeof custody !== 'string' || typeof nth !== 'number') {
      problems.push({ code: 'numbering', detail: `entry ${index} has no custody or number` })
      continue
    }
    numbers.set(custody, [...(numbers.get(custody) ?? []), nth])
    if (envelope.kind === 'record.expunge') (numbers.get(custody) as number[]).push(...expungedNumbers(person, proven))
  }
  for (const [custody, highest] of expectedNumbers(body.highestNth, numbers, problems)) {
    const found = (numbers.get(custody) ?? []).toSorted((left, right) => left - right)
    numbers.delete(custody)
    const holes: number[] = []
    for (let nth = 1; nth <= highest; nth++) {
      if (found.includes(nth)) continue
      holes.push(nth)
      if (holes.length === 10) break
    }
    const doubles = found.filter((nth, at) => found[at - 1] === nth)
    const beyond = found.filter((nth) => nth < 1 || nth > highest || !Number.isInteger(nth))
    if (holes.length > 0) {
      problems.push({
        code: 'hole',
        detail: `of ${highest} entries these are missing: ${holes.join(', ')}${holes.length === 10 ? ' …' : ''}`,
      })
    }
    if (doubles.length > 0)
      problems.push({ code: 'numbering', detail: `these numbers stand twice: ${doubles.join(', ')}` })
    if (beyond.length > 0)
      problems.push({ code: 'numbering', detail: `these numbers are not within 1 to ${highest}: ${beyond.join(', ')}` })
  }
  if (numbers.size > 0)
    problems.push({ code: 'numbering', detail: 'the return has entries of a custody that it does not number' })
}

/**
 * Numbers of entries whose `person` section was expunged, as a proven `record.expunge` of the custody says: the entries
 * themselves still stand in the return with their proofs, only their numbers can no longer be read in them.
 */
function expungedNumbers({ expunged }: { [key: string]: Json }, proven: ReadonlyMap<number, ProvenEntry>): number[] {
  if (!isJsonArray(expunged)) return []
  const bare = new Set(
    [...proven.values()].filter((one) => !one.sections.has('person')).map(({ envelope }) => envelope.id),
  )
  return expunged.flatMap((target) => {
    if (!isJsonObject(target) || typeof target.nth !== 'number' || !isJsonArray(target.sections)) return []
    return target.sections.includes('person') && bare.has(String(target.entry)) ? [target.nth] : []
  })
}

function expectedNumbers(
  highestNth: ReturnBody['highestNth'],
  numbers: ReadonlyMap<string, readonly number[]>,
  problems: Problem[],
): [custody: string, highest: number][] {
  if (highestNth === null) return []
  if (typeof highestNth === 'object') return Object.entries(highestNth)
  const custodies = [...numbers.keys()]
  const [only] = custodies
  if (custodies.length > 1) {
    problems.push({ code: 'numbering', detail: 'one highest number for entries of several custodies' })
    return []
  }
  if (only === undefined) {
    if (highestNth > 0) problems.push({ code: 'hole', detail: `of ${highestNth} entries all are missing` })
    return []
  }
  return [[only, highestNth]]
}
