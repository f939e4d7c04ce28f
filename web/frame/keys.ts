import { useEffect, useRef } from 'react'

/** A key that does something on the page at hand: it stands on its button, and in the sheet on `?`. */
export type Shortcut = {
  /** `A`, `/`, `?`, `[`; `Ctrl+Enter`, `Ctrl+K` (⌘ on a Mac); `G 1`: one after the other. */
  readonly keys: string
  /** What it does, for the sheet. */
  readonly says: string
  readonly run: () => void
}

const KEPT = 'habeas.single-keys'
const listeners = new Set<Shortcut>()
let prefix: { readonly key: string; readonly at: number } | undefined

/** Single keys can be switched off (WCAG 2.1.4): they get in the way of those who dictate. */
export const areSingleKeysOn = (): boolean => localStorage.getItem(KEPT) !== 'off'
export const setSingleKeys = (on: boolean): void => localStorage.setItem(KEPT, on ? 'on' : 'off')

/** All that work now, for the sheet. */
export const shortcutsNow = (): readonly Shortcut[] => [...listeners]

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName)) &&
  !/^(checkbox|radio|button)$/.test((target as HTMLInputElement).type)

/** The text of a pressed key as `Shortcut.keys` writes it. */
export function keysOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): string {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key
  return event.ctrlKey || event.metaKey ? `Ctrl+${key}` : event.altKey ? `Alt+${key}` : key
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  const keys = keysOf(event)
  const isSingle = !keys.startsWith('Ctrl+')
  if (isSingle && (isField(event.target) || !areSingleKeysOn() || keys.startsWith('Alt+'))) return
  const pair = prefix !== undefined && event.timeStamp - prefix.at < 1500 ? `${prefix.key} ${keys}` : undefined
  prefix = undefined
  // The newest first: what lies on top of the page hears first.
  const now = [...listeners].reverse()
  const found = now.find((one) => one.keys === pair) ?? now.find((one) => one.keys === keys)
  if (found !== undefined) {
    event.preventDefault()
    found.run()
  } else if (now.some((one) => one.keys.startsWith(`${keys} `))) {
    prefix = { key: keys, at: event.timeStamp }
  }
}

/** The frame calls it once. */
export function useKeyboard(): void {
  useEffect(() => {
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

/** Makes a key work while the part is on the page. `undefined` as `run` switches it off. */
export function useShortcut(keys: string, says: string, run: (() => void) | undefined): void {
  const latest = useRef(run)
  latest.current = run
  const isOn = run !== undefined
  useEffect(() => {
    if (!isOn) return
    const shortcut: Shortcut = { keys, says, run: () => latest.current?.() }
    listeners.add(shortcut)
    return () => {
      listeners.delete(shortcut)
    }
  }, [keys, says, isOn])
}
