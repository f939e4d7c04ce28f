// What papers that let go, decide, or are false do to the basis; clocks; the end of title. Cases of the issue by name.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { earliestOf } from '../kernel/time.ts'
import { effective } from '../record/effective.ts'
import { clockEnd } from './clock.ts'
import { ordersOf } from './orders.ts'
import { releaseOrdersOf, verifiedOrdersInForce } from './releases.ts'
import {
  admitted,
  arrived,
  band,
  contested,
  day,
  ends,
  type entry,
  left,
  orderId,
  paper,
  received,
  titles,
  upheld,
  verified,
} from './testing.ts'

const IN = '2026-01-05T15:00:00Z'
const held = () => admitted(IN, [paper('a', day('2026-01-01'), day('2026-12-31'))])
const decides = (name: string, kind: string, from: string, at: string, more: object = {}) =>
  received(paper(name, { at: from }, 'open', { kind, ...more }), at)

describe('papers that never cover', () => {
  test('an order to release, to produce, a quashing and a decision on appeal cover nothing', () => {
    for (const kind of ['release', 'bail', 'quashing', 'appeal-decision', 'production']) {
      const alone = [admitted(IN), decides('r', kind, IN, IN)]
      assert.deepEqual(band(...alone), [`lapse admitted-without-order ${IN}`, 'open'], kind)
    }
  })
})

