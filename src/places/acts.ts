import { z } from 'zod'
import { defineAct } from '../kernel/act.ts'
import { derivedId } from '../kernel/ids.ts'
import { line, prose, State } from '../kernel/text.ts'
import { Zone } from '../kernel/time.ts'

export const PlaceKind = z.enum([
  'facility',
  'pavilion',
  'level',
  'cell',
  'yard',
  'post',
  'vehicle',
  'hospital',
  'court',
])
export type PlaceKind = z.infer<typeof PlaceKind>

/** Where a figure comes from: an address or a document, and what it says where sources differ. */
export const FigureSource = z.strictObject({ figure: line(80), source: line(400), says: prose(500).optional() })
export type FigureSource = z.infer<typeof FigureSource>

const AreaM2 = z.number().positive().max(1_000_000)
const Count = z.int().min(0).max(1_000_000)

/** The id of a facility as a place. */
export const facilityPlace = (code: string): string => derivedId('place', code)
/** The id of a bunk: its cell and its position, `A1` to … */
export const bunkId = (cell: string, position: string): string => derivedId('bunk', cell, position)

export const openFacility = defineAct({
  kind: 'facility.open',
  v: 1,
  says: { en: 'A facility was entered', es: 'Se registró un establecimiento' },
  about: 'facility',
  sort: 'fact',
  permission: 'place.record',
  sections: {
    place: z.strictObject({
      name: line(),
      country: State,
      zone: Zone,
      /** Places that an authority has certified; absent when none has. */
      certifiedCapacity: Count.optional(),
      announcedCapacity: Count.optional(),
    }),
    act: z.strictObject({ sources: z.array(FigureSource).max(50).default([]) }),
  },
})

/** A pavilion, level, cell, yard, post … A cell may bring its bunks, each with its tier (1 is the lowest). */
export const establishPlace = defineAct({
  kind: 'place.establish',
  v: 1,
  says: { en: 'A place was entered', es: 'Se registró un lugar' },
  about: 'facility',
  sort: 'fact',
  permission: 'place.record',
  sections: {
    place: z.strictObject({
      place: z.uuid(),
      parent: z.uuid(),
      kind: PlaceKind,
      code: z.string().regex(/^[A-Z0-9][A-Z0-9.-]{0,19}$/),
      name: line().optional(),
      areaM2: AreaM2.optional(),
      certifiedCapacity: Count.optional(),
      bunks: z
        .array(z.strictObject({ position: z.string().regex(/^[A-Z0-9]{1,6}$/), tier: z.int().min(1).max(4) }))
        .max(2000)
        .default([]),
    }),
    act: z.strictObject({ sources: z.array(FigureSource).max(50).default([]) }),
  },
})

export const closePlace = defineAct({
  kind: 'place.close',
  v: 1,
  says: { en: 'A place was taken out of use', es: 'Un lugar quedó fuera de uso' },
  about: 'facility',
  sort: 'fact',
  permission: 'place.record',
  sections: { place: z.strictObject({ place: z.uuid() }), act: z.strictObject({ reason: prose(500) }) },
})

export const placeActs = [openFacility, establishPlace, closePlace] as const
