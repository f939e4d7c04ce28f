/** The one origin of the console: where cookies and passkeys belong, and what a request must come from. */
export type Origins = {
  /** The origin for a request with this `Host`; undefined where the name is none of ours. */
  of(host: string | undefined): string | undefined
  /** Whether it is reached from other machines, and so over TLS only. */
  readonly isPublic: boolean
}

const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::(\d{1,5}))?$/i

export const isLoopbackUrl = (url: string): boolean => LOOPBACK.test(new URL(url).host)

/**
 * With a public address, that address for every request: a proxy may change `Host`. On loopback always `localhost`, at
 * the port that was asked for, since a port may be forwarded, and a passkey knows no bare IP address (WebAuthn §5.1.2).
 */
export function makeOrigins(consoleUrl: string): Origins {
  if (!isLoopbackUrl(consoleUrl)) {
    const { origin } = new URL(consoleUrl)
    return { of: () => origin, isPublic: true }
  }
  return {
    of(host) {
      const found = LOOPBACK.exec(host ?? '')
      if (!found) return undefined
      const port = found[1]
      return port === undefined || port === '80' ? 'http://localhost' : `http://localhost:${Number(port)}`
    },
    isPublic: false,
  }
}

/** Printable ASCII without what some browsers read as a slash. */
const PATH = /^\/(?![/\\])[!-[\]-~]*$/

/**
 * Where to go after sign-in: a page of our own, or the first page. Nothing that a browser could take for another host,
 * and no header in disguise.
 */
export function localPath(to: unknown): string {
  if (typeof to !== 'string' || to.length > 1000 || !PATH.test(to)) return '/'
  const here = 'http://here.invalid'
  const url = URL.parse(to, here)
  if (url === null || url.origin !== here) return '/'
  // What is not a page: asking for it would do something, or go round in a circle.
  if (/^\/(sign-in|sign-out|api|log|health|metrics|demonstration-issuer)(\/|$)/.test(url.pathname)) return '/'
  // Dots may have folded into '//host'.
  return url.pathname.startsWith('//') ? '/' : `${url.pathname}${url.search}${url.hash}`
}
