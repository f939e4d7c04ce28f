/**
 * The return file within the PDF of a return (PDF/A-3a, ISO 19005-3): whoever was handed the print has the evidence too.
 * Only that file is checked; what the pages say is nobody's word.
 */
import { findText } from '../src/kernel/bytes.ts'

/** Inflates zlib data (RFC 1950). Throws or rejects when it is none. */
export type Inflate = (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>

export function isPdf(bytes: Uint8Array): boolean {
  return findText(bytes.subarray(0, 5)) === '%PDF-'
}

/**
 * The bytes of the first embedded file that begins as a return does; undefined when the PDF has none. No reader of PDFs:
 * it looks for what our own PDFs have, an `EmbeddedFile` stream with its length, plain or deflated.
 */
export async function findAttachedReturn(pdf: Uint8Array, inflate: Inflate): Promise<Uint8Array | undefined> {
  // One character a byte, so that places in the text are places in the bytes.
  const text = new TextDecoder('latin1').decode(pdf)
  for (const found of text.matchAll(/\bobj\s*<<((?:(?!\bendobj\b)[\s\S]){0,2000}?)>>\s*stream\r?\n/g)) {
    const [whole, dictionary = ''] = found
    const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1] ?? Number.NaN)
    if (!/\/Type\s*\/EmbeddedFile\b/.test(dictionary) || !Number.isSafeInteger(length)) continue
    const start = found.index + whole.length
    const stream = pdf.subarray(start, start + length)
    let file: Uint8Array
    try {
      file = /\/FlateDecode\b/.test(dictionary) ? await inflate(stream) : stream
    } catch {
      continue // damaged, so not the file that was signed
    }
    if (findText(file.subarray(0, 10)) === '{"return":') return file
  }
  return undefined
}
