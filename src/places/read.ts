import type { Sql } from '../kernel/ports.ts'
import type { FigureSource } from './acts.ts'
import { type SpaceTier, spaceTiers } from './space.ts'

export type Facility = {
  readonly code: string
  readonly name: string
  readonly country: string
  readonly zone: string
  readonly certifiedCapacity: number | null
  readonly announcedCapacity: number | null
  readonly sources: readonly FigureSource[]
  readonly since: string
}

const FACILITY = `code, name, country, zone, certified_capacity as "certifiedCapacity",
  announced_capacity as "announcedCapacity", sources, since`

export async function findFacility(sql: Sql, code: string): Promise<Facility | undefined> {
  return (await sql.rows<Facility>(`select ${FACILITY} from facility where code = $1`, [code]))[0]
}

export function listFacilities(sql: Sql): Promise<Facility[]> {
  return sql.rows<Facility>(`select ${FACILITY} from facility order by code`)
}

export type PlaceView = {
  readonly id: string
  readonly facility: string
  readonly parent: string | null
  readonly kind: string
  readonly code: string
  readonly name: string | null
  readonly areaM2: number | null
  readonly certifiedCapacity: number | null
  readonly bunks: number
  readonly sources: readonly FigureSource[]
  readonly since: string
}

const PLACE = `p.id, p.facility, p.parent, p.kind, p.code, p.name, p.area_m2::float8 as "areaM2",
  p.certified_capacity as "certifiedCapacity", p.sources, lower(p.span) as since,
  (select count(*) from bunk b where b.place = p.id and b.span @> $2::timestamptz) as bunks`

/**
 * The places of a facility at an instant, each after its parent, brothers by code. Flat: `parent` makes the tree. A
 * place whose parent is not in use is not reached: `close` takes out all that lies below.
 */
export async function placeTree(sql: Sql, facility: string, at: string): Promise<PlaceView[]> {
  const places = await sql.rows<PlaceView>(
    `select ${PLACE} from place p where p.facility = $1 and p.span @> $2::timestamptz order by p.code, p.id`,
    [facility, at],
  )
  const children = Map.groupBy(places, ({ parent }) => parent)
  const tree: PlaceView[] = []
  const seen = new Set<string>()
  const visit = (place: PlaceView) => {
    if (seen.has(place.id)) return
    seen.add(place.id)
    tree.push(place)
    for (const child of children.get(place.id) ?? []) visit(child)
  }
  for (const root of children.get(null) ?? []) visit(root)
  return tree
}

export async function findPlace(sql: Sql, id: string, at: string): Promise<PlaceView | undefined> {
  const text = `select ${PLACE} from place p where p.id = $1 and p.span @> $2::timestamptz`
  return (await sql.rows<PlaceView>(text, [id, at]))[0]
}

export type BunkView = { readonly id: string; readonly position: string; readonly tier: number }

export function bunksOf(sql: Sql, place: string, at: string): Promise<BunkView[]> {
  const text = `select id, position, tier from bunk where place = $1 and span @> $2::timestamptz order by tier, position`
  return sql.rows<BunkView>(text, [place, at])
}

/** One step of the way from the facility down to a bunk. */
export type PathStep = {
  readonly id: string
  readonly kind: string
  readonly code: string
  readonly name: string | null
}

/** Deeper than any building; a place that is its own ancestor by a wrong fact must not loop. */
const DEPTH_MAX = 12

/**
 * For each place or bunk the way down to it at an instant, the facility first. Ids that were not in use then are absent.
 */
export async function placePaths(sql: Sql, ids: readonly string[], at: string): Promise<Map<string, PathStep[]>> {
  const steps = await sql.rows<PathStep & { leaf: string }>(
    `with recursive step as (
       select b.id as leaf, b.id, b.place as parent, 'bunk' as kind, b.position as code, null::text as name, 0 as height
       from bunk b where b.id = any($1::uuid[]) and b.span @> $2::timestamptz
       union all
       select p.id, p.id, p.parent, p.kind, p.code, p.name, 0
       from place p where p.id = any($1::uuid[]) and p.span @> $2::timestamptz
       union all
       select s.leaf, p.id, p.parent, p.kind, p.code, p.name, s.height + 1
       from step s join place p on p.id = s.parent and p.span @> $2::timestamptz
       where s.height < ${DEPTH_MAX}
     )
     select leaf, id, kind, code, name from step order by leaf, height desc`,
    [ids, at],
  )
  const paths = new Map<string, PathStep[]>()
  for (const { leaf, ...step } of steps) {
    const path = paths.get(leaf)
    if (path) path.push(step)
    else paths.set(leaf, [step])
  }
  return paths
}

