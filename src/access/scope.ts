import { FacilityCode } from '../kernel/act.ts'
import type { Contract } from '../kernel/contract.ts'
import type { Sql } from '../kernel/ports.ts'
import type { Input } from '../platform/http/endpoint.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

type Fields = Readonly<Record<string, unknown>>
const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}

/** Whom or what a request is about, as far as it says. */
export type Scope = {
  /** Facilities that it names by their code, by a bunk, by a place that is its address. */
  readonly facilities: readonly string[]
  /** Custodies that it names: by id, by register number, by an entry about them. */
  readonly custodies: readonly { readonly id: string; readonly facility: string }[]
  /** Entries that it names, with what they are about. */
  readonly entries: readonly { readonly kind: string; readonly facility: string; readonly custody: string | null }[]
  /** It names a custody, a number, an entry or (as its address) a place that does not exist. */
  readonly isUnknown: boolean
}

/** What a request names, before anybody looked it up: ids, numbers and codes. */
export type Named = {
  readonly facilities: readonly string[]
  readonly custodies: readonly string[]
  readonly entries: readonly string[]
  readonly numbers: readonly string[]
  readonly bunks: readonly string[]
  readonly places: readonly string[]
}

/**
 * Read from where a request says it: `facility`, a custody, an entry, a register number that is the address, the
 * address of an act. What only looks like a limit (a word to search for, a cursor) is none.
 */
export function namedIn({ path }: Pick<Contract, 'path'>, input: Input): Named {
  const body = fieldsOf(input.body)
  const data = fieldsOf(body.data)
  const asked = { ...fieldsOf(input.query), ...fieldsOf(input.params) }
  const codes = new Set<string>()
  for (const place of [asked, body, fieldsOf(data.place)]) {
    const code = FacilityCode.safeParse(place.facility)
    if (code.success) codes.add(code.data)
  }
  const code = path.startsWith('/api/facilities/:code') ? FacilityCode.safeParse(asked.code) : undefined
  if (code?.success) codes.add(code.data)
  const isAt = (folder: string) => path.startsWith(`/api/${folder}/:id`)
  return {
    facilities: [...codes],
    custodies: idsOf(
      asked.custody,
      body.custody,
      fieldsOf(data.person).custody,
      isAt('custodies') ? asked.id : undefined,
    ),
    entries: idsOf(asked.entry, isAt('entries') ? asked.id : undefined),
    // Only where the number is the address: elsewhere it would be a word to search for, and no limit to what is found.
    numbers: path.endsWith('/:number') ? [String(asked.number)] : [],
    bunks: idsOf(fieldsOf(data.place).bunk),
    places: idsOf(isAt('places') ? asked.id : undefined),
  }
}

/** What a request names, looked up: two or three reads by key, whatever is found. */
export async function scopeOf(sql: Sql, contract: Pick<Contract, 'path'>, input: Input): Promise<Scope> {
  const { facilities, custodies, entries, numbers, bunks, places } = namedIn(contract, input)
  const [byId, byNumber, ofEntries, ofBunks, ofPlaces] = await Promise.all([
    custodies.length === 0 ? [] : sql.rows<Scope['custodies'][number]>(CUSTODIES, [custodies]),
    numbers.length === 0 ? [] : sql.rows<Scope['custodies'][number]>(NUMBERS, [numbers]),
    entries.length === 0 ? [] : sql.rows<Scope['entries'][number]>(ENTRIES, [entries]),
    bunks.length === 0 ? [] : sql.rows<{ facility: string }>(BUNKS, [bunks]),
    places.length === 0 ? [] : sql.rows<{ facility: string }>(PLACES, [places]),
  ])
  const found = byId.length + ofEntries.length + ofPlaces.length + Math.min(byNumber.length, numbers.length)
  return {
    // A bunk is meant for one person in all facilities: whoever could name another's would learn of it, and block it.
    facilities: [...new Set([...facilities, ...[...ofBunks, ...ofPlaces].map(({ facility }) => facility)])],
    custodies: [
      ...byId,
      ...byNumber,
      ...ofEntries.flatMap(({ custody, facility }) => (custody === null ? [] : [{ id: custody, facility }])),
    ],
    entries: ofEntries,
    isUnknown: found < custodies.length + numbers.length + entries.length + places.length,
  }
}

const CUSTODIES = "select id, facility from subject where id = any($1::uuid[]) and kind = 'custody'"
const NUMBERS = "select id, facility from custody where register_number = any($1::text[]) and register_number <> ''"
/** Of whom stated it first: nobody makes another's bunk one's own by saying so too. */
const BUNKS = 'select distinct on (id) facility from bunk where id = any($1::uuid[]) order by id, entry_n'
const PLACES = 'select distinct on (id) facility from place where id = any($1::uuid[]) order by id, entry_n'
const ENTRIES = 'select kind, facility, custody from entry where id = any($1::uuid[])'

const idsOf = (...values: readonly unknown[]): string[] => [
  ...new Set(values.flatMap((value) => (typeof value === 'string' && UUID.test(value) ? [value.toLowerCase()] : []))),
]
