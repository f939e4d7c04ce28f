/**
 * The command around the pure checks: `habeas verify FILE [FILE] --trust POLICY [--promise-key FILE] [--custodian-key FILE]`.
 * No database, no network.
 */
import { readFile } from 'node:fs/promises'
import { inflateSync } from 'node:zlib'
import { findAttachedReturn, isPdf } from './attached.ts'
import { type Comparison, compareReturns } from './compare.ts'
import { nodePorts } from './node.ts'
import { findPublishedKey } from './published-key.ts'
import { isReceipt, originOf, type ReceiptVerdict, verifyReceipt } from './receipt.ts'
import { verifyReturn } from './return.ts'
import { isSdJwt, type SdJwtVerdict, verifySdJwt } from './sd-jwt.ts'
import { type ReturnVerdict, UnusablePolicy, type Verdict } from './verdict.ts'
import { type Language, printable, WORDS } from './words.ts'

export type VerifyResult = {
  /** 0 verified under a trusted key, 2 consistent but signed by an unknown key, 1 broken or not readable. */
  exitCode: 0 | 1 | 2
  /** For people; the verdict comes first. */
  text: string
  json: { file: string; kind: 'return' | 'receipt' | 'sd-jwt' | 'unreadable' } & (
    | ReturnVerdict
    | ReceiptVerdict
    | SdJwtVerdict
  )
}

export type { Language } from './words.ts'

export type VerifyOptions = {
  /** File with the promise key of the log (`findPublishedKey` says which forms): the promise of a receipt is then checked. */
  readonly promiseKey?: string
  /** File with the custodian's key, in the same forms: who signed an SD-JWT is then checked. */
  readonly custodianKey?: string
}

const EXIT_CODES = { verified: 0, 'unknown-key': 2, broken: 1 } as const satisfies Record<Verdict, number>

/**
 * Verifies a return (`.json`, or the PDF that it is attached to), a receipt (`.tlog-proof`) or one entry as an SD-JWT,
 * told apart by the first bytes. Never throws.
 */
export async function verifyCommand(
  file: string,
  trust: string,
  language: Language = 'en',
  options: VerifyOptions = {},
): Promise<VerifyResult> {
  let bytes: Uint8Array
  let policy: string
  let promiseKey: Uint8Array | undefined
  let custodianKey: Uint8Array | undefined
  try {
    bytes = await readFile(file)
    policy = await readFile(trust, 'utf8')
    if (options.promiseKey !== undefined) promiseKey = await readFile(options.promiseKey)
    if (options.custodianKey !== undefined) custodianKey = await readFile(options.custodianKey)
  } catch (error) {
    return unreadable(file, error instanceof Error ? error.message : String(error), language)
  }
  try {
    if (isPdf(bytes)) {
      const attached = await findAttachedReturn(bytes, (stream) => inflateSync(stream, { maxOutputLength: 1 << 28 }))
      if (attached === undefined) return unreadable(file, 'the PDF has no return attached', language)
      bytes = attached
    }
    if (isReceipt(bytes)) {
      const origin = originOf(bytes) ?? ''
      const key = promiseKey && (await findPublishedKey('promise', promiseKey, policy, nodePorts, origin))
      if (key !== undefined && !key.ok) return unreadable(file, key.reason, language)
      const judged = await verifyReceipt(bytes, policy, nodePorts, key?.value)
      return {
        exitCode: EXIT_CODES[judged.verdict],
        text: receiptText(judged, language),
        json: { file, kind: 'receipt', ...judged },
      }
    }
    if (isSdJwt(bytes)) {
      const key = custodianKey && (await findPublishedKey('custodian', custodianKey, policy, nodePorts))
      if (key !== undefined && !key.ok) return unreadable(file, key.reason, language)
      const judged = await verifySdJwt(bytes, nodePorts, key?.value)
      return {
        exitCode: EXIT_CODES[judged.verdict],
        text: sdJwtText(judged, language),
        json: { file, kind: 'sd-jwt', ...judged },
      }
    }
    const judged = await verifyReturn(bytes, policy, nodePorts)
    return {
      exitCode: EXIT_CODES[judged.verdict],
      text: returnText(judged, language),
      json: { file, kind: 'return', ...judged },
    }
  } catch (error) {
    if (error instanceof UnusablePolicy) return unreadable(file, error.message, language)
    throw error
  }
}

export type CompareResult = {
  /** 1 when one of the two is broken or they disagree, else 2 when one is by an unknown key, else 0. */
  exitCode: 0 | 1 | 2
  /** For people; what the two say together comes first. */
  text: string
  json: { files: readonly VerifyResult['json'][]; comparison: Comparison }
}

