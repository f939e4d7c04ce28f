import assert from 'node:assert/strict'
import { test } from 'node:test'
import { admit } from '../../../src/custody/acts.ts'
import { fieldCodes, requiredFields, supplierOf as supplierOfRegister } from '../../../src/custody/fields.ts'
import { lacksOf, supplierOf } from './missing.ts'
import { admissionOf, followingOf } from './to-acts.ts'
import { type AdmissionValues, newAdmission } from './values.ts'

const facility = { code: 'TEC', zone: 'America/El_Salvador', country: 'SV' }
const form = (part: Partial<AdmissionValues> = {}): AdmissionValues => ({ ...newAdmission(facility.zone), ...part })
const whole = {
  papers: 'order',
  orderKind: 'remand',
  issuer: 'Juzgado 3',
  caseNumber: 'C-1',
  orderFrom: { precision: 'day', date: '2026-03-01' },
} as const

/** The form's act in the schema of the room, and what the register says of it. */
function register(values: AdmissionValues) {
  const { data, occurredAt } = admissionOf(values, facility, 'Not described yet.')
  const parsed = admit.data.safeParse(data)
  assert.ok(parsed.success, JSON.stringify(parsed.error?.issues))
  const entry = { kind: 'custody.admit', occurredAt, sections: parsed.data } as never
  return { data: parsed.data as Record<string, Record<string, unknown>>, entry }
}

test('an empty form is an admission: nothing is made up, everything is missing', () => {
  const { data } = register(form())
  assert.deepEqual(data.person?.identity, {})
  assert.equal(data.legal?.ordersStated, false)
  assert.deepEqual(
    lacksOf(form(), false),
    fieldCodes.filter((code) => code !== 'admitted-hour'),
  )
})

test('the form and the register agree on what is missing and whom to ask', () => {
  assert.deepEqual(supplierOf, supplierOfRegister)
  const cases: Partial<AdmissionValues>[] = [
    {},
    { given: 'Ana', family1: 'Muestra', sex: 'F', nationality: 'none', number: '1', age: '24' },
    { isUnnamed: 'unconscious', nationality: 'SV', birth: { precision: 'year', date: '1982' } },
    whole,
    { ...whole, provision: 'art. 1', supervises: 'Juzgado', runs: 'Centros Penales' },
    { papers: 'order', issuer: 'Juzgado 3' },
    { papers: 'order' },
    { children: 'none', injuries: 'no', illTreatment: 'yes', fitness: 'not-examined' },
    { children: 'some', childrenAges: '' },
    { children: 'some', childrenAges: '3 y 7', fitness: 'fit' },
    {
      takenWhere: 'Aquí',
      takenBy: 'Policía',
      grounds: 'x',
      since: { at: '2026-03-01T06:00:00Z', precision: 'day', zone: facility.zone },
    },
  ]
  const follows = new Set(['property', 'emergency-contact', 'next-of-kin'])
  for (const part of cases) {
    const values = form(part)
    const { entry } = register(values)
    const missing = fieldCodes.filter((code) => !follows.has(code) && !requiredFields[code].given(entry))
    assert.deepEqual(
      lacksOf(values, false).filter((code) => !follows.has(code)),
      missing,
      JSON.stringify(part),
    )
  }
})

test('an order that is not whole is no order; what was typed of it stays with the grounds', () => {
  assert.equal(register(form(whole)).data.legal?.ordersStated, true)
  const { legal } = register(
    form({ papers: 'order', issuer: 'Juzgado 3', caseNumber: 'C-9', grounds: 'Flagrancia' }),
  ).data
  assert.deepEqual([legal?.orders, legal?.ordersStated, legal?.grounds], [[], false, 'Flagrancia · C-9 · Juzgado 3'])
})

test('no paper came is said as such: the basis is a lapse, not unknown', () => {
  const { legal } = register(form({ papers: 'none' })).data
  assert.deepEqual([legal?.orders, legal?.ordersStated], [[], true])
})

test('whoever is known already is the same person', () => {
  const same = '11111111-1111-4111-8111-111111111111'
  assert.equal(register(form({ same })).data.person?.person, same)
})

test('what follows goes in acts of its own, each with the id that the form holds', () => {
  const says = { declinedNote: 'declined', differentNote: 'said so' }
  const values = form({
    property: 'list',
    items: '2 camisas\n\ncinturón',
    contact: 'given',
    kin: 'María',
    bunk: 'b',
    different: [{ person: 'p', act: 'a' }],
  })
  const acts = followingOf(values, says)
  assert.deepEqual([...acts.keys()], ['kin', 'property', 'different p', 'bunk'])
  assert.deepEqual(acts.get('property'), {
    id: values.acts.property,
    kind: 'property.list',
    data: {
      person: { custody: values.custody },
      act: {
        items: [
          { what: 'camisas', quantity: 2, held: 'stored' },
          { what: 'cinturón', quantity: 1, held: 'stored' },
        ],
      },
    },
  })
  assert.equal(acts.get('different p')?.id, 'a')
  assert.equal(followingOf(form(), says).size, 0)
  const others = followingOf(form({ contact: 'declined', property: 'none' }), says)
  assert.deepEqual([...others.keys()], ['declined', 'property'])
})
