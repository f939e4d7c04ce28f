// Signing in as an officer does: a real instance, a real browser, a passkey of the browser's own test device.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { OFFICER_ROLES } from '../../src/access/sign-in/claims.ts'
import { openBrowser, openPage } from '../browser.ts'
import { violationsOf } from './axe.ts'
import { newInstance } from './testing.ts'

type Reply = { readonly status: number; readonly body: Record<string, unknown> }

/** A request as the console's own script makes it. */
const ask = (page: Page, method: string, url: string, body?: unknown, headers: Record<string, string> = {}) =>
  page.evaluate(
    async ([method, url, body, headers]) => {
      const answer = await fetch(url, {
        method,
        headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      return { status: answer.status, body: await answer.json() }
    },
    [method, url, body, headers] as const,
  ) as Promise<Reply>

/** The browser's answer to what the server asks a passkey; in the page, where alone there is one. */
const credential = (page: Page, way: 'create' | 'get', options: unknown) =>
  page.evaluate(
    async ([way, options]) => {
      // Of the browser, whose types this test does without.
      const { PublicKeyCredential, navigator } = globalThis as unknown as {
        PublicKeyCredential: Record<string, (json: unknown) => unknown>
        navigator: { credentials: Record<string, (what: unknown) => Promise<{ toJSON(): unknown }>> }
      }
      const parse = way === 'create' ? 'parseCreationOptionsFromJSON' : 'parseRequestOptionsFromJSON'
      const publicKey = PublicKeyCredential[parse]?.(options)
      return (await navigator.credentials[way]?.({ publicKey }))?.toJSON()
    },
    [way, options] as const,
  )

test('signing in with a browser', async (t) => {
  const instance = await newInstance(t, 12, { HABEAS_SIGN_INS_PER_MINUTE: '1000' })
  const server = await instance.start()
  const { port } = new URL(server.url)
  const home = `http://localhost:${port}`
  const browser = await openBrowser()
  t.after(() => browser.close())
  const [held] = server.ready.try
  assert.ok(held)

  await t.test('by the name of the machine that the start prints, to the page that one wanted', async () => {
    const { page, context } = await openPage(browser)
    await page.goto(`http://127.0.0.1:${port}/sign-in?to=/people`)
    await page.getByRole('heading', { level: 1, name: /Demostración/ }).waitFor()
    await page.getByRole('button', { name: /^Registro/ }).click()
    await page.waitForURL(`${home}/people`)
    const { status, body } = await ask(page, 'GET', '/api/session')
    assert.equal(status, 200)
    assert.equal(body.role, 'registrar')
    const cookie = (await context.cookies()).find(({ name }) => name === 'habeas_session')
    assert.deepEqual([cookie?.httpOnly, cookie?.sameSite, cookie?.secure], [true, 'Strict', false])
    assert.equal((await ask(page, 'GET', '/api/custodies?limit=3')).status, 200)
    assert.equal((await ask(page, 'POST', '/sign-out')).status, 200)
    assert.equal((await ask(page, 'GET', '/api/session')).status, 401)
    await context.close()
  })

  await t.test('one browser after another officer: the new one is who is signed in', async () => {
    const { page, context } = await openPage(browser, { locale: 'en-US' })
    for (const [role, name] of [
      ['director', /^Director/],
      ['administrator', /^Administrator/],
    ] as const) {
      await page.goto(`${home}/sign-in`)
      await page.getByRole('button', { name }).click()
      await page.waitForURL(`${home}/`)
      assert.equal((await ask(page, 'GET', '/api/session')).body.role, role)
    }
    assert.equal((await ask(page, 'GET', '/api/custodies?limit=3')).status, 403, 'an administrator sees nobody')
    await context.close()
  })

  await t.test(
    'the pages before the console are for everybody: both themes, both languages, 360 px, keyboard',
    async () => {
      for (const colorScheme of ['light', 'dark'] as const) {
        for (const locale of ['es-SV', 'en-US']) {
          const { page, context, errors } = await openPage(browser, { locale, width: 360 })
          await page.emulateMedia({ colorScheme })
          await page.goto(`${home}/sign-in`)
          assert.deepEqual(await violationsOf(page), [], `choice, ${colorScheme}, ${locale}`)
          assert.equal(await page.getByRole('button').count(), OFFICER_ROLES.length)
          const [wide, seen] = await page.evaluate(() => {
            const { documentElement } = (
              globalThis as unknown as { document: { documentElement: { scrollWidth: number; clientWidth: number } } }
            ).document
            return [documentElement.scrollWidth, documentElement.clientWidth]
          })
          assert.equal(wide, seen, 'nothing is cut off')
          assert.deepEqual(errors, [])
          await page.goto(`${home}/sign-in/callback?state=none`)
          assert.deepEqual(await violationsOf(page), [], `refused, ${colorScheme}, ${locale}`)
          await context.close()
        }
      }
      const { page, context } = await openPage(browser)
      await page.goto(`${home}/sign-in?to=/people`)
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await page.waitForURL(`${home}/people`)
      await context.close()
    },
  )

  await t.test('a return is signed only with a passkey, and only that one', async () => {
    const { page, context } = await openPage(browser)
    const cdp = await context.newCDPSession(page)
    await cdp.send('WebAuthn.enable')
    await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    await page.goto(`${home}/sign-in?to=/people`)
    await page.getByRole('button', { name: /^Registro/ }).click()
    await page.waitForURL(`${home}/people`)

    const url = `/api/returns/${held.registerNumber}`
    const refused = await ask(page, 'POST', url, { audience: 'court' })
    assert.equal(refused.body.code, 'step-up-needed')
    const { for: wanted } = refused.body.details as { for: string }
    const registering = await ask(page, 'POST', '/api/passkeys/options', {})
    const made = await credential(page, 'create', registering.body)
    assert.equal((await ask(page, 'POST', '/api/passkeys', { response: made })).status, 200)
    const asked = await ask(page, 'POST', '/api/step-up/options', { for: wanted })
    const response = await credential(page, 'get', asked.body)
    const confirmed = await ask(page, 'POST', '/api/step-up', { for: wanted, response })
    assert.equal(confirmed.status, 200, JSON.stringify(confirmed.body))
    const headers = { 'habeas-step-up': String(confirmed.body.stepUp) }
    assert.equal((await ask(page, 'POST', url, { audience: 'oversight' }, headers)).body.code, 'step-up-needed')
    const signed = await ask(page, 'POST', url, { audience: 'court' }, headers)
    assert.equal(signed.status, 200, JSON.stringify(signed.body))
    assert.equal((await ask(page, 'POST', url, { audience: 'court' }, headers)).body.code, 'step-up-needed')
    await context.close()
  })

  await t.test('an administrator disables an officer: at once, in the record, for good', async () => {
    const [one, two] = [await openPage(browser), await openPage(browser)]
    for (const [{ page }, name] of [
      [one, /^Administración/],
      [two, /^Tribunal/],
    ] as const) {
      await page.goto(`${home}/sign-in`)
      await page.getByRole('button', { name }).click()
      await page.waitForURL(`${home}/`)
    }
    const { officer } = (await ask(two.page, 'GET', '/api/session')).body
    const act = (kind: string, n: number) =>
      ask(one.page, 'POST', `/api/acts/${kind}`, {
        id: `01a20fb3-bf5a-7040-8d42-64ba665e827${n}`,
        occurredAt: { at: '2026-11-01T12:00:00Z', precision: 'minute', zone: 'America/El_Salvador' },
        data: { act: { officer } },
      })
    assert.equal((await act('officer.disable', 0)).status, 201)
    assert.equal((await ask(two.page, 'GET', '/api/session')).status, 401)
    await two.page.goto(`${home}/sign-in`)
    await two.page.getByRole('button', { name: /^Tribunal/ }).click()
    await two.page.getByText('fue deshabilitado').waitFor()
    assert.equal((await act('officer.enable', 1)).status, 201)
    await two.page.goto(`${home}/sign-in`)
    await two.page.getByRole('button', { name: /^Tribunal/ }).click()
    await two.page.waitForURL(`${home}/`)
    await one.context.close()
    await two.context.close()
  })
})

test('the demonstration issuer does not start before real data, and says which key is meant', async (t) => {
  const instance = await newInstance(t, 0)
  for (const [env, key] of [
    [{ DATABASE_URL: 'postgres://127.0.0.1:1/habeas' }, /DATABASE_URL/],
    [{ HABEAS_CONSOLE_URL: 'https://console.example' }, /HABEAS_CONSOLE_URL/],
    [{ HABEAS_HOST: '0.0.0.0' }, /HABEAS_HOST/],
  ] as const) {
    const { code, stderr } = await instance.run(['start'], env)
    assert.notEqual(code, 0)
    assert.match(stderr, key)
    assert.match(stderr, /HABEAS_ISSUER_URL/)
  }
})
