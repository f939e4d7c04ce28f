import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { admit, depart } from '../../custody/acts.ts'
import { room as custodyRoom } from '../../custody/room.ts'
import type { Entry } from '../../kernel/act.ts'
import { derivedId } from '../../kernel/ids.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { microsOf } from '../../kernel/time.ts'
import { room as people } from '../../people/room.ts'
import { room as places } from '../../places/room.ts'
import { freshDatabase } from '../../platform/testing.ts'
import { effective } from '../../record/effective.ts'
import { replay } from '../../record/replay.ts'
import { makeAct, openTestRecord } from '../../record/testing.ts'
import { recordAuthority, recordOrder, verifyOrder } from '../acts.ts'
import { room as law } from '../room.ts'
import { admitted, contested, custody, day, entry, orderId, paper, received, verified, zone } from '../testing.ts'
import { checkRelease } from './acts.ts'
import { authoriseRelease } from './authorise.ts'
import { releaseFigures, releasesAt } from './board.ts'
import { releaseClocksOf } from './clock.ts'
import { decideAuthorise } from './decide.ts'
import { room } from './room.ts'

const court = derivedId('test', 'authority', 'court')
const stranger = derivedId('test', 'authority', 'stranger')
const powers = (kind: string, from = '2000-01-01') => [{ kind, from: day(from), until: 'open' }]
const body = (authority: string, of: unknown) => ({
  authority,
  name: 'Juzgado Primero de Paz',
  state: 'SV',
  territories: [],
  powers: of,
  source: 'law 1',
})
const house: Entry[] = [
  entry(recordAuthority, '2026-01-01T00:00:00Z', body(court, powers('remand')), { facility: 'HOUSE' }),
  entry(recordAuthority, '2026-01-01T00:00:00Z', body(stranger, powers('arrest')), { facility: 'HOUSE' }),
]

const ADMITTED = '2026-01-05T12:00:00Z'
const RELEASED = '2026-02-07T14:00:00Z'
const NOW = '2026-02-07T18:00:00Z'
const release = (name: string, at: string, more: object = {}) =>
  received(paper(name, { at } as never, 'open', { kind: 'release', against: [orderId('held')], ...more }), at)
const identity = (name: string, at: string, means = 'fingerprint', result = 'confirmed') =>
  entry(checkRelease, at, { order: orderId(name), check: 'identity', means, result, by: 'registrar on duty' })
const standing = (more: object = {}, name = 'other') =>
  paper(name, day('2026-01-01'), 'open', { authority: court, ...more })
const held = () => paper('held', day('2026-01-01'), 'open')
const left = (at: string) => entry(depart, at, { as: 'release' })
const sorted = (entries: readonly Entry[]) => effective([...entries])

const codeOf = (entries: readonly Entry[], orders = ['let-go'], now = NOW): string | undefined =>
  decideAuthorise({ legal: { orders: orders.map(orderId) } }, { entries: sorted(entries), house, now })?.code

/** Ordered released on a Saturday, verified, identity told by a fingerprint. */
const ready = () => [
  admitted(ADMITTED, [held()]),
  release('let-go', RELEASED),
  verified('let-go', '2026-02-07T14:20:00Z'),
  identity('let-go', '2026-02-07T15:00:00Z'),
]

