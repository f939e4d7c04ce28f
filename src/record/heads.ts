/** Which signed head to show: the newest, or the newest that the quorum of the trust policy cosigned. */
import type { Sql } from '../kernel/ports.ts'
import { isQuorumMet, type Policy } from './policy.ts'

export type Head = { readonly size: number; readonly note: string }

/** Ours: so long may the newest heads stay without the quorum before it is a finding. */
export const UNWITNESSED_MINUTES_MAX = 15

/** Sizes with a cosignature that are looked through for a quorum: more than sixteen hours of rounds. */
const SIZES_MAX = 1_000

/** The newest head with the lines of the policy's witnesses that it has so far. */
export async function findNewestHead(sql: Sql, policy: Policy): Promise<Head | undefined> {
  const [head] = await sql.rows<Head>(
    `select c.size, c.note || coalesce((select string_agg(line, '' order by witness) from cosignature
       where size = c.size and witness = any($1::text[])), '') as note
     from checkpoint c order by c.size desc limit 1`,
    [policy.witnesses.map(({ name }) => name)],
  )
  return head
}

/** The newest head of at least `minSize` entries that the quorum cosigned; with `quorum none` the newest. */
export async function findCosignedHead(sql: Sql, policy: Policy, minSize = 0): Promise<Head | undefined> {
  if (policy.quorum === 'none') {
    const newest = await findNewestHead(sql, policy)
    return newest && newest.size >= minSize ? newest : undefined
  }
  const rows = await sql.rows<{ size: number; witnesses: string[]; lines: string }>(
    `select size, array_agg(witness) as witnesses, string_agg(line, '' order by witness) as lines
     from cosignature where size >= $1 and witness = any($2::text[])
     group by size order by size desc limit ${SIZES_MAX}`,
    [minSize, policy.witnesses.map(({ name }) => name)],
  )
  const best = rows.find(({ witnesses }) => isQuorumMet(policy, witnesses))
  if (best === undefined) return undefined
  const [checkpoint] = await sql.rows<Head>('select size, note from checkpoint where size = $1', [best.size])
  return checkpoint && { size: best.size, note: checkpoint.note + best.lines }
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
