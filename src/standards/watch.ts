import { nextDuty } from '../duties/read.ts'
import type { Sql } from '../kernel/ports.ts'
import { microsOf } from '../kernel/time.ts'
import { type DueAct, dueActs } from './evaluate.ts'
import type { House } from './rules/rule.ts'

/**
 * Asks what is due without measuring 40,000 people every few seconds: between two calls nothing can have become due
 * unless an entry came, the house changed, or an instant was reached that the registers name. One for each clock.
 */
export class DueWatch {
  #quiet: { readonly seen: string; readonly until: number } | undefined

  /** As `dueActs`; empty without looking at a rule when nothing can have changed since it was last empty. */
  async due(sql: Sql, now: string, house: House = {}): Promise<DueAct[]> {
    // Before the rules are asked: what comes meanwhile is looked at the next time.
    const seen = await this.#state(sql, house)
    if (seen !== undefined && this.#quiet?.seen === seen && microsOf(now) < this.#quiet.until) return []
    const due = await dueActs(sql, now, house)
    this.#quiet = seen !== undefined && due.length === 0 ? { seen, until: await nextChange(sql, now) } : undefined
    return due
  }

  /** What must stay the same; undefined while entries wait for the tree, since their numbers say nothing about order. */
  async #state(
    sql: Sql,
    { signerSilentSince, unwitnessedSince, contradictedBy, undelivered }: House,
  ): Promise<string | undefined> {
    const [row] = await sql.rows<{ last: number | null; waiting: boolean }>(
      'select (select max(idx) from leaf) as last, exists (select from pending) as waiting',
    )
    return row?.waiting === false
      ? JSON.stringify([row.last, signerSilentSince, unwitnessedSince, contradictedBy, undelivered])
      : undefined
  }
}

/** The next instant at which a rule may say something else by time alone. */
async function nextChange(sql: Sql, now: string): Promise<number> {
  const duty = await nextDuty(sql, now)
  const [row] = await sql.rows<{ next: string | null }>(
    `select least(
       $2::timestamptz,
       (select min(lower(span)) from basis where lower(span) > $1::timestamptz),
       (select min(lower(span)) from presence where lower(span) > $1::timestamptz),
       (select min(free_from) from sentence_case where free_from > $1::timestamptz),
       (select min(upper(held)) from custody where upper(held) > $1::timestamptz),
       (select min(starts) from release_clock where starts > $1::timestamptz),
       (select min(lower(span)) from release_conflict where lower(span) > $1::timestamptz),
       (select min(upper(held)) + interval '24 hours' from custody
        where departed_as = 'release' and upper(held) > $1::timestamptz - interval '24 hours'),
       (select min(admitted) + interval '24 hours' from custody where admitted > $1::timestamptz - interval '24 hours')
     ) as next`,
    [now, duty],
  )
  return row?.next == null ? Number.POSITIVE_INFINITY : microsOf(row.next)
}
