import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import type { SearchResult, searchAllContract } from '../../src/cli/search-contract.ts'
import { Mark } from '../parts/mark.tsx'
import { addressOf, QUESTIONS, questionAddress } from './addresses.ts'
import { call } from './api.ts'
import { useAt } from './at.ts'
import { Dialog } from './dialog.tsx'
import { foldText } from './format.ts'
import { frameWords, questionWords } from './frame-words.ts'
import { Icon } from './icons.tsx'
import { useGo } from './link.tsx'
import { useMaySee } from './seen.ts'
import { useMay } from './session.ts'
import { useLanguage, useWords, words } from './words.ts'

const own = words({
  label: { en: 'Search everywhere', es: 'Buscar en todo' },
  results: { en: 'Found', es: 'Encontrado' },
  sealed: {
    en: 'What you search for travels sealed: no name stays in the address.',
    es: 'Lo buscado viaja cerrado: ningún nombre queda en la dirección.',
  },
  all: { en: 'All that was found', es: 'Todo lo encontrado' },
  nothing: { en: 'Nothing found.', es: 'No se encontró nada.' },
  notHeld: { en: 'not held now', es: 'ya no está' },
  near: { en: 'similar', es: 'parecido' },
  page: { en: 'page', es: 'página' },
  order: { en: 'order', es: 'orden' },
  admit: { en: 'Admit a person', es: 'Ingresar a una persona' },
  director: { en: "Director's first page", es: 'Primera página de la dirección' },
  admissions: { en: 'Admissions and what they lack', es: 'Ingresos y lo que les falta' },
  doubles: { en: 'Possible doubles and namesakes', es: 'Posibles duplicados y homónimos' },
  checkpoints: { en: 'Checkpoints and witnesses', es: 'Sellos y testigos' },
  audit: { en: 'Audit the record', es: 'Auditar el registro' },
  verify: { en: 'Verify a file here', es: 'Verificar un archivo aquí' },
  sessions: { en: 'Where you are signed in', es: 'Dónde tiene sesión abierta' },
})

type Item = {
  readonly id: string
  readonly label: string
  readonly note: string
  readonly to: string
  readonly isAct?: boolean
}
const WAIT_MS = 200

/** `Ctrl K`: things, pages and acts. What is typed is posted; an address holds an opaque id at most. */
export function Palette({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const w = useWords(own)
  return (
    <Dialog isOpen={isOpen} onClose={onClose} label={w.label}>
      <Content onClose={onClose} />
    </Dialog>
  )
}

function Content({ onClose }: { readonly onClose: () => void }) {
  const w = useWords(own)
  const frame = useWords(frameWords)
  const go = useGo()
  const id = useId()
  const [text, setText] = useState('')
  const [index, setIndex] = useState(0)
  const pages = usePages()
  const { results, search, hasAsked } = useFound(text)
  const asked = foldText(text.trim())
  const shownPages = asked === '' ? pages.slice(0, 8) : pages.filter(({ label }) => foldText(label).includes(asked))
  const items: readonly Item[] = [
    ...results,
    ...shownPages,
    ...(search === undefined || results.length === 0
      ? []
      : [{ id: 'all', label: w.all, note: '', to: addressOf.search(search) }]),
  ]
  const chosen = Math.min(index, items.length - 1)
  const open = (item: Item | undefined) => {
    if (item === undefined) return
    onClose()
    go(item.to)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setIndex(Math.min(items.length - 1, chosen + 1))
    else if (event.key === 'ArrowUp') setIndex(Math.max(0, chosen - 1))
    else if (event.key === 'Enter') open(items[chosen])
    else return
    event.preventDefault()
  }
  return (
    <>
      <div className="palette-input">
        <Icon name="search" />
        <input
          // biome-ignore lint/a11y/noAutofocus: the dialog was opened to type here
          autoFocus
          role="combobox"
          aria-expanded={items.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={items.length === 0 ? undefined : `${id}-${chosen}`}
          aria-label={w.label}
          placeholder={frame.search}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setIndex(0)
          }}
          onKeyDown={onKeyDown}
        />
        <kbd>Esc</kbd>
      </div>
      <div role="listbox" id={`${id}-list`} aria-label={w.results}>
        {items.map((item, place) => (
          <div
            key={item.id}
            id={`${id}-${place}`}
            role="option"
            aria-selected={place === chosen}
            className="palette-item"
            onPointerMove={() => setIndex(place)}
            onClick={() => open(item)}
          >
            <span className="sign">{item.isAct === true ? <Mark kind="to-come" /> : null}</span>
            <b>{item.label}</b>
            <span className="support note">{item.note}</span>
            {place === chosen ? <kbd>Enter</kbd> : null}
          </div>
        ))}
      </div>
      <p className="palette-foot support" role="status">
        {hasAsked && items.length === 0 ? `${w.nothing} ` : ''}
        {w.sealed}
      </p>
    </>
  )
}

