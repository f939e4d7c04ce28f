import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import expectedPlaces from '../../facilities/tecoluca/expected.json' with { type: 'json' }
import { microsOf } from '../kernel/time.ts'
import { inBatches } from './batches.ts'
import type { ActDraft } from './draft.ts'
import { expectedTotals } from './expected.ts'
import { cellsOf, readTecoluca } from './facility.ts'
import { type Mixture, readMixture } from './mixture.ts'
import { population, populationBatches } from './population.ts'

const mixture = readMixture()
const whole = [...population(mixture)]
const totals = expectedTotals(whole, mixture.asOf)

const bytesOf = (people: Iterable<readonly ActDraft[]>) => {
  const hash = createHash('sha256')
  for (const acts of people) {
    for (const { kind, id, occurredAt, data } of acts) hash.update(JSON.stringify([kind.kind, id, occurredAt, data]))
  }
  return hash.digest('hex')
}

const custodyOf = ({ data }: ActDraft) => data.person?.custody as string
const assertValid = ({ kind, occurredAt, data }: ActDraft) => {
  assert.deepEqual(kind.data.parse(data), data, kind.kind)
  assert.ok(microsOf(occurredAt.at) <= microsOf(mixture.asOf), `${kind.kind} after the as-of instant`)
}
const isNear = (count: number, share: number, of: number, what: string) => {
  // Five standard deviations of a draw: by chance, less than once in a million seeds.
  const room = 5 * Math.sqrt(of * share * (1 - share)) + 2
  assert.ok(Math.abs(count - share * of) <= room, `${what}: ${count} of ${of}, expected ${share * of} ± ${room}`)
}

test('the same seed gives the same bytes; another seed other people', () => {
  const small = { ...mixture, people: 500 }
  assert.equal(bytesOf(population(small)), bytesOf(population(structuredClone(small))))
  assert.notEqual(bytesOf(population(small)), bytesOf(population({ ...small, seed: small.seed + 1 })))
})

test('the same bytes on every machine', () => {
  // Changed the mixture or the generator on purpose? Then this digest changes too: take the new one. Signatures carry the
  // digest of the program's packs of law, which are not the mixture's.
  const unsigned = [...population({ ...mixture, people: 200 })].map((acts) =>
    acts.filter(({ kind }) => kind.kind !== 'sentence.sign'),
  )
  assert.equal(bytesOf(unsigned), 'cc4bd5989292d4bdb305c55ea4cfb0b246301b8f439ced44d832bedeff8720a7')
})

test('as many are held, and as many have no bunk, as was counted by hand', () => {
  const { peopleAnnounced, peopleWithoutBunk, bunks } = expectedPlaces.totals
  assert.equal(totals.held, peopleAnnounced)
  assert.equal(totals.withoutBunk, peopleWithoutBunk)
  assert.equal(totals.actsByKind['bunk.assign'], bunks)
  assert.equal(totals.people, 41_200)
  assert.ok(totals.acts > 150_000 && totals.acts < 175_000, String(totals.acts))
})

test('every id occurs once, each bunk goes to one person, and no cell is fuller than another by more than one', () => {
  const ids = new Set<string>()
  const bunks = new Set<string>()
  const cells = new Map<string, number>()
  for (const acts of whole) {
    const left = new Set(acts.filter(({ kind }) => kind.kind === 'custody.depart').map(custodyOf))
    for (const act of acts) {
      ids.add(act.id)
      if (act.kind.kind === 'bunk.assign') bunks.add(act.data.place?.bunk as string)
      if (!act.kind.begins || left.has(custodyOf(act))) continue
      const cell = act.data.place?.place as string
      cells.set(cell, (cells.get(cell) ?? 0) + 1)
    }
  }
  assert.equal(ids.size, totals.acts)
  assert.equal(bunks.size, expectedPlaces.totals.bunks)
  const plan = cellsOf(readTecoluca())
  const known = new Set(plan.flatMap((cell) => cell.bunks.map(({ id }) => id)))
  assert.deepEqual(bunks.difference(known), new Set())
  assert.deepEqual([...cells.keys()].sort(), plan.map(({ id }) => id).sort())
  assert.deepEqual([...new Set(cells.values())].sort(), [156, 157])
})

test('shares come out as the mixture says', () => {
  const { admissions, law, identity, missing, life } = mixture
  const { held, actsByKind } = totals
  const ordinary = 1 - admissions.receivedUnderConvictedOnly
  const cover = (key: keyof Mixture['law']['cover']) => ordinary * (law.cover[key] ?? 0)
  const agreement = admissions.receivedUnderConvictedOnly
  const conflicts = agreement * law.custodyConflictUnderAgreement + ordinary * law.custodyConflict
  const untried = agreement * admissions.withoutFinalJudgment
  const waiting = law.releaseWaiting * (1 - law.releaseVerified)
  const ended = law.releaseWaiting * law.releaseVerified + law.notAuthentic
  isNear(totals.basis.disputed, cover('disputed') + waiting, held, 'disputed')
  isNear(totals.basis.unknown, cover('not-stated') + cover('end-not-stated'), held, 'unknown')
  isNear(totals.basis.lapse, cover('expired') + cover('none') + cover('quashed') + untried + ended, held, 'lapse')
  isNear(totals.endsWithin30Days, cover('expiring'), held, 'expiring')
  isNear(totals.custodyConflicts, conflicts, held, 'conflicts')
  const { nationalities, nationalitiesUnderAgreement } = identity
  const salvadoran = ordinary * (nationalities.SV ?? 0) + agreement * (nationalitiesUnderAgreement.SV ?? 0)
  isNear(totals.nationalities.SV as number, salvadoran * (1 - missing.nationalities), held, 'SV')
  isNear(actsByKind['note.add'] as number, life.note, totals.custodies, 'notes')
  isNear(actsByKind['health.record'] as number, life.examined, totals.custodies, 'health')
  const { refuses, unconscious, unknown } = identity.unnamed
  isNear(totals.unnamed, (refuses + unconscious + unknown) * (1 - identity.namedLater), held, 'unnamed')
})

