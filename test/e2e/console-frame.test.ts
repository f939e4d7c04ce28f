import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FIRST_PAGE_BYTES_MAX, firstPageBytes, readBuilt } from '../../web/build.ts'
import { violationsOf } from './axe.ts'
import { checkPage, openConsole, settled } from './console.ts'

test('the frame of the console', async (t) => {
  const house = await openConsole(t)

  await t.test('who is not signed in is told so, and comes back to where they wanted to be', async () => {
    const { page } = await house.visit('/people?at=2026-11-20T09:00-06:00')
    assert.deepEqual(await violationsOf(page), [])
    await page.locator('a.primary').click()
    await page.locator('button[value="registrar"]').click()
    await settled(page)
    assert.ok(page.url().endsWith('/people?at=2026-11-20T09:00-06:00'), page.url())
    assert.equal(await page.locator('.past-band').count(), 1)
  })

  await t.test('its first page is sound in both themes and languages', async () => {
    const visit = await house.as('registrar', '/people')
    await checkPage(house, visit)
    assert.deepEqual(visit.errors, [])
  })

  await t.test('an address that has nothing says so in the frame', async () => {
    const { page } = await house.as('registrar', '/nothing/here')
    assert.equal(await page.locator('h1').textContent(), 'No hay nada en esta dirección')
    assert.equal(await page.locator('.strip').count(), 1)
  })

  await t.test('the time bar is a slider: its keys move the console, and never after now', async () => {
    const { page } = await house.as('registrar', '/people')
    const slider = page.getByRole('slider')
    await slider.focus()
    await page.keyboard.press('ArrowRight')
    assert.ok(!page.url().includes('at='), page.url())
    await page.keyboard.press('Shift+ArrowLeft')
    await page.waitForURL(/\?at=/)
    assert.match((await slider.getAttribute('aria-valuetext')) ?? '', /^\p{L}{3} \d+\s\p{L}{3}\s\d{4} \d\d:\d\d\s−06$/u)
    await page.locator('h1').click()
    await page.keyboard.press('n')
    await page.waitForURL((url) => !url.search.includes('at='))
  })

  await t.test('a person is found by name from the palette; the address holds no name', async () => {
    const { page } = await house.as('registrar', '/people')
    await page.keyboard.press('Control+k')
    const surname = house.surnames[0] ?? ''
    await page.keyboard.type(surname)
    await page.getByRole('option').first().waitFor()
    await page.waitForFunction(() => /TEC-/.test(document.querySelector('[role="option"]')?.textContent ?? ''))
    assert.deepEqual(await violationsOf(page), [])
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/people\/[0-9a-f-]{36}$/)
    assert.ok(!decodeURIComponent(page.url()).includes(surname))
  })

  await t.test('the register has one tab stop; arrows move, Enter opens', async () => {
    const { page } = await house.as('registrar', '/people')
    const grid = page.getByRole('grid')
    assert.equal(await grid.getAttribute('aria-rowcount'), String(house.server.ready.held + 1))
    await grid.focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    const active = await grid.getAttribute('aria-activedescendant')
    assert.match(active ?? '', /-2-0$/)
    assert.equal(await page.locator(`[id="${active}"]`).count(), 1)
    await page.keyboard.press('Control+End')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/people\/[0-9a-f-]{36}$/)
  })

  await t.test(
    'at 360 pixels the questions are at the thumb and nothing but tables is wider than the screen',
    async () => {
      const { page } = await house.as('registrar', '/people', { width: 360, height: 740 })
      assert.equal(await page.locator('.bottom').isVisible(), true)
      const [wide = 0, room = 0] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
      assert.ok(wide <= room, `${wide} of ${room}`)
      const main = await page.evaluate(() => {
        const main = document.querySelector('main')
        return main === null ? 0 : main.scrollWidth - main.clientWidth
      })
      assert.ok(main <= 0, `the content is ${main} px too wide`)
      assert.deepEqual(await violationsOf(page), [])
    },
  )

  await t.test('the first page weighs what it may', async () => {
    const bytes = firstPageBytes(await readBuilt())
    assert.ok(bytes <= FIRST_PAGE_BYTES_MAX, `${bytes} bytes compressed`)
  })

  await t.test('the strip is live, and says when it is not', async () => {
    const { page } = await house.as('registrar', '/people')
    await page.locator('.strip .heard', { hasText: 'en vivo' }).waitFor()
    await house.server.stop()
    await page.locator('.strip .not-live').waitFor()
  })
})
