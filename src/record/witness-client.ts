/**
 * Asks witnesses to cosign the newest head (C2SP tlog-witness) and keeps their lines in `cosignature`, one row a size
 * and key. Which witnesses there are is said in one place, the trust policy: what a verifier demands and what the log
 * asks for cannot drift apart.
 */
import type { Clock, Sql } from '../kernel/ports.ts'
import { nodeChecker, sha256 } from './node-crypto.ts'
import { formatSignatureLine, openCheckpoint, parseNote } from './note.ts'
import type { Policy, PolicyWitness } from './policy.ts'
import { readTilesFrom } from './tile-store.ts'
import { TileTree } from './tile-tree.ts'
import { ADD_CHECKPOINT_PATH, findConflictSize, formatAddCheckpoint } from './witness-protocol.ts'

/** Posts a body and answers what came back. Throws when nothing did. */
export type WitnessPost = (url: string, body: string) => Promise<{ readonly status: number; readonly body: string }>

/** Why a witness gave no line. The first two are grave: the tree that it saw is not the tree that we hold. */
export type WitnessRefusal =
  /** It cosigned another tree: ours was rewritten, or another log signs with our key. */
  | 'fork'
  /** It has seen a larger tree of ours: we are an older copy. */
  | 'ahead'
  /** It does not serve our origin. */
  | 'unknown-log'
  /** It knows our origin and not our keys. */
  | 'unknown-key'
  /** Its line does not verify under the policy's key, or there is none. */
  | 'bad-answer'

export type WitnessReport = { readonly witness: string; readonly size: number } & (
  | { readonly outcome: 'cosigned' | 'known' }
  | { readonly outcome: 'refused'; readonly reason: WitnessRefusal; readonly witnessSize?: number }
  /** It did not answer, or not as a witness does. */
  | { readonly outcome: 'silent'; readonly reason: string }
)

export type WitnessContext = { readonly sql: Sql; readonly clock: Clock; readonly post: WitnessPost }

/** One witness: an address with its key or keys. */
export type Station = { readonly url: string; readonly witnesses: readonly PolicyWitness[] }

/** The witnesses that can be asked over the network; those without an address are asked by file. */
export function stationsOf(policy: Policy): Station[] {
  const byUrl = new Map<string, PolicyWitness[]>()
  for (const witness of policy.witnesses) {
    if (witness.url !== undefined) byUrl.set(witness.url, [...(byUrl.get(witness.url) ?? []), witness])
  }
  return [...byUrl].map(([url, witnesses]) => ({ url, witnesses }))
}

export type SignedHead = { readonly size: number; readonly note: string }

export async function findHead(sql: Sql): Promise<SignedHead | undefined> {
  const [head] = await sql.rows<SignedHead>('select size, note from checkpoint order by size desc limit 1')
  return head
}

/** The last size that one of these keys cosigned, as far as we know; 0 for none. */
export async function lastCosigned(sql: Sql, witnesses: readonly PolicyWitness[]): Promise<number> {
  const [last] = await sql.rows<{ size: number }>(
    'select coalesce(max(size), 0) as size from cosignature where witness = any($1::text[])',
    [witnesses.map(({ name }) => name)],
  )
  return last?.size ?? 0
}

/** The request that moves a witness from `oldSize` to the head. `oldSize` is at most the head's. */
export async function makeRequest(sql: Sql, head: SignedHead, oldSize: number): Promise<string> {
  const tree = new TileTree(sha256, head.size, readTilesFrom(sql))
  const proof = oldSize === head.size ? [] : await tree.consistencyProof(oldSize)
  return formatAddCheckpoint({ oldSize, proof, checkpoint: head.note })
}

/** A 409 tells the size, the next request starts there; a third one means that somebody else asks too. */
const ATTEMPTS_MAX = 3