test('there are namesakes, near-namesakes, women with children, readmissions and recaptures', () => {
  const people = new Map<string, Set<string>>()
  let children = 0
  let again = 0
  for (const acts of whole) {
    const admissions = acts.filter(({ kind }) => kind.begins)
    if (admissions.length > 1) again++
    for (const { data } of admissions) {
      const list = data.act?.children as { where: string }[]
      if (list.some(({ where }) => where === 'with-the-person')) children++
      const { names } = (data.person?.identity ?? {}) as {
        names?: { given: string; family1: string; family2?: string }[]
      }
      const name = names?.[0]
      if (!name) continue
      const text = `${name.given} ${name.family1} ${name.family2 ?? ''}`
      people.set(text, (people.get(text) ?? new Set()).add(data.person?.person as string))
    }
  }
  assert.ok([...people.values()].filter((same) => same.size > 1).length > 500)
  assert.ok(children > 0 && children < 50)
  assert.ok(again > 200)
  assert.ok((totals.actsByKind['custody.recapture'] as number) > 30)
})

test('a recapture follows a custody of the same person that ended by escape', () => {
  for (const acts of whole) {
    const [recaptured] = acts.filter(({ kind }) => kind.kind === 'custody.recapture')
    if (!recaptured) continue
    const escaped = acts.find(({ kind }) => kind.kind === 'custody.depart')
    assert.equal(escaped?.data.legal?.as, 'escape')
    assert.equal(recaptured.data.act?.follows, custodyOf(escaped as ActDraft))
    assert.ok(microsOf((escaped as ActDraft).occurredAt.at) < microsOf(recaptured.occurredAt.at))
  }
})

test('drafts are valid and in normal form: each 80th person, and twenty of every kind', () => {
  const seen = new Map<string, number>()
  whole.forEach((acts, person) => {
    for (const act of acts) {
      const count = (seen.get(act.kind.kind) ?? 0) + 1
      seen.set(act.kind.kind, count)
      if (person % 80 === 0 || count <= 20) assertValid(act)
    }
  })
  assert.equal(seen.size, 20)
})

test('for any seed and a small population: valid drafts, in the order in which they happened, ids apart', () => {
  const anySeed = fc.record({
    seed: fc.nat(),
    people: fc.integer({ min: 0, max: 40 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  fc.assert(
    fc.property(anySeed, ({ seed, people, share }) => {
      // One share drives the rare things, so that they meet each other.
      const rare = {
        departedPerHeld: share,
        readmitted: share / 2,
        recaptured: share / 2,
        receivedUnderConvictedOnly: share,
      }
      const small: Mixture = {
        ...mixture,
        seed,
        people,
        admissions: { ...mixture.admissions, ...rare },
        identity: { ...mixture.identity, namesakes: share / 2, nearNamesakes: share / 2 },
        life: { ...mixture.life, courtVisit: share, outAtAsOf: share, disability: share },
      }
      const acts = [...population(small)]
      assert.equal(expectedTotals(acts, small.asOf).held, people)
      assert.equal(new Set(acts.flat().map(({ id }) => id)).size, acts.flat().length)
      for (const own of acts) {
        own.forEach(assertValid)
        assert.equal(own[0]?.kind.begins, true)
        assert.equal(new Set(own.filter(({ kind }) => kind.begins).map(({ data }) => data.person?.person)).size, 1)
        const times = own.map(({ occurredAt }) => microsOf(occurredAt.at))
        assert.deepEqual(
          times,
          times.toSorted((a, b) => a - b),
        )
      }
    }),
    { numRuns: 60 },
  )
})

test('batches hold every act once, keep the order of each person, and stand in few runs of a kind', () => {
  const small = { ...mixture, people: 1500 }
  const people = [...population(small)]
  const batches = [...populationBatches(small, { size: 2000 })]
  assert.deepEqual(
    batches
      .flat()
      .map(({ id }) => id)
      .sort(),
    people
      .flat()
      .map(({ id }) => id)
      .sort(),
  )
  for (const batch of batches) {
    const runs = batch.filter((act, i) => act.kind !== batch[i - 1]?.kind).length
    assert.ok(runs <= 60, `${runs} runs in ${batch.length} acts`)
    assert.ok(batch.length < 2100)
  }
  const place = new Map(batches.flat().map(({ id }, i) => [id, i]))
  for (const own of people) {
    const places = own.map(({ id }) => place.get(id) as number)
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    )
  }
  assert.deepEqual([...inBatches([], { size: 10 })], [])
})
