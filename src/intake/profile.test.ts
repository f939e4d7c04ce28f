import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { fileNamePattern, loadProfile, parseProfile } from './profile.ts'
import { folder, gather, profileOf, sampleProfile } from './testing.ts'

const { columns } = sampleProfile
const problems = (value: unknown) => {
  const read = parseProfile(typeof value === 'string' ? value : JSON.stringify(value))
  return read.ok ? [] : read.problems
}

test('the built-in profiles are valid and named as their files', async () => {
  for (const file of readdirSync(fileURLToPath(new URL('profiles/', import.meta.url)))) {
    const read = await loadProfile(file.replace('.json', ''))
    assert.ok(read.ok, file)
    assert.equal(`${read.profile.name}.json`, file)
  }
})

test('a profile is loaded by path; one that is not there, or a name that climbs, is answered', async (t) => {
  const path = folder(t)('own.json', JSON.stringify(sampleProfile))
  assert.equal((await loadProfile(path)).ok, true)
  assert.deepEqual(await loadProfile('nowhere'), { ok: false, problems: ['profile: there is none called nowhere'] })
  assert.equal((await loadProfile('..')).ok, false)
})

test('what is wrong is said with the key it stands under', () => {
  const cases: [unknown, RegExp][] = [
    ['{', /^not JSON/],
    [{ ...sampleProfile, colour: 1 }, /colour/],
    [{ ...sampleProfile, facility: { ...sampleProfile.facility, zone: 'Mars/Olympus' } }, /^facility\.zone: /],
    [{ ...sampleProfile, dates: ['DD/MM'] }, /^dates\.0: names year/],
    [{ ...sampleProfile, columns: { ...columns, race: {} } }, /^columns\.race: says exactly one/],
    [{ ...sampleProfile, columns: { ...columns, race: { drop: ' ' } } }, /^columns\.race\.drop: /],
    [{ ...sampleProfile, columns: { ...columns, note: { keep: 'sealed' } } }, /^columns\.note: keep needs a reason/],
    [{ ...sampleProfile, columns: { ...columns, x: { to: 'person.age' } } }, /^columns\.x\.to: /],
    [{ ...sampleProfile, columns: { ...columns, x: { to: 'claimed.Gang!' } } }, /^columns\.x\.to: /],
    [
      { ...sampleProfile, columns: { ...columns, x: { to: 'admittedAt' } } },
      /^columns\.x: admittedAt is already filled/,
    ],
    [{ ...sampleProfile, columns: { ...columns, ID: { drop: 'double' } } }, /^columns\.ID: ID is already a name of id/],
    [{ ...sampleProfile, columns: { ...columns, sex: { to: 'person.sex', values: 'sexes' } } }, /no list sexes/],
    [{ ...sampleProfile, identity: ['id', 'race'] }, /^identity: race is not a mapped column/],
    [{ ...sampleProfile, discharge: [] }, /^discharge: released goes to departedAt/],
    [{ ...sampleProfile, discharge: ['released', 'age'] }, /^discharge: age goes neither/],
    [{ ...sampleProfile, asOf: undefined }, /^asOf: a roster has to say/],
    [{ ...sampleProfile, asOf: { column: 'note' } }, /^asOf: note has to go to asOf/],
    [{ ...sampleProfile, asOf: { fileName: 'roster.csv' } }, /^asOf/],
    [{ ...sampleProfile, kind: 'changes' }, /needs a column for change\.field/],
  ]
  for (const [value, expected] of cases) {
    const found = problems(value)
    assert.ok(
      found.some((one) => expected.test(one)),
      `${expected}: ${found.join(' | ')}`,
    )
  }
})

test('a file name says its day', () => {
  const find = (pattern: string, name: string) => fileNamePattern(pattern)?.exec(name)?.groups
  assert.deepEqual({ ...find('*_{YYYYMMDD}.csv*', 'a_b_20260812.csv.gz') }, { year: '2026', month: '08', day: '12' })
  assert.deepEqual({ ...find('{DD.MM.YYYY} roll', '12.08.2026 roll') }, { year: '2026', month: '08', day: '12' })
  assert.equal(find('r_{YYYYMMDD}.csv', 'r_20260812xcsv'), undefined)
  assert.equal(fileNamePattern('{YYYYMMDD}{YYYYMMDD}'), undefined)
})