describe('an order to release', () => {
  const release = (more: object = {}) =>
    decides('r', 'release', '2026-03-01T12:00:00Z', '2026-03-01T14:00:00Z', { against: [orderId('a')], ...more })

  test('not verified, it contests what it names, from its receipt', () => {
    assert.deepEqual(band(held(), release()), [
      `order covered ${IN}`,
      'disputed contested 2026-03-01T14:00:00Z',
      'lapse order-ended 2027-01-01T06:00:00Z',
      'open',
    ])
  })

  test('verified, it ended what it names from its own instant, whenever the look came', () => {
    const before = [held(), release(), verified('r', '2026-03-02T09:00:00Z')]
    assert.deepEqual(band(...before), [`order covered ${IN}`, 'lapse release-ordered 2026-03-01T12:00:00Z', 'open'])
    const [, lapse] = ordersOf(effective(before)).map(({ ended }) => ended)
    assert.equal(lapse, undefined, 'the release itself did not end')
    assert.deepEqual(ordersOf(effective(before))[0]?.ended?.by, orderId('r'))
  })

  describe('of a day alone, like the arrest of that morning', () => {
    const arrested = () => admitted(IN, [paper('a', { at: '2026-01-05T14:00:00Z' }, 'open', { kind: 'arrest' })])
    const thatDay = (at: string) =>
      received(paper('r', day('2026-01-05'), 'open', { kind: 'release', against: 'all' }), at)

    test('it contests and, verified, ends the arrest when word of it came', () => {
      const told = [arrested(), thatDay('2026-01-05T20:00:00Z')]
      assert.deepEqual(band(...told), [`order covered ${IN}`, 'disputed contested 2026-01-05T20:00:00Z', 'open'])
      const sure = [...told, verified('r', '2026-01-05T21:00:00Z')]
      assert.deepEqual(band(...sure), [`order covered ${IN}`, 'lapse release-ordered 2026-01-05T20:00:00Z', 'open'])
      assert.deepEqual(
        verifiedOrdersInForce([...sure, verified('a', '2026-01-05T16:00:00Z')], '2026-01-05T22:00:00Z'),
        [],
      )
    })

    test('word that came later ends it with that day at the latest', () => {
      const late = [arrested(), thatDay('2026-01-08T20:00:00Z'), verified('r', '2026-01-08T21:00:00Z')]
      assert.deepEqual(band(...late), [`order covered ${IN}`, 'lapse release-ordered 2026-01-06T06:00:00Z', 'open'])
    })

    test('an arrest of that evening, after word of the release, is another matter', () => {
      const again = received(
        paper('b', { at: '2026-01-05T22:00:00Z' }, 'open', { kind: 'arrest' }),
        '2026-01-05T22:00:00Z',
      )
      assert.deepEqual(
        band(arrested(), thatDay('2026-01-05T20:00:00Z'), verified('r', '2026-01-05T21:00:00Z'), again),
        [
          `order covered ${IN}`,
          'lapse release-ordered 2026-01-05T20:00:00Z',
          'order covered 2026-01-05T22:00:00Z',
          'open',
        ],
      )
    })
  })

  test('found not authentic, it neither ends nor contests; verified again, it does', () => {
    const falsePaper = [held(), release(), verified('r', '2026-03-02T09:00:00Z', 'not-authentic')]
    assert.equal(band(...falsePaper)[1], 'lapse order-ended 2027-01-01T06:00:00Z')
    assert.equal(
      band(...falsePaper, verified('r', '2026-03-03T09:00:00Z'))[1],
      'lapse release-ordered 2026-03-01T12:00:00Z',
    )
  })

  test('of all: what began before it ends, what begins later stands', () => {
    const after = received(paper('b', day('2026-03-05'), day('2026-05-31')), '2026-03-05T12:00:00Z')
    const all = [held(), release({ against: 'all' }), verified('r', '2026-03-01T15:00:00Z'), after]
    assert.deepEqual(band(...all), [
      `order covered ${IN}`,
      'lapse release-ordered 2026-03-01T12:00:00Z',
      'order covered 2026-03-05T06:00:00Z',
      'lapse order-ended 2026-06-01T06:00:00Z',
      'open',
    ])
  })

  test('that does not say what it is against contests, even verified', () => {
    const { against: _against, ...order } = (release().sections.legal as { order: Record<string, unknown> }).order
    const vague = received(order, '2026-03-01T14:00:00Z')
    assert.equal(
      band(held(), vague, verified('r', '2026-03-01T15:00:00Z'))[1],
      'disputed contested 2026-03-01T14:00:00Z',
    )
  })

  test('of all, of somebody whose orders are not on file: what was unknown is a lapse from then', () => {
    const unknown = [admitted(IN, [], { ordersStated: false }), release({ against: 'all' })]
    assert.deepEqual(band(...unknown), [`unknown orders-not-stated ${IN}`, 'open'])
    assert.deepEqual(band(...unknown, verified('r', '2026-03-01T15:00:00Z')), [
      `unknown orders-not-stated ${IN}`,
      'lapse release-ordered 2026-03-01T12:00:00Z',
      'open',
    ])
  })

  test('that was quashed from its beginning does nothing', () => {
    const quashing = decides('q', 'quashing', '2026-03-02T12:00:00Z', '2026-03-02T13:00:00Z', {
      against: [orderId('r')],
      fromBeginning: true,
    })
    const entries = [held(), release(), verified('r', '2026-03-01T15:00:00Z'), quashing]
    assert.equal(band(...entries)[1], 'lapse order-ended 2027-01-01T06:00:00Z')
  })

  test('is executed when somebody leaves by it', () => {
    const gone = [held(), release(), verified('r', '2026-03-01T15:00:00Z'), left('2026-03-01T18:00:00Z', 'r')]
    const [order] = releaseOrdersOf(effective(gone))
    assert.deepEqual(
      [order?.heard, order?.effective, order?.verified, order?.executed],
      ['2026-03-01T14:00:00Z', '2026-03-01T12:00:00Z', '2026-03-01T15:00:00Z', '2026-03-01T18:00:00Z'],
    )
  })

  test('bail ends what it names alike', () => {
    const bail = decides('r', 'bail', '2026-03-01T12:00:00Z', '2026-03-01T14:00:00Z', { against: 'all' })
    assert.equal(
      band(held(), bail, verified('r', '2026-03-01T15:00:00Z'))[1],
      'lapse release-ordered 2026-03-01T12:00:00Z',
    )
  })
})

