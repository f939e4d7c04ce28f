/** Which signed head to show: the newest, or the newest that the quorum of the trust policy cosigned. */
import type { Sql } from '../kernel/ports.ts'
import { nodeChecker } from './node-crypto.ts'
import { openCheckpoint } from './note.ts'
import { isQuorumMet, type Policy } from './policy.ts'

export type Head = { readonly size: number; readonly note: string }

/** Ours: so long may the newest heads stay without the quorum before it is a finding. */
export const UNWITNESSED_MINUTES_MAX = 15

/** Sizes with a cosignature that are looked through for a quorum: more than sixteen hours of rounds. */
const SIZES_MAX = 1_000

type Cosigned = { readonly size: number; readonly note: string; readonly witnesses: string[]; readonly lines: string[] }

const LINES = `array(select witness from cosignature s where s.size = c.size and s.witness = any($1::text[]) order by witness) as witnesses,
  array(select line from cosignature s where s.size = c.size and s.witness = any($1::text[]) order by witness) as lines`

/** The newest head with the lines of the policy's witnesses that it has so far. */
export async function findNewestHead(sql: Sql, policy: Policy): Promise<Head | undefined> {
  const [newest] = await sql.rows<Cosigned>(
    `select c.size, c.note, ${LINES} from checkpoint c order by c.size desc limit 1`,
    [namesOf(policy)],
  )
  return newest && withLines(newest, await trueLines(policy, newest))
}

/** The newest head of at least `minSize` entries that the quorum cosigned; with `quorum none` the newest. */
export async function findCosignedHead(sql: Sql, policy: Policy, minSize = 0): Promise<Head | undefined> {
  if (policy.quorum === 'none') {
    const newest = await findNewestHead(sql, policy)
    return newest && newest.size >= minSize ? newest : undefined
  }
  const sizes = await sql.rows<{ size: number; witnesses: string[] }>(
    `select size, array_agg(witness) as witnesses from cosignature where witness = any($1::text[]) and size >= $2
     group by size order by size desc limit ${SIZES_MAX}`,
    [namesOf(policy), minSize],
  )
  for (const { size } of sizes.filter(({ witnesses }) => isQuorumMet(policy, witnesses))) {
    const [head] = await sql.rows<Cosigned>(`select c.size, c.note, ${LINES} from checkpoint c where c.size = $2`, [
      namesOf(policy),
      size,
    ])
    const lines = head === undefined ? [] : await trueLines(policy, head)
    const cosigners = lines.map(({ witness }) => witness)
    if (head !== undefined && isQuorumMet(policy, cosigners)) return withLines(head, lines)
  }
  return undefined
}

const namesOf = ({ witnesses }: Policy) => witnesses.map(({ name }) => name)

const withLines = ({ size, note }: Cosigned, lines: readonly { line: string }[]): Head => ({
  size,
  note: note + lines.map(({ line }) => line).join(''),
})

/** Lines found true under a policy. Emptied when it has grown: the same few heads are asked for again and again. */
const verified = new WeakMap<Policy, Set<string>>()
const VERIFIED_MAX = 64

/**
 * The lines that verify. They did when they were stored; one that was written into the table since would make the whole
 * note false to every verifier, so it is left out here and named by `findFalseCosignatures`.
 */
async function trueLines(policy: Policy, { note, witnesses, lines }: Cosigned) {
  const known = verified.get(policy) ?? new Set()
  if (known.size > VERIFIED_MAX) known.clear()
  verified.set(policy, known)
  const found: { witness: string; line: string }[] = []
  for (const [at, line] of lines.entries()) {
    const key = policy.witnesses.find(({ name }) => name === witnesses[at])?.key
    if (key === undefined) continue
    const whole = note + line
    if (!known.has(whole)) {
      const opened = await openCheckpoint(nodeChecker, whole, [key])
      if (!opened.ok || opened.value.signedBy.length === 0) continue
      known.add(whole)
    }
    found.push({ witness: witnesses[at] as string, line })
  }
  return found
}

export type FalseCosignature = {
  readonly size: number
  readonly witness: string
  /** `unknown-witness`: the policy does not name it (any more), so nobody can tell. */
  readonly reason: 'false' | 'unknown-witness'
}

const BATCH_ROWS = 1_000

/** For the audit: every stored line that is not what its witness signed, or is of a witness that the policy lacks. */
export async function findFalseCosignatures(sql: Sql, policy: Policy): Promise<FalseCosignature[]> {
  const found: FalseCosignature[] = []
  let last = { size: -1, witness: '' }
  for (;;) {
    const rows = await sql.rows<{ size: number; note: string; witness: string; line: string }>(
      `select s.size, c.note, s.witness, s.line from cosignature s join checkpoint c on c.size = s.size
       where (s.size, s.witness) > ($1, $2) order by s.size, s.witness limit ${BATCH_ROWS}`,
      [last.size, last.witness],
    )
    for (const { size, note, witness, line } of rows) {
      last = { size, witness }
      const lines = await trueLines(policy, { size, note, witnesses: [witness], lines: [line] })
      if (lines.length > 0) continue
      found.push({ size, witness, reason: namesOf(policy).includes(witness) ? 'false' : 'unknown-witness' })
    }
    if (rows.length < BATCH_ROWS) return found
  }
}

/**
 * The head for a paper that must cover `minSize` entries: cosigned if there is such a one, else after the witnesses
 * were asked, else the newest as it is. Undefined while nothing of that size is signed.
 */
export async function findBestHead(
  sql: Sql,
  policy: Policy,
  minSize: number,
  askWitnesses?: () => Promise<unknown>,
): Promise<Head | undefined> {
  const cosigned = await findCosignedHead(sql, policy, minSize)
  if (cosigned !== undefined) return cosigned
  const newest = await findNewestHead(sql, policy)
  if (newest === undefined || newest.size < minSize) return undefined
  if (askWitnesses === undefined || policy.quorum === 'none') return newest
  await askWitnesses()
  return (await findCosignedHead(sql, policy, minSize)) ?? findNewestHead(sql, policy)
}

/**
 * What the log publishes: the head that the quorum cosigned last. Once the witnesses have been missing for longer than
 * is tolerated, the newest head, so that mirrors do not stand still; the alarm stands meanwhile.
 */
export async function cosignedCheckpoint(sql: Sql, policy: Policy, now: Temporal.Instant): Promise<string | undefined> {
  const isLate = (await unwitnessedSince(sql, policy, now)) !== undefined
  const head = isLate ? undefined : await findCosignedHead(sql, policy)
  return (head ?? (await findNewestHead(sql, policy)))?.note
}

/**
 * Since when signed heads have been waiting for their quorum, once that is longer than tolerated: the instant of the
 * first head after the last one with a quorum. Undefined while all is well, and under a policy without witnesses.
 */
export async function unwitnessedSince(sql: Sql, policy: Policy, now: Temporal.Instant): Promise<string | undefined> {
  if (policy.quorum === 'none') return undefined
  const last = await findCosignedHead(sql, policy)
  const [first] = await sql.rows<{ at: string }>('select at from checkpoint where size > $1 order by size limit 1', [
    last?.size ?? -1,
  ])
  if (first === undefined) return undefined
  const since = Temporal.Instant.from(first.at)
  const limit = now.subtract({ minutes: UNWITNESSED_MINUTES_MAX })
  return Temporal.Instant.compare(since, limit) <= 0 ? since.toString() : undefined
}
