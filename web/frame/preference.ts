import { useCallback, useState } from 'react'

const PREFIX = 'habeas.preference.'

/** A screen preference (columns, heights, views), kept on this device. Nothing about anybody in custody belongs here. */
export function usePreference<T>(name: string, initial: T): readonly [T, (value: T) => void] {
  const key = `${PREFIX}${name}`
  const [value, setValue] = useState<T>(() => {
    const text = localStorage.getItem(key)
    if (text === null) return initial
    try {
      return JSON.parse(text) as T
    } catch {
      // Written by another version of the console.
      return initial
    }
  })
  const keep = useCallback(
    (next: T) => {
      localStorage.setItem(key, JSON.stringify(next))
      setValue(next)
    },
    [key],
  )
  return [value, keep]
}
