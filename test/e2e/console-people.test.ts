import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { violationsOf } from './axe.ts'
import { checkPage, openConsole, settled } from './console.ts'
import { ask } from './testing.ts'

/** The pages of 'who is held', 'by what law', 'where' and 'what is wrong', as officers use them. */
test('people, law, places and findings in the console', async (t) => {
  const house = await openConsole(t)
  const get = async <T>(path: string): Promise<T> => (await ask(house.server.url, house.registrar, path)).body as T
  const oneOf = async (query: string) => {
    const { held } = await get<{ held: { custody: string; registerNumber: string; place: { id: string } }[] }>(
      `/api/custodies?${query}&limit=1`,
    )
    const [first] = held
    assert.ok(first, query)
    return first
  }

  await t.test('who is held: sound in both themes and languages', async () => {
    const visit = await house.as('registrar', '/people')
    await checkPage(house, visit)
    assert.deepEqual(visit.errors, [])
  })

  await t.test('each figure leads to those whom it counts, and no name stands in the address', async () => {
    const { page } = await house.as('registrar', '/people')
    const figures = page.locator('.figure-value a')
    for (const index of [0, 1, 3, 4, 5]) {
      const figure = figures.nth(index)
      const count = Number((await figure.textContent())?.replace(/\D/g, ''))
      await figure.click()
      await settled(page)
      await page.waitForFunction(
        (rows) => document.querySelector('[role="grid"]')?.getAttribute('aria-rowcount') === String(rows),
        count + 1,
      )
    }
    assert.match(page.url(), /\/people\?missing=any$/)
  })

  await t.test('a filter reads as a sentence, lives in the address, and is taken away', async () => {
    const { page } = await house.as('registrar', '/people?basis=lapse')
    const chip = page.locator('.chip-whole.is-set')
    assert.match((await chip.textContent()) ?? '', /Base\s*lapso/)
    const rows = await page.getByRole('grid').getAttribute('aria-rowcount')
    await chip.locator('.chip-off').click()
    await page.waitForURL((url) => url.search === '')
    await page.waitForFunction(
      (before) => document.querySelector('[role="grid"]')?.getAttribute('aria-rowcount') !== before,
      rows,
    )
  })

  await t.test('where nobody is found, it says what was looked for, when and over how many', async () => {
    const { page } = await house.as('registrar', '/people?basis=lapse&nationality=ZZ')
    const state = page.locator('.state')
    assert.match((await state.textContent()) ?? '', new RegExp(`sobre ${house.server.ready.held} personas`))
    assert.deepEqual(await violationsOf(page), [])
    await state.getByRole('link', { name: 'Quitar todos los filtros' }).click()
    await page.waitForURL((url) => url.search === '')
  })

  await t.test('the CSV holds exactly the rows and columns shown, and says how many first', async () => {
    const { page } = await house.as('registrar', '/people?basis=lapse')
    const button = page.locator('a[download]')
    const told = Number((await button.textContent())?.replace(/\D/g, ''))
    const [download] = await Promise.all([page.waitForEvent('download'), button.click()])
    const text = await readFile((await download.path()) as string, 'utf8')
    const lines = text.replace('\uFEFF', '').trimEnd().split('\r\n')
    assert.equal(lines.length - 1, told)
    assert.match(lines[0] ?? '', /^N\.º,Apellidos,Nombres,Edad,/)
  })

  await t.test('the file: sound in both themes and languages, and the title has the number alone', async () => {
    const { custody, registerNumber } = await oneOf('basis=lapse')
    const visit = await house.as('registrar', `/people/${custody}`)
    await checkPage(house, visit)
    assert.ok((await visit.page.title()).startsWith(`${registerNumber} · `), await visit.page.title())
    await visit.page.locator('.worst-s1').waitFor()
    assert.ok((await visit.page.locator('.band-span').count()) > 2)
    assert.deepEqual(visit.errors, [])
  })

  await t.test('the instant of the time bar moves the file: before the lapse an order covered it', async () => {
    const { custody } = await oneOf('basis=lapse')
    const { band } = await get<{ band: { state: string; from: string; to: string | null }[] }>(
      `/api/custodies/${custody}/basis`,
    )
    const covered = band.find(({ state }) => state === 'order')
    const then = covered ?? band[0]
    assert.ok(then)
    const at = Temporal.Instant.from(then.from).add({ hours: 1 }).toString()
    const { page } = await house.as('registrar', `/people/${custody}?at=${at}`)
    assert.equal(await page.locator('.past-band').count(), 1)
    assert.equal(await page.locator('.worst-s1').count(), covered === undefined ? 1 : 0)
    assert.equal(await page.getByRole('button', { name: 'Registrar un acto' }).count(), 0)
    const links = await page
      .locator('main a[href*="/prove/entries/"]')
      .evaluateAll((all) => all.map((a) => a.getAttribute('href')))
    assert.ok(links.length > 0 && links.every((href) => href?.includes('at=')), String(links[0]))
  })

  await t.test('by keyboard: R prepares the return, the acts are offered on the dot', async () => {
    const { custody } = await oneOf('basis=order')
    const { page } = await house.as('registrar', `/people/${custody}`)
    await page.keyboard.press('.')
    const acts = page.locator('.drop-panel a')
    await acts.first().waitFor()
    assert.ok((await acts.first().getAttribute('href'))?.startsWith(`/people/${custody}/act/`))
    await page.keyboard.press('Escape')
    await page.locator('h1').click()
    await page.keyboard.press('r')
    await page.waitForURL(`**/people/${custody}/return`)
  })

  await t.test('on a handheld the file does not scroll sideways', async () => {
    const { custody } = await oneOf('basis=order')
    const { page } = await house.as('registrar', `/people/${custody}`, { width: 360, height: 740 })
    const [scroll, client] = await page.evaluate(() => {
      const main = document.querySelector('main') as HTMLElement
      return [main.scrollWidth, main.clientWidth]
    })
    assert.ok((scroll ?? 0) <= (client ?? 0), `${scroll} > ${client}`)
    assert.deepEqual(await violationsOf(page), [])
  })

  await t.test('a file that does not exist is answered as a page that does not', async () => {
    const { page } = await house.as('registrar', '/people/00000000-0000-4000-8000-000000000000')
    assert.equal(await page.locator('h1').textContent(), 'No hay nada en esta dirección')
  })

  await t.test('by what law: sound; the longest lapse first; its count is the one of the interface', async () => {
    const visit = await house.as('registrar', '/law')
    await checkPage(house, visit)
    await visit.page.goto(`${house.url}/law`)
    await settled(visit.page)
    const { counts } = await get<{ counts: { lapse: number } }>('/api/without-basis?limit=1')
    const times = await visit.page
      .locator('main tbody time')
      .evaluateAll((all) => all.map((one) => one.getAttribute('datetime') ?? ''))
    assert.equal(times.length, counts.lapse)
    assert.deepEqual(times, [...times].sort())
  })

  await t.test('what is wrong: list, one finding with its people, its rule', async () => {
    const visit = await house.as('registrar', '/findings')
    await checkPage(house, visit)
    const { findings } = await get<{ findings: { finding: string; rule: string; custody: string | null }[] }>(
      '/api/findings',
    )
    const many = findings.find(({ custody }) => custody === null)
    assert.ok(many)
    await visit.go(`/findings/${many.finding}`)
    await checkPage(house, visit)
    assert.ok((await visit.page.locator('main tbody a').count()) > 0)
    await visit.go(`/rules/${many.rule}`)
    await checkPage(house, visit)
    assert.deepEqual(visit.errors, [])
  })

  await t.test('where: the tree opens by key; a place leads to those in it', async () => {
    const visit = await house.as('registrar', '/places')
    await checkPage(house, visit)
    const { page } = visit
    const before = await page.locator('main tbody tr').count()
    const opener = page.locator('main tbody button[aria-expanded="false"]').first()
    await opener.focus()
    await page.keyboard.press('Enter')
    assert.ok((await page.locator('main tbody tr').count()) > before)
    const { place } = await oneOf('presence=at')
    await visit.go(`/places/${place.id}`)
    await checkPage(house, visit)
    await page.getByRole('link', { name: /See them in the roster|Verlas en la nómina/ }).click()
    await page.waitForURL(/\/people\?place=/)
    assert.deepEqual(visit.errors, [])
  })

  await t.test(
    'doubles: two namesakes are found to be one, two others to be two; the pairs go from the list',
    async () => {
      const visit = await house.as('registrar', '/doubles?kind=homonym')
      await checkPage(house, visit)
      const { page } = visit
      const pairs = page.locator('section.card')
      const before = Number((await page.locator('.figure-value a').nth(1).textContent())?.replace(/\D/g, ''))
      assert.ok(before > 0)
      await pairs.first().getByRole('button', { name: 'They are one person' }).click()
      assert.deepEqual(await violationsOf(page), [])
      await page.keyboard.type('Fingerprints compared, synthetic')
      await page.keyboard.press('Control+Enter')
      await page.waitForFunction(
        (count) => Number(document.querySelectorAll('.figure-value a')[1]?.textContent?.replace(/\D/g, '')) < count,
        before,
      )
      // The pair is gone; what was recorded stays to be read, with its entry.
      const receipts = page.locator('.receipt a[href*="/prove/entries/"]')
      await receipts.waitFor()
      await pairs.first().getByRole('button', { name: 'They are two persons' }).click()
      await page.keyboard.type('Fingerprints differ, synthetic')
      await page.keyboard.press('Control+Enter')
      await page.waitForFunction(() => document.querySelectorAll('.receipt').length === 2)
      assert.deepEqual(visit.errors, [])
    },
  )

  await t.test('a role is shown no column, filter or fact of what it does not open', async () => {
    const visit = await house.as('health', '/people')
    const { page } = visit
    const heads = await page.getByRole('columnheader').allTextContents()
    assert.ok(heads.includes('Dónde está') && !heads.includes('Base') && !heads.includes('Hasta'), heads.join())
    assert.equal(await page.locator('.chip', { hasText: 'Base' }).count(), 0)
    assert.deepEqual(await violationsOf(page), [])
    const { custody } = await oneOf('basis=lapse')
    await visit.go(`/people/${custody}`)
    assert.match((await page.locator('main').textContent()) ?? '', /Su función no ve esta sección del expediente/)
    assert.equal(await page.locator('.worst-s1').count(), 0)
    assert.deepEqual(await violationsOf(page), [])
    assert.deepEqual(visit.errors, [])
  })

  await t.test('before its admission a file says that the person was not in custody, and nothing else', async () => {
    const { custody, registerNumber } = await oneOf('basis=order')
    const { page } = await house.as('registrar', `/people/${custody}?at=2015-01-01T00:00Z`)
    assert.equal(await page.locator('h1').textContent(), registerNumber)
    assert.equal(await page.locator('.state-head').textContent(), 'No estaba en custodia en este instante')
    assert.equal(await page.locator('.facts').count(), 0)
  })

  await t.test('who sees nobody held is told that the page is for others', async () => {
    for (const [role, to] of [
      ['administrator', '/people'],
      ['auditor', '/law'],
      ['administrator', '/findings'],
    ] as const) {
      const { page } = await house.as(role, to)
      assert.equal(await page.locator('h1').textContent(), 'Su función no ve esto', `${role} ${to}`)
    }
  })

  await t.test('at twice the size of the text nothing of the file is out of reach', async () => {
    const { custody } = await oneOf('basis=lapse')
    const { page } = await house.as('registrar', `/people/${custody}`, { width: 700, height: 430 })
    const [scroll, client] = await page.evaluate(() => {
      const main = document.querySelector('main') as HTMLElement
      return [main.scrollWidth, main.clientWidth]
    })
    assert.ok((scroll ?? 0) <= (client ?? 0), `${scroll} > ${client}`)
  })
})