/** Pages that the role may see. */
function usePages(): readonly Item[] {
  const w = useWords(own)
  const questions = useWords(questionWords)
  const maySee = useMaySee()
  const item = (to: string, label: string): Item => ({ id: to, label, note: w.page, to })
  return [
    ...QUESTIONS.map((question) => item(questionAddress[question], questions[question])),
    item(addressOf.admit(), w.admit),
    item(addressOf.admissions(), w.admissions),
    item(addressOf.doubles(), w.doubles),
    item(addressOf.director(), w.director),
    item(addressOf.checkpoints(), w.checkpoints),
    item(addressOf.audit(), w.audit),
    item(addressOf.verify(), w.verify),
    item(addressOf.sessions(), w.sessions),
  ].filter(({ to }) => maySee(to))
}

function useFound(text: string): {
  readonly results: readonly Item[]
  readonly search: string | undefined
  readonly hasAsked: boolean
} {
  const w = useWords(own)
  const { language } = useLanguage()
  const { at } = useAt()
  const mayAsk = useMay('person.read')
  const [asked, ask] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => ask(text.trim()), WAIT_MS)
    return () => clearTimeout(timer)
  }, [text])
  const { data } = useQuery({
    queryKey: ['search', asked, at],
    queryFn: ({ signal }) =>
      call<typeof searchAllContract>('POST', '/api/search', {
        body: { text: asked, ...(at === undefined ? {} : { at }) },
        signal,
      }),
    enabled: mayAsk && asked.length >= 2,
    placeholderData: (before) => before,
    gcTime: 0,
  })
  const isFresh = asked.length >= 2 && data !== undefined
  return {
    results: isFresh ? data.results.flatMap((result) => itemOf(result, w, language)) : [],
    search: isFresh ? data.search : undefined,
    hasAsked: isFresh,
  }
}

function itemOf(
  result: SearchResult,
  w: { readonly notHeld: string; readonly near: string; readonly order: string },
  language: 'es' | 'en',
): readonly Item[] {
  switch (result.type) {
    case 'person': {
      if (result.custody === null) return []
      const note = [result.name, result.held ? null : w.notHeld, result.near ? w.near : null].filter(
        (part) => part !== null,
      )
      return [
        {
          id: result.person,
          label: result.registerNumber ?? '',
          note: note.join(' · '),
          to: addressOf.person(result.custody),
        },
      ]
    }
    case 'place':
      return [
        {
          id: result.place,
          label: result.path.join(' · '),
          note: result.name ?? '',
          to: addressOf.place(result.place),
        },
      ]
    case 'order':
      return result.custody === null
        ? []
        : [
            {
              id: result.order,
              label: result.caseNumber ?? w.order,
              note: [result.issuer, result.registerNumber].filter((part) => part !== null).join(' · '),
              to: addressOf.person(result.custody),
            },
          ]
    case 'act':
      return result.kind === 'custody.admit'
        ? [{ id: result.kind, label: result.says[language], note: '', to: addressOf.admit(), isAct: true }]
        : []
  }
}
