import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

export type At = {
  /** The instant of the address, or undefined for now. */
  readonly at: string | undefined
  readonly isNow: boolean
  /** `undefined` goes back to now. Dragging replaces the address, letting go adds a step of history. */
  readonly setAt: (at: string | undefined, how?: 'push' | 'replace') => void
}

/** An instant with its offset, `2026-04-14T09:00-06:00`; undefined for anything else and for what is still to come. */
export function readAt(text: unknown, now = Temporal.Now.instant()): string | undefined {
  if (typeof text !== 'string') return undefined
  try {
    // A `+` in an address is read as a space.
    const instant = Temporal.Instant.from(text.trim().replace(' ', '+'))
    return Temporal.Instant.compare(instant, now) < 0 ? instant.toString() : undefined
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** The instant that the whole console looks at. */
export function useAt(): At {
  const search = useSearch({ strict: false }) as { readonly at?: string }
  const navigate = useNavigate()
  const at = readAt(search.at)
  const setAt = useCallback(
    (next: string | undefined, how: 'push' | 'replace' = 'push') => {
      const change = (before: Record<string, unknown>) => {
        const { at: _, ...rest } = before
        return next === undefined ? rest : { ...rest, at: next }
      }
      void navigate({ to: '.', search: change as never, replace: how === 'replace' })
    },
    [navigate],
  )
  return { at, isNow: at === undefined, setAt }
}
