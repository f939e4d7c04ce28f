import { dataOf, type Entry } from '../kernel/act.ts'
import { defineFold, type Register } from '../kernel/register.ts'
import { type Segment, spanText, type TimelineFact, timeline } from '../kernel/span.ts'
import { bunkId, closePlace, establishPlace, facilityPlace, openFacility, type PlaceKind } from './acts.ts'

/** A place as one entry states it; undefined: out of use. */
type Stated = {
  readonly parent: string | null
  readonly kind: PlaceKind
  readonly code: string
  readonly name: string | null
  readonly areaM2: number | null
  readonly certifiedCapacity: number | null
  readonly sources: unknown
  readonly bunks: readonly { readonly position: string; readonly tier: number }[]
}

type PlaceSegment = Segment<Stated | undefined>

/** Each place with what held of it when, in the order in which the places were first named. Linear in the entries. */
function placesOf(entries: readonly Entry[]): Map<string, PlaceSegment[]> {
  const facts = new Map<string, TimelineFact<Stated | undefined>[]>()
  for (const entry of entries) {
    const stated = statedBy(entry)
    if (!stated) continue
    const fact = { at: entry.occurredAt.at, n: entry.n, value: stated.value }
    const known = facts.get(stated.id)
    if (known) known.push(fact)
    else facts.set(stated.id, [fact])
  }
  const places = new Map<string, PlaceSegment[]>()
  for (const [id, known] of facts) places.set(id, timeline(known, { from: (known[0] as { at: string }).at }))
  return places
}

/** What an entry says of which place; nothing when its place section was expunged. */
function statedBy(entry: Entry): { id: string; value: Stated | undefined } | undefined {
  if (entry.kind === openFacility.kind) {
    const { place, act } = dataOf(openFacility, entry)
    if (!place) return undefined
    const value = {
      parent: null,
      kind: 'facility',
      code: entry.facility,
      name: place.name,
      areaM2: null,
      certifiedCapacity: place.certifiedCapacity ?? null,
      sources: act?.sources ?? [],
      bunks: [],
    } as const
    return { id: facilityPlace(entry.facility), value }
  }
  if (entry.kind === closePlace.kind) {
    const { place } = dataOf(closePlace, entry)
    return place && { id: place.place, value: undefined }
  }
  const { place, act } = dataOf(establishPlace, entry)
  if (!place) return undefined
  const value = {
    parent: place.parent,
    kind: place.kind,
    code: place.code,
    name: place.name ?? null,
    areaM2: place.areaM2 ?? null,
    certifiedCapacity: place.certifiedCapacity ?? null,
    sources: act?.sources ?? [],
    bunks: place.bunks ?? [],
  }
  return { id: place.place, value }
}

const placeKinds = [openFacility.kind, establishPlace.kind, closePlace.kind]

export const facilityRegister = defineFold({
  table: 'facility',
  columns: {
    code: 'text',
    name: 'text',
    country: 'text',
    zone: 'text',
    certified_capacity: 'integer',
    announced_capacity: 'integer',
    sources: 'jsonb',
    since: 'timestamptz',
    entry_n: 'bigint',
  },
  key: ['code'],
  scope: 'facility',
  kinds: [openFacility.kind],
  rows(entries) {
    const stating = entries.filter((entry) => dataOf(openFacility, entry).place !== undefined)
    const last = stating.at(-1)
    if (!last) return []
    const { place, act } = dataOf(openFacility, last)
    if (!place) return []
    return [
      {
        code: last.facility,
        name: place.name,
        country: place.country,
        zone: place.zone,
        certified_capacity: place.certifiedCapacity ?? null,
        announced_capacity: place.announcedCapacity ?? null,
        sources: act?.sources ?? [],
        since: (stating[0] as Entry).occurredAt.at,
        entry_n: last.n,
      },
    ]
  },
})

export const placeRegister = defineFold({
  table: 'place',
  columns: {
    id: 'uuid',
    facility: 'text',
    parent: 'uuid',
    kind: 'text',
    code: 'text',
    name: 'text',
    area_m2: 'numeric',
    certified_capacity: 'integer',
    sources: 'jsonb',
    span: 'tstzrange',
    entry_n: 'bigint',
  },
  key: ['id', 'facility', 'span'],
  scope: 'facility',
  kinds: placeKinds,
  rows(entries) {
    const facility = entries[0]?.facility ?? ''
    return [...placesOf(entries)].flatMap(([id, segments]) =>
      segments.flatMap(({ span, n, value }) =>
        value === undefined
          ? []
          : {
              id,
              facility,
              parent: value.parent,
              kind: value.kind,
              code: value.code,
              name: value.name,
              area_m2: value.areaM2 === null ? null : String(value.areaM2),
              certified_capacity: value.certifiedCapacity,
              sources: value.sources,
              span: spanText(span),
              entry_n: n,
            },
      ),
    )
  },
})

export const bunkRegister = defineFold({
  table: 'bunk',
  columns: {
    id: 'uuid',
    place: 'uuid',
    facility: 'text',
    position: 'text',
    tier: 'integer',
    span: 'tstzrange',
    entry_n: 'bigint',
  },
  key: ['id', 'facility', 'span'],
  scope: 'facility',
  kinds: placeKinds,
  rows(entries) {
    const facility = entries[0]?.facility ?? ''
    return [...placesOf(entries)].flatMap(([place, segments]) =>
      segments.flatMap(({ span, n, value }) => {
        // A position named twice in one cell is one bunk: the last naming wins, so that no fact fails on a key.
        const tiers = new Map((value?.bunks ?? []).map(({ position, tier }) => [position, tier]))
        return [...tiers].map(([position, tier]) => ({
          id: bunkId(place, position),
          place,
          facility,
          position,
          tier,
          span: spanText(span),
          entry_n: n,
        }))
      }),
    )
  },
})

export const registers: readonly Register[] = [facilityRegister, placeRegister, bunkRegister]
