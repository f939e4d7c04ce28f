import type { Sql } from '../kernel/ports.ts'
import type { Words } from '../kernel/refusal.ts'
import { seesAll, type Visible } from '../kernel/visible.ts'
import { type PersonFile, personAt } from '../people/read.ts'
import { type PathStep, placePaths } from '../places/read.ts'
import { type FieldCode, requiredFields, type Supplier, supplierOf, suppliers } from './fields.ts'
import type { PresenceState } from './roll.ts'

export type CustodyHead = {
  readonly custody: string
  readonly person: string | null
  readonly facility: string
  readonly registerNumber: string
  readonly from: string
  readonly fromPrecision: string
  readonly to: string | null
  readonly toPrecision: string | null
  readonly zone: string
  readonly manner: string | null
  readonly receivedUnder: string | null
  readonly departedAs: string | null
  readonly ordersStated: boolean | null
  readonly follows: string | null
  /** Facts about its limits that cannot all be true; empty when none. */
  readonly disputes: readonly string[]
  readonly entryN: number
  readonly departureN: number | null
}

const HEAD = `c.id as custody, c.person, c.facility, c.register_number as "registerNumber", lower(c.held) as "from",
  c.began_precision as "fromPrecision", upper(c.held) as "to", c.ended_precision as "toPrecision", c.zone, c.manner,
  c.received_under as "receivedUnder", c.departed_as as "departedAs", c.orders_stated as "ordersStated", c.follows,
  c.disputes, c.entry_n as "entryN", c.departure_n as "departureN"`

/** The custody with this register number; undefined when there is none. */
export async function findCustody(sql: Sql, registerNumber: string): Promise<CustodyHead | undefined> {
  const text = `select ${HEAD} from custody c where c.register_number = $1 and c.register_number <> '' order by c.id limit 1`
  return (await sql.rows<CustodyHead>(text, [registerNumber]))[0]
}

/** The custody of this id; undefined when there is none. */
export async function findCustodyById(sql: Sql, custody: string): Promise<CustodyHead | undefined> {
  return (await sql.rows<CustodyHead>(`select ${HEAD} from custody c where c.id = $1::uuid`, [custody]))[0]
}

export type CustodyOf = CustodyHead & { readonly person: string }

/** All custodies of these persons, oldest first; with `visible` those that a reader may see. */
export function custodiesOf(sql: Sql, persons: readonly string[], visible: Visible = seesAll): Promise<CustodyOf[]> {
  const text = `select ${HEAD} from custody c where c.person = any($1::uuid[]) and ${visible.sql(2)}
    order by c.person, c.admitted, c.id`
  return sql.rows<CustodyOf>(text, [persons, ...visible.values])
}

export type PresenceSegment = {
  readonly state: PresenceState
  readonly place: string | null
  /** In words, where no place on file is meant. */
  readonly where: string | null
  readonly because: string
  readonly from: string
  readonly fromPrecision: string
  readonly to: string | null
  /** Where disputed: what was said. */
  readonly rivals: readonly { state: string; place: string | null; where: string | null; entry: number }[] | null
  readonly entryN: number
}

/** Where the body was, oldest first, without a gap from admission to departure. */
export function presenceOfCustody(sql: Sql, custody: string): Promise<PresenceSegment[]> {
  return sql.rows<PresenceSegment>(
    `select state, place, whereabouts as "where", because, lower(span) as "from", precision as "fromPrecision",
       upper(span) as "to", rivals, entry_n as "entryN"
     from presence where custody = $1::uuid order by span`,
    [custody],
  )
}

export type Responsibility = {
  readonly role: 'ordered' | 'supervises' | 'runs'
  /** The state that says so, or `register`. */
  readonly statedBy: string
  readonly authority: string
  readonly state: string
  readonly rivals: readonly { name: string; state: string }[] | null
  readonly since: string
  readonly entryN: number
}

/** A field that the register lacks, since when without a break, and who can supply it. */
export type Lack = {
  readonly code: FieldCode
  readonly citation: string
  readonly says: Words
  readonly since: string
  readonly from: Supplier
  readonly fromSays: Words
}

