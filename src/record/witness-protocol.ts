/**
 * What passes between a log and a witness (C2SP tlog-witness v1.0.0). The request of `POST <prefix>/add-checkpoint`:
 *
 *     old 20852014
 *     PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
 *     jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
 *
 *     example.com/behind-the-sofa
 *     20852163
 *     CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
 *
 *     — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
 *
 * Answers: 200 with the witness's signature lines; 409 with the size that it knows, as `text/x.tlog.size`; 400, 403,
 * 404 and 422 with a sentence. The same bytes go by HTTP and by file.
 */
import { base64, findBase64 } from '../kernel/bytes.ts'
import { type Parsed, parsed, unparsed } from '../kernel/parsed.ts'
import { findDecimal } from './checkpoint.ts'
import { HASH_BYTES } from './tree.ts'

export const ADD_CHECKPOINT_PATH = '/add-checkpoint'
export const SIZE_CONTENT_TYPE = 'text/x.tlog.size'

/** A proof has a hash a level, and no tree has more than 63. */
const PROOF_HASHES_MAX = 63

export type AddCheckpoint = {
  /** The size that the witness cosigned last, 0 for none. */
  readonly oldSize: number
  /** Consistency proof from `oldSize` to the size of the checkpoint; empty from 0. */
  readonly proof: readonly Uint8Array[]
  /** The signed note. */
  readonly checkpoint: string
}

export function formatAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): string {
  return `${[`old ${oldSize}`, ...proof.map(base64), ''].join('\n')}\n${checkpoint}`
}

/** Reads the request; the note in it is not looked at. */
export function parseAddCheckpoint(text: string): Parsed<AddCheckpoint> {
  const split = text.indexOf('\n\n')
  if (split < 0) return unparsed('the request has no empty line before its checkpoint')
  const [first = '', ...lines] = text.slice(0, split).split('\n')
  const oldSize = first.startsWith('old ') ? findDecimal(first.slice('old '.length)) : undefined
  if (oldSize === undefined) return unparsed('the first line is not `old` and a size')
  if (lines.length > PROOF_HASHES_MAX) return unparsed(`the proof has more than ${PROOF_HASHES_MAX} hashes`)
  const proof: Uint8Array[] = []
  for (const line of lines) {
    const hash = findBase64(line)
    if (hash?.length !== HASH_BYTES) return unparsed('a line of the proof is no base64 of 32 bytes')
    proof.push(hash)
  }
  return parsed({ oldSize, proof, checkpoint: text.slice(split + 2) })
}

/** The size in the body of a 409: decimal and a newline. */
export function findConflictSize(body: string): number | undefined {
  return body.endsWith('\n') ? findDecimal(body.slice(0, -1)) : undefined
}
