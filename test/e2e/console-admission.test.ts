import assert from 'node:assert/strict'
import { test } from 'node:test'
import { violationsOf } from './axe.ts'
import { checkPage, openConsole, settled } from './console.ts'

/** A PNG of one pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

test('admission: one person, a group, and what is still missing', async (t) => {
  const house = await openConsole(t)
  const answers = async (path: string): Promise<Record<string, unknown>> => {
    const response = await fetch(`${house.server.url}${path}`, {
      headers: { authorization: `Bearer ${house.registrar}` },
    })
    assert.equal(response.status, 200, path)
    return (await response.json()) as Record<string, unknown>
  }

  await t.test('by keyboard alone, with nearly everything missing', async () => {
    const { page } = await house.as('registrar', '/people')
    await page.keyboard.press('a')
    await page.waitForURL('**/admit')
    await settled(page)
    // Tab until a field has the focus, as somebody without a mouse does.
    const tabTo = async (label: string) => {
      for (let i = 0; i < 120; i += 1) {
        await page.keyboard.press('Tab')
        const focused = await page.evaluate(() => {
          const active = document.activeElement
          return active instanceof HTMLInputElement || active instanceof HTMLSelectElement
            ? (active.labels?.[0]?.textContent ?? '')
            : ''
        })
        if (focused.startsWith(label)) return
      }
      assert.fail(`${label} is not reached by Tab`)
    }
    const button = page.getByRole('button', { name: /^Registrar el ingreso: faltan 21 cosas/ })
    await button.waitFor()
    await tabTo('Primer apellido')
    await page.keyboard.type('Muestra')
    await tabTo('Nombres')
    await page.keyboard.type('Fabián')
    await tabTo('Fecha de nacimiento')
    await page.keyboard.type('feb 1982')
    await tabTo('Qué papeles llegaron')
    await page.keyboard.type('ninguno')
    await page.getByRole('button', { name: /^Registrar el ingreso: faltan 18 cosas/ }).waitFor()
    await page.keyboard.press('Control+Enter')
    const receipt = page.locator('.receipt')
    await receipt.waitFor()
    assert.match((await receipt.textContent()) ?? '', /Registrado .*asiento.* · TEC-\d\d-\d{6}.*Quedan 18 cosas/s)
    assert.equal(await receipt.evaluate((element) => element === document.activeElement), true, 'focus on the receipt')
    assert.deepEqual(await violationsOf(page), [])
    const slip =
      (await page.getByRole('link', { name: 'Imprimir la constancia para la persona' }).getAttribute('href')) ?? ''
    const printed = await page.evaluate(async (path) => (await fetch(path)).status, slip)
    assert.equal(printed, 200)
    const id = /custodies\/([0-9a-f-]{36})/.exec(slip)?.[1] ?? ''
    const file = await answers(`/api/custodies/${id}`)
    assert.equal((file.missing as unknown[]).length, 18)
    const { band } = (await answers(`/api/custodies/${id}/basis`)) as { band: { state: string }[] }
    assert.equal(band[0]?.state, 'lapse', 'no paper came')
    await page.getByRole('button', { name: 'Ingresar a otra persona' }).click()
    assert.equal(await page.getByLabel('Primer apellido').inputValue(), '', 'a new form, nothing of the last person')
  })

  await t.test('somebody without a name, with a photograph, property and a bunk that is taken', async () => {
    const { page } = await house.as('registrar', '/admit')
    await page.getByLabel('Si no hay nombre').selectOption('unconscious')
    await page.getByLabel('Cómo es la persona').fill('Unos 40 años, cicatriz en la ceja')
    await page.locator('input[type="file"]').setInputFiles({ name: 'face.png', mimeType: 'image/png', buffer: PIXEL })
    await page.getByAltText('Fotografía de la persona').waitFor()
    await page.getByLabel('Pertenencias').selectOption('none')
    await page.getByLabel('Celda destinada').selectOption({ index: 1 })
    const bunk = page.getByLabel('Litera destinada')
    const taken = bunk.locator('option', { hasText: 'es de TEC-' }).first()
    await taken.waitFor({ state: 'attached' })
    await bunk.selectOption((await taken.getAttribute('value')) ?? '')
    await page.keyboard.press('Control+Enter')
    await page.locator('.receipt').waitFor()
    await page.locator('.refusal').waitFor()
    const list = page.getByRole('region', { name: 'Registrado con el ingreso' }).getByRole('listitem')
    const told = await list.allTextContents()
    assert.equal(told.length, 3)
    assert.match(told[0] ?? '', /^Fotografía.*asiento/)
    assert.match(told[1] ?? '', /^Pertenencias.*asiento/)
    assert.match(told[2] ?? '', /^Litera.*Esa litera está destinada a otra persona/)
    assert.deepEqual(await violationsOf(page), [])
    await page.getByRole('button', { name: /^Tomar la .*, libre$/ }).click()
    await list.nth(2).getByRole('link').waitFor()
    await page.getByRole('link', { name: 'Abrir el expediente' }).click()
    await page.waitForURL(/\/people\/[0-9a-f-]{36}$/)
  })

  await t.test('who may be known is shown while one types; what was said of it is recorded', async () => {
    const { page } = await house.as('registrar', '/admit')
    const { held } = (await answers('/api/custodies?limit=1')) as {
      held: { person: string; registerNumber: string; name: { family: string; given: string } }[]
    }
    const known = held[0]
    assert.ok(known)
    await page.getByLabel('Primer apellido').fill(known.name.family)
    await page.getByLabel('Nombres').fill(known.name.given)
    await page.getByRole('button', { name: `La misma que ${known.registerNumber}` }).click()
    assert.ok(!page.url().includes(known.name.family))
    await page.keyboard.press('Control+Enter')
    await page.locator('.receipt').waitFor()
    const slip = (await page.getByRole('link', { name: /^Imprimir/ }).getAttribute('href')) ?? ''
    const id = /custodies\/([0-9a-f-]{36})/.exec(slip)?.[1] ?? ''
    assert.equal((await answers(`/api/custodies/${id}`)).person, known.person)
  })

  await t.test('what was typed outlives a reload, and goes with the session', async () => {
    const { page } = await house.signIn('registrar', '/admit')
    await page.getByLabel('Nombres').fill('Borrador')
    await page.reload()
    await settled(page)
    assert.equal(await page.getByLabel('Nombres').inputValue(), 'Borrador')
    await page.getByRole('button', { name: /^Registro ·/ }).click()
    await page.getByRole('button', { name: 'Salir' }).click()
    await page.locator('a.primary').waitFor()
    await page.goto(`${house.url}/sign-in?to=/admit`)
    await page.locator('button[value="registrar"]').click()
    await settled(page)
    assert.equal(await page.getByLabel('Nombres').inputValue(), '')
  })

  await t.test('in the past nothing is recorded, and the form says why', async () => {
    const { page } = await house.as('registrar', '/admit?at=2026-11-20T09:00-06:00')
    const button = page.getByRole('button', { name: /^Registrar el ingreso/ })
    assert.equal(await button.getAttribute('aria-disabled'), 'true')
    await page.getByText('Vuelva a ahora para registrar.').first().waitFor()
    await page.keyboard.press('Control+Enter')
    assert.equal(await page.locator('.receipt').count(), 0)
  })

  await t.test('a group from a list: each row its own answer', async () => {
    const { page } = await house.as('registrar', '/admit/group')
    await page
      .getByLabel('Líneas de la lista')
      .fill(
        'Apellidos;Nombres;Nacimiento;DUI;Tribunal;Clase;Causa;Desde;Tatuajes\n' +
          'Muestra Prueba;Ana;9/2/1982;01234567-8;Juzgado 3;Prisión provisional;C-1;1 mar 2026;x\n' +
          `De la Cruz Ejemplo;Luis;1990;${'9'.repeat(90)};;;;;\n` +
          ';;;;;;;;ninguna',
      )
    await page.getByText('se dejan fuera: Tatuajes').waitFor()
    assert.deepEqual(await violationsOf(page), [])
    await page.getByLabel('Si una se rechaza').selectOption('all')
    await page.getByRole('button', { name: 'Registrar 3 ingresos' }).click()
    await page.getByText('No se registró ninguno').waitFor()
    assert.equal(await page.locator('td .refusal').count(), 1, 'the row with a number that is too long')
    await page.getByLabel('Si una se rechaza').selectOption('each')
    await page.getByRole('button', { name: 'Registrar 3 ingresos' }).click()
    await page.getByText('2 de 3 registrados.').waitFor()
    assert.equal(await page.locator('td .refusal').count(), 1)
    await page.getByRole('row').nth(2).getByRole('button', { name: 'Dejar fuera' }).click()
    await page.getByRole('link', { name: 'Ir a los ingresos' }).click()
    await page.waitForURL('**/admissions')
    await settled(page)
    await page.getByText('MUESTRA PRUEBA, Ana').waitFor()
    await page.getByRole('link', { name: 'nacionalidad' }).first().click()
    await page.waitForURL(/\/act\/person\.describe$/)
  })

  await t.test('their pages are sound in both themes and languages', async () => {
    for (const address of ['/admit', '/admit/group', '/admissions']) {
      const visit = await house.as('registrar', address)
      await checkPage(house, visit)
      assert.deepEqual(visit.errors, [])
    }
  })

  await t.test('who admits nobody has no form', async () => {
    for (const address of ['/admit', '/admit/group']) {
      const { page } = await house.as('court', address)
      assert.equal(await page.locator('h1').textContent(), 'Su función no ve esto')
      assert.equal(await page.locator('form').count(), 0)
    }
  })

  await t.test('the registers equal what their entries say', async () => {
    await house.instance.json(['replay'])
  })
})