describe('quashed, and decided on appeal', () => {
  const decision = (kind: string, more: object) =>
    decides('q', kind, '2026-03-01T12:00:00Z', '2026-03-01T14:00:00Z', { against: [orderId('a')], ...more })

  test('an order quashed from a date ends there', () => {
    assert.equal(band(held(), decision('quashing', {}))[1], 'lapse order-ended 2026-03-01T12:00:00Z')
    assert.equal(ordersOf(effective([held(), decision('quashing', {})]))[0]?.ended?.as, 'quashed')
  })

  test('an order quashed from the beginning never covered', () => {
    assert.deepEqual(band(held(), decision('quashing', { fromBeginning: true })), [
      `lapse admitted-without-order ${IN}`,
      'open',
    ])
  })

  test('an appeal ends, replaces by an order of its own, or upholds', () => {
    assert.equal(
      band(held(), decision('appeal-decision', { effect: 'ends' }))[1],
      'lapse order-ended 2026-03-01T12:00:00Z',
    )
    const instead = received(paper('b', { at: '2026-03-01T12:00:00Z' }, day('2026-06-30')), '2026-03-01T14:00:00Z')
    const replaced = [held(), decision('appeal-decision', { effect: 'replaces', replacement: orderId('b') }), instead]
    assert.deepEqual(band(...replaced), [`order covered ${IN}`, 'lapse order-ended 2026-07-01T06:00:00Z', 'open'])
    assert.equal(ordersOf(effective(replaced))[0]?.ended?.as, 'replaced-on-appeal')
    const upholding = [
      held(),
      contested('a', '2026-02-01T00:00:00Z'),
      decision('appeal-decision', { effect: 'upholds' }),
    ]
    assert.deepEqual(band(...upholding).slice(1, 3), [
      'disputed contested 2026-02-01T00:00:00Z',
      'order covered 2026-03-01T14:00:00Z',
    ])
  })

  test('a decision that does not say what it does, does nothing', () => {
    assert.equal(band(held(), decision('appeal-decision', {}))[1], 'lapse order-ended 2027-01-01T06:00:00Z')
  })

  test('two papers that quash each other from the beginning: no circle, no answer lost', () => {
    const one = decides('q', 'quashing', IN, IN, { against: [orderId('p'), orderId('a')], fromBeginning: true })
    const two = decides('p', 'quashing', IN, IN, { against: [orderId('q')], fromBeginning: true })
    assert.deepEqual(band(held(), one, two), [`lapse admitted-without-order ${IN}`, 'open'], 'both stand')
  })
})

describe('authentic', () => {
  test('a paper found not authentic never covered, and the lapse says so; after its own end too', () => {
    const found = [held(), verified('a', '2026-03-01T00:00:00Z', 'not-authentic')]
    assert.deepEqual(band(...found), [
      `lapse not-authentic ${IN}`,
      'lapse admitted-without-order 2027-01-01T06:00:00Z',
      'open',
    ])
  })

  test('where another order covers, a false one beside it changes nothing', () => {
    const second = received(paper('b', day('2026-01-01'), day('2026-12-31')), '2026-01-06T00:00:00Z')
    assert.equal(band(held(), second, verified('b', '2026-03-01T00:00:00Z', 'not-authentic'))[0], `order covered ${IN}`)
  })

  test('a false extension: from the end of the true order on the cause is the false paper', () => {
    const first = admitted(IN, [paper('a', day('2026-01-01'), day('2026-02-10'))])
    const extension = received(paper('b', day('2026-02-11'), day('2026-05-31')), '2026-02-10T12:00:00Z')
    assert.deepEqual(band(first, extension, verified('b', '2026-03-01T00:00:00Z', 'not-authentic')), [
      `order covered ${IN}`,
      'lapse not-authentic 2026-02-11T06:00:00Z',
      'lapse order-ended 2026-06-01T06:00:00Z',
      'open',
    ])
  })
})

