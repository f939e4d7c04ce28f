// The console as officers use it: a real instance with a small population, its demonstration issuer, a headless browser.
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { buildConsole, isConsoleBuilt } from '../../web/build.ts'
import { openBrowser, openContext, openTab } from '../browser.ts'
import { violationsOf } from './axe.ts'
import { ask, filledInstance, type Instance, type Server } from './testing.ts'

export const PEOPLE = 300

export type Theme = 'light' | 'dark'
export type Look = {
  readonly theme?: Theme
  readonly language?: 'es' | 'en'
  readonly width?: number
  readonly height?: number
}

export type ConsoleHouse = {
  readonly instance: Instance
  readonly server: Server
  /** Where the console is opened: the one origin that has cookies and passkeys. */
  readonly url: string
  readonly browser: Browser
  /** For what a test asks of the interface besides. */
  readonly registrar: string
  /** Surnames of people who are held: none of them may stand in a title or an address. */
  readonly surnames: readonly string[]
  readonly custodies: readonly string[]
  /** A browser context of its own, signed in as the demonstration officer of a role, at an address. */
  signIn(role: string, to?: string, look?: Look): Promise<Visit>
  /** Another tab of the browser in which this role signed in before: for what is not about signing in. The last one closes. */
  as(role: string, to?: string, look?: Look): Promise<Visit>
  /** A browser context of its own without signing in. */
  visit(to?: string, look?: Look): Promise<Visit>
}

export type Visit = {
  readonly page: Page
  readonly context: BrowserContext
  /** What the page threw or logged as an error. */
  readonly errors: string[]
  /** Goes to another address of the console and waits until it stands. */
  go(to: string): Promise<void>
}

/** Starts it all; everything ends with the test. */
export async function openConsole(t: Pick<TestContext, 'after'>, people = PEOPLE): Promise<ConsoleHouse> {
  if (!(await isConsoleBuilt())) await buildConsole()
  const instance = await filledInstance(t, people)
  const server = await instance.start()
  const browser = await openBrowser()
  t.after(() => browser.close())
  const url = server.url.replace('127.0.0.1', 'localhost')
  const { token } = await instance.json<{ token: string }>(['token', 'create', '--role', 'registrar'])
  const { status, body } = await ask(server.url, token, '/api/custodies?limit=200')
  assert.equal(status, 200, JSON.stringify(body))
  const { held } = body as { held: { custody: string; name: { family: string | null } | null }[] }
  const tab = async (context: BrowserContext, to: string, look: Look): Promise<Visit> => {
    const { theme = 'light', language = 'es', width = 1400, height = 860 } = look
    const { page, errors } = await openTab(context)
    page.setDefaultTimeout(15_000)
    await page.setViewportSize({ width, height })
    // A page that is still fading in has the contrast of neither.
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.addInitScript(
      (kept) => {
        // Once in a tab: what somebody chooses afterwards stays chosen.
        if (sessionStorage.getItem('look') !== null) return
        sessionStorage.setItem('look', 'chosen')
        for (const [key, value] of Object.entries(kept)) localStorage.setItem(key, value)
      },
      { 'habeas.theme': theme, 'habeas.language': language },
    )
    const go = async (address: string) => {
      await page.goto(`${url}${address}`)
      await settled(page)
    }
    await go(to)
    return { page, context, errors, go }
  }
  const visit = async (to = '/', look: Look = {}): Promise<Visit> => {
    const context = await openContext(browser)
    t.after(() => context.close())
    return tab(context, to, look)
  }
  const signIn = async (role: string, to = '/people', look: Look = {}): Promise<Visit> => {
    const visited = await visit(`/sign-in?to=${encodeURIComponent(to)}`, look)
    await visited.page.locator(`button[value="${role}"]`).click()
    await settled(visited.page)
    return visited
  }
  const signedIn = new Map<string, Visit>()
  return {
    instance,
    server,
    url,
    browser,
    registrar: token,
    surnames: held.flatMap(({ name }) => name?.family ?? []),
    custodies: held.map(({ custody }) => custody),
    visit,
    signIn,
    async as(role, to = '/people', look = {}) {
      const before = signedIn.get(role)
      const visited = before === undefined ? await signIn(role, to, look) : await tab(before.context, to, look)
      // A tab that stays open keeps one of the browser's few connections to a server.
      await before?.page.close()
      signedIn.set(role, visited)
      return visited
    },
  }
}

/** The page has its title, and nothing in it waits for data. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"], .loading') === null)
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
}

/** As somebody chooses them: by the buttons of the frame; where there is no frame, as it was chosen before. */
export async function choose(
  page: Page,
  { theme, language }: Required<Pick<Look, 'theme' | 'language'>>,
): Promise<void> {
  const languages = page.locator('.top .segments')
  if ((await languages.count()) === 0) {
    await page.evaluate(
      (kept) => {
        for (const [key, value] of Object.entries(kept)) localStorage.setItem(key, value)
      },
      { 'habeas.theme': theme, 'habeas.language': language },
    )
    await page.reload()
    return
  }
  await languages.getByRole('button', { name: language.toUpperCase(), exact: true }).click()
  const isDark = (await page.locator('html').getAttribute('data-mantine-color-scheme')) === 'dark'
  if (isDark !== (theme === 'dark')) await page.locator('.top .rest > .icon-button').click()
  await page.waitForFunction((to) => document.documentElement.lang === to, language)
}

/** No serious or critical violation, one h1, no name in title or address: in both themes and both languages. */
export async function checkPage(house: ConsoleHouse, { page }: Pick<Visit, 'page'>): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    for (const language of ['es', 'en'] as const) {
      await choose(page, { theme, language })
      await settled(page)
      const where = `${new URL(page.url()).pathname} (${theme}, ${language})`
      assert.deepEqual(await violationsOf(page), [], where)
      assert.equal(await page.locator('h1').count(), 1, `${where}: one h1`)
      assert.equal(await page.locator('html').getAttribute('lang'), language, where)
      const told = `${await page.title()} ${page.url()}`
      for (const surname of house.surnames) assert.ok(!told.includes(surname), `${where}: a name stands in ${told}`)
    }
  }
}
