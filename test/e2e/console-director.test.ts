// The director's first page, and the sessions and passkeys of officers.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkPage, openConsole, settled } from './console.ts'
import { withAuthenticator } from './console-keyboard.ts'

type Director = {
  readonly now: Readonly<Record<string, number>>
  readonly series: { readonly held: readonly { readonly at: string; readonly value: number }[] }
}

test("the director's first page, and sessions", async (t) => {
  const house = await openConsole(t)

  await t.test('its figures are those of the register, and each leads to what it counts', async () => {
    const { page, context, errors } = await house.signIn('director', '/director')
    const data = (await page.evaluate(async () => (await fetch('/api/director?facility=TEC')).json())) as Director
    const figures = page.getByRole('region', { name: 'Ahora, y desde esta mañana' })
    const numbers = (await figures.locator('.figure-value > a').allTextContents()).map((text) =>
      Number(text.replaceAll(/\D/g, '')),
    )
    const { held, unconfirmed, withoutBasis, basisUnknown, openS1, openS2 } = data.now
    for (const value of [held, unconfirmed, withoutBasis, basisUnknown, openS1, openS2]) {
      assert.ok(numbers.includes(value as number), `${value} of ${numbers}`)
    }
    assert.equal(await figures.locator('.figure-value > b').count(), 0, 'every number is a link')
    await figures.locator('.figure', { hasText: 'Sin base legal' }).getByRole('link').click()
    await page.waitForURL(/\/people\?basis=lapse/)
    await page.locator(`[role="grid"][aria-rowcount="${(withoutBasis as number) + 1}"]`).waitFor()
    assert.deepEqual(errors, [])
    await context.close()
  })

  await t.test('capacity says whence each figure is; the day adds up; late duties lead to the due board', async () => {
    const { page, context } = await house.signIn('director', '/director')
    const capacity = page.getByRole('table').filter({ hasText: 'Capacidad certificada' })
    await capacity.getByText('norma técnica').first().waitFor()
    await capacity.getByText('texto de la norma').first().waitFor()
    await page.getByText('Cuadra.').waitFor()
    assert.equal(await page.locator('canvas').count(), 0)
    await page.locator('.figure', { hasText: 'Deberes vencidos' }).getByRole('link').click()
    await page.waitForURL(/\/owed/)
    await context.close()
  })

  await t.test('small multiples have the same as a table, each number with its instant', async () => {
    const { page, context } = await house.signIn('director', '/director')
    assert.equal(await page.locator('figure svg').count(), 3)
    await page.getByRole('button', { name: 'Como tabla' }).focus()
    await page.keyboard.press('Enter')
    const table = page.getByRole('table').filter({ hasText: 'Abiertos de gravedad 1' })
    assert.ok((await table.getByRole('row').count()) >= 31)
    const href = await table.getByRole('row').nth(5).getByRole('link').first().getAttribute('href')
    assert.match(href ?? '', /^\/people\?at=\d{4}-/)
    await context.close()
  })

  await t.test('passkeys are registered and revoked; a session that is ended is ended at once', async () => {
    const { page, context } = await house.signIn('director', '/sessions')
    await withAuthenticator(context, page)
    await page.getByText('Usted aún no tiene ninguna llave').waitFor()
    await page.getByRole('button', { name: /Registrar una llave/ }).click()
    await page.getByRole('cell', { name: 'vale' }).waitFor()
    await page.getByRole('link', { name: /^asiento \d/ }).waitFor()
    await page.getByRole('button', { name: /^Revocarla/ }).click()
    await page.getByText('revocada').waitFor()
    await page
      .getByRole('link', { name: /^asiento \d/ })
      .nth(1)
      .waitFor()
    const other = await house.signIn('director', '/people')
    await page.reload()
    await page
      .getByRole('button', { name: /^Terminarla/ })
      .first()
      .waitFor()
    // Every session but this one: the other browser is out.
    const others = page.getByRole('button', { name: /^Terminarla/ })
    for (let left = await others.count(); left > 0; left -= 1) {
      await others.first().click()
      await page.waitForFunction((count) => document.querySelectorAll('td button.small').length < count, left)
    }
    assert.equal(await other.page.evaluate(async () => (await fetch('/api/session')).status), 401)
    assert.equal(await page.evaluate(async () => (await fetch('/api/session')).status), 200)
    await other.context.close()
    await context.close()
  })

  await t.test('an administrator sees the sessions of all officers; nobody else does', async () => {
    const { page, context } = await house.signIn('administrator', '/sessions')
    const all = page.getByRole('heading', { name: /todos los funcionarios/ })
    await all.waitFor()
    await page.getByRole('cell', { name: 'Dirección' }).first().waitFor()
    await context.close()
    const registrar = await house.signIn('registrar', '/sessions')
    assert.equal(await registrar.page.getByRole('heading', { name: /todos los funcionarios/ }).count(), 0)
    await registrar.context.close()
  })

  await t.test('sound in both themes and languages; at 360 px nothing scrolls sideways', async () => {
    const visit = await house.signIn('director', '/director')
    for (const address of ['/director', '/sessions']) {
      await visit.go(address)
      await checkPage(house, visit)
    }
    await visit.context.close()
    const small = await house.signIn('director', '/director', { width: 360, height: 740 })
    await settled(small.page)
    const [wide, seen] = await small.page.evaluate(() => {
      const main = document.querySelector('#main') as HTMLElement
      return [main.scrollWidth, main.clientWidth]
    })
    assert.equal(wide, seen)
    await small.context.close()
  })
})
