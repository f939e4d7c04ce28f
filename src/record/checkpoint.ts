/**
 * The three lines of a tree head (C2SP tlog-checkpoint v1.0.0), each ended by a newline:
 *
 *     habeas.example/tecoluca
 *     20852163
 *     CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
 *
 * Extension lines exist in the specification and are refused here: an ML-DSA-44 signature does not cover them.
 */
import { base64, findBase64, utf8 } from '../kernel/bytes.ts'
import { type Parsed, parsed, unparsed } from '../kernel/parsed.ts'
import { HASH_BYTES } from './tree.ts'

export type Checkpoint = { origin: string; size: number; root: Uint8Array }

/** The note text that is signed. Throws on an origin that no signed note could carry. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  if (!isKeyName(origin)) throw new RangeError('an origin has no spaces, no plus sign and no control characters')
  if (!Number.isSafeInteger(size) || size < 0) throw new RangeError(`no tree of size ${size}`)
  if (root.length !== HASH_BYTES) throw new RangeError(`root of ${root.length} bytes`)
  return `${origin}\n${size}\n${base64(root)}\n`
}

export function parseCheckpoint(text: string): Parsed<Checkpoint> {
  const lines = text.split('\n')
  const [origin = '', size = '', root = ''] = lines
  if (lines.length !== 4 || lines[3] !== '') return unparsed('a checkpoint has exactly three lines')
  if (!isKeyName(origin)) return unparsed('the origin is empty or has a space, a plus sign or a control character')
  const count = findDecimal(size)
  if (count === undefined) return unparsed('the size is no decimal number below 2^53')
  const hash = findBase64(root)
  if (hash === undefined || hash.length !== HASH_BYTES) return unparsed('the root is no base64 of 32 bytes')
  return parsed({ origin, size: count, root: hash })
}

/**
 * Names of keys, and origins, which name the log's keys: not empty, no space of Unicode, no plus, no control. At most
 * 255 bytes, because a cosigned message (tlog-cosignature) counts them in one.
 */
export function isKeyName(name: string): boolean {
  return name.length > 0 && utf8(name).length <= 255 && name.isWellFormed() && !/[\s\p{Cc}\p{Z}+]/u.test(name)
}

/** ASCII decimal without leading zeroes, up to 2^53 − 1. */
export function findDecimal(text: string): number | undefined {
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(text)) return undefined
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : undefined
}
