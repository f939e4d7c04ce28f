import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import { admit } from '../custody/acts.ts'
import { makeEntry, testId } from '../custody/testing.ts'
import type { ActKind, Entry } from '../kernel/act.ts'
import type { RouteInput } from '../kernel/contract.ts'
import { isRefusal } from '../kernel/refusal.ts'
import type { Register } from '../kernel/register.ts'
import { seesAll } from '../kernel/visible.ts'
import type { Database } from '../platform/database.ts'
import { freshDatabase } from '../platform/testing.ts'
import { testActor } from '../record/testing.ts'
import type { ActDraft } from '../simulate/draft.ts'
import { readMixture } from '../simulate/mixture.ts'
import { population } from '../simulate/population.ts'
import { describePerson } from './acts.ts'
import { searchContract } from './contract.ts'
import { factRegister, identifierRegister, nameRegister } from './folds.ts'
import { routes } from './routes.ts'
import { pickTargets, qualityOf } from './search.testing.ts'
import { rankPeople } from './search.ts'

const at = '2026-11-10T00:00:00Z'

/** The registers as their folds make them: what the record would write, without the record. */
async function write(database: Database, register: Register, people: readonly (readonly Entry[])[]): Promise<void> {
  const rows = people.flatMap((entries) => register.rows(entries.filter(({ kind }) => register.kinds.includes(kind))))
  await database.run(async (tx) =>
    tx.write(
      `insert into ${register.table} select * from jsonb_populate_recordset(null::${register.table}, $1::jsonb)`,
      [JSON.stringify(rows)],
    ),
  )
}

let n = 0
const entryOf = ({ kind, id, occurredAt, data }: ActDraft, person: string): Entry => ({
  n: ++n,
  id,
  kind: kind.kind,
  v: kind.v,
  facility: 'TEC',
  custody: data.person?.custody as string,
  person,
  occurredAt,
  recordedAt: occurredAt.at,
  via: 'simulator',
  sections: data,
})

test('of 200 names with mistakes among 3,000 people nearly all are found in the first ten', async (t) => {
  const database = await freshDatabase(t)
  const people = [...population({ ...readMixture(), people: 3_000 })].map((acts) => {
    const person = acts[0]?.data.person?.person as string
    return acts.map((act) => entryOf(act, person))
  })
  await write(database, nameRegister, people)
  await write(database, factRegister, people)
  await database.rows('analyze person_name')
  const seed = 20261124
  const targets = await pickTargets(database, 200, seed)
  const { named, person, missed } = await qualityOf(database, targets, at)
  const told = JSON.stringify({ seed, named, person, missed: missed.map(({ name, asked }) => [name, asked]) })
  t.diagnostic(told)
  for (const { value, yardstick } of [named, person]) assert.ok(value >= 0.95 * yardstick, told)
})

type Someone = readonly [who: string, identity: object, ...later: object[]]

/** A register of these people; each later identity is a month after the one before. */
async function registerOf(t: Pick<TestContext, 'after'>, ...people: Someone[]) {
  const database = await freshDatabase(t)
  const entries = people.map(([who, ...identities]) =>
    identities.map((identity, i) =>
      makeEntry(
        (i === 0 ? admit : describePerson) as ActKind,
        { person: { identity }, ...(i === 0 && { legal: { ordersStated: true } }) },
        { n: ++n, at: `2026-0${i + 1}-01T12:00:00Z`, custody: testId('custody', who), person: testId(who) },
      ),
    ),
  )
  for (const register of [nameRegister, factRegister, identifierRegister]) await write(database, register, entries)
  const names = new Map(people.map(([who]) => [testId(who), who]))
  return {
    database,
    ask: async (search: Parameters<typeof rankPeople>[1], when = at, limit = 10) =>
      (await rankPeople(database, search, when, limit)).map(({ person }) => names.get(person)),
    async post(body: object) {
      const route = routes.find(({ contract }) => contract === searchContract)
      const input = { params: {}, query: {}, body: searchContract.body?.parse(body) }
      const answer = await route?.handle(input as RouteInput<never, never, never>, {
        sql: database,
        visible: seesAll,
        actor: testActor,
        now: at,
      })
      return isRefusal(answer) ? answer.code : searchContract.ok.parse(answer)
    },
  }
}

