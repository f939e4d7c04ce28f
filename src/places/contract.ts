import { z } from 'zod'
import { FacilityCode } from '../kernel/act.ts'
import { defineContract } from '../kernel/contract.ts'
import { InstantText } from '../kernel/time.ts'
import { FigureSource } from './acts.ts'

const At = z.strictObject({ at: InstantText.optional() })
const ofFacility = z.strictObject({ code: FacilityCode })
const permission = 'place.read'

export const FacilityAnswer = z.strictObject({
  code: z.string(),
  name: z.string(),
  country: z.string(),
  zone: z.string(),
  certifiedCapacity: z.int().nullable(),
  announcedCapacity: z.int().nullable(),
  sources: z.array(FigureSource),
  since: z.string(),
})

export const CapacityAnswer = z.strictObject({
  certified: z.int().nullable(),
  announced: z.int().nullable(),
  cells: z.int(),
  bunks: z.int(),
  areaM2: z.number().nullable(),
  cellsWithoutArea: z.int(),
  byStandard: z.array(
    z.strictObject({
      rule: z.string(),
      m2PerPerson: z.number(),
      citation: z.string(),
      origin: z.enum(['text', 'technical']),
      people: z.int(),
    }),
  ),
})

export const PlaceAnswer = z.strictObject({
  id: z.uuid(),
  facility: z.string(),
  parent: z.uuid().nullable(),
  kind: z.string(),
  code: z.string(),
  name: z.string().nullable(),
  areaM2: z.number().nullable(),
  certifiedCapacity: z.int().nullable(),
  bunks: z.int(),
  sources: z.array(FigureSource),
  since: z.string(),
})

export const facilitiesContract = defineContract({
  method: 'GET',
  path: '/api/facilities',
  says: { en: 'The facilities on file', es: 'Los establecimientos registrados' },
  permission,
  personal: false,
  ok: z.strictObject({ facilities: z.array(FacilityAnswer) }),
})

export const facilityContract = defineContract({
  method: 'GET',
  path: '/api/facilities/:code',
  says: {
    en: 'A facility and its capacity by each standard',
    es: 'Un establecimiento y su capacidad según cada norma',
  },
  permission,
  personal: false,
  params: ofFacility,
  query: At,
  ok: z.strictObject({ at: z.string(), facility: FacilityAnswer, capacity: CapacityAnswer }),
})

export const facilityPlacesContract = defineContract({
  method: 'GET',
  path: '/api/facilities/:code/places',
  says: {
    en: 'The places of a facility, each after its parent',
    es: 'Los lugares de un establecimiento, en orden de árbol',
  },
  permission,
  personal: false,
  params: ofFacility,
  query: At,
  ok: z.strictObject({ at: z.string(), places: z.array(PlaceAnswer) }),
})

export const placeContract = defineContract({
  method: 'GET',
  path: '/api/places/:id',
  says: { en: 'A place, the way down to it, its bunks', es: 'Un lugar, el camino hasta él y sus literas' },
  permission,
  personal: false,
  params: z.strictObject({ id: z.uuid() }),
  query: At,
  ok: z.strictObject({
    at: z.string(),
    place: PlaceAnswer,
    path: z.array(z.strictObject({ id: z.uuid(), kind: z.string(), code: z.string(), name: z.string().nullable() })),
    bunks: z.array(z.strictObject({ id: z.uuid(), position: z.string(), tier: z.int() })),
  }),
})
