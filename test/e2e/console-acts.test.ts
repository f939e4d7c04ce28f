import assert from 'node:assert/strict'
import { test } from 'node:test'
import { violationsOf } from './axe.ts'
import { checkPage, openConsole, settled } from './console.ts'

test('acts about a person, and how they are put right', async (t) => {
  const house = await openConsole(t)
  const [one = '', two = '', three = ''] = house.custodies
  const read = async <T>(path: string): Promise<T> => {
    const response = await fetch(`${house.server.url}${path}`, {
      headers: { authorization: `Bearer ${house.registrar}` },
    })
    assert.equal(response.status, 200, path)
    return (await response.json()) as T
  }

  await t.test('a move at 360 pixels: one column, a button for the thumb, nothing too wide', async () => {
    const { page } = await house.as('module-officer', `/people/${one}/act`, { width: 360, height: 740 })
    await page.getByRole('link', { name: 'Registrar dónde está la persona' }).click()
    const place = page.getByLabel('Lugar', { exact: true })
    await place.locator('option', { hasText: 'P1' }).nth(1).waitFor({ state: 'attached' })
    await place.selectOption({ index: 12 })
    const button = page.getByRole('button', { name: 'Registrar dónde está' })
    const box = await button.boundingBox()
    assert.ok(box !== null && box.height >= 60 && box.width > 250, JSON.stringify(box))
    const wide = await page.evaluate(() => {
      const main = document.querySelector('main')
      return main === null ? 0 : main.scrollWidth - main.clientWidth
    })
    assert.ok(wide <= 0, `the content is ${wide} px too wide`)
    assert.deepEqual(await violationsOf(page), [])
    await button.click()
    await page.locator('.receipt').waitFor()
    const { presence } = await read<{ presence: { because: string } }>(`/api/custodies/${one}`)
    assert.equal(presence.because, 'moved')
  })

  await t.test('a note at 200 % zoom', async () => {
    // A window of half the size is what zooming to 200 % leaves.
    const { page } = await house.as('module-officer', `/people/${one}/act/note.add`, { width: 640, height: 400 })
    const button = page.getByRole('button', { name: 'Registrar la nota' })
    assert.equal(await button.getAttribute('aria-disabled'), 'true')
    await page.getByText('Escriba antes la nota.').waitFor()
    await page.getByLabel('Nota', { exact: true }).fill('Vista en el patio')
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    assert.ok(wide <= 0, `${wide} px too wide`)
    assert.deepEqual(await violationsOf(page), [])
    await page.keyboard.press('Control+Enter')
    await page.locator('.receipt').waitFor()
  })

  await t.test(
    'a refusal stands at its field with what would make it pass, and the fact that never is refused',
    async () => {
      const { page } = await house.as('registrar', `/people/${two}/act/bunk.assign`)
      await page.getByLabel('Celda').selectOption({ index: 2 })
      const bunk = page.getByLabel('Litera')
      const [own] = (
        await read<{ held: { place: { bunk: string | null }; custody: string }[] }>('/api/custodies?limit=200')
      ).held.filter(({ custody }) => custody === two)
      const options = bunk.locator('option', { hasText: 'es de TEC-' })
      await options.first().waitFor({ state: 'attached' })
      const values = await options.evaluateAll((all) => all.map((option) => (option as HTMLOptionElement).value))
      const taken = values.find((value) => value !== own?.place.bunk) ?? ''
      await bunk.selectOption(taken)
      await page.keyboard.press('Control+Enter')
      await page.locator('.refusal').waitFor()
      assert.equal(await page.locator('.refusal').count(), 1, 'said once')
      assert.equal(await bunk.evaluate((element) => element === document.activeElement), true, 'focus at the field')
      assert.match(await page.title(), /^No aceptado: /)
      assert.deepEqual(await violationsOf(page), [])
      await page.getByRole('link', { name: 'registrar dónde está' }).waitFor()
      await page.getByRole('button', { name: /^Tomar la .*, libre$/ }).click()
      await page.keyboard.press('Control+Enter')
      await page.locator('.receipt').waitFor()
    },
  )

  await t.test('a death says what follows; one button with its verb; it can be corrected', async () => {
    const { page } = await house.as('registrar', `/people/${three}/act/custody.depart`)
    const blocked = page.getByRole('button', { name: 'Registrar: ha salido' })
    assert.equal(await blocked.getAttribute('aria-disabled'), 'true')
    await page.getByLabel('Cómo salió').selectOption('death')
    await page.getByText('La custodia termina en ese momento').waitFor()
    assert.deepEqual(await violationsOf(page), [])
    await page.getByRole('button', { name: 'Registrar la muerte' }).click()
    await page.locator('.receipt').waitFor()
    const before = await read<{ inCustody: boolean; departedAs: string }>(`/api/custodies/${three}`)
    assert.deepEqual([before.inCustody, before.departedAs], [false, 'death'])

    await page.getByRole('link', { name: 'Corregirlo o retirarlo' }).click()
    await settled(page)
    const field = page.getByLabel('cómo (Ley, as)')
    await field.fill('release')
    assert.equal(await page.locator('td s').textContent(), 'death', 'the old value stays, struck through')
    await page.getByLabel('Motivo').fill('Se anotó en el expediente equivocado')
    await page.keyboard.press('Control+Enter')
    await page.locator('.receipt').waitFor()
    assert.equal((await read<{ departedAs: string }>(`/api/custodies/${three}`)).departedAs, 'release')

    await page.reload()
    await settled(page)
    await page.getByText('Ya se corrigió antes.').waitFor()
    assert.equal(await page.getByLabel('cómo (Ley, as)').inputValue(), 'release', 'what stands now')
    await page.getByRole('button', { name: 'Retirar', exact: true }).click()
    await page.getByLabel('Motivo').fill('La persona no ha salido')
    await page.getByRole('button', { name: 'Retirar el asiento' }).click()
    await page.locator('.receipt').waitFor()
    assert.equal((await read<{ inCustody: boolean }>(`/api/custodies/${three}`)).inCustody, true)
  })

  await t.test('a correction that the record does not take is said at its field', async () => {
    const { entries } = await read<{ entries: { id: string; kind: string }[] }>(
      `/api/custodies/${two}/entries?limit=200`,
    )
    const entry = entries.find(({ kind }) => kind === 'custody.admit')?.id ?? ''
    const { page } = await house.as('registrar', `/prove/entries/${entry}/correct`)
    await page.getByLabel('sexo registrado (Persona, identity.sex)').fill('nada')
    await page.getByLabel('Motivo', { exact: true }).fill('prueba')
    await page.keyboard.press('Control+Enter')
    await page.locator('.refusal').waitFor()
    assert.match((await page.locator('.refusal').textContent()) ?? '', /no tiene la forma del asiento/)
  })

  await t.test('each role is offered its own acts', async () => {
    const offered = async (role: string) => {
      const { page } = await house.as(role, `/people/${one}/act`)
      const links = await page.locator('.act-list a').allTextContents()
      return links.length
    }
    assert.equal(await offered('registrar'), 14)
    assert.equal(await offered('module-officer'), 2)
    assert.equal(await offered('shift-commander'), 5)
    assert.equal(await offered('health'), 1)
    assert.equal(await offered('court'), 0)
  })

  await t.test('their pages are sound in both themes and languages', async () => {
    const kinds = [
      'custody.depart',
      'presence.record',
      'order.record',
      'order.end',
      'health.record',
      'person.describe',
      'person.photograph',
    ]
    const visit = await house.as('registrar', `/people/${one}/act`)
    await checkPage(house, visit)
    for (const kind of kinds) {
      await visit.go(`/people/${one}/act/${kind}`)
      await checkPage(house, visit)
    }
    const { entries } = await read<{ entries: { id: string; kind: string }[] }>(
      `/api/custodies/${one}/entries?limit=200`,
    )
    await visit.go(`/prove/entries/${entries.find(({ kind }) => kind === 'custody.admit')?.id}/correct`)
    await checkPage(house, visit)
    assert.deepEqual(visit.errors, [])
  })

  await t.test('the registers equal what their entries say', async () => {
    await house.instance.json(['replay'])
  })
})