/** SQL: the ids of a place and of all places and bunks below it. `place` and `at` are parameters, `$3` for instance. */
export const belowPlace = (place: string, at: string): string => `
with recursive below (id, depth) as (
  select ${place}::uuid, 0
  union
  select p.id, below.depth + 1 from below
  join place p on p.parent = below.id and p.span @> ${at}::timestamptz
  where below.depth < ${DEPTH_MAX}
)
select id from below
union
select b.id from below join bunk b on b.place = below.id and b.span @> ${at}::timestamptz`

export type FoundPlace = {
  readonly place: string
  readonly kind: string
  /** Codes from below the facility down. */
  readonly path: string[]
  readonly name: string | null
  readonly facility: string
}

/** Places and bunks whose code is so, or begins so; several words: each of them a code on the way down, the last one theirs. */
export async function findPlacesByCode(sql: Sql, text: string, at: string, limit: number): Promise<FoundPlace[]> {
  const words = text
    .toUpperCase()
    .split(/[\s·/]+/)
    .filter((word) => word !== '')
  const last = words.at(-1)
  if (last === undefined) return []
  // More than asked for: where words come before it, most of those that end so lie elsewhere.
  const found = await sql.rows<{ id: string; facility: string }>(
    `select id, facility from (
       select id, facility, code from place where span @> $2::timestamptz and kind <> 'facility' and starts_with(upper(code), $1)
       union all
       select id, facility, position from bunk where span @> $2::timestamptz and $4 and upper(position) = $1
     ) p order by upper(code) <> $1, length(code), code, id limit $3`,
    [last, at, words.length > 1 ? 2_000 : limit, words.length > 1],
  )
  const paths = await placePaths(
    sql,
    found.map(({ id }) => id),
    at,
  )
  return found
    .flatMap(({ id, facility }) => {
      const steps = (paths.get(id) ?? []).filter(({ kind }) => kind !== 'facility')
      const leaf = steps.at(-1)
      const above = steps.slice(0, -1).map(({ code }) => code.toUpperCase())
      if (
        !leaf ||
        !words.slice(0, -1).every((word) => above.some((code) => code === word || code.endsWith(`-${word}`)))
      )
        return []
      return [{ place: id, kind: leaf.kind, path: steps.map(({ code }) => code), name: leaf.name, facility }]
    })
    .slice(0, limit)
}

/** The way down to one place or bunk; empty when it was not in use. */
export async function placePath(sql: Sql, id: string, at: string): Promise<PathStep[]> {
  return (await placePaths(sql, [id], at)).get(id) ?? []
}

export type Capacity = {
  readonly certified: number | null
  readonly announced: number | null
  readonly cells: number
  readonly bunks: number
  readonly areaM2: number | null
  /** Cells whose floor is not on file: what follows from floor space leaves them out and is too low. */
  readonly cellsWithoutArea: number
  /** How many people the cells hold under each standard of floor space; whole people in each cell. */
  readonly byStandard: readonly (SpaceTier & { readonly people: number })[]
}

/** Capacity as certified, as announced, in bunks and by each standard of floor space. Undefined: no such facility. */
export async function findCapacity(sql: Sql, facility: string, at: string): Promise<Capacity | undefined> {
  const known = await findFacility(sql, facility)
  if (!known) return undefined
  const [cells, bunks] = await Promise.all([
    sql.rows<{ areaM2: number | null }>(
      `select area_m2::float8 as "areaM2" from place where facility = $1 and kind = 'cell' and span @> $2::timestamptz`,
      [facility, at],
    ),
    sql.rows<{ bunks: number }>('select count(*) as bunks from bunk where facility = $1 and span @> $2::timestamptz', [
      facility,
      at,
    ]),
  ])
  const areas = cells.flatMap(({ areaM2 }) => areaM2 ?? [])
  return {
    certified: known.certifiedCapacity,
    announced: known.announcedCapacity,
    cells: cells.length,
    bunks: bunks[0]?.bunks ?? 0,
    areaM2: areas.length === 0 ? null : areas.reduce((sum, area) => sum + area, 0),
    cellsWithoutArea: cells.length - areas.length,
    byStandard: spaceTiers.map((tier) => ({
      ...tier,
      people: areas.reduce((sum, area) => sum + wholePeople(area, tier.m2PerPerson), 0),
    })),
  }
}

/** Reckoned in square decimetres: 100 m² over 3.4 m² is 29 people, whatever the machine makes of 3.4. */
const wholePeople = (areaM2: number, m2PerPerson: number): number =>
  Math.floor(Math.round(areaM2 * 100) / Math.round(m2PerPerson * 100))
