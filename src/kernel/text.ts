import { z } from 'zod'

const CONTROL = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u

/** One line that a person wrote: NFC, trimmed, no control characters, at most `max` characters. */
export const line = (max = 200) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .pipe(
      z
        .string()
        .min(1)
        .max(max)
        .refine((text) => !CONTROL.test(text), { error: 'has control characters' }),
    )

/** Several lines: as `line`, with line feeds and tabs allowed. */
export const prose = (max = 4000) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .pipe(
      z
        .string()
        .min(1)
        .max(max)
        .refine((text) => !CONTROL.test(text.replace(/[\n\t]/g, ' ')), { error: 'has control characters' }),
    )

/** A state as ISO 3166-1 alpha-2, e.g. `SV`. */
export const State = z.string().regex(/^[A-Z]{2}$/)

/** SHA-256 of a document or picture, in lower-case hexadecimal. */
export const Digest = z.hash('sha256')