export type CustodyFile = CustodyHead & {
  readonly at: string
  /** In custody at `at`: not before admission, not after departure. */
  readonly inCustody: boolean
  readonly identity: PersonFile | null
  readonly presence: PresenceSegment | null
  /** Segments that began by `at`, oldest first, each place with the way down to it. */
  readonly chain: readonly (PresenceSegment & { readonly path: readonly PathStep[] })[]
  readonly bunk: { readonly bunk: string; readonly path: readonly PathStep[]; readonly since: string } | null
  readonly responsibilities: readonly Responsibility[]
  /** Roles for which two states each name the other. */
  readonly conflicts: readonly string[]
  readonly missing: readonly Lack[]
  /** The last photograph, for identification; the picture is at `/api/custodies/:id/files/:digest`. */
  readonly photograph: { readonly digest: string; readonly mediaType: string; readonly at: string } | null
  readonly deprivation: {
    readonly at: string | null
    readonly precision: string | null
    readonly where: string | null
    readonly by: string | null
    readonly byState: string | null
    readonly grounds: string | null
  } | null
  readonly classification: readonly { field: 'level' | 'status'; value: string; since: string; entryN: number }[]
  readonly health: readonly {
    at: string
    examined: string | null
    fitness: string | null
    needs: readonly string[]
    injuriesRecorded: boolean | null
    illTreatmentComplaint: boolean | null
    entryN: number
  }[]
  /** The last inventory. */
  readonly property: readonly { what: string; quantity: number; held: string; at: string; entryN: number }[]
  readonly children: readonly { ageYears: number; where: string; guardian: string | null }[]
  readonly notes: readonly { at: string; text: string; entryN: number }[]
  readonly departures: readonly {
    at: string
    precision: string
    as: string | null
    authority: string | null
    destination: string | null
    verification: string | null
    death: unknown
    entryN: number
  }[]
  /** What sources say without evidence: shown as said, used for nothing. */
  readonly claims: readonly { label: string; value: string; at: string; source: string; entryN: number }[]
}

/** The file of a custody as the world stood at `at`. Undefined when there is no such custody. */
export async function custodyAt(sql: Sql, custody: string, at: string): Promise<CustodyFile | undefined> {
  const head = await findCustodyById(sql, custody)
  if (!head) return undefined
  const values = [custody, at]
  const until = 'where custody = $1::uuid and at <= $2::timestamptz order by at, entry_n'
  const [identity, presences, bunks, responsibilities, conflicts, completeness, deprivations, ...rest] =
    await Promise.all([
      head.person === null ? null : personAt(sql, head.person, at),
      presenceOfCustody(sql, custody),
      sql.rows<{ bunk: string; since: string }>(
        `select bunk, lower(held) as since from bunk_allocation where custody = $1::uuid and held @> $2::timestamptz`,
        values,
      ),
      sql.rows<Responsibility>(
        `select role, stated_by as "statedBy", authority, state, rivals, lower(span) as since, entry_n as "entryN"
         from responsibility where custody = $1::uuid and span @> $2::timestamptz
         order by array_position('{ordered,supervises,runs}', role), stated_by`,
        values,
      ),
      listConflicts(sql, { at, custody }),
      sql.rows<{ missing: FieldCode[]; since: string }>(
        `select missing, lower(span) as since from completeness
         where custody = $1::uuid and lower(span) <= $2::timestamptz order by span desc`,
        values,
      ),
      sql.rows<NonNullable<CustodyFile['deprivation']>>(
        `select at, precision, whereabouts as "where", by_authority as by, by_state as "byState", grounds
         from deprivation where custody = $1::uuid`,
        [custody],
      ),
      sql.rows<CustodyFile['classification'][number]>(
        `select field, value, lower(span) as since, entry_n as "entryN" from classification
         where custody = $1::uuid and span @> $2::timestamptz order by field`,
        values,
      ),
      sql.rows<CustodyFile['health'][number]>(
        `select at, examined, fitness, needs, injuries_recorded as "injuriesRecorded",
           ill_treatment_complaint as "illTreatmentComplaint", entry_n as "entryN" from health_element ${until}`,
        values,
      ),
      sql.rows<CustodyFile['property'][number]>(
        `select what, quantity, held, at, entry_n as "entryN" from property_item
         where custody = $1::uuid and entry_n = (
           select entry_n from property_item where custody = $1::uuid and at <= $2::timestamptz
           order by at desc, entry_n desc limit 1)
         order by position`,
        values,
      ),
      sql.rows<CustodyFile['children'][number]>(
        `select age_years::float8 as "ageYears", whereabouts as "where", guardian from custody_child
         where custody = $1::uuid order by entry_n, position`,
        [custody],
      ),
      sql.rows<CustodyFile['notes'][number]>(`select at, text, entry_n as "entryN" from note ${until}`, values),
      sql.rows<CustodyFile['departures'][number]>(
        `select at, precision, departed_as as "as", authority, destination, verification, death, entry_n as "entryN"
         from departure ${until}`,
        values,
      ),
      sql.rows<CustodyFile['claims'][number]>(
        `select label, value, at, source, entry_n as "entryN" from claim ${until}, position`,
        values,
      ),
    ])
  const [classification, health, property, children, notes, departures, claims] = rest
  const begun = presences.filter(({ from }) => !isAfter(from, at))
  const places = [...begun.flatMap(({ place }) => place ?? []), ...bunks.map(({ bunk }) => bunk)]
  const paths = places.length > 0 ? await placePaths(sql, places, at) : new Map<string, PathStep[]>()
  const chain = begun.map((segment) => ({ ...segment, path: (segment.place && paths.get(segment.place)) || [] }))
  const inCustody = !isAfter(head.from, at) && (head.to === null || isAfter(head.to, at))
  const bunk = bunks[0]
  return {
    ...head,
    at,
    inCustody,
    identity,
    presence: inCustody ? (begun.at(-1) ?? null) : null,
    chain,
    bunk: bunk ? { ...bunk, path: paths.get(bunk.bunk) ?? [] } : null,
    responsibilities,
    conflicts: [...new Set(conflicts.map(({ role }) => role))],
    missing: missingOf(completeness),
    photograph: photographOf(identity, at),
    deprivation: deprivations[0] ?? null,
    classification,
    health,
    property,
    children,
    notes,
    departures,
    claims,
  }
}

