// Five simulated years of custodies with every kind of order, and what must be true of each. For tests and the bench.
import assert from 'node:assert/strict'
import { admit, depart, recordHealth } from '../custody/acts.ts'
import { makeEntry, testId, testZone } from '../custody/testing.ts'
import type { ActKind, Entry, SectionShapes } from '../kernel/act.ts'
import type { Register, Row } from '../kernel/register.ts'
import { microsOf } from '../kernel/time.ts'
import { endOrder, OrderKind, recordOrder, verifyOrder } from '../law/acts.ts'
import { basisRegister } from '../law/project.ts'
import { basisOfEntries } from '../law/read.ts'
import { effective } from '../record/effective.ts'
import { project } from '../record/project.ts'
import { randomOf } from '../simulate/random.ts'
import { answerPetition, informPerson, notifyFamily, receivePetition, recordHearing } from './acts.ts'
import { dutiesOfCustody } from './duties.ts'
import { custodyDuties } from './project.ts'

const DAYS = 5 * 365
const BEGIN = Temporal.Instant.from('2021-01-01T06:00:00Z')
const END = BEGIN.add({ hours: 24 * DAYS }).toString()
/** Owed to everybody, whatever else is on file. */
const ALWAYS = ['LAW-04', 'FAM-01', 'HEL-01', 'INF-02'] as const
const STREAM = 22
const authority = (state: string) => ({ name: `Autoridad ${state}`, state })

type Random = ReturnType<typeof randomOf>

/** The entries of one custody in the order in which they happened. */
function lifeOf(seed: number, i: number): Entry[] {
  const random = randomOf(seed, STREAM, i)
  const custody = testId('simulated', String(seed), String(i))
  const first = random.int(0, DAYS - 60)
  const last = random.int(first + 1, DAYS)
  const acts: { at: string; kind: ActKind; data: object }[] = []
  const instant = (day: number) => BEGIN.add({ hours: day * 24, minutes: random.int(0, 1439) }).toString()
  const add = <S extends SectionShapes>(kind: ActKind<S>, day: number, data: object) =>
    acts.push({ at: instant(day), kind: kind as unknown as ActKind, data })
  const within = () => random.int(first, last)
  const kinds = OrderKind.options
  for (let k = 0, many = random.int(0, 5); k < many; k++) addOrder(random, add, within, `${i}-${k}`, random.pick(kinds))
  if (random.chance(0.7))
    add(informPerson, within(), { act: { of: ['reasons', 'rights', 'consular'], language: 'es' } })
  if (random.chance(0.6)) add(notifyFamily, within(), { act: { of: 'admission', reached: random.chance(0.8) } })
  if (random.chance(0.5)) {
    const of = random.pick(['first-appearance', 'review', 'trial'])
    add(recordHearing, within(), { legal: { court: authority('SV'), mode: random.pick(['in-person', 'video']), of } })
  }
  if (random.chance(0.3)) {
    const petition = testId('petition', String(i))
    add(receivePetition, within(), { legal: { petition, sort: random.pick(['habeas', 'complaint']), by: 'person' } })
    if (random.chance(0.5)) add(answerPetition, within(), { legal: { petition, as: 'refused' } })
  }
  if (random.chance(0.7)) {
    const examined = { at: instant(within()), precision: 'minute', zone: testZone }
    add(recordHealth, within(), { health: { examined }, medical: {} })
  }
  const leaves = random.chance(0.5)
  if (leaves)
    acts.push({
      at: instant(last),
      kind: depart as unknown as ActKind,
      data: { legal: { as: random.pick(['release', 'transfer', 'death']) } },
    })
  const nationality = random.pick(['SV', 'VE', undefined])
  const admission = {
    person: {
      identity: nationality === undefined ? {} : { nationalities: [{ state: nationality, standing: 'stated' }] },
    },
    legal: {
      ordersStated: random.chance(0.9),
      orders: random.chance(0.5) ? [orderOf(random, `${i}-first`, 'remand', first)] : [],
      authorities: { runs: authority('SV') },
    },
    health: {},
    medical: {},
    staff: {},
    act: { manner: random.pick(['arrest', 'transfer', 'not-stated']) },
  }
  const begin = BEGIN.add({ hours: first * 24 }).toString()
  const later = acts.sort((a, b) => microsOf(a.at) - microsOf(b.at))
  const base = i * 100 + 1
  return [
    makeEntry(admit, admission, { n: base, at: begin, custody }),
    ...later.map(({ kind, data, at }, k) => makeEntry(kind, data, { n: base + k + 1, at, custody })),
  ]
}

