import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { assignBunk } from '../custody/acts.ts'
import type { Act } from '../kernel/act.ts'
import { derivedId } from '../kernel/ids.ts'
import { linkPerson } from '../people/acts.ts'
import { refuseSync } from '../record/acts.ts'
import { assess } from './evaluate.ts'
import { findRule, rules } from './rules/index.ts'
import type { CheckState, House, Rule } from './rules/rule.ts'
import {
  about,
  act,
  admitted,
  bunkOf,
  departed,
  facilityWith,
  gone,
  LATER,
  makeWorld,
  orderOf,
  paper,
  personOf,
  responsible,
  seen,
  untilDay,
} from './testing.ts'

type Case = { readonly given: string; readonly acts: () => Act[]; readonly house?: House; readonly people?: number }
type Cases = Readonly<Partial<Record<CheckState, Case>>>

const nobody: Case = { given: 'nobody is held', acts: () => [] }
const inOrder: Case = { given: 'one person, everything in order', acts: () => [admitted('a')] }
const notStated: Case = {
  given: 'a source that does not state orders',
  acts: () => [admitted('a', { legal: { orders: [], ordersStated: false } })],
  people: 1,
}

/** For each rule one world for each state that it can give. */
const cases: Readonly<Record<string, Cases>> = {
  'LAW-01': {
    not_applicable: nobody,
    pass: inOrder,
    fail: {
      given: 'three admitted without an order, two of them in one batch',
      acts: () => [
        admitted('a', { legal: { orders: [] } }, { batch: 'x' }),
        admitted('b', { legal: { orders: [] } }, { batch: 'x' }),
        admitted('c', { legal: { orders: [] } }),
        admitted('d'),
      ],
      people: 3,
    },
    unknown: notStated,
  },
  'LAW-03': {
    not_applicable: nobody,
    pass: inOrder,
    fail: {
      given: 'an order that ended in February',
      acts: () => [admitted('a', { legal: { orders: [paper('a', untilDay('2026-02-10'))] } })],
      people: 1,
    },
    unknown: notStated,
  },
  'basis-unknown': {
    not_applicable: nobody,
    pass: {
      given: 'admitted without an order: known, not unknown',
      acts: () => [admitted('a', { legal: { orders: [] } })],
    },
    unknown: {
      given: 'an order whose end is not stated',
      acts: () => [admitted('a', { legal: { orders: [paper('a', 'not-stated')] } })],
      people: 1,
    },
  },
  'TRF-09': {
    not_applicable: nobody,
    pass: {
      given: 'two states that name the same one',
      acts: () => [admitted('a'), responsible('a', 'US', 'SV'), responsible('a', 'SV', 'SV')],
    },
    fail: {
      given: 'two states that name each other',
      acts: () => [admitted('a'), responsible('a', 'US', 'SV'), responsible('a', 'SV', 'US')],
      people: 1,
    },
    unknown: {
      given: 'an authority that nobody named',
      acts: () => [admitted('a', { legal: { authorities: {} } })],
      people: 1,
    },
  },
  'REG-02': {
    not_applicable: nobody,
    pass: inOrder,
    fail: {
      given: 'no examination after 24 hours',
      acts: () => [admitted('a', { health: { fitness: 'fit', examined: undefined } })],
      people: 1,
    },
  },
  'custody-overlap': {
    not_applicable: nobody,
    pass: {
      given: 'readmitted after the first custody ended',
      acts: () => [
        admitted('a'),
        departed('a', 'release', '2026-01-20T00:00:00Z'),
        admitted(
          'b',
          { person: { ...admitted('b').data.person, person: personOf('a') } },
          { at: '2026-02-01T00:00:00Z' },
        ),
      ],
    },
    fail: {
      given: 'two persons found to be one, both held',
      acts: () => [
        admitted('a'),
        admitted('b'),
        act(linkPerson, { ...about('a'), act: { same: personOf('b'), evidence: 'fingerprints' } }),
      ],
      people: 1,
    },
  },
  'departure-contradiction': {
    not_applicable: nobody,
    pass: {
      given: 'one departure',
      acts: () => [admitted('a'), admitted('b'), departed('a', 'release', '2026-01-20T00:00:00Z')],
    },
    fail: {
      given: 'released, and seen afterwards',
      acts: () => [
        admitted('a'),
        admitted('b'),
        departed('a', 'release', '2026-01-20T00:00:00Z'),
        seen('a', '2026-01-25T00:00:00Z'),
      ],
      people: 1,
    },
  },
  'gone-from-roster': {
    not_applicable: nobody,
    pass: {
      given: 'gone and back on the roster',
      acts: () => [admitted('a'), gone('a', '2026-01-20T00:00:00Z', 'x'), seen('a', '2026-01-21T00:00:00Z')],
    },
    unknown: {
      given: 'two gone from one file',
      acts: () => [
        admitted('a'),
        admitted('b'),
        gone('a', '2026-01-20T00:00:00Z', 'x'),
        gone('b', '2026-01-20T00:00:00Z', 'x'),
      ],
      people: 2,
    },
  },
  'possible-double': {
    not_applicable: nobody,
    pass: { given: 'two persons, two numbers', acts: () => [admitted('a'), admitted('b')] },
    fail: {
      given: 'two persons with one number',
      acts: () => {
        const b = admitted('b').data.person as { identity: object }
        const identifiers = [{ scheme: 'DUI', issuer: 'SV', value: 'id-a' }]
        return [admitted('a'), admitted('b', { person: { ...b, identity: { ...b.identity, identifiers } } })]
      },
      people: 1,
    },
  },
  'BED-01': {
    not_applicable: nobody,
    fail: {
      given: 'three held, one bunk',
      acts: () => [
        ...facilityWith(['A1']),
        admitted('a'),
        admitted('b'),
        admitted('c'),
        act(assignBunk, { ...about('a'), place: { bunk: bunkOf('A1') } }),
      ],
      people: 2,
    },
    unknown: { given: 'a facility without any bunk on file', acts: () => [admitted('a')], people: 1 },
  },
  'sync-refused': {
    pass: inOrder,
    fail: {
      given: 'an act of a device that was refused',
      acts: () => [
        act(refuseSync, {
          place: { facility: 'TEC' },
          act: { refusedAct: derivedId('refused'), refusedKind: 'bunk.assign', code: 'bunk-taken', body: {} },
        }),
      ],
    },
  },
  'signer-silent': {
    pass: inOrder,
    fail: { given: 'the caller says since when', acts: () => [], house: { signerSilentSince: '2026-02-28T00:00:00Z' } },
  },
  'checkpoint-unwitnessed': {
    pass: inOrder,
    fail: { given: 'the caller says since when', acts: () => [], house: { unwitnessedSince: '2026-02-28T00:00:00Z' } },
  },
}

