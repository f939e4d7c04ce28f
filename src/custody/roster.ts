import type { Sql } from '../kernel/ports.ts'
import { type Covering, coveringOf } from '../law/read.ts'
import type { Birth } from '../people/acts.ts'
import {
  ageOn,
  birthKnown,
  factsOf,
  namesOf,
  type PersonFact,
  type PersonName,
  possibleDoubles,
} from '../people/read.ts'
import { belowPlace, type PathStep, placePaths } from '../places/read.ts'
import { closeRow } from './closed.ts'
import type { FieldCode } from './fields.ts'
import type { HeldFilter } from './held-filter.ts'
import type { PresenceState } from './roll.ts'
import type { HeldRow } from './roster-contract.ts'

/** Where a page begins: the last row of the page before. `key`: its register number, or its admission. */
export type HeldCursor = { readonly key: string; readonly custody: string }

const NIL = '00000000-0000-0000-0000-000000000000'
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/**
 * What is asked of a custody `c`, as conditions over parameters; `values` grows by what they need. `$1` is the instant.
 * The one place in which the roster is cut, for the page, the count and the CSV.
 */
async function conditionsOf(sql: Sql, filter: HeldFilter, values: unknown[]): Promise<string[]> {
  const { at, facility, presence, basis, withoutBasis, missing, admittedWithinDays, place, nationality } = filter
  const next = (value: unknown) => `$${values.push(value)}`
  const conditions = ['c.held @> $1::timestamptz']
  const inPresence = (condition: string) =>
    conditions.push(`c.id in (select custody from presence where span @> $1::timestamptz and ${condition})`)
  const inBasis = (condition: string) =>
    conditions.push(`c.id in (select custody from basis where span @> $1::timestamptz and ${condition})`)
  if (facility !== undefined) conditions.push(`c.facility = ${next(facility)}`)
  if (presence === 'confirmed') inPresence("state <> 'unknown'")
  else if (presence !== undefined) inPresence(`state = ${next(presence)}`)
  if (place !== undefined) inPresence(`place = any(array(${belowPlace(next(place), '$1')}))`)
  // Said apart from the parameter, so that the planner sees the partial index of what is not 'order'.
  if (withoutBasis === true || (basis !== undefined && basis !== 'order')) inBasis("state <> 'order'")
  if (basis !== undefined) inBasis(`state = ${next(basis)}`)
  if (missing !== undefined) {
    const lacks = missing === 'any' ? 'cardinality(missing) > 0' : `missing @> array[${next(missing)}::text]`
    conditions.push(`c.id in (select custody from completeness where span @> $1::timestamptz and ${lacks})`)
  }
  if (admittedWithinDays !== undefined)
    conditions.push(`c.admitted > $1::timestamptz - make_interval(days => ${next(admittedWithinDays)}::integer)`)
  if (nationality !== undefined)
    conditions.push(`c.person in (select person from person_fact where aspect = 'nationalities'
      and span @> $1::timestamptz and value @> jsonb_build_array(jsonb_build_object('state', ${next(nationality)}::text)))`)
  if (filter.double !== undefined) {
    const pairs = await possibleDoubles(sql, at)
    const persons = [...new Set(pairs.flatMap(({ person, other }) => [person, other]))]
    const isDouble = `c.person = any(${next(persons)}::uuid[])`
    conditions.push(filter.double ? isDouble : `(c.person is null or not ${isDouble})`)
  }
  if (filter.visible && !filter.visible.everybody) {
    conditions.push(filter.visible.sql(values.length + 1))
    values.push(...filter.visible.values)
  }
  return conditions
}

/** How many the filter finds. */
export async function countHeld(sql: Sql, filter: HeldFilter): Promise<number> {
  const values: unknown[] = [filter.at]
  const conditions = await conditionsOf(sql, filter, values)
  const [row] = await sql.rows<{ people: number }>(
    `select count(*) as people from custody c where ${conditions.join('\n  and ')}`,
    values,
  )
  return row?.people ?? 0
}

type Page = {
  readonly custody: string
  readonly person: string | null
  readonly registerNumber: string
  readonly facility: string
  readonly since: string
  readonly sincePrecision: string
  readonly zone: string
  readonly state: PresenceState
  readonly place: string | null
  readonly where: string | null
  readonly because: string
  readonly presenceSince: string
  readonly presencePrecision: string
  readonly bunk: string | null
  readonly missing: FieldCode[] | null
  readonly finding: { rule: string; mark: 'S1' | 'S2' | 'unknown' } | null
  readonly disputed: boolean
}

/** Findings that say nothing about one person that its own column does not say, or that are measured nowhere yet. */
const ELSEWHERE = ['REG-02', 'BED-01', 'LAW-01', 'LAW-03', 'basis-unknown', 'basis-disputed']