function orderOf(random: Random, name: string, kind: string, day: number) {
  const date = (later: number) =>
    BEGIN.add({ hours: (day + later) * 24 })
      .toZonedDateTimeISO(testZone)
      .toPlainDate()
      .toString()
  const until = random.chance(0.3)
    ? random.pick(['open', 'not-stated'])
    : { date: date(random.int(1, 900)), zone: testZone, inclusive: random.chance(0.5) }
  return {
    order: testId('order', name),
    kind,
    issuer: authority(random.pick(['SV', 'SV', 'US'])),
    from: { date: date(0), zone: testZone, inclusive: true },
    until,
    ...((kind === 'release' || kind === 'bail' || kind === 'quashing') && { against: 'all' }),
    ...(kind === 'appeal-decision' && { against: 'all', effect: random.pick(['ends', 'upholds']) }),
  }
}

function addOrder(
  random: Random,
  add: <S extends SectionShapes>(kind: ActKind<S>, day: number, data: object) => unknown,
  within: () => number,
  name: string,
  kind: string,
): void {
  const day = within()
  const order = orderOf(random, name, kind, day)
  add(recordOrder, day, { legal: { order } })
  if (random.chance(0.4)) {
    const result = random.pick(['authentic', 'authentic', 'not-authentic'])
    add(verifyOrder, within(), { legal: { order: order.order, against: 'issuer-called-back', by: 'clerk', result } })
  }
  if (random.chance(0.2)) {
    const as = random.pick(['quashed', 'executed', 'lifted'])
    add(endOrder, within(), { legal: { order: order.order, as, from: order.from } })
  }
}

export type Simulated = {
  readonly custodies: number
  readonly duties: number
  readonly onTime: number
  readonly late: number
  readonly unknown: number
  readonly running: number
}

/**
 * Lives `custodies` of them and asserts of each: every moment has a basis or is listed as disputed, unknown or lapse; each
 * duty is on time, late, still running or cannot be judged, and none that everybody is owed is missing; and what the
 * registers hold after entry by entry is what they make of all entries at once.
 */
export function simulate(seed: number, custodies: number): Simulated {
  const sum = { custodies, duties: 0, onTime: 0, late: 0, unknown: 0, running: 0 }
  for (let i = 0; i < custodies; i++) {
    const entries = lifeOf(seed, i)
    const where = `seed ${seed}, custody ${i}`
    assertCovered(effective(entries), where)
    const duties = dutiesOfCustody(effective(entries))
    for (const rule of ALWAYS)
      assert.ok(
        duties.some((duty) => duty.rule === rule),
        `${where}: no ${rule}`,
      )
    for (const { settled, due, unknown } of duties) {
      sum.duties++
      if (settled) sum[microsOf(settled.at) <= microsOf(due) ? 'onTime' : 'late']++
      else if (unknown !== undefined) sum.unknown++
      else sum[microsOf(due) <= microsOf(END) ? 'late' : 'running']++
    }
    for (const register of [custodyDuties, basisRegister]) assertReplay(register, entries, where)
  }
  assert.equal(sum.duties, sum.onTime + sum.late + sum.unknown + sum.running)
  return sum
}

const BASIS = new Set(['order', 'disputed', 'unknown', 'lapse'])

function assertCovered(entries: readonly Entry[], where: string): void {
  const segments = basisOfEntries(entries)
  assert.equal(segments[0]?.span.from, entries[0]?.occurredAt.at, `${where}: from admission`)
  segments.forEach(({ span, state }, i) => {
    assert.ok(BASIS.has(state), where)
    const next = segments[i + 1]
    if (next) assert.equal(span.to, next.span.from, `${where}: no gap, no overlap`)
  })
}

function assertReplay(register: Register, entries: readonly Entry[], where: string): void {
  const text = (row: Row) => JSON.stringify(row)
  const kept = new Set<string>()
  entries.forEach((entry, i) => {
    for (const { remove, add } of project([register], entries.slice(0, i), [entry])) {
      for (const row of remove) assert.ok(kept.delete(text(row)), `${where}: removes what is not there`)
      for (const row of add) kept.add(text(row))
    }
  })
  const [whole] = project([register], [], entries)
  assert.deepEqual([...kept].sort(), (whole?.add ?? []).map(text).sort(), `${where}: ${register.table}`)
}
