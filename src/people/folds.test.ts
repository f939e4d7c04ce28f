import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { admit } from '../custody/acts.ts'
import { makeCorrection, makeEntry, makeWithdrawal, testId } from '../custody/testing.ts'
import type { Entry } from '../kernel/act.ts'
import type { Register } from '../kernel/register.ts'
import { effective } from '../record/effective.ts'
import { describePerson, linkPerson, photographPerson } from './acts.ts'
import { linkRegister, photographRegister } from './events.ts'
import { factRegister, identifierRegister, nameRegister } from './folds.ts'
import { nameWords, normaliseName, wordsOf } from './names.ts'

const at = (day: number) => `2026-03-0${day}T12:00:00Z`
let n = 0
const admitted = (identity: object, day = 1) =>
  makeEntry(admit, { person: { identity }, legal: { ordersStated: true } }, { n: ++n, at: at(day) })
const described = (identity: object, day: number) =>
  makeEntry(describePerson, { person: { identity }, act: {} }, { n: ++n, at: at(day) })
const rows = <R>(register: Register, ...entries: Entry[]) => register.rows(effective(entries)) as unknown as R[]
const span = (from: number, to?: number) => `["${at(from)}",${to === undefined ? '' : `"${at(to)}"`})`

describe('names', () => {
  type Row = { use: string; given: string | null; words: string[]; name_key: string; span: string }
  const names = (...entries: Entry[]) =>
    rows<Row>(nameRegister, ...entries).map(({ use, given, span: held }) => [use, given, held])

  test('are compared without accents, case and order', () => {
    assert.equal(normaliseName('  ÁLVAREZ-Núñez, María  José '), 'alvarez nunez maria jose')
    assert.equal(normaliseName('Strauß'), 'strauss')
    assert.deepEqual(wordsOf('josé MARÍA José'), ['jose', 'maria'])
    const parts = nameWords({ given: 'María José', family1: 'Núñez', family2: 'Álvarez' })
    assert.deepEqual(parts, nameWords({ written: 'NUÑEZ ALVAREZ, MARIA JOSE' }))
    assert.deepEqual(wordsOf(' -- '), [])
  })

  test('a corrected name ends the recorded one; aliases accumulate and end nothing', () => {
    assert.deepEqual(
      names(
        admitted({ names: [{ use: 'recorded', given: 'Ana' }] }),
        described({ names: [{ use: 'alias', given: 'La Negra' }] }, 2),
        described({ names: [{ use: 'corrected', given: 'Anna' }] }, 3),
        described({ names: [{ use: 'alias', given: 'Nani' }] }, 4),
      ),
      [
        ['recorded', 'Ana', span(1, 3)],
        ['alias', 'La Negra', span(2)],
        ['corrected', 'Anna', span(3)],
        ['alias', 'Nani', span(4)],
      ],
    )
  })

  test('two official names of one instant both stand', () => {
    assert.deepEqual(
      names(
        admitted({ names: [{ use: 'recorded', given: 'Ana' }] }),
        admitted({ names: [{ use: 'recorded', given: 'Luz' }] }),
      ).map(([, given, held]) => [given, held]),
      [
        ['Ana', span(1)],
        ['Luz', span(1)],
      ],
    )
  })

  test('a withdrawn correction gives the first name back', () => {
    const first = admitted({ names: [{ use: 'recorded', given: 'Ana' }] })
    const second = described({ names: [{ use: 'corrected', given: 'Anna' }] }, 2)
    const back = makeWithdrawal(second, { n: ++n, at: at(3) })
    assert.deepEqual(names(first, second, back), [['recorded', 'Ana', span(1)]])
  })

  test('an entry corrected in place shows the name as corrected', () => {
    const first = admitted({ names: [{ use: 'recorded', given: 'Ana' }] })
    const identity = { names: [{ use: 'recorded', given: 'Anna' }] }
    const correction = makeCorrection(first, { person: { person: testId('person'), identity } }, { n: ++n, at: at(2) })
    assert.deepEqual(names(first, correction), [['recorded', 'Anna', span(1)]])
  })
})