const name = (given: string, family1?: string, family2?: string) => ({
  use: 'recorded',
  given,
  ...(family1 !== undefined && { family1 }),
  ...(family2 !== undefined && { family2 }),
})
const named = (...parts: Parameters<typeof name>) => ({ names: [name(...parts)] })

describe('search', () => {
  test('the very name first, then names nearer before names farther, in whatever order', async (t) => {
    const { ask } = await registerOf(
      t,
      ['exact', named('José Luis', 'Chávez', 'Núñez')],
      ['sounds', named('José Luis', 'Shabes', 'Núñez')],
      ['one name', named('José Luis', 'Chávez')],
      ['other', named('José Luis', 'Paz', 'Rivera')],
      ['nobody', named('Ana', 'Paz')],
    )
    assert.deepEqual(await ask({ name: 'NUNEZ CHAVEZ, jose luis' }), ['exact', 'sounds', 'one name'])
    assert.deepEqual((await ask({ name: 'Jose Luiz Chabez Nunes' })).slice(0, 2), ['exact', 'sounds'])
    assert.deepEqual(await ask({ name: 'Chávez' }), ['one name', 'exact', 'sounds'])
    assert.deepEqual(await ask({ name: 'Quetzalcóatl' }), [])
  })

  test('equal ones in Spanish order: ñ after n', async (t) => {
    const { ask } = await registerOf(
      t,
      ['3', named('Ana', 'Peña', 'Sol')],
      ['1', named('Ana', 'Pena', 'Sol')],
      ['2', named('Ana', 'Penz', 'Sol')],
    )
    assert.deepEqual(await ask({ name: 'Ana Sol' }), ['1', '2', '3'])
  })

  test('a number is exact and first; a birth year raises and never excludes', async (t) => {
    const born = (date: string) => ({ ...named('Juan', 'Pérez', 'López'), birth: { date } })
    const { ask } = await registerOf(
      t,
      ['1990', born('1990-01-01')],
      ['1991', born('1991-07')],
      ['aged', { ...named('Juan', 'Pérez', 'López'), birth: { ageYears: 40, ageAsOf: '2026-01-01' } }],
      ['disputed', born('1970'), { birth: { date: '1975' } }],
      ['no date', named('Juan', 'Peres', 'Lópes')],
      ['numbered', { ...named('Eva', 'Sol'), identifiers: [{ scheme: 'DUI', issuer: 'SV', value: '0-1' }] }],
    )
    const first = async (birthYear: number) => (await ask({ name: 'Juan Pérez López', birthYear }))[0]
    assert.equal(await first(1991), '1991')
    assert.equal(await first(1985), 'aged')
    assert.equal(await first(1970), 'disputed')
    assert.equal((await ask({ name: 'Juan Pérez López', birthYear: 1900 })).length, 5)
    assert.deepEqual(await ask({ name: 'Juan Peres Lopes', number: '0-1', birthYear: 1850 }, at, 2), [
      'numbered',
      'no date',
    ])
    assert.deepEqual(await ask({ number: '0-2' }), [])
  })

  test('names replaced, aliases, and names only as on the paper, in another script too', async (t) => {
    const { ask } = await registerOf(
      t,
      ['renamed', named('Ana', 'Molina'), { names: [{ use: 'corrected', given: 'Rosa', family1: 'Duarte' }] }],
      ['alias', { names: [name('Eva', 'Sol'), { use: 'alias', given: 'Relojero' }] }],
      ['written', { names: [{ use: 'recorded', written: 'KHOURY, Tariq' }] }],
      ['script', { names: [{ ...name('Samir', 'Haddad'), written: 'سمير حداد' }] }],
    )
    assert.deepEqual(await ask({ name: 'Ana Mollina' }), ['renamed'])
    assert.deepEqual(await ask({ name: 'Rosa Duarte' }), ['renamed'])
    assert.deepEqual(await ask({ name: 'Rosa Duarte' }, '2026-01-15T00:00:00Z'), [])
    assert.deepEqual(await ask({ name: 'relogero' }), ['alias'])
    assert.deepEqual(await ask({ name: 'Tarik Juri' }), ['written'])
    assert.deepEqual(await ask({ name: 'سمير حداد' }), ['script'])
    assert.deepEqual(await ask({ name: 'Sameer Hadad' }), ['script'])
  })

  test('people without a name, by words of their description, after those by name', async (t) => {
    const unnamed = (description: string) => ({ unnamed: { because: 'unknown', description } })
    const { ask, post } = await registerOf(
      t,
      ['scar', unnamed('Cicatriz larga en el brazo izquierdo; habla poco español')],
      ['tall', unnamed('Tall, brazos largos, scar on the left hand')],
      ['named', named('Brazo', 'Largo')],
    )
    assert.deepEqual(await ask({ description: 'cicatrices brazo IZQUIERDO' }), ['scar', 'tall'])
    assert.deepEqual(await ask({ description: 'espanol, cicatríz' }), ['scar'])
    assert.deepEqual(await ask({ name: 'brazo', description: 'scar' }), ['named', 'tall'])
    assert.deepEqual(await ask({ name: 'cicatriz' }), [])
    for (const description of ["' & | !", 'de la', '\\']) assert.deepEqual(await ask({ description }), [])
    assert.ok(typeof (await post({ description: 'left hand' })) === 'object')
    assert.equal(await post({ description: '...' }), 'nothing-to-search')
  })

  test('strange texts find what they can and break nothing', async (t) => {
    const { ask } = await registerOf(t, ['x', named('X', 'Z')], ['juan', named('Juan', 'Paz')])
    assert.deepEqual(await ask({ name: 'z' }), ['x'])
    assert.deepEqual(await ask({ name: 'J Paz' }), ['juan'])
    for (const text of ["Paz' | 'x", "'paz':* & !juan", 'paz \\', 'paz <-> %', 'paz\u0000']) {
      assert.ok((await ask({ name: text })).includes('juan'), text)
    }
    for (const text of ['', ' ', '-- ; //', '\u0007']) assert.deepEqual(await ask({ name: text }), [], text)
    const many = Array.from({ length: 200 }, (_, i) => `w${i}`).join(' ')
    assert.deepEqual(await ask({ name: many }), [])
    assert.deepEqual(await ask({ name: 'k'.repeat(400) }), [])
  })

  test('an expunged section leaves no key', () => {
    const entry = makeEntry(
      admit,
      { person: { identity: named('Ana', 'Paz') }, legal: { ordersStated: true } },
      { n: 1, at },
    )
    assert.equal(nameRegister.rows([entry]).length, 1)
    assert.deepEqual(nameRegister.rows([{ ...entry, sections: {} }]), [])
  })

  test('over the interface: ranked, with the reason, and whether there are more', async (t) => {
    const { post } = await registerOf(
      t,
      ['a', { ...named('Ana', 'Gómez'), birth: { date: '1991' } }],
      ['b', named('Ana', 'Gomes')],
    )
    const answer = await post({ name: 'ana gomez sol', birthYear: 1992, limit: 1 })
    assert.ok(typeof answer === 'object')
    assert.equal(answer.more, true)
    const [found] = answer.people
    assert.deepEqual(found?.why, {
      words: [
        { asked: 'ana', found: 'ana', how: 'same' },
        { asked: 'gomez', found: 'gomez', how: 'same' },
      ],
      missing: ['sol'],
      birthYear: 'near',
    })
    assert.equal(found?.names[0]?.family1, 'Gómez')
    assert.equal(await post({ name: ' ?! ' }), 'nothing-to-search')
    assert.equal(await post({ birthYear: 1990 }), 'nothing-to-search')
    assert.throws(() => searchContract.body?.parse({ name: 'a\u0000b' }))
  })
})