/**
 * A page of those held, by register number or by admission. The last row is the next page's cursor (`cursorOf`). The
 * page is cut first and joined then: joined first, a planner without statistics looks up each of 40,000 people.
 */
export async function listHeld(
  sql: Sql,
  filter: HeldFilter,
  { after, limit }: { readonly after?: HeldCursor | undefined; readonly limit: number },
): Promise<HeldRow[]> {
  const { at, sort = 'number' } = filter
  const values: unknown[] = [at]
  const conditions = await conditionsOf(sql, filter, values)
  const next = (value: unknown) => `$${values.push(value)}`
  if (sort === 'number') {
    conditions.push(
      `(c.register_number, c.id) > (${next(after?.key ?? '')}::text, ${next(after?.custody ?? NIL)}::uuid)`,
    )
  } else {
    const key = next(after?.key ?? 'infinity')
    conditions.push(`(c.admitted, c.id) < (${key}::timestamptz, ${next(after?.custody ?? LAST_ID)}::uuid)`)
  }
  const order = (of: string) =>
    sort === 'number' ? `${of}.register_number, ${of}.id` : `${of}.admitted desc, ${of}.id desc`
  const rows = await sql.rows<Page>(
    `with page as materialized (
       select c.* from custody c where ${conditions.join('\n         and ')}
       order by ${order('c')} limit ${next(limit)}
     )
     select c.id as custody, c.person, c.register_number as "registerNumber", c.facility, c.admitted as since,
       c.began_precision as "sincePrecision", c.zone, p.state, p.place, p.whereabouts as "where", p.because,
       lower(p.span) as "presenceSince", p.precision as "presencePrecision", a.bunk, m.missing, f.finding, c.disputed
     from page c
     join presence p on p.custody = c.id and p.span @> $1::timestamptz
     left join completeness m on m.custody = c.id and m.span @> $1::timestamptz
     left join lateral (
       select bunk from bunk_allocation where custody = c.id and held @> $1::timestamptz limit 1
     ) a on true
     left join lateral (
       select jsonb_build_object('rule', rule, 'mark', case when state = 'unknown' then 'unknown' else severity end) as finding
       from finding_of_custody where custody = c.id and span @> $1::timestamptz and severity in ('S1', 'S2')
         and rule <> all(${next(ELSEWHERE)}::text[])
       order by severity, state, rule limit 1
     ) f on true
     order by ${order('c')}`,
    values,
  )
  const described = await describe(sql, rows, at)
  const { visible } = filter
  return visible === undefined ? described : described.map((row) => closeRow(row, visible))
}

export const cursorOf = (row: HeldRow, sort: HeldFilter['sort'] = 'number'): string =>
  `${sort === 'number' ? row.registerNumber : row.since}~${row.custody}`

export function readCursor(text: string): HeldCursor {
  const at = text.lastIndexOf('~')
  return { key: text.slice(0, at), custody: text.slice(at + 1) }
}

/** What the other rooms know of these people: one question each, all at once. */
async function describe(sql: Sql, rows: readonly Page[], at: string): Promise<HeldRow[]> {
  const persons = rows.map(({ person }) => person).filter((id) => id !== null)
  const custodies = rows.map(({ custody }) => custody)
  const places = [...new Set(rows.flatMap(({ place, bunk }) => [place, bunk]).filter((id) => id !== null))]
  const [names, facts, covering, paths, bedless] = await Promise.all([
    namesOf(sql, persons, at),
    factsOf(sql, persons, ['birth', 'nationalities'], at),
    coveringOf(sql, custodies, at),
    placePaths(sql, places, at),
    facilitiesWithBunks(sql, at),
  ])
  const name = firstOf(names)
  const fact = new Map(facts.map((one) => [`${one.person} ${one.aspect}`, one]))
  const covered = new Map(covering.map((one) => [one.custody, one]))
  return rows.map((row) => {
    const cover = covered.get(row.custody)
    const day = dayIn(row.zone, at)
    return {
      custody: row.custody,
      person: row.person,
      registerNumber: row.registerNumber,
      facility: row.facility,
      name: row.person === null ? null : nameParts(name.get(row.person)),
      ...bornOf(fact.get(`${row.person} birth`), day),
      nationalities: (fact.get(`${row.person} nationalities`)?.value ?? []) as HeldRow['nationalities'],
      since: row.since,
      sincePrecision: row.sincePrecision,
      days: Math.floor(hoursBetween(row.since, at) / 24),
      place: whereOf(row, paths),
      presence: {
        state: row.state,
        since: row.presenceSince,
        precision: row.presencePrecision,
        because: row.because,
      },
      basis: basisIn(row.zone, cover),
      missing: row.missing ?? [],
      worst: worstOf(row, cover, bedless),
      disputed: row.disputed,
    }
  })
}

