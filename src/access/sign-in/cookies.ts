import type { IncomingHttpHeaders } from 'node:http'

/** A cookie of a request; undefined when there is none. Ours are base64url, so nothing is decoded (RFC 6265 §4.2.1). */
export function cookieOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  for (const pair of (headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim()
  }
  return undefined
}

export type CookieOptions = {
  /** Sent over TLS only, with the prefix by which a browser keeps other hosts and paths from setting it. */
  readonly secure: boolean
  readonly sameSite: 'Strict' | 'Lax'
  readonly seconds?: number
}

/** The full name of a cookie: `__Host-` demands Secure, so loopback does without (RFC 6265bis §4.1.3.2). */
export const cookieName = (name: string, secure: boolean): string => (secure ? `__Host-${name}` : name)

/** The value of a Set-Cookie header. `value` must be base64url: nothing in it could end the header. */
export function setCookie(name: string, value: string, { secure, sameSite, seconds }: CookieOptions): string {
  if (!/^[A-Za-z0-9_.-]*$/.test(value)) throw new Error(`the value of the cookie ${name} is not plain`)
  return [
    `${cookieName(name, secure)}=${value}`,
    'Path=/',
    'HttpOnly',
    `SameSite=${sameSite}`,
    ...(secure ? ['Secure'] : []),
    ...(seconds === undefined ? [] : [`Max-Age=${seconds}`]),
  ].join('; ')
}

export const dropCookie = (name: string, options: CookieOptions): string =>
  setCookie(name, '', { ...options, seconds: 0 })