describe('provisional and verified', () => {
  test('an order as told by telephone covers, says so until its paper arrives, and alone refuses no release', () => {
    const told = {
      provisional: true,
      received: {
        at: { at: '2026-01-05T08:10:00Z', precision: 'minute', zone: 'UTC' },
        how: 'telephone',
        by: 'duty judge',
      },
    }
    const entries = [
      admitted(IN, [paper('a', day('2026-01-01'), day('2026-12-31'), told)]),
      verified('a', '2026-01-05T16:00:00Z'),
      arrived('a', '2026-01-07T10:00:00Z', { document: 'ab'.repeat(32) }),
    ]
    assert.equal(band(...entries)[0], `order covered ${IN}`)
    assert.equal(ordersOf(effective(entries))[0]?.heard, '2026-01-05T08:10:00Z')
    const names = (at: string) => verifiedOrdersInForce(effective(entries), at).map(({ order }) => order.order)
    assert.deepEqual(names('2026-01-06T00:00:00Z'), [], 'told only')
    assert.deepEqual(names('2026-01-08T00:00:00Z'), [orderId('a')])
  })

  test('only what is verified, on paper, uncontested and in force stands in the way of a release', () => {
    const at = '2026-02-01T00:00:00Z'
    const way = (...more: ReturnType<typeof entry>[]) => verifiedOrdersInForce(effective([held(), ...more]), at).length
    assert.equal(way(), 0, 'not verified')
    const looked = verified('a', '2026-01-06T00:00:00Z')
    assert.equal(way(looked), 1)
    assert.equal(way(looked, contested('a', '2026-01-20T00:00:00Z')), 0)
    assert.equal(way(looked, contested('a', '2026-01-20T00:00:00Z'), upheld('a', '2026-01-21T00:00:00Z')), 1)
    assert.equal(way(looked, ends('a', 'lifted', day('2026-01-30'), '2026-01-30T12:00:00Z')), 0)
    assert.equal(way(verified('a', '2026-02-02T00:00:00Z')), 0, 'verified later')
  })
})

