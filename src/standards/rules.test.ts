import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { breakGlass } from '../access/acts.ts'
import { assignBunk, depart } from '../custody/acts.ts'
import { requiredFields } from '../custody/fields.ts'
import { informPerson, receivePetition, recordHearing } from '../duties/acts.ts'
import type { Act } from '../kernel/act.ts'
import { derivedId } from '../kernel/ids.ts'
import type { Sql } from '../kernel/ports.ts'
import { disputeOrder, receiveOrder, recordOrder, verifyOrder } from '../law/acts.ts'
import { adjustSentence, enterSentence, signSentence } from '../law/sentences/acts.ts'
import type { Entered } from '../law/sentences/forms.ts'
import { workedOut } from '../law/sentences/sign.ts'
import { elsewhere, federal, longFederal } from '../law/sentences/testing.ts'
import { linkPerson } from '../people/acts.ts'
import { refuseSync } from '../record/acts.ts'
import { assess } from './evaluate.ts'
import { findRule, rules } from './rules/index.ts'
import { healthFields, registerFields } from './rules/register.ts'
import type { CheckState, House, Rule } from './rules/rule.ts'
import {
  about,
  act,
  admitted,
  authority,
  bunkOf,
  custodyOf,
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

type Case = {
  readonly given: string
  /** The acts that lead there, in the facility `f`, which no other case has. */
  readonly acts: (f: string) => Act[]
  readonly house?: House
  /** Done to the database afterwards, as its owner. */
  readonly hand?: (sql: Sql, f: string) => Promise<unknown>
  /** Takes back what the hand did, where the registers are then held against the record. */
  readonly undo?: (sql: Sql, f: string) => Promise<unknown>
  readonly people?: number
}
type Cases = Readonly<Partial<Record<CheckState, Case>>>

const nobody: Case = { given: 'nobody is held', acts: () => [] }
const inOrder: Case = { given: 'one person, everything in order', acts: (f) => [admitted(`${f}/a`)] }
const notStated: Case = {
  given: 'a source that does not state orders',
  acts: (f) => [admitted(`${f}/a`, { legal: { orders: [], ordersStated: false } })],
  people: 1,
}

const asSentenced = (name: string) => ({ legal: { orders: [{ ...paper(name, 'open'), kind: 'sentence' }] } })
const sentenced: Case = {
  given: 'one person under a judgment, everything in order',
  acts: (f) => [admitted(`${f}/a`, asSentenced(`${f}/a`))],
}

const asOrdered = (name: string, more: object) => ({ legal: { orders: [{ ...paper(name, 'open'), ...more }] } })
const asConvicted = (name: string, more: object) => ({
  legal: { ...asOrdered(name, more).legal, receivedUnder: 'convicted-only' },
})

const withCase = (name: string, legal: Entered): Act[] => [
  admitted(name, asSentenced(name)),
  act(enterSentence, { ...about(name), legal }),
]
/** As signed over facts that have changed since. */
const signedBefore = (name: string): Act[] => {
  const legal = federal(name)
  const adjustments = [{ adjustment: derivedId(name), kind: 'disallowed', days: 5 }]
  return [
    ...withCase(name, legal),
    act(signSentence, { ...about(name), legal: workedOut(legal) }),
    act(adjustSentence, { ...about(name), legal: { case: legal.case, adjustments } }, { at: '2026-02-02T00:00:00Z' }),
  ]
}

const releaseOf = (name: string, at: string, more: object = {}): Act =>
  act(
    recordOrder,
    {
      ...about(name),
      legal: { order: { ...paper(`${name} release`, 'open'), kind: 'release', from: { at }, ...more } },
    },
    { at },
  )
const verifiedAt = (paperName: string, name: string, at = '2026-01-10T00:00:00Z'): Act =>
  act(
    verifyOrder,
    {
      ...about(name),
      legal: { order: orderOf(paperName), against: 'issuer-called-back', by: 'the clerk', result: 'authentic' },
    },
    { at },
  )
const againstAll = { against: 'all' }
/** Released with something that shows it, in the hour in which the order came. */
const letGo = (name: string): Act[] => [
  admitted(name),
  releaseOf(name, '2026-01-20T00:00:00Z', againstAll),
  verifiedAt(`${name} release`, name, '2026-01-20T00:10:00Z'),
  act(
    depart,
    { ...about(name), legal: { as: 'release', verification: 'slip countersigned' } },
    { at: '2026-01-20T01:00:00Z' },
  ),
]
const released: Case = {
  given: 'one person let go in an hour, another held in order',
  acts: (f) => [...letGo(`${f}/a`), admitted(`${f}/b`)],
}

/** For each rule one world for each state that it can give. */
const cases: Readonly<Record<string, Cases>> = {
  'LAW-01': {
    not_applicable: nobody,
    pass: inOrder,
    fail: {
      given: 'three admitted without an order, two of them in one batch',
      acts: (f) => [
        admitted(`${f}/a`, { legal: { orders: [] } }, { batch: 'x' }),
        admitted(`${f}/b`, { legal: { orders: [] } }, { batch: 'x' }),
        admitted(`${f}/c`, { legal: { orders: [] } }),
        admitted(`${f}/d`),
      ],
      people: 3,
    },
    unknown: notStated,
  },
  'LAW-01-issuer': {
    not_applicable: nobody,
    pass: inOrder,
    fail: {
      given: 'an order from before the court had its powers, beside one that is in order',
      acts: (f) => [admitted(`${f}/a`, asOrdered(`${f}/a`, { issued: untilDay('1999-12-31') })), admitted(`${f}/b`)],
      people: 1,
    },
    unknown: {
      given: 'an issuer that nobody has registered',
      acts: (f) => [admitted(`${f}/a`, asOrdered(`${f}/a`, { authority: derivedId('test', 'authority', 'nobody') }))],
      people: 1,
    },
  },
  'LAW-02': {
    not_applicable: nobody,
    pass: inOrder,
    fail: {
      given: 'an order from before the provision was in force',
      acts: (f) => [admitted(`${f}/a`, asOrdered(`${f}/a`, { issued: untilDay('1999-12-31') }))],
      people: 1,
    },
    unknown: {
      given: 'two orders whose provision nobody has linked',
      acts: (f) =>
        ['a', 'b'].map((name) => admitted(`${f}/${name}`, asOrdered(`${f}/${name}`, { statute: undefined }))),
      people: 2,
    },
  },
  'basis-disputed': {
    not_applicable: nobody,
    pass: inOrder,
    fail: {
      given: 'a contested order, and no other',
      acts: (f) => [
        admitted(`${f}/a`),
        act(disputeOrder, { ...about(`${f}/a`), legal: { order: orderOf(`${f}/a`), by: 'counsel', reason: 'x' } }),
      ],
      people: 1,
    },
  },
  'order-only-told': {
    not_applicable: nobody,
    pass: {
      given: 'an order as told, whose paper arrived',
      acts: (f) => [
        admitted(`${f}/a`, asOrdered(`${f}/a`, { provisional: true })),
        act(receiveOrder, { ...about(`${f}/a`), legal: { order: orderOf(`${f}/a`) } }),
      ],
    },
    fail: {
      given: 'an order as told, and no paper',
      acts: (f) => [admitted(`${f}/a`, asOrdered(`${f}/a`, { provisional: true }))],
      people: 1,
    },
  },
  'TRF-02': {
    not_applicable: nobody,
    pass: {
      given: 'one received as convicted with a final judgment, one received as anybody',
      acts: (f) => [admitted(`${f}/a`, asConvicted(`${f}/a`, { kind: 'sentence', final: true })), admitted(`${f}/b`)],
    },
    fail: {
      given: 'three received as convicted without a judgment, two of them together',
      acts: (f) => [
        admitted(`${f}/a`, asConvicted(`${f}/a`, {}), { batch: 'x' }),
        admitted(`${f}/b`, asConvicted(`${f}/b`, {}), { batch: 'x' }),
        admitted(`${f}/c`, asConvicted(`${f}/c`, { kind: 'sentence', final: false })),
      ],
      people: 3,
    },
    unknown: {
      given: 'a judgment of which nobody said whether it is final',
      acts: (f) => [admitted(`${f}/a`, asConvicted(`${f}/a`, { kind: 'sentence' }))],
      people: 1,
    },
  },
  'LAW-03': {
    not_applicable: nobody,
    pass: inOrder,
    fail: {
      given: 'an order that ended in February, and two that had ended before the file that brought them came',
      acts: (f) => [
        admitted(`${f}/a`, { legal: { orders: [paper(`${f}/a`, untilDay('2026-02-10'))] } }),
        ...['b', 'c'].map((name) =>
          admitted(
            `${f}/${name}`,
            { legal: { orders: [paper(`${f}/${name}`, untilDay('2026-01-10'))] } },
            { batch: 'x' },
          ),
        ),
      ],
      people: 3,
    },
    unknown: notStated,
  },
  'held-after-release': {
    not_applicable: nobody,
    pass: released,
    fail: {
      given: 'two orders to release one person, told by telephone, and nobody has gone',
      acts: (f) => [
        admitted(`${f}/a`),
        releaseOf(`${f}/a`, '2026-02-01T00:00:00Z', againstAll),
        act(recordOrder, {
          ...about(`${f}/a`),
          legal: {
            order: { ...paper(`${f}/a second`, 'open'), kind: 'bail', from: { at: '2026-02-01T00:00:00Z' } },
          },
        }),
      ],
      people: 1,
    },
  },
  'released-with-order': {
    not_applicable: nobody,
    pass: released,
    fail: {
      given: 'somebody let go while a verified order of an empowered court stands',
      acts: (f) => [
        admitted(`${f}/a`),
        verifiedAt(`${f}/a`, `${f}/a`),
        departed(`${f}/a`, 'release', '2026-01-20T00:00:00Z'),
      ],
      people: 1,
    },
    unknown: {
      given: 'somebody let go while an order stands that nobody had verified',
      acts: (f) => [admitted(`${f}/a`), departed(`${f}/a`, 'release', '2026-01-20T00:00:00Z')],
      people: 1,
    },
  },
  'release-conflict': {
    not_applicable: nobody,
    pass: released,
    fail: {
      given: 'an order to release that names none of those that hold, one of which is verified',
      acts: (f) => [
        admitted(`${f}/a`),
        verifiedAt(`${f}/a`, `${f}/a`),
        releaseOf(`${f}/a`, '2026-02-01T00:00:00Z', { against: [orderOf('another')] }),
        verifiedAt(`${f}/a release`, `${f}/a`, '2026-02-01T00:10:00Z'),
      ],
      people: 1,
    },
    unknown: {
      given: 'the same, of an issuer that nobody has linked',
      acts: (f) => [
        admitted(`${f}/a`, asOrdered(`${f}/a`, { authority: undefined })),
        verifiedAt(`${f}/a`, `${f}/a`),
        releaseOf(`${f}/a`, '2026-02-01T00:00:00Z', { against: [orderOf('another')] }),
        verifiedAt(`${f}/a release`, `${f}/a`, '2026-02-01T00:10:00Z'),
      ],
      people: 1,
    },
  },
  'order-after-release': {
    not_applicable: nobody,
    pass: released,
    fail: {
      given: 'a new warrant an hour after the order to release',
      acts: (f) => [
        admitted(`${f}/a`),
        releaseOf(`${f}/a`, '2026-02-01T00:00:00Z', againstAll),
        act(
          recordOrder,
          { ...about(`${f}/a`), legal: { order: paper(`${f}/a new`, 'open') } },
          { at: '2026-02-01T01:00:00Z' },
        ),
      ],
      people: 1,
    },
  },
  'LAW-12': {
    not_applicable: nobody,
    pass: released,
    fail: {
      given: 'released, and nothing shows it',
      acts: (f) => [admitted(`${f}/a`), departed(`${f}/a`, 'release', '2026-01-20T00:00:00Z')],
      people: 1,
    },
  },
  'basis-unknown': {
    not_applicable: nobody,
    pass: {
      given: 'admitted without an order: known, not unknown',
      acts: (f) => [admitted(`${f}/a`, { legal: { orders: [] } })],
    },
    unknown: {
      given: 'an order whose end is not stated',
      acts: (f) => [admitted(`${f}/a`, { legal: { orders: [paper(`${f}/a`, 'not-stated')] } })],
      people: 1,
    },
  },
  'TRF-09': {
    not_applicable: nobody,
    pass: {
      given: 'two states that name the same one',
      acts: (f) => [admitted(`${f}/a`), responsible(`${f}/a`, 'US', 'SV'), responsible(`${f}/a`, 'SV', 'SV')],
    },
    fail: {
      given: 'two states that name each other',
      acts: (f) => [admitted(`${f}/a`), responsible(`${f}/a`, 'US', 'SV'), responsible(`${f}/a`, 'SV', 'US')],
      people: 1,
    },
    unknown: {
      given: 'an authority that nobody named',
      acts: (f) => [admitted(`${f}/a`, { legal: { authorities: {} } })],
      people: 1,
    },
  },
  'REG-02': {
    not_applicable: nobody,
    pass: inOrder,
    fail: {
      given: 'no examination after 24 hours',
      acts: (f) => [admitted(`${f}/a`, { health: { fitness: 'fit', examined: undefined } })],
      people: 1,
    },
  },
  'release-date-passed': {
    not_applicable: nobody,
    pass: {
      given: 'sentences that run on',
      acts: (f) => withCase(`${f}/a`, longFederal(`${f}/a`)),
    },
    fail: {
      given: 'the sentence is served by every reading, and the person is still held',
      acts: (f) => withCase(`${f}/a`, federal(`${f}/a`)),
      people: 1,
    },
    unknown: {
      given: 'a case that no pack computes, and dates that nobody signed',
      acts: (f) => withCase(`${f}/a`, elsewhere(`${f}/a`)),
      people: 1,
    },
  },
  'signed-date-outdated': {
    not_applicable: nobody,
    pass: inOrder,
    fail: {
      given: 'a fact came after the signature',
      acts: (f) => signedBefore(`${f}/a`),
      people: 1,
    },
  },
  'law-not-reviewed': {
    not_applicable: nobody,
    pass: inOrder,
    fail: {
      given: 'dates were signed over another pack than this program has',
      acts: (f) => withCase(`${f}/a`, federal(`${f}/a`)),
      hand: (sql, f) =>
        sql.rows(
          `update sentence_date set signed = computed, pack_hash = repeat('0', 64), signed_at = '2026-02-01Z'
           where custody = $1::uuid`,
          [custodyOf(`${f}/a`)],
        ),
      undo: (sql, f) =>
        sql.rows(
          'update sentence_date set signed = null, pack_hash = null, signed_at = null where custody = $1::uuid',
          [custodyOf(`${f}/a`)],
        ),
      people: 1,
    },
  },
  'custody-overlap': {
    not_applicable: nobody,
    pass: {
      given: 'readmitted after the first custody ended',
      acts: (f) => [
        admitted(`${f}/a`),
        departed(`${f}/a`, 'release', '2026-01-20T00:00:00Z'),
        admitted(
          `${f}/b`,
          { person: { ...admitted(`${f}/b`).data.person, person: personOf(`${f}/a`) } },
          { at: '2026-02-01T00:00:00Z' },
        ),
      ],
    },
    fail: {
      given: 'two persons found to be one, both held',
      acts: (f) => [
        admitted(`${f}/a`),
        admitted(`${f}/b`),
        act(linkPerson, { ...about(`${f}/a`), act: { same: personOf(`${f}/b`), evidence: 'fingerprints' } }),
      ],
      people: 1,
    },
  },
  'departure-contradiction': {
    not_applicable: nobody,
    pass: {
      given: 'one departure',
      acts: (f) => [admitted(`${f}/a`), admitted(`${f}/b`), departed(`${f}/a`, 'release', '2026-01-20T00:00:00Z')],
    },
    fail: {
      given: 'released, and seen afterwards',
      acts: (f) => [
        admitted(`${f}/a`),
        admitted(`${f}/b`),
        departed(`${f}/a`, 'release', '2026-01-20T00:00:00Z'),
        seen(`${f}/a`, '2026-01-25T00:00:00Z'),
      ],
      people: 1,
    },
  },
  'gone-from-roster': {
    not_applicable: nobody,
    pass: {
      given: 'gone and back on the roster',
      acts: (f) => [
        admitted(`${f}/a`),
        gone(`${f}/a`, '2026-01-20T00:00:00Z', 'x'),
        seen(`${f}/a`, '2026-01-21T00:00:00Z'),
      ],
    },
    unknown: {
      given: 'two gone from one file',
      acts: (f) => [
        admitted(`${f}/a`),
        admitted(`${f}/b`),
        gone(`${f}/a`, '2026-01-20T00:00:00Z', 'x'),
        gone(`${f}/b`, '2026-01-20T00:00:00Z', 'x'),
      ],
      people: 2,
    },
  },
  'possible-double': {
    not_applicable: nobody,
    pass: { given: 'two persons, two numbers', acts: (f) => [admitted(`${f}/a`), admitted(`${f}/b`)] },
    fail: {
      given: 'two persons with one number',
      acts: (f) => {
        const b = admitted(`${f}/b`).data.person as { identity: object }
        const identifiers = [{ scheme: 'DUI', issuer: 'SV', value: `id-${f}/a` }]
        return [admitted(`${f}/a`), admitted(`${f}/b`, { person: { ...b, identity: { ...b.identity, identifiers } } })]
      },
      people: 1,
    },
  },
  'BED-01': {
    not_applicable: nobody,
    fail: {
      given: 'three held, one bunk',
      acts: (f) => [
        ...facilityWith(['A1'], f),
        admitted(`${f}/a`),
        admitted(`${f}/b`),
        admitted(`${f}/c`),
        act(assignBunk, { ...about(`${f}/a`), place: { bunk: bunkOf('A1', f) } }),
      ],
      people: 2,
    },
    unknown: { given: 'a facility without any bunk on file', acts: (f) => [admitted(`${f}/a`)], people: 1 },
  },
  'LAW-05': {
    not_applicable: nobody,
    pass: inOrder,
    fail: {
      given: 'three with a warrant of arrest and no judge, two of them in one batch',
      acts: (f) =>
        ['a', 'b', 'c'].map((name) =>
          admitted(
            `${f}/${name}`,
            { legal: { orders: [{ ...paper(`${f}/${name}`, 'open'), kind: 'arrest' }] } },
            name === 'c' ? {} : { batch: 'x' },
          ),
        ),
      people: 3,
    },
    unknown: notStated,
  },
  'LAW-07': {
    not_applicable: nobody,
    pass: inOrder,
    fail: {
      given: 'a petition of habeas corpus without a decision',
      acts: (f) => [
        admitted(`${f}/a`),
        act(receivePetition, {
          ...about(`${f}/a`),
          legal: { petition: derivedId('petition', f), sort: 'habeas', by: 'family' },
        }),
      ],
      people: 1,
    },
  },
  'CON-01': {
    not_applicable: nobody,
    pass: inOrder,
    fail: {
      given: 'somebody of another state',
      acts: (f) => [
        admitted(`${f}/a`, { person: { identity: { nationalities: [{ state: 'VE', standing: 'stated' }] } } }),
      ],
      people: 1,
    },
    unknown: {
      given: 'nobody knows of which state',
      acts: (f) => [admitted(`${f}/a`, { person: { identity: {} } })],
      people: 1,
    },
  },
  'CON-02': {
    not_applicable: nobody,
    pass: inOrder,
    fail: {
      given: 'asks for the consulate',
      acts: (f) => [
        admitted(`${f}/a`),
        act(informPerson, { ...about(`${f}/a`), legal: { consul: 'asks' }, act: { of: ['consular'] } }),
      ],
      people: 1,
    },
  },
  'FAM-01': {
    not_applicable: nobody,
    pass: inOrder,
    fail: {
      given: 'nobody of the family was reached',
      acts: (f) => [admitted(`${f}/a`, { act: { familyTold: { reached: false } } })],
      people: 1,
    },
  },
  'HEL-01': {
    not_applicable: nobody,
    pass: inOrder,
    fail: {
      given: 'no examination',
      acts: (f) => [admitted(`${f}/a`, { health: { examined: undefined } })],
      people: 1,
    },
  },
  'sv-judge': {
    not_applicable: nobody,
    pass: inOrder,
    fail: {
      given: 'no judge in fifteen days',
      acts: (f) => [admitted(`${f}/a`, { legal: { orders: [] } })],
      people: 1,
    },
    unknown: notStated,
  },
  'sv-inquiry': {
    not_applicable: nobody,
    pass: inOrder,
    fail: {
      given: 'before the judge, and no order since',
      acts: (f) => [
        admitted(`${f}/a`, { legal: { orders: [] } }),
        act(recordHearing, {
          ...about(`${f}/a`),
          legal: { court: authority('SV'), mode: 'in-person', of: 'first-appearance' },
        }),
      ],
      people: 1,
    },
  },
  'sv-provisional': {
    not_applicable: nobody,
    pass: sentenced,
    fail: {
      given: 'provisional detention since 2023',
      acts: (f) => [
        admitted(
          `${f}/a`,
          { legal: { orders: [{ ...paper(`${f}/a`, 'open'), from: untilDay('2023-01-01') }] } },
          { at: '2023-01-05T15:00:00Z' },
        ),
      ],
      people: 1,
    },
  },
  'duty-escalated': {
    not_applicable: nobody,
    pass: sentenced,
    fail: {
      given: 'nobody of the family was reached and no rights were told, for long: two duties of each of two people',
      acts: (f) =>
        ['a', 'b'].map((name) =>
          admitted(`${f}/${name}`, {
            ...asSentenced(`${f}/${name}`),
            act: { familyTold: { reached: false }, informed: { of: ['reasons'] } },
          }),
        ),
      people: 2,
    },
  },
  'sync-refused': {
    pass: inOrder,
    fail: {
      given: 'an act of a device that was refused',
      acts: (f) => [
        act(refuseSync, {
          place: { facility: f },
          act: { refusedAct: derivedId('refused', f), refusedKind: 'bunk.assign', code: 'bunk-taken', body: {} },
        }),
      ],
    },
  },
  'glass-broken': {
    pass: inOrder,
    fail: {
      given: 'somebody opened in need what is closed of a custody',
      acts: (f) => [
        admitted(`${f}/a`),
        act(breakGlass, { ...about(`${f}/a`), act: { reason: 'unconscious at night' } }),
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
  'witness-contradicts': {
    pass: inOrder,
    fail: {
      given: 'the caller says which witness',
      acts: () => [],
      house: { contradictedBy: [{ witness: 'inspectorate', since: '2026-02-28T00:00:00Z' }] },
    },
  },
  'key-missing': {
    pass: inOrder,
    fail: {
      given: 'three of whom two lost their keys',
      acts: (f) => ['a', 'b', 'c'].map((name) => admitted(`${f}/${name}`)),
      hand: (sql, f) =>
        sql.rows('delete from keystore.subject_key where subject = any($1::uuid[])', [
          ['a', 'b'].map((name) => custodyOf(`${f}/${name}`)),
        ]),
      people: 2,
    },
  },
  'notice-undelivered': {
    pass: inOrder,
    fail: {
      given: 'the caller says whom nothing reaches',
      acts: () => [],
      house: { undelivered: [{ recipient: 'oversight-mail', since: '2026-02-28T00:00:00Z' }] },
    },
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

test('what every rule says of each of its cases', async (t) => {
  // One database: each case has a facility of its own, which also shows that a rule keeps facilities apart.
  const { sql, submit } = await makeWorld(t)
  const scenes = Object.entries(cases).flatMap(([id, states]) =>
    Object.entries(states).map(([state, one]) => ({ rule: findRule(id) as Rule, state, one })),
  )
  await submit(...scenes.flatMap(({ one }, i) => one.acts(`F${i}`)))
  for (const [i, { one }] of scenes.entries()) await one.hand?.(sql, `F${i}`)
  // Refused acts of devices count from the moment they were received, so all is asked as of a moment ahead.
  const at = Temporal.Now.instant().add({ hours: 1 }).toString()
  for (const [i, { rule, state, one }] of scenes.entries()) {
    await t.test(`${rule.id} ${state}: ${one.given}`, async () => {
      const facility = `F${i}`
      const result = await assess(sql, rule, { at, facility, ...(one.house && { house: one.house }) })
      assert.equal(result.state, state, JSON.stringify(result.facts))
      if (one.people !== undefined) assert.equal(state === 'fail' ? result.failing : result.unknown, one.people)
      if (!one.house)
        assert.deepEqual(
          result.facts.filter((fact) => fact.facility !== facility),
          [],
        )
    })
  }
  for (const [i, { one }] of scenes.entries()) await one.undo?.(sql, `F${i}`)
})

describe('details of rules', () => {
  test('REG-02 asks for exactly the fields that cite ICPPED 17(3)', () => {
    const cited = Object.entries(requiredFields).filter(([, { citation }]) => citation.includes('ICPPED 17(3)'))
    assert.deepEqual([...registerFields, ...healthFields].sort(), cited.map(([code]) => code).sort())
  })

  test('key-missing is silent about a custody that a court had sealed, and lists the others', async (t) => {
    const { sql, submit } = await makeWorld(t)
    await submit(admitted('a'), admitted('b'))
    await sql.rows('delete from keystore.subject_key where subject = any($1::uuid[])', [
      [custodyOf('a'), custodyOf('b')],
    ])
    const order = async (n: number, kind: string) => {
      await sql.rows('insert into expunge_order (entry_n, custody, kind, at) values ($1, $2, $3, now())', [
        n,
        custodyOf('a'),
        kind,
      ])
      const { facts } = await assess(sql, findRule('key-missing') as Rule, { at: LATER })
      return facts.map(({ custody, people, cause }) => ({ custody, people, cause }))
    }
    const group = (people: number) => [{ custody: undefined, people, cause: 'key-missing' }]
    assert.deepEqual(await order(-3, 'expunge.propose'), group(2))
    assert.deepEqual(await order(-2, 'record.seal'), group(1))
    assert.deepEqual(await order(-1, 'record.unseal'), group(2), 'opened again, it must have its key')
  })

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