/** Verifies two returns and compares what they say. Never throws. */
export async function verifyTwo(
  first: string,
  second: string,
  trust: string,
  language: Language = 'en',
): Promise<CompareResult> {
  const results = [await verifyCommand(first, trust, language), await verifyCommand(second, trust, language)] as const
  const [left, right] = results.map(({ json }) => json) as [VerifyResult['json'], VerifyResult['json']]
  const comparison: Comparison = isReturn(left) && isReturn(right) ? compareReturns(left, right) : NOT_RETURNS
  const codes = results.map(({ exitCode }) => exitCode)
  const lines: string[] = [WORDS[language][comparison.outcome]]
  if (comparison.outcome === 'not-comparable') lines.push(`  ${comparison.reason}`)
  if (comparison.outcome === 'disagree')
    lines.push(...comparison.problems.map(({ code, detail }) => `  ${code}: ${printable(detail)}`))
  return {
    exitCode: comparison.outcome === 'disagree' || codes.includes(1) ? 1 : codes.includes(2) ? 2 : 0,
    text: `${lines.join('\n')}\n\n${results.map(({ text, json }) => `${json.file}\n${text}`).join('\n')}`,
    json: { files: [left, right], comparison },
  }
}

const NOT_RETURNS: Comparison = { outcome: 'not-comparable', reason: 'the two are not both returns' }

const isReturn = (json: VerifyResult['json']): json is VerifyResult['json'] & ReturnVerdict => json.kind === 'return'

function unreadable(file: string, detail: string, language: Language): VerifyResult {
  const problems = [{ code: 'unreadable', detail }]
  return {
    exitCode: 1,
    text: `${WORDS[language].unreadable}: ${detail}\n`,
    json: { file, kind: 'unreadable', verdict: 'broken', problems, statements: [] },
  }
}

function verdictText({ verdict, problems }: Pick<ReturnVerdict, 'verdict' | 'problems'>, language: Language): string[] {
  return [WORDS[language][verdict], ...problems.map(({ code, detail }) => `  ${code}: ${printable(detail)}`)]
}

function headText(judged: ReturnVerdict | ReceiptVerdict, language: Language): string[] {
  const words = WORDS[language]
  const lines = verdictText(judged, language)
  if (judged.checkpoint !== undefined) {
    const { origin, size, root } = judged.checkpoint
    lines.push(`${words.checkpoint} ${printable(origin)}, ${size}, ${root}`)
    lines.push(`  ${words.signed} ${judged.signedBy?.logKeys.join(', ') || words.nobody}`)
    lines.push(`  ${words.witnesses} ${judged.signedBy?.witnesses.join(', ') || words.nobody}`)
  }
  return lines
}

function returnText(judged: ReturnVerdict, language: Language): string {
  const words = WORDS[language]
  const lines = headText(judged, language)
  // The words of a broken file are not repeated: somebody would read them.
  if (judged.verdict !== 'broken') {
    for (const state of ['proven', 'attested', 'not-proven'] as const) {
      const statements = judged.statements.filter((statement) => statement.state === state)
      if (statements.length > 0) lines.push('', words[state])
      for (const { says, entries, notes } of statements) {
        lines.push(
          `  ${printable(says[language])}${entries.length > 0 ? ` [${words.entries} ${entries.join(', ')}]` : ''}`,
        )
        for (const note of notes) lines.push(`    ${printable(note)}`)
      }
    }
  }
  return `${lines.join('\n')}\n`
}

function receiptText(judged: ReceiptVerdict, language: Language): string {
  const words = WORDS[language]
  const lines = headText(judged, language)
  if (judged.verdict !== 'broken') {
    lines.push(`${words.entry} ${judged.index}: ${printable(judged.envelope ?? '')}`)
    lines.push(...sectionLines(judged))
    lines.push(`  ${words.promise[judged.promise ?? 'none']}`)
  }
  return `${lines.join('\n')}\n`
}

function sdJwtText(judged: SdJwtVerdict, language: Language): string {
  const words = WORDS[language]
  const lines = verdictText(judged, language)
  if (judged.verdict !== 'broken') {
    lines.push(`${words.entry}: ${printable(judged.envelope ?? '')}`, ...sectionLines(judged))
    if (judged.verdict === 'verified') lines.push(`  ${words.vouched}`)
  }
  return `${lines.join('\n')}\n`
}

const sectionLines = ({ sections = {} }: Pick<SdJwtVerdict, 'sections'>): string[] =>
  Object.entries(sections).map(([section, value]) => `  ${printable(section)}: ${printable(JSON.stringify(value))}`)
