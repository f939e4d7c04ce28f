/** The page: files in, answer out. What a file says is only ever set as text, never as markup. */

import type { Language } from '../../words.ts'
import { check, type Files, kindOf, type Outcome } from './check.ts'
import { element } from './element.ts'
import { fillGaps } from './older-browsers.ts'
import { resultOf } from './result.ts'
import { PAGE_WORDS } from './words.ts'

fillGaps()

type Chosen = { readonly name: string; readonly bytes: Uint8Array }

let language: Language = navigator.language.toLowerCase().startsWith('en') ? 'en' : 'es'
let theme: 'light' | 'night' = 'light'
const chosen: Partial<Record<keyof Files, Chosen>> = {}
let outcome: Outcome = { kind: 'waiting' }
let turn = 0

function render(): void {
  const words = PAGE_WORDS[language]
  document.documentElement.lang = language
  document.documentElement.dataset.theme = theme
  document.title = `${words.title} · Habeas`
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement.id : ''
  const skip = element('a', { class: 'skip', href: '#result' }, words.skip)
  const result = element(
    'section',
    { id: 'result', tabindex: '-1', 'aria-live': 'polite' },
    ...resultOf(outcome, language),
  )
  document.body.replaceChildren(
    skip,
    element(
      'header',
      {},
      element('p', { class: 'brand' }, element('strong', {}, 'habeas')),
      element('div', { class: 'switches' }, switchOf('language'), switchOf('theme')),
    ),
    element(
      'main',
      {},
      element('h1', {}, words.title),
      element('p', { class: 'lead' }, words.lead),
      result,
      element(
        'section',
        { class: 'card', 'aria-labelledby': 'files' },
        element('h2', { id: 'files' }, words.drop),
        picker('file', words.file, words.fileHelp),
        picker('policy', words.policy, words.policyHelp),
        picker('key', words.key, words.keyHelp),
      ),
      element('section', { class: 'card' }, element('h2', {}, words.limits), element('p', {}, words.limitsText)),
    ),
  )
  if (focused !== '') document.getElementById(focused)?.focus()
}

function switchOf(which: 'language' | 'theme'): HTMLElement {
  const words = PAGE_WORDS[language]
  const options: readonly (readonly [value: string, label: string, name: string, isOn: boolean])[] =
    which === 'language'
      ? [
          ['es', 'ES', 'ES, Español', language === 'es'],
          ['en', 'EN', 'EN, English', language === 'en'],
        ]
      : [
          ['light', words.light, words.light, theme === 'light'],
          ['night', words.night, words.night, theme === 'night'],
        ]
  const buttons = options.map(([value, label, name, isOn]) => {
    const button = element(
      'button',
      { type: 'button', id: `${which}-${value}`, 'aria-pressed': String(isOn), 'aria-label': name },
      label,
    )
    button.addEventListener('click', () => {
      if (which === 'language') language = value === 'en' ? 'en' : 'es'
      else theme = value === 'night' ? 'night' : 'light'
      render()
    })
    return button
  })
  return element('div', { class: 'switch', role: 'group', 'aria-label': words[which] }, ...buttons)
}

function picker(kind: keyof Files, label: string, help: string): HTMLElement {
  const words = PAGE_WORDS[language]
  const input = element('input', { type: 'file', id: `pick-${kind}`, 'aria-describedby': `help-${kind} name-${kind}` })
  input.addEventListener('change', () => {
    const [file] = input instanceof HTMLInputElement ? (input.files ?? []) : []
    if (file !== undefined) void take([[file, kind]])
  })
  return element(
    'div',
    { class: 'picker' },
    // The browser's own button speaks the browser's language, and forgets the file when the page is drawn anew.
    input,
    element('label', { for: `pick-${kind}` }, label, ' ', element('span', { class: 'button' }, words.choose)),
    element('p', { id: `help-${kind}`, class: 'help' }, help),
    element('p', { id: `name-${kind}`, class: 'help' }, `${words.chosen}: ${chosen[kind]?.name ?? words.none}`),
  )
}

/** Reads files, checks all that is chosen, shows the answer. Of several checks under way the last one counts. */
async function take(files: readonly (readonly [file: File, kind: keyof Files | undefined])[]): Promise<void> {
  const mine = ++turn
  for (const [file, kind] of files) {
    const bytes = new Uint8Array(await file.arrayBuffer())
    chosen[kind ?? kindOf(bytes)] = { name: file.name, bytes }
  }
  const answered = await check(
    Object.fromEntries(Object.entries(chosen).map(([kind, { bytes }]) => [kind, bytes])) as Files,
  )
  if (mine !== turn) return
  outcome = answered
  render()
  const result = document.getElementById('result')
  result?.scrollIntoView({ block: 'nearest' })
}

addEventListener('dragover', (event) => {
  event.preventDefault()
  document.body.classList.add('dropping')
})
addEventListener('dragleave', () => document.body.classList.remove('dropping'))
addEventListener('drop', (event) => {
  event.preventDefault()
  document.body.classList.remove('dropping')
  void take([...(event.dataTransfer?.files ?? [])].map((file) => [file, undefined] as const))
})

render()