describe('facts', () => {
  type Row = { aspect: string; value: unknown; disputed: boolean; span: string }
  const births = (...entries: Entry[]) => rows<Row>(factRegister, ...entries).filter(({ aspect }) => aspect === 'birth')

  test('a birth date that says more is no contradiction; one that says less takes nothing away', () => {
    const found = births(admitted({ birth: { date: '1991' } }), described({ birth: { date: '1991-07-05' } }, 2))
    assert.deepEqual(
      found.map(({ value, disputed }) => [value, disputed]),
      [
        [{ date: '1991' }, false],
        [{ date: '1991-07-05' }, false],
      ],
    )
    const less = births(admitted({ birth: { date: '1991-07-05' } }), described({ birth: { date: '1991' } }, 2))
    assert.deepEqual(
      less.map(({ value, disputed, span: held }) => [value, disputed, held]),
      [[{ date: '1991-07-05' }, false, span(1)]],
    )
  })

  test('contradicting birth dates are both shown, and the age is disputed', () => {
    const [, second] = births(
      admitted({ birth: { date: '1991-07-05' } }),
      described({ birth: { date: '2009-07-05' } }, 2),
    )
    assert.deepEqual(second?.value, { date: '2009-07-05', others: ['1991-07-05'] })
    assert.equal(second?.disputed, true)
  })

  test('no nationality, several, a disputed one', () => {
    const nationalities = (...standing: string[]) =>
      standing.map((one, i) => ({ state: ['SV', 'VE'][i], standing: one }))
    const found = rows<Row>(
      factRegister,
      admitted({ nationalities: [] }),
      described({ nationalities: nationalities('proven', 'disputed') }, 2),
    )
    assert.deepEqual(
      found.map(({ value, disputed }) => [(value as unknown[]).length, disputed]),
      [
        [0, false],
        [2, true],
      ],
    )
  })

  test('what is said again holds since it was first said', () => {
    const found = rows<Row>(
      factRegister,
      admitted({ sex: 'F' }),
      described({ sex: 'F' }, 2),
      described({ sex: 'X' }, 3),
    )
    assert.deepEqual(
      found.map(({ value, span: held }) => [value, held]),
      [
        ['F', span(1, 3)],
        ['X', span(3)],
      ],
    )
  })

  test('a new number of the same scheme and issuer ends the old one; another issuer does not', () => {
    const number = (value: string, issuer = 'SV') => ({ identifiers: [{ scheme: 'passport', issuer, value }] })
    const found = rows<{ issuer: string; value: string; span: string }>(
      identifierRegister,
      admitted(number('A1')),
      described(number('A1'), 2),
      described(number('V9', 'VE'), 3),
      described(number('A2'), 4),
    )
    assert.deepEqual(
      found.map(({ value, span: held }) => [value, held]),
      [
        ['A1', span(1, 4)],
        ['A2', span(4)],
        ['V9', span(3)],
      ],
    )
  })

  test('without the section that names the person there is no row', () => {
    const { person: _gone, ...entry } = admitted({ sex: 'F' })
    const expunged = { ...entry, sections: { ...entry.sections, person: undefined } } as unknown as Entry
    for (const register of [nameRegister, factRegister, identifierRegister])
      assert.deepEqual(rows(register, expunged), [])
  })
})

describe('events', () => {
  test('a link stands in both files; nobody is linked to themselves', () => {
    const link = (same: string) => makeEntry(linkPerson, { act: { same, evidence: 'prints' } }, { n: ++n, at: at(1) })
    const pairs = rows<{ person: string; same: string }>(linkRegister, link(testId('other')))
    assert.deepEqual(
      pairs.map(({ person, same }) => [person, same]),
      [
        [testId('person'), testId('other')],
        [testId('other'), testId('person')],
      ],
    )
    assert.deepEqual(rows(linkRegister, link(testId('person'))), [])
  })

  test('a photograph is kept by its digest', () => {
    const photograph = { photograph: 'a'.repeat(64), mediaType: 'image/png', bytes: 12 }
    const entry = makeEntry(photographPerson, { person: photograph }, { n: ++n, at: at(1) })
    assert.equal(rows<{ digest: string }>(photographRegister, entry)[0]?.digest, 'a'.repeat(64))
  })
})