describe('authorising a release', () => {
  test('passes where nothing stands in the way', () => assert.equal(codeOf(ready()), undefined))

  test('an order that is not on file, false or quashed is no order to release', () => {
    assert.equal(codeOf(ready(), ['nobody']), 'release-order-unknown')
    assert.equal(
      codeOf([...ready(), verified('let-go', '2026-02-07T16:00:00Z', 'not-authentic')]),
      'release-order-unknown',
    )
  })

  test('a paper is no second means; a contradiction undoes a confirmation', () => {
    const start = ready().slice(0, 3)
    assert.equal(codeOf(start), 'identity-unverified')
    assert.equal(codeOf([...start, identity('let-go', NOW, 'name-and-number')]), 'identity-unverified')
    assert.equal(codeOf([...start, identity('let-go', NOW, 'identity-document')]), 'identity-unverified')
    assert.equal(
      codeOf([...ready(), identity('let-go', '2026-02-07T16:00:00Z', 'photograph', 'contradicted')]),
      'identity-unverified',
    )
  })

  test('the order of another person, entered here: the body says so', () => {
    const entries = [...ready().slice(0, 3), identity('let-go', NOW, 'iris', 'contradicted')]
    assert.equal(codeOf(entries), 'identity-unverified')
  })

  test('two orders to release: each needs its own look at the body', () => {
    const entries = [...ready(), release('second', '2026-02-07T14:05:00Z')]
    assert.equal(codeOf(entries, ['let-go', 'second']), 'identity-unverified')
    assert.equal(codeOf([...entries, identity('second', '2026-02-07T15:05:00Z')], ['let-go', 'second']), undefined)
  })

  test('a remand warrant that comes after the order: refused once it is verified, and flagged from the first', () => {
    const later = received(standing(), '2026-02-07T16:00:00Z')
    assert.equal(codeOf([...ready(), later]), undefined)
    const entries = [...ready(), later, verified('other', '2026-02-07T16:10:00Z')]
    assert.equal(codeOf(entries), 'order-in-force')
    const [clock] = releaseClocksOf(sorted(entries))
    assert.deepEqual(
      clock?.later.map(({ order }) => order),
      [orderId('other')],
    )
    assert.equal(clock?.conflicts[0]?.from, '2026-02-07T16:10:00Z')
  })

  test('told by telephone, then on paper: time counts from the telephone', () => {
    const at = { at: '2026-02-07T02:10:00Z', precision: 'minute', zone }
    const told = received(
      paper('let-go', { at: '2026-02-07T02:00:00Z' } as never, 'open', {
        kind: 'release',
        provisional: true,
        received: { at, how: 'telephone', by: 'the duty clerk' },
      }),
      '2026-02-07T02:30:00Z',
    )
    const [clock] = releaseClocksOf(sorted([admitted(ADMITTED, [held()]), told]))
    assert.equal(clock?.starts, '2026-02-07T02:10:00Z')
    assert.equal(clock?.verified, undefined)
  })

  test('refused if and only if identity is open, or a verified order of an empowered issuer is in force', () => {
    fc.assert(
      fc.property(
        fc.record({
          identified: fc.boolean(),
          verified: fc.boolean(),
          provisional: fc.boolean(),
          arrived: fc.boolean(),
          contested: fc.boolean(),
          expired: fc.boolean(),
          issuer: fc.constantFrom(court, stranger, derivedId('test', 'nobody'), undefined),
        }),
        (p) => {
          const until = p.expired ? day('2026-02-01') : 'open'
          const other = paper('other', day('2026-01-01'), until, {
            ...(p.issuer !== undefined && { authority: p.issuer }),
            provisional: p.provisional,
          })
          const entries = [
            admitted(ADMITTED, [held(), other]),
            release('let-go', RELEASED),
            verified('let-go', '2026-02-07T14:20:00Z'),
            ...(p.identified ? [identity('let-go', '2026-02-07T15:00:00Z')] : []),
            ...(p.verified ? [verified('other', '2026-01-20T00:00:00Z')] : []),
            ...(p.contested ? [contested('other', '2026-01-21T00:00:00Z')] : []),
          ]
          const stands = p.verified && !p.provisional && !p.contested && !p.expired && p.issuer === court
          const expected = !p.identified ? 'identity-unverified' : stands ? 'order-in-force' : undefined
          assert.equal(codeOf(entries), expected)
        },
      ),
    )
  })
})

describe('the clock', () => {
  test('from receipt to the gate, whatever came into the record first', () => {
    const hours = fc.integer({ min: 1, max: 500 })
    fc.assert(
      fc.property(hours, hours, fc.nat(), (a, b, turn) => {
        const at = (h: number) => Temporal.Instant.from(RELEASED).add({ hours: h }).toString()
        const entries = [admitted(ADMITTED, [held()]), release('let-go', at(a)), left(at(b)), verified('let-go', at(1))]
        const shift = turn % entries.length
        const clocks = releaseClocksOf(sorted([...entries.slice(shift), ...entries.slice(0, shift)]))
        // An order that came when the person had left lets nobody go.
        if (b <= a) return assert.deepEqual(clocks, [])
        const [clock] = clocks
        assert.equal((microsOf(clock?.gate?.at as string) - microsOf(clock?.starts as string)) / 3_600_000_000, b - a)
      }),
    )
  })

  test('an order for a later day counts from that day', () => {
    const order = paper('let-go', { at: '2026-02-09T06:00:00Z' } as never, 'open', { kind: 'release' })
    const [clock] = releaseClocksOf(sorted([admitted(ADMITTED, [held()]), received(order, RELEASED)]))
    assert.equal(clock?.received, RELEASED)
    assert.equal(clock?.starts, '2026-02-09T06:00:00Z')
  })

  test('a quashing lets go only where nothing else stands', () => {
    const quash = (against: string) =>
      received(
        paper('quash', { at: RELEASED } as never, 'open', { kind: 'quashing', against: [orderId(against)] }),
        RELEASED,
      )
    assert.equal(releaseClocksOf(sorted([admitted(ADMITTED, [held()]), quash('held')])).length, 1)
    assert.equal(releaseClocksOf(sorted([admitted(ADMITTED, [held(), standing()]), quash('held')])).length, 0)
  })
})

