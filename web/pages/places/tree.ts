import type { occupancyContract } from '../../../src/custody/contract.ts'
import type { facilityPlacesContract } from '../../../src/places/contract.ts'
import { type AnswerOf, useRead } from '../../frame/api.ts'
import { useFacility, useMay } from '../../frame/session.ts'

export type Place = AnswerOf<typeof facilityPlacesContract>['places'][number]
export type Node = {
  readonly place: Place
  readonly depth: number
  /** In it and in all below it. Undefined: the role does not see counts. */
  readonly people: number | undefined
  /** Bunks and floor of it and of all below it. */
  readonly bunks: number
  readonly areaM2: number | null
  readonly children: readonly Node[]
}

/** Below this a person has less floor than the ICRC's guidance asks for. */
export const FLOOR_LEAST = 3.4

/** The places of the facility as a tree, with people, bunks and floor added up from below. */
export function useTree() {
  const { code } = useFacility()
  const mayCount = useMay('roll.read')
  const params = { code }
  const places = useRead<typeof facilityPlacesContract>(
    '/api/facilities/:code/places',
    { params },
    { enabled: code !== '', live: false },
  )
  const occupancy = useRead<typeof occupancyContract>(
    '/api/facilities/:code/occupancy',
    { params },
    { enabled: code !== '' && mayCount },
  )
  const counts = occupancy.data && new Map(occupancy.data.places.map(({ place, people }) => [place, people]))
  const roots = places.data === undefined ? undefined : treeOf(places.data.places, counts)
  return { roots, places, occupancy, code }
}

export function treeOf(places: readonly Place[], counts: ReadonlyMap<string, number> | undefined): readonly Node[] {
  const below = Map.groupBy(places, ({ parent }) => parent)
  const nodeOf = (place: Place, depth: number): Node => {
    const children = (below.get(place.id) ?? []).map((child) => nodeOf(child, depth + 1))
    const floors = children.flatMap(({ areaM2 }) => areaM2 ?? [])
    return {
      place,
      depth,
      children,
      people:
        counts === undefined
          ? undefined
          : (counts.get(place.id) ?? 0) + children.reduce((sum, { people = 0 }) => sum + people, 0),
      bunks: place.bunks + children.reduce((sum, { bunks }) => sum + bunks, 0),
      areaM2: place.areaM2 ?? (floors.length === 0 ? null : floors.reduce((sum, area) => sum + area, 0)),
    }
  }
  return (below.get(null) ?? []).map((place) => nodeOf(place, 0))
}
