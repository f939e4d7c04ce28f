// A session as the page lives through it: kept by use alone, ended in sight, drafts for the same officer.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page, Request } from 'playwright-core'
import { openConsole, settled } from './console.ts'

const UNATTENDED = 'habeas-unattended'
const pathOf = (request: Request) => new URL(request.url()).pathname

const draftsOf = (page: Page) =>
  page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith('habeas.draft.')))

test('sessions in the browser', async (t) => {
  const house = await openConsole(t)

  await t.test('what a page asks by itself says that nobody sits there; what a hand asks does not', async () => {
    const { page, context } = await house.signIn('registrar', '/people')
    await page.clock.install()
    await page.reload()
    await settled(page)
    const asked: Request[] = []
    page.on('request', (request) => {
      if (pathOf(request).startsWith('/api/')) asked.push(request)
    })
    const again = page.waitForRequest((request) => pathOf(request) === '/api/session')
    // Waited for from before it can be asked: a quick page asks while the first answer is looked at.
    const stream = page.waitForRequest((request) => pathOf(request) === '/api/live')
    await page.clock.fastForward('05:00')
    assert.equal((await again).headers()[UNATTENDED], 'true')
    assert.equal((await stream).headers()[UNATTENDED], 'true')
    for (const request of asked) assert.equal(request.headers()[UNATTENDED], 'true', pathOf(request))
    const opened = page.waitForRequest((request) => pathOf(request) === '/api/admissions')
    await page.goto(`${house.url}/admissions`)
    assert.equal((await opened).headers()[UNATTENDED], undefined)
    await context.close()
  })

  await t.test('a session that ends is said without a touch; the draft waits for its officer alone', async () => {
    const { page, context, errors } = await house.signIn('registrar', '/admit')
    const field = page.getByLabel('Nombres')
    await field.fill('Draft')
    await page.waitForFunction(() => Object.keys(sessionStorage).some((key) => key.startsWith('habeas.draft.')))
    const drafts = await draftsOf(page)
    const ended = await context.request.post(`${house.url}/sign-out`, { headers: { origin: house.url } })
    assert.equal(ended.status(), 200)
    // The stream ends at its next heartbeat.
    await page.getByRole('heading', { name: 'Su sesión terminó' }).waitFor({ timeout: 40_000 })
    assert.deepEqual(await draftsOf(page), drafts)
    await page.getByRole('link', { name: 'Iniciar sesión de nuevo' }).click()
    await page.locator('button[value="registrar"]').click()
    await settled(page)
    assert.equal(new URL(page.url()).pathname, '/admit')
    assert.equal(await field.inputValue(), 'Draft')

    await page.goto(`${house.url}/sign-in?to=/people`)
    await page.locator('button[value="director"]').click()
    await settled(page)
    assert.deepEqual(await draftsOf(page), [], 'another officer in the same tab finds nothing of theirs')
    // Chromium writes each refused answer down; nothing else may stand there.
    assert.deepEqual(
      errors.filter((text) => !text.includes('401')),
      [],
    )
    await context.close()
  })

  await t.test('a role that sees no people is told how the log stands', async () => {
    const { page, context, errors } = await house.signIn('auditor', '/prove')
    const strip = page.getByRole('contentinfo')
    await strip.getByText('no es para su función').waitFor()
    await strip.getByText(/^en vivo/).waitFor()
    assert.match((await strip.textContent()) ?? '', /Asientos sin secuenciar \d/)
    assert.deepEqual(errors, [])
    await context.close()
  })
})