/** Asks one witness about the newest head; undefined while nothing is signed. Faults of the network are a report. */
export async function askStation(context: WitnessContext, station: Station): Promise<WitnessReport | undefined> {
  const { sql, post } = context
  const head = await findHead(sql)
  if (head === undefined) return undefined
  const report = { witness: nameOf(station), size: head.size }
  let oldSize = await lastCosigned(sql, station.witnesses)
  if (oldSize === head.size && (await isCosignedByAll(sql, head.size, station.witnesses))) {
    return { ...report, outcome: 'known' }
  }
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
    const request = await makeRequest(sql, head, Math.min(oldSize, head.size))
    let answer: Awaited<ReturnType<WitnessPost>>
    try {
      answer = await post(station.url.replace(/\/$/, '') + ADD_CHECKPOINT_PATH, request)
    } catch (error) {
      return { ...report, outcome: 'silent', reason: error instanceof Error ? error.message : String(error) }
    }
    switch (answer.status) {
      case 200:
        return keepLines(context, station.witnesses, head, answer.body)
      case 409: {
        const witnessSize = findConflictSize(answer.body)
        if (witnessSize === undefined) return { ...report, outcome: 'refused', reason: 'bad-answer' }
        if (witnessSize > head.size) return { ...report, outcome: 'refused', reason: 'ahead', witnessSize }
        if (witnessSize === oldSize) {
          // The same size and yet a conflict: it has another root there. A smaller one than ours makes no sense.
          const reason = oldSize === head.size ? 'fork' : 'bad-answer'
          return { ...report, outcome: 'refused', reason, witnessSize }
        }
        oldSize = witnessSize
        break
      }
      case 422:
        return { ...report, outcome: 'refused', reason: 'fork', witnessSize: oldSize }
      case 403:
        return { ...report, outcome: 'refused', reason: 'unknown-key' }
      case 404:
        return { ...report, outcome: 'refused', reason: 'unknown-log' }
      default:
        return { ...report, outcome: 'silent', reason: `answered with status ${answer.status}` }
    }
  }
  return { ...report, outcome: 'silent', reason: 'its size changed with every request' }
}

/** Verifies the lines under the witness's keys and stores them. Nothing is stored of an answer that is partly false. */
export async function keepLines(
  { sql, clock }: Pick<WitnessContext, 'sql' | 'clock'>,
  witnesses: readonly PolicyWitness[],
  head: SignedHead,
  lines: string,
): Promise<WitnessReport> {
  const note = parseNote(head.note + lines)
  const opened = await openCheckpoint(
    nodeChecker,
    head.note + lines,
    witnesses.map(({ key }) => key),
  )
  const signed = opened.ok ? witnesses.filter(({ key }) => opened.value.signedBy.some((by) => by.key === key)) : []
  const [first] = signed
  if (!note.ok || first === undefined) {
    return { witness: nameOf({ witnesses }), size: head.size, outcome: 'refused', reason: 'bad-answer' }
  }
  for (const { name, key } of signed) {
    const id = key.keyId.toHex()
    const line = note.value.signatures.find((each) => each.name === key.name && each.keyId.toHex() === id)
    await sql.rows('insert into cosignature (size, witness, line, at) values ($1, $2, $3, $4) on conflict do nothing', [
      head.size,
      name,
      formatSignatureLine(key, line?.body ?? new Uint8Array()),
      clock.now().toString(),
    ])
  }
  return { witness: nameOf({ witnesses: signed }), size: head.size, outcome: 'cosigned' }
}

async function isCosignedByAll(sql: Sql, size: number, witnesses: readonly PolicyWitness[]): Promise<boolean> {
  const [row] = await sql.rows<{ count: number }>(
    'select count(*)::integer as count from cosignature where size = $1 and witness = any($2::text[])',
    [size, witnesses.map(({ name }) => name)],
  )
  return row?.count === witnesses.length
}

/** `inspectorate` of `inspectorate/ed25519` and `inspectorate/ml-dsa-44`. */
const nameOf = ({ witnesses }: Pick<Station, 'witnesses'>) =>
  [...new Set(witnesses.map(({ name }) => name.replace(/\/(ed25519|ml-dsa-44)$/, '')))].join(', ')
