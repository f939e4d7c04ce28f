import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Entry, Section } from '../../kernel/act.ts'
import { AUDIENCES, openingOf } from '../../kernel/audience.ts'
import { disputeOrder, endOrder, recordOrder } from '../../law/acts.ts'
import { describePerson, recordContact } from '../../people/acts.ts'
import { effective } from '../../record/effective.ts'
import {
  addNote,
  admit,
  assignBunk,
  depart,
  listProperty,
  recordHealth,
  recordPresence,
  recordResponsibility,
} from '../acts.ts'
import { makeCorrection, makeEntry, makeWithdrawal, testId } from '../testing.ts'
import { answer } from './answer.ts'
import type { PlaceName } from './question.ts'
import { Statements } from './statements.ts'

/**
 * Every text in the data names its section: `shut-place-…` may be said only where `place` is open, `told-place-…` also
 * where it is told. Instants of orders end in :17, and ids of places and orders are known, so they are found too.
 */
const CELLS = ['1', '2'].map((name) => testId(`cell ${name}`))
const BUNKS = ['1', '2'].map((name) => testId(`bunk ${name}`))
const ORDERS = ['1', '2', '3'].map((name) => testId(`order ${name}`))
const places = new Map<string, PlaceName>([
  ...[...CELLS, ...BUNKS].map((id, i): [string, PlaceName] => [
    id,
    { words: `Tecoluca · shut-place-${i}`, facility: 'TEC' },
  ]),
  [testId('facility'), { words: 'Tecoluca', facility: 'TEC' }],
])

const text = (opening: 'shut' | 'told', section: Section) =>
  fc.integer({ min: 0, max: 99 }).map((n) => `${opening}-${section}-${n}`)
const day = fc.integer({ min: 1, max: 28 }).map((d) => String(d).padStart(2, '0'))
const at = fc.tuple(fc.integer({ min: 1, max: 9 }), day).map(([month, d]) => `2026-0${month}-${d}T12:00:00Z`)
const orderAt = at.map((instant) => ({ at: instant.replace(':00Z', ':17Z') }))
const told = fc.record({ name: text('told', 'legal'), state: fc.constantFrom('SV', 'US') })
const shut = fc.record({ name: text('shut', 'legal'), state: fc.constantFrom('SV', 'US') })
const order = fc.record({
  order: fc.constantFrom(...ORDERS),
  kind: fc.constantFrom('remand', 'sentence', 'extension'),
  issuer: told,
  provision: text('shut', 'legal'),
  caseNumber: text('shut', 'legal'),
  from: orderAt,
  until: fc.oneof(orderAt, fc.constantFrom('open', 'not-stated')),
  provisional: fc.boolean(),
})

type Draft = { kind: Parameters<typeof makeEntry>[0]; data: object }
const draft = (kind: Draft['kind'], data: fc.Arbitrary<object>): fc.Arbitrary<Draft> =>
  data.map((of) => ({ kind, data: of }))

const admission = draft(
  admit,
  fc.record({
    place: fc.record({ place: fc.constantFrom(...CELLS) }, { requiredKeys: [] }),
    legal: fc.record({
      ordersStated: fc.boolean(),
      orders: fc.array(order, { maxLength: 2 }),
      authorities: fc.record({ ordered: told, supervises: told, runs: told }, { requiredKeys: [] }),
      deprivation: fc.record({ where: text('told', 'legal'), by: told }, { requiredKeys: [] }),
      grounds: text('shut', 'legal'),
    }),
    act: fc.record({ children: fc.constant([]) }, { requiredKeys: [] }),
    staff: fc.record({ officials: fc.array(text('shut', 'staff'), { maxLength: 2 }) }),
    health: fc.record({ needs: fc.array(text('shut', 'health'), { maxLength: 2 }) }),
    medical: fc.record({ complaint: text('shut', 'medical') }),
  }),
)
const fact = fc.oneof(
  draft(
    describePerson,
    fc.record({ person: fc.constant({ identity: { sex: 'F' } }), act: fc.record({ source: text('shut', 'act') }) }),
  ),
  draft(
    recordPresence,
    fc.record({
      place: fc.oneof(
        fc.record({ state: fc.constant('at'), place: fc.constantFrom(...CELLS) }),
        fc.record({ state: fc.constantFrom('between', 'unknown'), where: text('shut', 'place') }),
      ),
      act: fc.constant({ because: 'seen' }),
    }),
  ),
  draft(assignBunk, fc.record({ place: fc.record({ bunk: fc.constantFrom(...BUNKS) }) })),
  draft(recordOrder, fc.record({ legal: fc.record({ order }) })),
  draft(
    endOrder,
    fc.record({
      legal: fc.record({
        order: fc.constantFrom(...ORDERS),
        as: fc.constantFrom('quashed', 'lifted'),
        from: orderAt,
        by: shut,
      }),
    }),
  ),
  draft(
    disputeOrder,
    fc.record({
      legal: fc.record({ order: fc.constantFrom(...ORDERS), by: text('shut', 'legal'), reason: text('shut', 'legal') }),
    }),
  ),
  draft(
    recordResponsibility,
    fc.record({ legal: fc.record({ role: fc.constantFrom('ordered', 'supervises', 'runs'), authority: told }) }),
  ),
  draft(addNote, fc.record({ act: fc.record({ text: text('shut', 'act') }) })),
  draft(
    listProperty,
    fc.record({ act: fc.record({ items: fc.constant([{ what: 'shut-act-thing', held: 'stored' }]) }) }),
  ),
  draft(
    recordContact,
    fc.record({ act: fc.record({ role: fc.constantFrom('emergency', 'next-of-kin'), name: text('shut', 'act') }) }),
  ),
  draft(
    recordHealth,
    fc.record({
      health: fc.record({ needs: fc.array(text('shut', 'health'), { maxLength: 1 }) }),
      medical: fc.record({ complaint: text('shut', 'medical') }),
    }),
  ),
  draft(
    depart,
    fc.record({
      place: fc.record({ destination: text('told', 'place') }, { requiredKeys: [] }),
      legal: fc.record(
        {
          as: fc.constantFrom('release', 'transfer', 'death'),
          verification: text('shut', 'legal'),
          death: fc.record({ cause: text('told', 'legal') }),
        },
        { requiredKeys: ['as'] },
      ),
      act: fc.record({ reason: text('shut', 'act') }),
    }),
  ),
)

