import { HOUSE } from '../kernel/act.ts'
import { derivedId } from '../kernel/ids.ts'
import type { Sql } from '../kernel/ports.ts'
import { microsOf } from '../kernel/time.ts'
import { missDuty } from './acts.ts'
import { dutyRules } from './packs/index.ts'
import { lastStepHours } from './rule.ts'

/** An act that is due, as the service `clock` submits it: the id is derived, so doing it twice changes nothing. */
export type DueMiss = {
  readonly id: string
  readonly kind: 'duty.miss'
  readonly occurredAt: { readonly at: string; readonly precision: 'second'; readonly zone: 'UTC' }
  readonly data: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

type Missed = {
  readonly rule: string
  readonly facility: string
  readonly custody: string | null
  readonly duty: string | null
  readonly cause: string | null
  readonly due: string
  readonly people: number
}

/**
 * What was missed and stands in no entry yet: true by query since it was due, whether it was done afterwards or not.
 * What an import or a mass act brought along is one entry of its cause; who comes to it later adds none, since `due` and
 * `cause` find them at any instant. A duty that a correction moved is missed anew, at its own instant.
 */
export async function dueMisses(sql: Sql, now: string): Promise<DueMiss[]> {
  const missed = await sql.rows<Missed>(
    `with late as (
       select d.rule, d.facility, d.cause, case when d.cause is null then d.custody end as custody,
         case when d.cause is null then d.duty end as duty, min(d.due) as due, count(*) as people
       from duty d
       where (d.settled is null or d.settled > d.due) and d.unknown is null and d.due <= $1::timestamptz
       group by 1, 2, 3, 4, 5
     )
     select late.* from late
     where not exists (
       select from duty_miss m where m.rule = late.rule and m.facility = late.facility
         and (m.cause = late.cause or (m.duty = late.duty and m.due = late.due)))`,
    [now],
  )
  return missed.map(({ rule, facility, custody, duty, cause, due, people }) => ({
    id: derivedId(
      'act',
      missDuty.kind,
      rule,
      facility,
      duty ?? `cause ${cause}`,
      duty === null ? '' : String(microsOf(due)),
    ),
    kind: missDuty.kind as 'duty.miss',
    occurredAt: { at: due, precision: 'second', zone: 'UTC' },
    data: {
      ...(custody !== null ? { person: { custody } } : facility === HOUSE ? {} : { place: { facility } }),
      act: { rule, due, ...(duty !== null && { duty }), ...(cause !== null && { cause, people }) },
    },
  }))
}

/** When time alone next makes something late, or takes it to its last step; null: neither lies ahead. */
export async function nextDuty(sql: Sql, now: string): Promise<string | null> {
  const [row] = await sql.rows<{ next: string | null }>(
    `select least(
       min(d.due) filter (where d.due > $1::timestamptz),
       min(d.due + make_interval(hours => r.hours)) filter (where d.due + make_interval(hours => r.hours) > $1::timestamptz)
     ) as next
     from duty d join unnest($2::text[], $3::integer[]) r(rule, hours) on r.rule = d.rule
     where d.settled is null`,
    [now, dutyRules.map(({ id }) => id), dutyRules.map(lastStepHours)],
  )
  return row?.next ?? null
}
