import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { earliestOf, microsOf, type OccurredAt } from '../../../kernel/time.ts'
import { administrativeDetention, inquiryDetention, provisionalDetention } from './clocks.ts'
import { SUSPENSIONS, suspendedUntil, suspensionOn } from './suspension.ts'

const zone = 'America/El_Salvador'
const at = (instant: string, precision: OccurredAt['precision'] = 'minute'): OccurredAt => ({
  at: instant,
  precision,
  zone,
})
const idsOf = (readings: readonly { id: string }[]) => readings.map(({ id }) => id)

test('the first instant that a fact can mean follows its precision', () => {
  assert.equal(earliestOf(at('2021-05-03T18:47:31Z', 'second')), '2021-05-03T18:47:31Z')
  assert.equal(earliestOf(at('2021-05-03T18:47:31Z', 'minute')), '2021-05-03T18:47:00Z')
  assert.equal(earliestOf(at('2021-05-03T18:47:31Z', 'hour')), '2021-05-03T18:00:00Z')
  // 02:00 UTC is still the day before there; its day began at 06:00 UTC.
  assert.equal(earliestOf(at('2021-05-04T02:00:00Z', 'day')), '2021-05-03T06:00:00Z')
})

test('before the suspension: 72 hours, and nothing else', () => {
  const clock = administrativeDetention(at('2021-05-03T18:47:00Z'))
  assert.deepEqual(idsOf(clock.readings), ['72-hours'])
  assert.equal(clock.earliest, '2021-05-06T18:47:00Z')
  assert.equal(clock.provisional, true)
})

test('a capture told to the day begins at midnight there', () => {
  assert.equal(administrativeDetention(at('2021-05-03T18:47:00Z', 'day')).earliest, '2021-05-06T06:00:00Z')
})

test('while suspended: 15 days in three readings, the earliest counts the day of the capture', () => {
  const clock = administrativeDetention(at('2022-06-10T16:00:00Z'))
  assert.deepEqual(idsOf(clock.readings), ['15-days-first-counted', '15-days-by-the-hour', '15-days-first-not-counted'])
  assert.equal(clock.earliest, '2022-06-25T06:00:00Z')
  assert.equal(clock.latest, '2022-06-26T06:00:00Z')
})

test('captured on the eve of the suspension: the 72 hours stay the earliest', () => {
  const clock = administrativeDetention(at('2022-03-26T20:00:00Z'))
  assert.equal(clock.earliest, '2022-03-29T20:00:00Z')
  assert.equal(clock.readings.length, 4)
})

test('captured in the last days on file: the end of the suspension is a reading of its own', () => {
  const clock = administrativeDetention(at('2026-03-30T18:00:00Z'))
  assert.equal(clock.readings[0]?.id, 'suspension-over')
  assert.equal(clock.earliest, '2026-04-02T18:00:00Z')
})

test('a day without a decree on file is unknown: both stand, the 72 hours first', () => {
  const clock = administrativeDetention(at('2026-11-20T18:00:00Z'))
  assert.equal(clock.readings[0]?.id, '72-hours')
  assert.equal(clock.readings.length, 4)
  assert.match(clock.assumptions[0]?.en ?? '', /2026-11-20 is on file/)
})

test('the decrees on file follow one another without a gap', () => {
  for (const [index, { from, to }] of SUSPENSIONS.entries()) {
    assert.ok(from <= to)
    const next = SUSPENSIONS[index + 1]
    if (next) assert.equal(Temporal.PlainDate.from(to).add({ days: 1 }).toString(), next.from)
  }
  assert.equal(suspensionOn('2022-03-26'), 'in-force')
  assert.equal(suspensionOn('2022-03-27'), 'suspended')
  assert.equal(suspensionOn('2026-04-01'), 'unknown')
  assert.equal(suspendedUntil('2022-03-27'), '2026-03-31')
  assert.equal(suspendedUntil('2022-03-26'), undefined)
})

test('the inquiry: 72 hours from the handing over', () => {
  assert.equal(inquiryDetention(at('2021-05-06T12:00:00Z')).earliest, '2021-05-09T12:00:00Z')
})

test('provisional detention: 12, 24 and 36 months by what is known', () => {
  const ordered = at('2024-02-29T15:00:00Z')
  const base = { ordered, seriousness: 'serious', appealExtension: 'not-ordered' } as const
  assert.equal(provisionalDetention({ ...base, seriousness: 'less-serious' }).earliest, '2025-02-28T06:00:00Z')
  assert.equal(provisionalDetention(base).earliest, '2026-02-28T06:00:00Z')
  assert.equal(provisionalDetention(base).latest, '2026-03-01T06:00:00Z')
  assert.equal(provisionalDetention({ ...base, appealExtension: 'ordered' }).earliest, '2027-02-28T06:00:00Z')
  // What is not known is taken at its earliest.
  assert.equal(
    provisionalDetention({ ...base, seriousness: 'unknown', appealExtension: 'unknown' }).earliest,
    '2025-02-28T06:00:00Z',
  )
  assert.equal(provisionalDetention({ ...base, captured: at('2024-02-20T15:00:00Z') }).earliest, '2026-02-20T06:00:00Z')
  assert.equal(provisionalDetention({ ...base, expectedMonths: 6 }).latest, '2024-08-30T06:00:00Z')
})

test('an extension for a less serious offence is told, not counted', () => {
  const clock = provisionalDetention({
    ordered: at('2024-02-01T15:00:00Z'),
    seriousness: 'less-serious',
    appealExtension: 'ordered',
  })
  assert.ok(clock.readings.every(({ id }) => id.startsWith('12-months')))
  assert.equal(clock.assumptions.length, 2)
})

test('the earliest is the earliest; a less exact capture is never due later; knowing less is never due later', () => {
  const instants = fc
    .integer({ min: Date.UTC(2020, 0), max: Date.UTC(2027, 0) })
    .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms).toString())
  fc.assert(
    fc.property(instants, fc.constantFrom('minute', 'hour', 'day'), (instant, precision) => {
      const exact = administrativeDetention(at(instant, 'second'))
      for (const { due } of exact.readings) assert.ok(microsOf(due) >= microsOf(exact.earliest))
      assert.ok(microsOf(administrativeDetention(at(instant, precision)).earliest) <= microsOf(exact.earliest))
      const facts = { ordered: at(instant, precision), appealExtension: 'unknown' } as const
      const unknown = provisionalDetention({ ...facts, seriousness: 'unknown' })
      const serious = provisionalDetention({ ...facts, seriousness: 'serious' })
      assert.ok(microsOf(unknown.earliest) <= microsOf(serious.earliest))
    }),
  )
})
