import type { Name } from './acts.ts'

/**
 * A text as names are compared: no accents, no case, words of letters and figures with one space between.
 * `ÁLVAREZ-Núñez` and `alvarez nunez` are the same.
 */
export function normaliseName(text: string): string {
  return (
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      // Up, then down: folds what has no lower-case twin of its own (ß → ss, ſ → s).
      .toUpperCase()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  )
}

/** The words of a name, each once, sorted: equal for namesakes, in whatever order a paper puts the parts. */
export function nameWords(name: Omit<Name, 'use'>): string[] {
  const parts = [name.given, name.family1, name.family2].filter((part) => part !== undefined)
  const text = parts.length > 0 ? parts.join(' ') : (name.written ?? '')
  return wordsOf(text)
}

type Parts = { readonly [K in 'given' | 'family1' | 'family2' | 'written']?: string | null | undefined }

/** A name as it can be asked for: of its parts, and as on the paper, which may show another script. */
export function textsOf({ given, family1, family2, written }: Parts): string[] {
  const parts = [given, family1, family2].filter((part) => part != null)
  return [parts.join(' '), written].filter((text) => text != null && text !== '') as string[]
}

/** The words of a text that somebody searches with. */
export function wordsOf(text: string): string[] {
  const normalised = normaliseName(text)
  return normalised === '' ? [] : [...new Set(normalised.split(' '))].sort()
}