test('through the record: what the register of authorities says decides, and replay is equal', async (t) => {
  const sql = await freshDatabase(t)
  const { record, runner } = openTestRecord(sql, [people, places, custodyRoom, law, room])
  await record.keys.begin(sql, record.clock.now())
  t.after(async () => assert.deepEqual((await replay(record, sql)).differences, []))
  const about = { person: { custody } }
  const accept = async (act: ReturnType<typeof makeAct>) => {
    const outcome = await runner.submit(act)
    assert.ok(!isRefusal(outcome), isRefusal(outcome) ? outcome.code : '')
  }
  await accept(
    makeAct(
      admit,
      {
        person: { custody, person: derivedId('test', 'person') },
        place: { facility: 'TEC' },
        legal: { orders: [held(), standing()], ordersStated: true },
      },
      { at: ADMITTED },
    ),
  )
  const look = (name: string, at: string) =>
    makeAct(
      verifyOrder,
      { ...about, legal: { order: orderId(name), against: 'original-seen', by: 'clerk', result: 'authentic' } },
      { at },
    )
  await accept(look('other', '2026-01-10T00:00:00Z'))
  const letGo = paper('let-go', { at: RELEASED } as never, 'open', { kind: 'release', against: [orderId('held')] })
  await accept(makeAct(recordOrder, { ...about, legal: { order: letGo } }, { at: RELEASED }))
  await accept(look('let-go', '2026-02-07T14:20:00Z'))
  const authorise = () => runner.submit(makeAct(authoriseRelease, { ...about, legal: { orders: [orderId('let-go')] } }))
  const refused = async () => {
    const outcome = await authorise()
    return isRefusal(outcome) ? outcome.code : undefined
  }
  assert.equal(await refused(), 'identity-unverified')
  await accept(
    makeAct(checkRelease, {
      ...about,
      legal: { order: orderId('let-go'), check: 'identity', means: 'iris', result: 'confirmed', by: 'officer' },
    }),
  )
  assert.equal(await refused(), undefined, 'nobody can say whether the issuer of the other order is empowered')
  await accept(makeAct(recordAuthority, { legal: body(court, powers('remand')) }))
  assert.equal(await refused(), 'order-in-force')
  await accept(
    makeAct(depart, { ...about, legal: { as: 'release', order: orderId('let-go') } }, { at: '2026-02-07T20:00:00Z' }),
  )
  const [row] = await sql.rows<{ gate: string; authorised: string | null }>(
    'select gate, authorised from release_clock where custody = $1',
    [custody],
  )
  assert.equal(row?.gate, '2026-02-07T20:00:00Z', 'the gate is always taken')

  const before = await releasesAt(sql, { at: '2026-02-07T19:00:00Z', facility: 'TEC' })
  assert.deepEqual(
    before.map(({ minutes, late, stage, conflicts }) => ({ minutes, late, stage, empowered: conflicts[0]?.empowered })),
    [{ minutes: 300, late: true, stage: 'verified', empowered: 'yes' }],
  )
  assert.deepEqual(await releasesAt(sql, { at: '2026-02-07T21:00:00Z', facility: 'TEC' }), [])
  const [gone] = await releasesAt(sql, { at: '2026-02-07T21:00:00Z', custody })
  assert.equal(gone?.stage, 'gone')
  assert.equal(gone?.minutes, 360)
  assert.deepEqual(await releaseFigures(sql, { at: '2026-02-08T00:00:00Z', facility: 'TEC', days: 30 }), {
    waiting: 0,
    late: 0,
    gone: 1,
    medianMinutes: 360,
    worstMinutes: 360,
    heldAfterMinutes: 360,
  })
})
