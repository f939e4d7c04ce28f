// The sentence page: every step with its source, a trial that changes nothing, a signature with a passkey, a second
// person; and the review of a change of law.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkPage, openConsole, settled } from './console.ts'
import { withAuthenticator } from './console-keyboard.ts'
import { ask } from './testing.ts'

type Sentence = {
  readonly cases: readonly {
    readonly packId: string
    readonly outcome: { readonly kind: string }
    readonly dates: readonly { readonly signed: { readonly state: string } | null }[]
  }[]
}

test('sentences in the console', async (t) => {
  const house = await openConsole(t)
  const found = new Map<string, string>()
  for (const custody of house.custodies) {
    const { body } = await ask(house.server.url, house.registrar, `/api/custodies/${custody}/sentence`)
    const [one] = (body as Sentence).cases
    if (one === undefined || one.outcome.kind === 'refused') continue
    const [first] = one.dates.flatMap(({ signed }) => signed ?? [])
    found.set(first?.state ?? 'unsigned', custody)
  }
  const custody = found.get('unsigned')
  assert.ok(custody, 'the population has a sentence that nobody signed')
  const page = `/people/${custody}/sentence`

  await t.test('a trial shows what would move, says that nothing was recorded, and records nothing', async () => {
    const before = await ask(house.server.url, house.registrar, `/api/custodies/${custody}/sentence`)
    const visit = await house.signIn('registrar', page)
    await visit.page.getByRole('heading', { name: 'Cálculo, paso a paso' }).waitFor()
    await visit.page.getByLabel('Desde').fill('1 ene 2015')
    await visit.page.getByLabel('Hasta, incluido').fill('31 ene 2015')
    await visit.page.getByRole('button', { name: 'Probar' }).click()
    await visit.page.getByRole('region', { name: 'Qué pasaría si' }).getByText('Sin asentar').first().waitFor()
    const after = await ask(house.server.url, house.registrar, `/api/custodies/${custody}/sentence`)
    const dates = ({ body }: typeof before) => JSON.stringify((body as Sentence).cases)
    assert.equal(dates(after), dates(before))
    await visit.context.close()
  })

  await t.test('signed with a passkey by one officer, checked by another; not by the same', async () => {
    const { page: tab, context, errors } = await house.signIn('registrar', page)
    await withAuthenticator(context, tab)
    await tab.getByRole('button', { name: 'Registrar una llave' }).first().click()
    await tab.getByRole('button', { name: 'Firmar las fechas' }).click()
    await tab.getByText(/^Registrado/).waitFor()
    await tab.reload()
    await settled(tab)
    await tab.getByText('Usted firmó estas fechas. Debe revisarlas otra persona.').first().waitFor()
    assert.equal(await tab.getByRole('button', { name: 'Conforme' }).getAttribute('aria-disabled'), 'true')
    assert.deepEqual(
      errors.filter((error) => !error.includes('401')),
      [],
    )
    await context.close()
    const second = await house.signIn('court', page)
    await second.page.getByRole('button', { name: 'Conforme' }).click()
    await second.page.getByText(/^Registrado/).waitFor()
    const { body } = await ask(house.server.url, house.registrar, `/api/custodies/${custody}/sentence`)
    assert.match(JSON.stringify((body as Sentence).cases), /"result":"agrees"/)
    await second.context.close()
  })

  await t.test('a change of law: who moves, counted in parts, and recorded', async () => {
    const visit = await house.signIn('registrar', '/law/changes')
    await visit.page.getByRole('button', { name: '¿A quién mueve?' }).first().click()
    await visit.page.getByText(/se mueven|A nadie mueve/).waitFor()
    await visit.page.getByRole('button', { name: 'Registrar que lo revisé' }).click()
    await visit.page.getByText(/^Registrado/).waitFor()
    await visit.context.close()
  })

  await t.test('both pages in both themes and languages, without faults', async () => {
    for (const to of [page, '/law/changes']) {
      const visit = await house.signIn('registrar', to)
      await checkPage(house, visit)
      await visit.context.close()
    }
  })
})
