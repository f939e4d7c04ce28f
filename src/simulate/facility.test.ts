import assert from 'node:assert/strict'
import { test } from 'node:test'
import expected from '../../facilities/tecoluca/expected.json' with { type: 'json' }
import { establishPlace } from '../places/acts.ts'
import { cellsOf, facilityDrafts, PlacesFile, readTecoluca } from './facility.ts'

const plan = readTecoluca()
const drafts = facilityDrafts(plan)
const { totals } = expected
type Place = {
  place: string
  parent: string
  kind: string
  code: string
  areaM2?: number
  bunks: { position: string; tier: number }[]
}
const places = drafts.filter(({ kind }) => kind.kind === establishPlace.kind).map(({ data }) => data.place as Place)
const ofKind = (kind: string) => places.filter((place) => place.kind === kind)

test('the reference facility has the places that were counted by hand', () => {
  const bunks = places.flatMap((place) => place.bunks)
  assert.equal(drafts.length, totals.places)
  assert.equal(ofKind('pavilion').length, totals.pavilions)
  assert.equal(ofKind('level').length, totals.levels)
  assert.equal(ofKind('cell').length, totals.cells)
  assert.equal(bunks.length, totals.bunks)
  for (const tier of [1, 2, 3, 4]) assert.equal(bunks.filter((b) => b.tier === tier).length, totals.bunksPerTier)
  const area = ofKind('cell').reduce((sum, cell) => sum + (cell.areaM2 as number), 0)
  assert.equal(area, totals.cellAreaM2)
  assert.equal(area / totals.peopleAnnounced, totals.areaM2PerPerson)
  assert.equal(totals.peopleAnnounced - bunks.length, totals.peopleWithoutBunk)
  const opened = drafts[0]?.data.place as { announcedCapacity: number; certifiedCapacity?: number }
  assert.equal(opened.announcedCapacity, totals.peopleAnnounced)
  assert.equal('certifiedCapacity' in opened, false)
})

test('every draft is valid and already in the normal form of its act', () => {
  for (const { kind, data } of drafts) assert.deepEqual(kind.data.parse(data), data)
})

test('every id occurs once, and a parent comes before its children', () => {
  assert.equal(new Set(drafts.map(({ id }) => id)).size, drafts.length)
  assert.equal(new Set(cellsOf(plan).flatMap((cell) => cell.bunks.map(({ id }) => id))).size, totals.bunks)
  const known = new Set<string>([ofKind('pavilion')[0]?.parent as string])
  for (const { place, parent } of places) {
    assert.ok(known.has(parent))
    assert.equal(known.has(place), false)
    known.add(place)
  }
})

test('contradicting figures travel with the one that is used', () => {
  const act = drafts[0]?.data.act as { sources: { figure: string; says: string }[] }
  const says = act.sources.filter(({ figure }) => figure === 'announcedCapacity').map((source) => source.says)
  assert.ok(says.includes('40000 people'))
  assert.ok(says.some((text) => text.includes('25600')))
})

test('figures that do not fit together are refused', () => {
  const { places } = plan
  assert.equal(PlacesFile.safeParse({ ...places, bunksPerCell: { ...places.bunksPerCell, value: 79 } }).success, false)
})
