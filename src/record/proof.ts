/**
 * The receipt, a `.tlog-proof` file (C2SP tlog-proof, draft): an entry is in the log at an index, under a checkpoint.
 *
 *     c2sp.org/tlog-proof@v1
 *     extra eyJlbnZlbG9wZSI6…
 *     index 73894
 *     gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
 *     EKNzoDWG8LGC0Yp9o+sv3qllpMP9uHQ9B20KNL+Q1zs=
 *
 *     habeas.example/tecoluca
 *     109482
 *     sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=
 *
 *     — habeas.example/tecoluca hI2DJw…
 *
 * The extra data is not authenticated by the format; ours is `ReceiptExtra`, and everything in it is checked.
 */
import { base64, findBase64, findText, utf8 } from '../kernel/bytes.ts'
import { isJsonArray, isJsonObject, jcs, parseJson } from '../kernel/json.ts'
import { type Parsed, parsed, unparsed } from '../kernel/parsed.ts'
import { findDecimal } from './checkpoint.ts'
import { HASH_BYTES } from './tree.ts'

export type TlogProof = {
  extra?: Uint8Array
  index: number
  /** From the leaf upwards. */
  proof: readonly Uint8Array[]
  /** The signed note, as the log issued it. */
  checkpoint: string
}

const HEADER = 'c2sp.org/tlog-proof@v1'

export function formatTlogProof({ extra, index, proof, checkpoint }: TlogProof): string {
  const lines = [HEADER]
  if (extra !== undefined) lines.push(`extra ${base64(extra)}`)
  lines.push(`index ${index}`, ...proof.map(base64), '')
  return `${lines.join('\n')}\n${checkpoint}`
}

export function parseTlogProof(text: string): Parsed<TlogProof> {
  const split = text.indexOf('\n\n')
  if (split < 0) return unparsed('the proof has no empty line before its checkpoint')
  const lines = text.slice(0, split).split('\n')
  const checkpoint = text.slice(split + 2)
  if (lines.shift() !== HEADER) return unparsed(`the first line is not ${HEADER}`)
  let extra: Uint8Array | undefined
  if (lines[0]?.startsWith('extra ')) {
    extra = findBase64(lines[0].slice('extra '.length))
    if (extra === undefined) return unparsed('the extra data is no base64')
    lines.shift()
  }
  const indexLine = lines.shift() ?? ''
  const index = indexLine.startsWith('index ') ? findDecimal(indexLine.slice('index '.length)) : undefined
  if (index === undefined) return unparsed('the index line is missing or no number')
  const proof: Uint8Array[] = []
  for (const line of lines) {
    const hash = findBase64(line)
    if (hash === undefined || hash.length !== HASH_BYTES) return unparsed('a hash of the proof is malformed')
    proof.push(hash)
  }
  return parsed({ ...(extra !== undefined && { extra }), index, proof, checkpoint })
}

/** The extra data of our receipts, in JCS form: what makes the leaf, what the holder may open, and the promise. */
export type ReceiptExtra = {
  envelope: string
  disclosures: readonly string[]
  /** The promise that was given with the act, and its Ed25519 signature in base64. */
  promise?: { text: string; sig: string }
}

export function formatReceiptExtra(extra: ReceiptExtra): Uint8Array {
  return utf8(jcs(extra))
}

export function parseReceiptExtra(bytes: Uint8Array): Parsed<ReceiptExtra> {
  const text = findText(bytes)
  const json = parseJson(bytes)
  if (!json.ok || text === undefined) return unparsed('the extra data is no JSON')
  if (!isJsonObject(json.value) || jcs(json.value) !== text) return unparsed('the extra data is not in canonical form')
  const { envelope, disclosures, promise, ...others } = json.value
  if (Object.keys(others).length > 0) return unparsed('the extra data has an unknown field')
  if (typeof envelope !== 'string' || !isJsonArray(disclosures))
    return unparsed('the extra data lacks envelope or disclosures')
  if (!disclosures.every((text) => typeof text === 'string')) return unparsed('a disclosure is no text')
  if (promise === undefined) return parsed({ envelope, disclosures })
  if (!isJsonObject(promise) || Object.keys(promise).length !== 2) return unparsed('the promise is malformed')
  if (typeof promise.text !== 'string' || typeof promise.sig !== 'string') return unparsed('the promise is malformed')
  return parsed({ envelope, disclosures, promise: { text: promise.text, sig: promise.sig } })
}