type Step = Draft & { at: string; amend: 'none' | 'correct' | 'withdraw' }
const steps = fc.array(
  fc
    .tuple(fact, at, fc.constantFrom<Step['amend']>('none', 'none', 'correct', 'withdraw'))
    .map(([of, instant, amend]): Step => ({ ...of, at: instant, amend })),
  { maxLength: 14 },
)

function entriesOf(first: Draft, rest: readonly Step[]): Entry[] {
  const entries = [makeEntry(first.kind, first.data, { n: 1, at: '2026-01-15T12:00:00Z' })]
  for (const { kind, data, at: instant, amend } of rest) {
    const entry = makeEntry(kind, data, { n: entries.length + 1, at: instant })
    entries.push(entry)
    const options = { n: entries.length + 1, at: instant }
    const { person: _person, ...sections } = entry.sections
    if (amend === 'correct') entries.push(makeCorrection(entry, sections, options))
    if (amend === 'withdraw') entries.push(makeWithdrawal(entry, options))
  }
  return entries
}

test('whatever is on file, no audience is told a text, a place, an order or a date of a section that is closed to it', () => {
  fc.assert(
    fc.property(admission, steps, at, (first, rest, instant) => {
      const entries = entriesOf(first, rest)
      const indexes = new Map(entries.map(({ id, n }) => [id, n]))
      for (const audience of AUDIENCES) {
        const statements = new Statements(indexes, audience)
        answer(
          { at: instant, registerNumber: 'TEC-26-000001', entries: effective(entries), places, others: [] },
          statements,
        )
        const said = JSON.stringify(statements.list)
        for (const section of ['place', 'legal', 'act', 'staff', 'health', 'medical'] as const) {
          const opening = openingOf(audience, section)
          if (opening === 'open') continue
          const never = new RegExp(opening === 'told' ? `shut-${section}-` : `(shut|told)-${section}-`)
          assert.doesNotMatch(said, never, audience)
          const ids = section === 'place' ? [...CELLS, ...BUNKS] : section === 'legal' ? [...ORDERS, ':17Z'] : []
          for (const id of ids) assert.ok(!said.includes(id), `${audience} is told ${id} of ${section}`)
          for (const { evidence } of statements.list) {
            for (const cited of evidence) assert.notEqual(cited.section, section, `${audience} is cited ${section}`)
          }
        }
      }
    }),
    { numRuns: 300 },
  )
})

test('the court is told all of it: the property above would see a text that is there', () => {
  const [draw] = fc.sample(fc.tuple(admission, steps), { numRuns: 1, seed: 7 })
  assert.ok(draw)
  const entries = entriesOf(draw[0], [
    ...draw[1],
    {
      kind: recordOrder,
      data: {
        legal: {
          order: {
            order: ORDERS[0],
            kind: 'remand',
            issuer: { name: 'told-legal-1', state: 'SV' },
            caseNumber: 'shut-legal-1',
            from: { at: '2026-02-01T12:00:17Z' },
            until: 'open',
          },
        },
      },
      at: '2026-02-01T12:00:00Z',
      amend: 'none',
    },
  ])
  const statements = new Statements(new Map(entries.map(({ id, n }) => [id, n])), 'court')
  answer(
    { at: '2026-03-01T12:00:00Z', registerNumber: 'TEC-26-000001', entries: effective(entries), places, others: [] },
    statements,
  )
  const said = JSON.stringify(statements.list)
  assert.match(said, /shut-legal-1/)
  assert.match(said, /:17Z/)
})