const isAfter = (a: string, b: string): boolean =>
  Temporal.Instant.compare(Temporal.Instant.from(a), Temporal.Instant.from(b)) > 0

function photographOf(identity: PersonFile | null, at: string): CustodyFile['photograph'] {
  const last = identity?.photographs.filter((one) => !isAfter(one.at, at)).at(-1)
  return last ? { digest: last.digest, mediaType: last.mediaType, at: last.at } : null
}

/** What is missing now, each since when without a break; rows come latest first. */
export function missingOf(rows: readonly { missing: FieldCode[]; since: string }[]): Lack[] {
  return (rows[0]?.missing ?? []).map((code) => {
    const unbroken = rows.findIndex(({ missing }) => !missing.includes(code))
    const { since } = rows[unbroken === -1 ? rows.length - 1 : unbroken - 1] as { since: string }
    const { citation, says } = requiredFields[code]
    const from = supplierOf[code]
    return { code, citation, says, since, from, fromSays: suppliers[from] }
  })
}

export type Conflict = {
  readonly custody: string
  readonly role: string
  readonly states: readonly [string, string]
  readonly since: string
  readonly until: string | null
  readonly entries: readonly [number, number]
}

/** Custodies for which two states each name the other as responsible (`custody-conflict`). */
export function listConflicts(
  sql: Sql,
  { at, facility, custody }: { at: string; facility?: string; custody?: string },
): Promise<Conflict[]> {
  return sql.rows<Conflict>(
    `select a.custody, a.role, array[a.stated_by, b.stated_by] as states, lower(a.span * b.span) as since,
       upper(a.span * b.span) as until, array[a.entry_n, b.entry_n] as entries
     from responsibility a
     join responsibility b on b.custody = a.custody and b.role = a.role
       and b.stated_by = a.state and b.state = a.stated_by and a.stated_by < b.stated_by
     where a.stated_by <> 'register' and a.span @> $1::timestamptz and b.span @> $1::timestamptz
       and ($2::uuid is null or a.custody = $2::uuid)
       and ($3::text is null or exists (select from custody c where c.id = a.custody and c.facility = $3))
     order by a.custody, a.role`,
    [at, custody ?? null, facility ?? null],
  )
}