describe('ends that are counted', () => {
  const clock = (after: object, more: object = {}) =>
    ({ after, from: 'begin', zone: 'Europe/Madrid', firstDay: 'counts', source: 'art. 0', ...more }) as never

  test('hours run on instants: 72 hours across the end of summer time are 72 hours', () => {
    assert.equal(clockEnd(clock({ hours: 72 }), '2026-10-24T10:00:00Z'), '2026-10-27T10:00:00Z')
  })

  test('days run on the issuer’s calendar: three days across the change end at the midnight there', () => {
    // 24 Oct 12:00 in Madrid (UTC+2); the last day is 26 Oct (UTC+1 since the 25th).
    assert.equal(clockEnd(clock({ days: 3 }), '2026-10-24T10:00:00Z'), '2026-10-26T23:00:00Z')
    assert.equal(clockEnd(clock({ days: 3 }, { firstDay: 'excluded' }), '2026-10-24T10:00:00Z'), '2026-10-27T23:00:00Z')
    // Spring in New York: 8 Mar 2026 has 23 hours.
    assert.equal(
      clockEnd(clock({ days: 2 }, { zone: 'America/New_York' }), '2026-03-07T20:00:00Z'),
      '2026-03-09T04:00:00Z',
    )
  })

  test('a minute before midnight counts as a whole first day; a minute after, the next', () => {
    assert.equal(
      clockEnd(clock({ days: 1 }, { zone: 'America/El_Salvador' }), '2026-05-02T05:59:00Z'),
      '2026-05-02T06:00:00Z',
    )
    assert.equal(
      clockEnd(clock({ days: 1 }, { zone: 'America/El_Salvador' }), '2026-05-02T06:01:00Z'),
      '2026-05-03T06:00:00Z',
    )
  })

  test('months and years run to the same day, or the last one that the month has', () => {
    const sv = { zone: 'America/El_Salvador' }
    assert.equal(clockEnd(clock({ months: 12 }, sv), '2026-01-15T12:00:00Z'), '2027-01-15T06:00:00Z')
    assert.equal(clockEnd(clock({ months: 1 }, sv), '2026-01-31T12:00:00Z'), '2026-02-28T06:00:00Z')
    assert.equal(clockEnd(clock({ years: 1 }, sv), '2028-02-29T12:00:00Z'), '2029-02-28T06:00:00Z')
    assert.equal(clockEnd(clock({ years: 100 }, sv), '9990-01-01T12:00:00Z'), '9999-01-01T00:00:00Z')
  })

  test('from the deprivation of liberty, at the earliest that was stated; not stated, nobody can say until when', () => {
    const seventyTwo = clock({ hours: 72 }, { from: 'deprivation' })
    const taken = { at: { at: '2026-01-04T18:00:00Z', precision: 'day', zone: 'America/El_Salvador' } }
    const order = paper('a', day('2026-01-04'), seventyTwo, { kind: 'administrative-detention' })
    assert.deepEqual(band(admitted(IN, [order], { deprivation: taken })), [
      `order covered ${IN}`,
      'lapse order-ended 2026-01-07T06:00:00Z',
      'open',
    ])
    assert.deepEqual(band(admitted(IN, [order])), [`unknown end-not-stated ${IN}`, 'open'])
    assert.equal(
      earliestOf({ at: '2026-01-04T18:47:12Z', precision: 'hour', zone: 'Asia/Kathmandu' }),
      '2026-01-04T18:15:00Z',
    )
  })

  test('from admission', () => {
    const order = paper('a', day('2026-01-04'), clock({ hours: 48 }, { from: 'admission' }))
    assert.equal(band(admitted(IN, [order]))[1], 'lapse order-ended 2026-01-07T15:00:00Z')
  })
})

describe('the end of title', () => {
  test('is that of the union, not of one paper', () => {
    const orders = [
      paper('a', day('2026-01-01'), day('2026-02-10')),
      paper('b', day('2026-02-01'), day('2026-03-10')),
      paper('c', day('2026-03-11'), day('2026-03-20')),
    ]
    assert.deepEqual(titles(admitted(IN, orders)), ['2026-03-21T06:00:00Z'])
  })

  test('stays where it was though the person left before it', () => {
    const gone = [admitted(IN, [paper('a', day('2026-01-01'), day('2026-12-31'))]), left('2026-02-01T00:00:00Z')]
    assert.deepEqual(titles(...gone), ['2027-01-01T06:00:00Z'])
    const chained = received(paper('b', day('2027-01-01'), day('2027-03-31')), '2026-01-20T00:00:00Z')
    assert.deepEqual(titles(...gone, chained), ['2027-04-01T06:00:00Z'])
  })

  test('is open until further order, and where an end is not stated it is where the last stated one ends', () => {
    assert.deepEqual(titles(admitted(IN, [paper('a', day('2026-01-01'), 'open')])), [undefined])
    const unstated = paper('b', day('2026-01-20'), 'not-stated')
    assert.deepEqual(titles(admitted(IN, [paper('a', day('2026-01-01'), day('2026-02-10')), unstated])), [
      '2026-02-11T06:00:00Z',
    ])
  })

  test('a sentence that starts in the past covers the days that its predecessor left', () => {
    const first = admitted(IN, [paper('a', day('2026-01-01'), day('2026-02-10'))])
    const sentence = received(
      paper('b', day('2026-01-01'), day('2028-01-01'), { kind: 'sentence', issued: day('2026-03-01') }),
      '2026-03-02T00:00:00Z',
    )
    assert.deepEqual(titles(first, sentence), ['2028-01-02T06:00:00Z'])
  })
})
