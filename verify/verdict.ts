/** What a check answers; shared by returns and receipts. */
import type { Checker } from '../src/kernel/hash.ts'
import type { Json } from '../src/kernel/json.ts'
import type { Envelope } from '../src/record/disclosure.ts'
import { type Policy, parsePolicy } from '../src/record/policy.ts'
import type { StatementState } from '../src/record/return-format.ts'

/**
 * `verified`: everything holds, and the checkpoint is signed as the policy demands. `unknown-key`: the file is
 * consistent in itself, but by a log that the policy does not name, or without the witnesses it demands; anybody
 * could have made it. `broken`: something does not hold; believe none of it.
 */
export type Verdict = 'verified' | 'unknown-key' | 'broken'

export type Problem = { code: string; detail: string }

export type JudgedStatement = {
  id: string
  says: { en: string; es: string }
  value: Json
  /** What this check found, not what the file claims. */
  state: StatementState
  /** Indexes in the record of the entries that prove it. */
  entries: number[]
  /** Why it is less than it claims to be. */
  notes: string[]
}

export type ReturnVerdict = {
  verdict: Verdict
  problems: Problem[]
  statements: JudgedStatement[]
  checkpoint?: { origin: string; size: number; root: string }
  /** How the checkpoint is signed under the policy. */
  signedBy?: { logKeys: string[]; witnesses: string[] }
  /** The signed object, when the file could be read at all. */
  return?: Json
}

/** An entry whose place in the tree and whose disclosures hold. */
export type ProvenEntry = { index: number; envelope: Envelope; sections: ReadonlyMap<string, Json> }

/** The policy itself cannot be used; that says nothing about the file. */
export class UnusablePolicy extends Error {
  override name = 'UnusablePolicy'
}

export function getPolicy(policyText: string, { sha256 }: Checker): Policy {
  const policy = parsePolicy(sha256, policyText)
  if (!policy.ok) throw new UnusablePolicy(`the trust policy cannot be used: ${policy.reason}`)
  return policy.value
}