test('padding, stripping, case, blanks and trimming', async (t) => {
  const profile = profileOf({
    ...sampleProfile,
    columns: {
      ...columns,
      id: { to: 'person.sourceId', pad: { length: 6, with: '0' } },
      given: { to: 'person.names.given', case: 'upper', blank: ['-', 'NULL'] },
      age: { to: 'person.ageYears', stripLeading: '0' },
      level: { to: 'custody.level', values: 'level', onBad: 'reject' },
      note: { to: 'legal.charge', trim: false },
    },
  })
  const lines = [
    'id,admitted,released,age,sex,level,given,note,race',
    '7,2026-08-01,,031,F,MIN, ana , x ,X',
    '  8,2026-08-01,,000,F,,NULL,,X',
  ]
  const { rows } = await gather(folder(t)('roster_2026-08-12.csv', lines.join('\n')), profile)
  assert.deepEqual(
    rows.map((row) => [row.person.sourceId, row.person.ageYears, row.person.names, row.legal.charge]),
    [
      ['000007', 31, { given: 'ANA' }, ' x '],
      ['000008', 0, undefined, undefined],
    ],
  )
})

test('an optional column may be lacking, a value may be made to reject its row, a claim is never more than a claim', async (t) => {
  const profile = profileOf({
    ...sampleProfile,
    values: { ...sampleProfile.values, flag: { Y: true, N: false } },
    columns: {
      ...columns,
      race: { drop: 'people are not sorted by race', optional: true },
      age: { to: 'person.ageYears', onBad: 'reject' },
      note: { to: 'claimed.gang', values: 'flag' },
    },
  })
  const lines = [
    'id,admitted,released,age,sex,level,given,note',
    '7,2026-08-01,,31,F,MIN,Ana,Y',
    '8,2026-08-01,,old,F,MIN,Ana,N',
    '9,2026-08-01,,31,F,MIN,Ana,maybe',
  ]
  const { rows, rejects } = await gather(folder(t)('roster_2026-08-12.csv', lines.join('\n')), profile)
  assert.deepEqual(
    rows.map((row) => row.claims),
    [
      { gang: { claimed: true, source: 'Y', known: true, evidence: 'none' } },
      { gang: { claimed: 'unknown', source: 'maybe', known: false, evidence: 'none' } },
    ],
  )
  assert.deepEqual(
    rejects.map((one) => [one.line, one.code, one.row]),
    [
      [3, 'number-form', 'rejected'],
      [4, 'value-unknown', 'kept'],
    ],
  )
})

test('the example in the guide is a profile that reads the file shown beside it', async (t) => {
  const guide = readFileSync(new URL('../../docs/profiles.md', import.meta.url), 'utf8')
  const [, json] = /```json\n([\s\S]*?)```/.exec(guide) ?? []
  const [, csv] = /```csv\n([\s\S]*?)```/.exec(guide) ?? []
  assert.ok(json && csv)
  const profile = profileOf(JSON.parse(json))
  const { rows, rejects, refusal } = await gather(folder(t)('padron-2026-08-12.csv', csv), profile)
  assert.equal(refusal, undefined)
  assert.deepEqual(
    rejects.map((one) => [one.line, one.column, one.code, one.row]),
    [[5, 'EDAD', 'number-form', 'kept']],
  )
  assert.equal(rows.length, 3)
})

test('the guide explains every key and every target', () => {
  const guide = readFileSync(new URL('../../docs/profiles.md', import.meta.url), 'utf8')
  const source = readFileSync(new URL('profile.ts', import.meta.url), 'utf8')
  const keys = [...source.matchAll(/^ {2,6}(\w+): (?:z\.|z$|Words|Name|Table|AsOf)/gm)].map((found) => found[1] ?? '')
  const targets = [...source.matchAll(/^ {2}'([\w.]+)',$/gm)].map((found) => found[1] ?? '')
  assert.ok(keys.length > 25 && targets.length > 20)
  for (const word of [...keys, ...targets]) {
    const explained = guide.includes(`\`${word}\``) || guide.includes(`"${word}"`)
    assert.ok(explained, `docs/profiles.md does not explain ${word}`)
  }
})
