import { useQueryClient } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useMemo, useRef, useState } from 'react'
import type { Question } from './addresses.ts'
import { addressOfCall, request } from './api.ts'
import { useAt } from './at.ts'
import { UNATTENDED } from './reader.ts'
import { useFacility } from './session.ts'

export type Worst = null | 'S1' | 'S2' | 'unknown'
export type Status = {
  readonly at: string
  /** Null, and `worst` too: not for this role. */
  readonly held: number | null
  readonly confirmed: number | null
  readonly unconfirmed: number | null
  readonly withoutBasis: number | null
  readonly basisUnknown: number | null
  readonly dutiesLate: number | null
  readonly unsequenced: number
  readonly checkpoint: { readonly at: string; readonly size: number } | null
  readonly witnesses: { readonly agree: number; readonly of: number }
  readonly worst: Readonly<Record<Question, Worst>> | null
}

export type Live = {
  /** What stands now (or stood at the instant of the time bar); undefined: not known. */
  readonly status: Status | undefined
  /** Whether the server talks to us at this moment. */
  readonly isLive: boolean
  /** When it was last heard. */
  readonly heardAt: string | undefined
  /** Counts up each time that custodies changed. */
  readonly changes: number
}

export const LiveContext = createContext<Live>({ status: undefined, isLive: false, heardAt: undefined, changes: 0 })
/** The status and whether it is live, as the frame hears it. */
export const useLive = (): Live => useContext(LiveContext)

const SILENT_MS = 40_000
const AGAIN_MS = [1000, 2000, 4000, 8000, 15_000]

/**
 * Listens to `/api/live` while the console shows now; at another instant it asks `/api/status` once and is not live.
 * A server that sends nothing, not even its comment of every 15 s, is left and asked again.
 */
export function useStatus(): Live {
  const { at } = useAt()
  const { code } = useFacility()
  const client = useQueryClient()
  const [status, setStatus] = useState<Status>()
  const [isLive, setLive] = useState(false)
  const [heardAt, setHeard] = useState<string>()
  const [changes, setChanges] = useState(0)
  const queries = useRef(client)

  useEffect(() => {
    const stop = new AbortController()
    const facility = code === '' ? undefined : code
    const heard = () => setHeard(Temporal.Now.instant().toString())
    const ask = async () => {
      const address = addressOfCall('/api/status', undefined, { at, facility })
      const response = await request(address, { headers: UNATTENDED, signal: stop.signal })
      setStatus((await response.json()) as Status)
      heard()
    }
    const onEvent = (event: string, data: string) => {
      if (event === 'status') setStatus(JSON.parse(data) as Status)
      if (event !== 'changed') return
      setChanges((before) => before + 1)
      void queries.current.invalidateQueries({ queryKey: ['live'] })
    }
    const listen = async () => {
      for (let tries = 0; !stop.signal.aborted; tries += 1) {
        try {
          await ask()
          const address = addressOfCall('/api/live', undefined, { facility })
          await hear(address, stop.signal, onEvent, () => {
            tries = 0
            heard()
            setLive(true)
          })
        } catch {
          // Whatever broke the line, the strip says that it is not live, and it is asked again.
        }
        setLive(false)
        await pause(AGAIN_MS[Math.min(tries, AGAIN_MS.length - 1)] ?? 0, stop.signal)
      }
    }
    setLive(false)
    if (at === undefined) void listen()
    else ask().catch(() => setStatus(undefined))
    return () => stop.abort()
  }, [at, code])

  return useMemo(
    () => ({ status, isLive: isLive && at === undefined, heardAt, changes }),
    [status, isLive, at, heardAt, changes],
  )
}

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })

/** Reads a stream of server-sent events (WHATWG HTML §9.2) to its end. By fetch, so that silence can be noticed. */
async function hear(
  address: string,
  signal: AbortSignal,
  onEvent: (event: string, data: string) => void,
  onHeard: () => void,
): Promise<void> {
  const silent = new AbortController()
  let timer = setTimeout(() => silent.abort(), SILENT_MS)
  try {
    const response = await request(address, {
      headers: { accept: 'text/event-stream', ...UNATTENDED },
      signal: AbortSignal.any([signal, silent.signal]),
    })
    if (response.body === null) return
    let left = ''
    const decoder = new TextDecoder()
    for await (const bytes of response.body) {
      clearTimeout(timer)
      timer = setTimeout(() => silent.abort(), SILENT_MS)
      onHeard()
      left += decoder.decode(bytes, { stream: true })
      const blocks = left.split(/\r?\n\r?\n/)
      left = blocks.pop() ?? ''
      for (const block of blocks) {
        const { event, data } = readEvent(block)
        if (data !== '') onEvent(event, data)
      }
    }
  } finally {
    clearTimeout(timer)
  }
}

/** One block of a stream of events. */
export function readEvent(block: string): { readonly event: string; readonly data: string } {
  let event = 'message'
  const data: string[] = []
  for (const line of block.split(/\r?\n/)) {
    const [, field, value = ''] = /^([a-z]+)(?:: ?(.*))?$/.exec(line) ?? []
    if (field === 'event') event = value
    if (field === 'data') data.push(value)
  }
  return { event, data: data.join('\n') }
}
