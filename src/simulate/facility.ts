import { z } from 'zod'
import facilityFile from '../../facilities/tecoluca/facility.json' with { type: 'json' }
import placesFile from '../../facilities/tecoluca/places.json' with { type: 'json' }
import { FacilityCode } from '../kernel/act.ts'
import { derivedId } from '../kernel/ids.ts'
import { State } from '../kernel/text.ts'
import { startOfDay, Zone } from '../kernel/time.ts'
import { bunkId, establishPlace, facilityPlace, openFacility, type PlaceKind } from '../places/acts.ts'
import { type ActDraft, draft, occurred } from './draft.ts'

const Told = z.union([z.string(), z.number()])

/** A figure with what it rests on; where sources differ, the others stand beside it (facilities/tecoluca/sources.md). */
const figure = <T extends z.ZodType>(value: T) =>
  z.strictObject({
    value,
    unit: z.string(),
    basis: z.enum(['stated in the source', 'unverified', 'ours']),
    sources: z.array(z.string()),
    otherFigures: z.array(z.strictObject({ value: Told, unit: z.string(), source: z.string() })),
    note: z.string().optional(),
  })
type Figure = z.infer<ReturnType<typeof figure<typeof Told | z.ZodNull>>>

const Count = z.int().positive()

export const FacilityFile = z.strictObject({
  code: FacilityCode,
  name: z.string(),
  country: State,
  zone: Zone,
  opened: figure(z.iso.date()),
  announcedCapacity: figure(Count),
  certifiedCapacity: figure(Count.nullable()),
})

/** A regular layout: so many pavilions, each alike. 26 stacks and 4 tiers at most: a bunk's position is a letter and a digit. */
export const PlacesFile = z
  .strictObject({
    pavilions: figure(Count),
    levelsPerPavilion: figure(Count),
    cellsPerPavilion: figure(Count.max(99)),
    cellsPerLevel: figure(Count),
    cellAreaM2: figure(z.number().positive()),
    bunksPerCell: figure(Count),
    tiersPerStack: figure(Count.max(4)),
    stacksPerCell: figure(Count.max(26)),
  })
  .refine((p) => p.levelsPerPavilion.value * p.cellsPerLevel.value === p.cellsPerPavilion.value, {
    error: 'cellsPerPavilion is not levelsPerPavilion × cellsPerLevel',
  })
  .refine((p) => p.stacksPerCell.value * p.tiersPerStack.value === p.bunksPerCell.value, {
    error: 'bunksPerCell is not stacksPerCell × tiersPerStack',
  })

export type FacilityPlan = {
  readonly facility: z.infer<typeof FacilityFile>
  readonly places: z.infer<typeof PlacesFile>
}

export type Bunk = { readonly id: string; readonly position: string; readonly tier: number }
export type Cell = {
  readonly id: string
  readonly code: string
  readonly level: string
  readonly bunks: readonly Bunk[]
}

/** The reference facility from `facilities/tecoluca/`; throws where the files do not hold together. */
export const readTecoluca = (): FacilityPlan => ({
  facility: FacilityFile.parse(facilityFile),
  places: PlacesFile.parse(placesFile),
})

const placeId = (facility: string, code: string) => derivedId('place', facility, code)
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1)
const twoDigits = (n: number) => String(n).padStart(2, '0')

/** All cells in order, P1-C01 first, each with its bunks A1, A2 … (stack, tier). */
export function cellsOf({ facility, places }: FacilityPlan): Cell[] {
  return upTo(places.pavilions.value).flatMap((pavilion) =>
    upTo(places.cellsPerPavilion.value).map((n) => {
      const code = `P${pavilion}-C${twoDigits(n)}`
      const id = placeId(facility.code, code)
      const level = `P${pavilion}-L${Math.ceil(n / places.cellsPerLevel.value)}`
      return { id, code, level, bunks: bunksOf(id, places) }
    }),
  )
}

