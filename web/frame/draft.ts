import { useCallback, useEffect, useRef, useState } from 'react'
import { timeId } from './ids.ts'

const PREFIX = 'habeas.draft.'

export type Draft<T> = {
  readonly value: T
  /** Changes fields; the draft is kept on this device with each change, and dropped on sign-out. */
  readonly change: (part: Partial<T>) => void
  /** The id that the act of this form will carry: sending it twice is then one act. */
  readonly id: string
  /** When it was last kept; undefined: nothing was typed yet. */
  readonly keptAt: string | undefined
  /** Forgets what was typed and begins a new act. */
  readonly clear: () => void
}

type Kept<T> = { readonly id: string; readonly value: T; readonly keptAt?: string }

function readKept<T>(key: string): Kept<T> | undefined {
  const text = sessionStorage.getItem(key)
  if (text === null) return undefined
  try {
    return JSON.parse(text) as Kept<T>
  } catch {
    // Of another version of the console: what cannot be read is dropped.
    sessionStorage.removeItem(key)
    return undefined
  }
}

/** Forgets all that was typed in this tab. */
export function dropDrafts(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key)
}

/** What somebody types in a form, kept through a reload. `name` tells forms apart: act and subject, never a name. */
export function useDraft<T extends object>(name: string, initial: T): Draft<T> {
  const key = `${PREFIX}${name}`
  const start = useRef(initial)
  const [kept, setKept] = useState<Kept<T>>(() => readKept<T>(key) ?? { id: timeId(), value: initial })
  useEffect(() => {
    if (kept.keptAt !== undefined) sessionStorage.setItem(key, JSON.stringify(kept))
  }, [key, kept])
  const change = useCallback((part: Partial<T>) => {
    const keptAt = Temporal.Now.instant().toString()
    setKept((before) => ({ id: before.id, value: { ...before.value, ...part }, keptAt }))
  }, [])
  const clear = useCallback(() => {
    sessionStorage.removeItem(key)
    setKept({ id: timeId(), value: start.current })
  }, [key])
  return { value: kept.value, change, id: kept.id, keptAt: kept.keptAt, clear }
}
