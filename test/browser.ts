// A headless Chromium for tests: HABEAS_CHROMIUM, else the packed one (Linux x64), else one of the system. It fails
// loudly when none starts: a browser test that is skipped in silence proves nothing.
import { accessSync, constants, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The package's own arguments switch web security off; these do without. */
const FLAGS = ['--no-sandbox', '--disable-dev-shm-usage', '--force-color-profile=srgb', '--font-render-hinting=none']

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** Unpacks the packed Chromium, with the libraries it needs, into a folder of ours: the shared /tmp may hold half of one. */
async function fromPackage(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const cache = join(root, 'node_modules/.cache/chromium')
  mkdirSync(cache, { recursive: true })
  return oneAtATime(cache, () => unpackInto(cache))
}

const UNPACKS_WITHIN_MS = 60_000

/** Test files are processes of their own: one that unpacks must not be met half-way by another. */
async function oneAtATime<T>(cache: string, work: () => Promise<T>): Promise<T> {
  const lock = join(cache, 'unpacking')
  for (let waitedMs = 0; ; waitedMs += 100) {
    try {
      mkdirSync(lock)
      break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      // Left by a run that was killed.
      if (waitedMs >= UNPACKS_WITHIN_MS) rmSync(lock, { recursive: true, force: true })
      await delay(100)
    }
  }
  try {
    return await work()
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

async function unpackInto(cache: string): Promise<string> {
  const before = process.env.TMPDIR
  process.env.TMPDIR = cache
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs22.x'
  try {
    return await (await import('@sparticuz/chromium')).default.executablePath()
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
}

const runnable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

export async function openBrowser(): Promise<Browser> {
  const tried: string[] = []
  const ways = [async () => process.env.HABEAS_CHROMIUM, fromPackage, ...SYSTEM.map((path) => async () => path)]
  for (const find of ways) {
    try {
      const executablePath = await find()
      if (!executablePath || !runnable(executablePath)) continue
      return await chromium.launch({ executablePath, args: FLAGS, headless: true })
    } catch (error) {
      tried.push(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error))
    }
  }
  throw new Error(`No Chromium started. Tried: ${tried.join('; ') || 'none found'}. Set HABEAS_CHROMIUM.`)
}

export type OpenedPage = {
  readonly page: Page
  readonly context: BrowserContext
  /** Everything that the page threw or wrote to the console as an error. */
  readonly errors: string[]
}

/** A page of its own, in the language and zone of the facility unless told otherwise. */
export async function openPage(
  browser: Browser,
  options: { locale?: string; width?: number; height?: number } = {},
): Promise<OpenedPage> {
  const { locale = 'es-SV', width = 1280, height = 800 } = options
  const context = await browser.newContext({
    // Without a locale the packed Chromium says 'en-US@posix', which Intl refuses.
    locale,
    timezoneId: 'America/El_Salvador',
    viewport: { width, height },
  })
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  return { page, context, errors }
}
