import { defineRoute, type Route } from '../kernel/contract.ts'
import { facilitiesContract, facilityContract, facilityPlacesContract, placeContract } from './contract.ts'
import { bunksOf, findCapacity, findFacility, findPlace, listFacilities, placePath, placeTree } from './read.ts'
import { refusePlace } from './refusals.ts'

export const routes: readonly Route[] = [
  defineRoute(facilitiesContract, async (_input, { sql }) => ({
    facilities: (await listFacilities(sql)).map(copySources),
  })),

  defineRoute(facilityContract, async ({ params, query }, { sql, now }) => {
    const at = query.at ?? now
    const [facility, capacity] = await Promise.all([findFacility(sql, params.code), findCapacity(sql, params.code, at)])
    if (!facility || !capacity) return refusePlace('place-not-found', { facility: params.code })
    return { at, facility: copySources(facility), capacity: { ...capacity, byStandard: [...capacity.byStandard] } }
  }),

  defineRoute(facilityPlacesContract, async ({ params, query }, { sql, now }) => {
    const at = query.at ?? now
    const places = await placeTree(sql, params.code, at)
    if (places.length === 0) return refusePlace('place-not-found', { facility: params.code })
    return { at, places: places.map(copySources) }
  }),

  defineRoute(placeContract, async ({ params, query }, { sql, now }) => {
    const at = query.at ?? now
    const [place, path, bunks] = await Promise.all([
      findPlace(sql, params.id, at),
      placePath(sql, params.id, at),
      bunksOf(sql, params.id, at),
    ])
    if (!place) return refusePlace('place-not-found', { place: params.id })
    return { at, place: copySources(place), path, bunks }
  }),
]

/** Answers are typed as writable lists; what was read is not. */
const copySources = <T extends { sources: readonly unknown[] }>(one: T) => ({
  ...one,
  sources: [...one.sources] as T['sources'][number][],
})