async function facilitiesWithBunks(sql: Sql, at: string): Promise<ReadonlySet<string>> {
  const rows = await sql.rows<{ code: string }>(
    'select code from facility f where exists (select from bunk b where b.facility = f.code and b.span @> $1::timestamptz)',
    [at],
  )
  return new Set(rows.map(({ code }) => code))
}

/** Each person's first name in the order of `namesOf`, which puts the current official one first. */
function firstOf(names: readonly PersonName[]): Map<string, PersonName> {
  const first = new Map<string, PersonName>()
  for (const name of names) if (!first.has(name.person)) first.set(name.person, name)
  return first
}

function nameParts(name: PersonName | undefined): HeldRow['name'] {
  if (name === undefined) return null
  const family = [name.family1, name.family2].filter((part) => part !== null).join(' ')
  return { family: family === '' ? null : family, given: name.given, written: name.written }
}

function bornOf(fact: PersonFact | undefined, day: string): Pick<HeldRow, 'age' | 'birth'> {
  const birth = (fact?.value ?? {}) as Partial<Birth>
  const known = birthKnown(birth)
  return {
    age: ageOn(birth, day) ?? null,
    birth: known === undefined ? null : { ...known, disputed: fact?.disputed === true },
  }
}

function whereOf(row: Page, paths: ReadonlyMap<string, PathStep[]>): HeldRow['place'] {
  const own = (row.place && paths.get(row.place)) || []
  const bed = (row.bunk && paths.get(row.bunk)) || []
  // The bunk meant for the person is shown where the person is in its cell, not where somebody is elsewhere.
  const inItsCell = bed.length > 1 && bed.at(-2)?.id === own.at(-1)?.id
  const path = (inItsCell ? bed : own).filter(({ kind }) => kind !== 'facility').map(({ code }) => code)
  return { id: row.place, path, where: row.where, bunk: row.bunk }
}

function basisIn(zone: string, cover: Covering | undefined): HeldRow['basis'] {
  if (cover === undefined) {
    // Every moment of a custody has a basis (custody_basis_covers): without one it was written while we looked.
    const nothing = { state: 'unknown', cause: 'orders-not-stated', since: '', order: null, kind: null } as const
    return { ...nothing, orders: 0, until: null, untilKnown: false, untilDay: null }
  }
  const { custody: _custody, ...basis } = cover
  return { ...basis, untilKnown: basis.untilKnown === true, untilDay: basis.until && lastDay(zone, basis.until) }
}

/** The day that ends at this instant, where it is a midnight there; else null. */
function lastDay(zone: string, until: string): string | null {
  const local = Temporal.Instant.from(until).toZonedDateTimeISO(zone)
  if (local.startOfDay().epochNanoseconds !== local.epochNanoseconds) return null
  return local.toPlainDate().subtract({ days: 1 }).toString()
}

/** Lapses by another rule than LAW-03, by their cause. */
const LAPSES: Partial<Record<Covering['cause'], string>> = {
  'admitted-without-order': 'LAW-01',
  'not-authentic': 'LAW-01',
}

const markRank = { S1: 0, unknown: 1, S2: 2 } as const

/** Severity 1 before what is not known of severity 1, that before severity 2. */
function worstOf(row: Page, cover: Covering | undefined, withBunks: ReadonlySet<string>): HeldRow['worst'] {
  const found: NonNullable<HeldRow['worst']>[] = []
  if (cover?.state === 'lapse') found.push({ mark: 'S1', reason: LAPSES[cover.cause] ?? 'LAW-03' })
  if (row.finding) found.push({ mark: row.finding.mark, reason: row.finding.rule })
  if (cover?.state === 'unknown') found.push({ mark: 'unknown', reason: 'basis-unknown' })
  if (row.state === 'unknown') found.push({ mark: 'unknown', reason: 'presence-unknown' })
  if (cover?.state === 'disputed') found.push({ mark: 'S2', reason: 'basis-disputed' })
  if (row.state === 'disputed') found.push({ mark: 'S2', reason: 'presence-disputed' })
  if (row.bunk === null && row.state === 'at' && withBunks.has(row.facility))
    found.push({ mark: 'S2', reason: 'BED-01' })
  return found.sort((a, b) => markRank[a.mark] - markRank[b.mark])[0] ?? null
}

const hoursBetween = (from: string, to: string): number =>
  Math.max(
    0,
    Number(Temporal.Instant.from(to).epochMilliseconds - Temporal.Instant.from(from).epochMilliseconds) / 3_600_000,
  )

const dayIn = (zone: string, at: string): string =>
  Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate().toString()
