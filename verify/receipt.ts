/** Checks a receipt (`.tlog-proof`) offline: that the entry it carries is in the log, and what the holder may open. */
import { base64, bytesEqual, findBase64, findText, utf8 } from '../src/kernel/bytes.ts'
import type { Checker } from '../src/kernel/hash.ts'
import type { Json } from '../src/kernel/json.ts'
import { openDisclosures, parseEnvelope } from '../src/record/disclosure.ts'
import { openCheckpoint } from '../src/record/note.ts'
import { judgeCheckpoint, policyKeys } from '../src/record/policy.ts'
import { parsePromise, verifyPromise } from '../src/record/promise.ts'
import { parseReceiptExtra, parseTlogProof, type ReceiptExtra } from '../src/record/proof.ts'
import { leafHash, verifyInclusion } from '../src/record/tree.ts'
import { getPolicy, type Problem, type Verdict } from './verdict.ts'

export type ReceiptVerdict = {
  verdict: Verdict
  problems: Problem[]
  index?: number
  envelope?: string
  /** Sections that the receipt opens. */
  sections?: Record<string, Json>
  checkpoint?: { origin: string; size: number; root: string }
  signedBy?: { logKeys: string[]; witnesses: string[] }
  /**
   * The promise given with the act: `verified` under the promise key that was handed in, `unchecked` without one,
   * `none` when the receipt carries none.
   */
  promise?: 'verified' | 'unchecked' | 'none'
}

/**
 * Verifies a receipt of ours under a trust policy. `promiseKey` is the log's raw Ed25519 promise key, known from
 * elsewhere. Throws only `UnusablePolicy`.
 */
export async function verifyReceipt(
  fileBytes: Uint8Array,
  policyText: string,
  checker: Checker,
  promiseKey?: Uint8Array,
): Promise<ReceiptVerdict> {
  const { sha256, verifySignature } = checker
  const policy = getPolicy(policyText, checker)
  const text = findText(fileBytes)
  if (text === undefined) return broken('form', 'the text is not UTF-8')
  const receipt = parseTlogProof(text)
  if (!receipt.ok) return broken('form', receipt.reason)
  const { index, proof, extra: extraBytes } = receipt.value
  if (extraBytes === undefined) return broken('form', 'the receipt carries no entry')
  const extra = parseReceiptExtra(extraBytes)
  if (!extra.ok) return broken('form', extra.reason)

  const opened = await openCheckpoint(checker, receipt.value.checkpoint, policyKeys(policy))
  if (!opened.ok) return broken('checkpoint', opened.reason)
  const { checkpoint } = opened.value
  const leaf = leafHash(sha256, utf8(extra.value.envelope))
  if (!verifyInclusion(sha256, { index, size: checkpoint.size, leafHash: leaf, proof, root: checkpoint.root })) {
    return broken('inclusion', `the entry is not at ${index} in the tree of the checkpoint`)
  }
  const envelope = parseEnvelope(extra.value.envelope)
  if (!envelope.ok) return broken('envelope', envelope.reason)
  const sections = openDisclosures(sha256, envelope.value, extra.value.disclosures)
  if (!sections.ok) return broken('disclosure', sections.reason)

  const promised = await judgePromise(extra.value, checkpoint.origin, leaf, promiseKey)
  if (typeof promised !== 'string') return broken('promise', promised.reason)

  const judged = judgeCheckpoint(policy, opened.value)
  const problems: Problem[] = []
  if (judged.logKeys.length === 0) {
    problems.push({
      code: 'unknown-log',
      detail: `the policy does not name the log ${checkpoint.origin} with a key that signed`,
    })
  } else if (!judged.isQuorumMet) {
    problems.push({ code: 'quorum', detail: `the policy demands the quorum ${policy.quorum}` })
  }
  return {
    verdict: problems.length > 0 ? 'unknown-key' : 'verified',
    problems,
    index,
    envelope: extra.value.envelope,
    sections: Object.fromEntries(sections.value),
    checkpoint: { origin: checkpoint.origin, size: checkpoint.size, root: base64(checkpoint.root) },
    signedBy: {
      logKeys: judged.logKeys.map((key) => `${key.name}+${key.keyId.toHex()} (${key.type})`),
      witnesses: judged.witnesses,
    },
    promise: promised,
  }

  async function judgePromise(
    { promise }: ReceiptExtra,
    origin: string,
    ownLeaf: Uint8Array,
    key: Uint8Array | undefined,
  ): Promise<'verified' | 'unchecked' | 'none' | { reason: string }> {
    if (promise === undefined) return 'none'
    const read = parsePromise(promise.text)
    if (!read.ok) return { reason: read.reason }
    if (read.value.origin !== origin) return { reason: 'the promise is of another log' }
    if (!read.value.leafHashes.some((hash) => bytesEqual(hash, ownLeaf)))
      return { reason: 'the promise is of other entries' }
    const signature = findBase64(promise.sig)
    if (signature === undefined) return { reason: 'the signature of the promise is no base64' }
    if (key === undefined) return 'unchecked'
    const isSigned = await verifyPromise(verifySignature, promise.text, key, signature)
    return isSigned ? 'verified' : { reason: 'the signature of the promise does not verify' }
  }
}

/** Whether the bytes begin as a receipt does; anything else is taken for a return. */
export function isReceipt(fileBytes: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(fileBytes.subarray(0, 19)) === 'c2sp.org/tlog-proof'
}

/** The origin that a receipt's checkpoint claims, before anything is checked; undefined when it has none. */
export function originOf(fileBytes: Uint8Array): string | undefined {
  const receipt = parseTlogProof(findText(fileBytes) ?? '')
  return receipt.ok ? receipt.value.checkpoint.split('\n')[0] : undefined
}

function broken(code: string, detail: string): ReceiptVerdict {
  return { verdict: 'broken', problems: [{ code, detail }] }
}
