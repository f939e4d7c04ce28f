// A headless Chromium for tests: HABEAS_CHROMIUM, else the packed one (Linux x64), else one of the system. It fails
// loudly when none starts: a browser test that is skipped in silence proves nothing.
import { accessSync, constants, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { oneAtATime } from './one-at-a-time.ts'

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
  return oneAtATime(join(cache, 'unpacking'), () => unpackInto(cache))
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

type ContextOptions = { readonly locale?: string; readonly width?: number; readonly height?: number }

/** A profile of its own, in the language and zone of the facility unless told otherwise. */
export function openContext(browser: Browser, options: ContextOptions = {}): Promise<BrowserContext> {
  const { locale = 'es-SV', width = 1280, height = 800 } = options
  return browser.newContext({
    // Without a locale the packed Chromium says 'en-US@posix', which Intl refuses.
    locale,
    timezoneId: 'America/El_Salvador',
    viewport: { width, height },
  })
}

export async function openTab(context: BrowserContext): Promise<OpenedPage> {
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  return { page, context, errors }
}

/** A page in a profile of its own. */
export const openPage = async (browser: Browser, options: ContextOptions = {}): Promise<OpenedPage> =>
  openTab(await openContext(browser, options))
