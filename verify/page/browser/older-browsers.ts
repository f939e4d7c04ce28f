/**
 * Base64 and hex of bytes for browsers that do not have them yet (TC39 'Uint8Array to/from base64', 2025): the page must
 * open on a court's old machine. Loose where the standard is; the callers compare with the text encoded anew.
 */

type Base64Options = { alphabet?: 'base64' | 'base64url'; omitPadding?: boolean }

function toBase64(bytes: Uint8Array, { alphabet, omitPadding }: Base64Options = {}): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  const text = btoa(binary)
  const lettered = alphabet === 'base64url' ? text.replaceAll('+', '-').replaceAll('/', '_') : text
  return omitPadding ? lettered.replaceAll('=', '') : lettered
}

function fromBase64(text: string, { alphabet }: Base64Options = {}): Uint8Array<ArrayBuffer> {
  const isUrl = alphabet === 'base64url'
  if (isUrl ? /[^A-Za-z0-9_-]/.test(text) : /[^A-Za-z0-9+/=]/.test(text)) throw new SyntaxError('not base64')
  const binary = atob(isUrl ? text.replaceAll('-', '+').replaceAll('_', '/') : text)
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function fromHex(text: string): Uint8Array<ArrayBuffer> {
  if (text.length % 2 !== 0 || /[^0-9A-Fa-f]/.test(text)) throw new SyntaxError('not hex')
  return Uint8Array.from({ length: text.length / 2 }, (_, at) => Number.parseInt(text.slice(2 * at, 2 * at + 2), 16))
}

export function fillGaps(): void {
  const own = Uint8Array.prototype
  const define = (target: object, name: string, value: unknown) => {
    if (!(name in target)) Object.defineProperty(target, name, { value, configurable: true, writable: true })
  }
  define(own, 'toBase64', function (this: Uint8Array, options?: Base64Options) {
    return toBase64(this, options)
  })
  define(own, 'toHex', function (this: Uint8Array) {
    return toHex(this)
  })
  define(Uint8Array, 'fromBase64', fromBase64)
  define(Uint8Array, 'fromHex', fromHex)
}