function bunksOf(cell: string, places: FacilityPlan['places']): Bunk[] {
  return upTo(places.stacksPerCell.value).flatMap((stack) =>
    upTo(places.tiersPerStack.value).map((tier) => {
      const position = `${String.fromCharCode(64 + stack)}${tier}`
      return { id: bunkId(cell, position), position, tier }
    }),
  )
}

/** The acts that enter a facility and its places, parents first, as of the day it opened. */
export function facilityDrafts(plan: FacilityPlan): ActDraft[] {
  const { facility, places } = plan
  const { code } = facility
  const opened = startOfDay(Temporal.PlainDate.from(facility.opened.value), facility.zone)
  const at = occurred(opened, facility.zone, 'day')
  const certified = facility.certifiedCapacity.value

  const establish = (
    place: string,
    parent: string,
    kind: PlaceKind,
    own: { readonly areaM2?: number; readonly bunks?: readonly Bunk[] },
    sources: Sources,
  ) =>
    draft(establishPlace, [code, place], at, {
      place: {
        facility: code,
        place: placeId(code, place),
        parent,
        kind,
        code: place,
        ...(own.areaM2 !== undefined && { areaM2: own.areaM2 }),
        bunks: (own.bunks ?? []).map(({ position, tier }) => ({ position, tier })),
      },
      act: { sources },
    })

  const open = draft(openFacility, [code], at, {
    place: {
      facility: code,
      name: facility.name,
      country: facility.country,
      zone: facility.zone,
      ...(certified !== null && { certifiedCapacity: certified }),
      announcedCapacity: facility.announcedCapacity.value,
    },
    act: {
      sources: [
        ...sourcesOf('announcedCapacity', facility.announcedCapacity),
        ...sourcesOf('certifiedCapacity', facility.certifiedCapacity),
        ...sourcesOf('opened', facility.opened),
        ...sourcesOf('pavilions', places.pavilions),
      ],
    },
  })

  const ofPavilion = [
    ...sourcesOf('levelsPerPavilion', places.levelsPerPavilion),
    ...sourcesOf('cellsPerPavilion', places.cellsPerPavilion),
  ]
  const ofLevel = sourcesOf('cellsPerLevel', places.cellsPerLevel)
  const ofCell = [
    ...sourcesOf('areaM2', places.cellAreaM2),
    ...sourcesOf('bunksPerCell', places.bunksPerCell),
    ...sourcesOf('tiersPerStack', places.tiersPerStack),
    ...sourcesOf('stacksPerCell', places.stacksPerCell),
  ]
  const pavilions = upTo(places.pavilions.value).map((n) => `P${n}`)
  return [
    open,
    ...pavilions.map((pavilion) => establish(pavilion, facilityPlace(code), 'pavilion', {}, ofPavilion)),
    ...pavilions.flatMap((pavilion) =>
      upTo(places.levelsPerPavilion.value).map((n) =>
        establish(`${pavilion}-L${n}`, placeId(code, pavilion), 'level', {}, ofLevel),
      ),
    ),
    ...cellsOf(plan).map((cell) =>
      establish(
        cell.code,
        placeId(code, cell.level),
        'cell',
        { areaM2: places.cellAreaM2.value, bunks: cell.bunks },
        ofCell,
      ),
    ),
  ]
}

type Sources = readonly { readonly figure: string; readonly source: string; readonly says: string }[]

/** Each source of a figure with what it says, the contradicting ones too; a figure without a page says so. */
function sourcesOf(name: string, { value, unit, basis, sources, otherFigures, note }: Figure): Sources {
  const more = note === undefined ? '' : ` (${note})`
  const used = value === null ? `none${more}` : `${value} ${unit}${more}`
  const unsourced = basis === 'ours' ? 'ours: assumed, not published' : 'source not recorded'
  return [
    ...(sources.length === 0 ? [unsourced] : sources).map((source) => ({ figure: name, source, says: used })),
    ...otherFigures.map((other) => ({
      figure: name,
      source: other.source,
      says: `otherwise: ${other.value} ${other.unit}`,
    })),
  ]
}
