import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { randomBytes } from '../../kernel/ids.ts'
import { Answer, type RequestHead } from './endpoint.ts'

/** A file of the console, below its folder; one that keeps its content under its name may be kept for ever. */
export type PageFile = { readonly file: string; readonly immutable: boolean }

/** A page for an address that no route has; undefined where nothing of ours is a page. */
export type Pages = {
  readonly folder: string
  find(request: RequestHead): Promise<Answer | PageFile | undefined>
}

export type PagesOptions = {
  /** Where the built console lies: `index.html`, and `assets/` with names that change with their content. */
  readonly folder: string
  /** The one origin of the console for this `Host`; undefined where the name is none of ours. */
  readonly originOf: (host: string | undefined) => string | undefined
}

/** Addresses that belong to machines: what is not found there is a problem, never a page. */
const NO_PAGES = /^\/(api|log|health|metrics|sign-in|sign-out|demonstration-issuer)(\/|$)/

/** One level below the root, or below `assets/`: nothing that could climb, no hidden file. */
const FILE = /^\/(?:assets\/)?[A-Za-z0-9_][A-Za-z0-9_-]{0,100}(?:\.[A-Za-z0-9_-]{1,40}){1,3}$/

/**
 * What the console's page may load: files of its own. The nonce is for the <style> elements that its components write;
 * no script stands in a page.
 */
const policyWith = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "connect-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "media-src 'self' blob:",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ')

/**
 * Serves the console: its files, and its one page for every other address. They are looked for
 * anew each time, since the console may be built while the server runs.
 */
export function makePages({ folder, originOf }: PagesOptions): Pages {
  const find = async ({ method, url, headers }: RequestHead) => {
    if (method !== 'GET' && method !== 'HEAD') return undefined
    const path = url.split('?')[0] ?? '/'
    if (NO_PAGES.test(path)) return undefined
    const origin = originOf(headers.host)
    if (origin === undefined) return undefined
    // One origin for cookies and passkeys, however the machine was called: a passkey knows no bare IP address.
    if (new URL(origin).host !== headers.host) {
      return new Answer('', 302, { location: `${origin}${url.startsWith('//') ? '/' : url}` })
    }
    const isAsset = path.startsWith('/assets/')
    if (FILE.test(path) && path !== '/index.html' && (await isFile(join(folder, path)))) {
      return { file: path.slice(1), immutable: isAsset }
    }
    // A file of an older build that is gone must not be answered with a page.
    if (isAsset) return undefined
    const index = await readIfThere(join(folder, 'index.html'))
    const nonce = randomBytes(16).toString('base64')
    return new Answer(index === undefined ? notBuilt(nonce) : withNonce(index.toString('utf8'), nonce), 200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policyWith(nonce),
    })
  }
  return { folder, find }
}

const isMissing = (error: unknown): boolean =>
  ['ENOENT', 'EISDIR', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile()
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

const NONCE = /<meta\s+name="habeas-nonce"[^>]*>/gi

const withNonce = (html: string, nonce: string): string =>
  html.replace(NONCE, '').replace(/<head[^>]*>/i, (head) => `${head}<meta name="habeas-nonce" content="${nonce}">`)

const notBuilt = (nonce: string): string => `<!doctype html>
<html lang="es">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Habeas</title>
<style nonce="${nonce}">body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem; color: #15191e; background: #fff }</style>
<main>
<h1>Habeas</h1>
<p>La consola aún no está construida. El registro funciona. Si acaba de arrancar, espere un momento y recargue la página; si no, ejecute <code>npm run console</code>.</p>
<p lang="en">The console is not built yet. The record works. If it has just been started, wait a moment and load the page again; otherwise run <code>npm run console</code>.</p>
</main>
`
