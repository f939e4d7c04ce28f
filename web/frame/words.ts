import { createContext, createElement, type ReactNode, useContext, useLayoutEffect, useMemo, useState } from 'react'
import { type Language, pluralOf } from './format.ts'

/**
 * Both languages side by side: a sentence that lacks one does not compile, and who changes one sees the other
 * (docs/decisions/0006). A sentence with figures is a function; nothing is glued from parts.
 */
export type { Language }

type Said = string | ((...given: never[]) => ReactNode)
export type WordsTable = Readonly<Record<string, { readonly en: Said; readonly es: Said }>>
/** Sentences are strings, whatever they say. */
type Plain<T> = T extends string ? string : T
export type Chosen<W extends WordsTable> = { readonly [K in keyof W]: Plain<W[K]['es']> }

/** Declares the words of a page or part. Both languages of a word take the same arguments. */
export const words = <W extends WordsTable>(
  table: W & { readonly [K in keyof W]: { readonly en: Plain<W[K]['es']>; readonly es: Plain<W[K]['en']> } },
): W => table

/** `one` for 1, else `other`, as the language counts. */
export const plural = (count: number, language: Language, forms: { readonly one: string; readonly other: string }) =>
  pluralOf(count, language) === 'one' ? forms.one : forms.other

type Choice = { readonly language: Language; readonly choose: (language: Language) => void }
const LanguageContext = createContext<Choice>({ language: 'es', choose: () => {} })
const KEPT = 'habeas.language'

const isLanguage = (value: unknown): value is Language => value === 'es' || value === 'en'

/** The language kept on this device, else the browser's, else Spanish. */
function firstLanguage(): Language {
  const kept = localStorage.getItem(KEPT)
  if (isLanguage(kept)) return kept
  return navigator.language.toLowerCase().startsWith('en') ? 'en' : 'es'
}

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(firstLanguage)
  // Before anything is painted: whoever reads aloud must not begin in the other language.
  useLayoutEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const choice = useMemo(
    () => ({
      language,
      choose: (next: Language) => {
        localStorage.setItem(KEPT, next)
        setLanguage(next)
      },
    }),
    [language],
  )
  return createElement(LanguageContext.Provider, { value: choice }, children)
}

/** Which language, and how to choose another. */
export const useLanguage = (): Choice => useContext(LanguageContext)

/** Whether this device has had a language chosen: then it wins over the officer's. */
export const isLanguageKept = (): boolean => isLanguage(localStorage.getItem(KEPT))

/** The words of a table in the language chosen. */
export function useWords<W extends WordsTable>(table: W): Chosen<W> {
  const { language } = useLanguage()
  return useMemo(() => choose(table, language), [table, language])
}

export const choose = <W extends WordsTable>(table: W, language: Language): Chosen<W> =>
  Object.fromEntries(Object.entries(table).map(([key, said]) => [key, said[language]])) as Chosen<W>