describe('every rule', () => {
  for (const rule of rules) {
    test(`${rule.id} has a citation, an origin, both languages and a case for each state`, () => {
      assert.ok(rule.citation.length > 0 && rule.citation.every(({ instrument, provision }) => instrument && provision))
      assert.ok(['text', 'technical', 'ours'].includes(rule.origin))
      assert.equal(rule.origin === 'ours', rule.kind === 'ours', 'a rule of ours is shown as ours')
      assert.ok(rule.says.en.length > 0 && rule.says.es.length > 0 && rule.says.en !== rule.says.es)
      for (const { origin } of rule.parameters ?? []) assert.ok(['text', 'technical', 'ours'].includes(origin))
      assert.deepEqual(Object.keys(cases[rule.id] ?? {}).sort(), [...rule.states].sort(), `add the cases of ${rule.id}`)
    })
  }

  test('ids are told apart, and every case is of a rule', () => {
    assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length)
    assert.deepEqual(
      Object.keys(cases).filter((id) => !findRule(id)),
      [],
    )
  })
})

for (const [id, states] of Object.entries(cases)) {
  describe(id, () => {
    for (const [state, one] of Object.entries(states)) {
      test(`${state}: ${one.given}`, async (t) => {
        const { sql, submit } = await makeWorld(t)
        await submit(...one.acts())
        // Refused acts of devices count from the moment they were received.
        const at = id === 'sync-refused' ? Temporal.Now.instant().toString() : LATER
        const result = await assess(sql, findRule(id) as Rule, { at, ...(one.house && { house: one.house }) })
        assert.equal(result.state, state, JSON.stringify(result.facts))
        if (one.people !== undefined) assert.equal(state === 'fail' ? result.failing : result.unknown, one.people)
        const elsewhere = await assess(sql, findRule(id) as Rule, {
          at,
          facility: 'OTRA',
          ...(one.house && { house: one.house }),
        })
        if (!one.house) assert.deepEqual(elsewhere.facts, [], 'nothing is found about a facility that is not asked for')
      })
    }
  })
}

describe('details of rules', () => {
  test('LAW-03 names the order that ended and begins when it ended', async (t) => {
    const { sql, submit } = await makeWorld(t)
    await submit(admitted('a', { legal: { orders: [paper('a', untilDay('2026-02-10'))] } }))
    const [fact] = (await assess(sql, findRule('LAW-03') as Rule, { at: LATER })).facts
    assert.equal(fact?.from, '2026-02-11T06:00:00Z')
    assert.deepEqual(fact?.evidence.orders, [orderOf('a')])
    assert.equal((await assess(sql, findRule('LAW-03') as Rule, { at: '2026-02-11T05:59:59Z' })).state, 'pass')
  })

  test('REG-02 is due at once for the register and after 24 hours for health', async (t) => {
    const { sql, submit } = await makeWorld(t)
    await submit(
      admitted('a', { health: { fitness: undefined } }),
      admitted('b', { legal: { grounds: undefined, orders: [] } }),
    )
    const at = async (instant: string) =>
      (await assess(sql, findRule('REG-02') as Rule, { at: instant })).facts.map(({ from }) => from).sort()
    assert.deepEqual(await at('2026-01-05T15:00:00Z'), ['2026-01-05T15:00:00Z'])
    assert.deepEqual(await at('2026-01-06T14:59:59Z'), ['2026-01-05T15:00:00Z'])
    assert.deepEqual(await at('2026-01-06T15:00:00Z'), ['2026-01-05T15:00:00Z', '2026-01-06T15:00:00Z'])
  })

  test('custody-overlap finds two custodies of one person and stands after both ended', async (t) => {
    const { sql, submit } = await makeWorld(t)
    await submit(
      admitted('a'),
      admitted(
        'b',
        { person: { ...admitted('b').data.person, person: personOf('a') } },
        { at: '2026-01-10T00:00:00Z' },
      ),
      departed('a', 'release', '2026-01-20T00:00:00Z'),
      departed('b', 'release', '2026-01-21T00:00:00Z'),
    )
    const { facts } = await assess(sql, findRule('custody-overlap') as Rule, { at: LATER })
    assert.deepEqual(
      facts.map(({ from }) => from),
      ['2026-01-10T00:00:00Z'],
    )
  })
})
