import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { findingsContract } from '../../src/standards/contract.ts'
import { Drop } from '../parts/drop.tsx'
import { call } from './api.ts'
import { readAt, useAt } from './at.ts'
import { formatClock, formatTickDate, formatTickDay, formatWhen, readWhen } from './format.ts'
import { useShortcut } from './keys.ts'
import { usePreference } from './preference.ts'
import { useFacility, useMay } from './session.ts'
import { clampAt, ticksOf, WINDOWS, type Window, windowAround } from './time-window.ts'
import { useLanguage, useWords, words } from './words.ts'
import './time-bar.css'

const own = words({
  bar: { en: 'Instant', es: 'Instante' },
  now: { en: 'Now', es: 'Ahora' },
  notNow: { en: 'Not now', es: 'No es ahora' },
  slider: { en: 'Instant that the console shows', es: 'Instante que muestra la consola' },
  earlier: { en: 'A step earlier', es: 'Un paso antes' },
  later: { en: 'A step later', es: 'Un paso después' },
  window: { en: 'Window', es: 'Ventana' },
  '24h': { en: '24 h', es: '24 h' },
  '7d': { en: '7 d', es: '7 d' },
  '1m': { en: '1 m', es: '1 m' },
  goTo: { en: 'Go to an instant', es: 'Ir a un instante' },
  back: { en: 'Back to now', es: 'Volver a ahora' },
  instant: { en: 'Day and time', es: 'Día y hora' },
  notRead: { en: 'Not understood. For example:', es: 'No se entiende. Por ejemplo:' },
  go: { en: 'Go', es: 'Ir' },
  nowIs: { en: (when: string) => `now, ${when}`, es: (when: string) => `ahora, ${when}` },
})

const MINUTE = 60_000
const DRAG_MS = 150

const minuteNow = () => Math.floor(Temporal.Now.instant().epochMilliseconds / MINUTE) * MINUTE

/** The wall clock, by the minute: the bar needs no finer one. */
function useMinute(): number {
  const [now, setNow] = useState(minuteNow)
  useEffect(() => {
    const timer = setInterval(() => setNow(minuteNow()), 5000)
    return () => clearInterval(timer)
  }, [])
  return now
}

const textOf = (ms: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(ms)
    .toZonedDateTimeISO(zone)
    .toString({ smallestUnit: 'minute', timeZoneName: 'never' })

/** One instant for the whole console, in the address. A slider with the keys of the guide; never after now. */
export function TimeBar() {
  const w = useWords(own)
  const { language } = useLanguage()
  const { zone } = useFacility()
  const { at, isNow, setAt } = useAt()
  const now = useMinute()
  const [window, setWindow] = usePreference<Window>('time.window', '24h')
  const shown = at === undefined ? now : Temporal.Instant.from(at).epochMilliseconds
  const { from, to } = windowAround(shown, now, window)
  const goTo = useRef<HTMLButtonElement>(null)
  const go = (ms: number, how: 'push' | 'replace' = 'push') => {
    const next = clampAt(ms, now)
    setAt(next === undefined ? undefined : textOf(next, zone), how)
  }
  const step = WINDOWS[window].stepMs
  useShortcut('T', w.goTo, () => goTo.current?.click())
  useShortcut('N', w.back, isNow ? undefined : () => setAt(undefined))
  useShortcut('[', w.earlier, () => go(shown - step))
  useShortcut(']', w.later, isNow ? undefined : () => go(shown + step))
  const instant = Temporal.Instant.fromEpochMilliseconds(shown).toString()
  const said = formatWhen(instant, { language, zone, weekday: true })
  return (
    <section className={isNow ? 'time-bar' : 'time-bar is-past'} aria-label={w.bar}>
      <div className="time-state">
        {isNow ? <i className="time-now" aria-hidden="true" /> : null}
        <b>{isNow ? w.now : w.notNow}</b>
      </div>
      <b className="time-said">{said}</b>
      <button type="button" className="button small" aria-label={w.earlier} onClick={() => go(shown - step)}>
        <span aria-hidden="true">‹</span>
      </button>
      <Track
        from={from}
        to={to}
        shown={shown}
        now={now}
        zone={zone}
        window={window}
        said={isNow ? w.nowIs(said) : said}
        label={w.slider}
        go={go}
      />
      <button
        type="button"
        className="button small"
        aria-label={w.later}
        aria-disabled={isNow}
        onClick={() => !isNow && go(shown + step)}
      >
        <span aria-hidden="true">›</span>
      </button>
      <div className="segments time-windows" role="group" aria-label={w.window}>
        {(['24h', '7d', '1m'] as const).map((one) => (
          <button key={one} type="button" aria-pressed={window === one} onClick={() => setWindow(one)}>
            {w[one]}
          </button>
        ))}
      </div>
      <div className="time-go">
        {isNow ? null : (
          <button type="button" className="button small" onClick={() => setAt(undefined)}>
            {w.back} <kbd>N</kbd>
          </button>
        )}
        <div className={isNow ? undefined : 'hidden-visually'}>
          <Drop
            className="button small"
            side="right"
            buttonRef={goTo}
            button={
              <>
                {w.goTo} <kbd>T</kbd>
              </>
            }
          >
            {(close) => (
              <GoTo
                zone={zone}
                onGo={(text) => {
                  setAt(readAt(text) === undefined ? undefined : text)
                  close()
                }}
              />
            )}
          </Drop>
        </div>
      </div>
    </section>
  )
}

function GoTo({ zone, onGo }: { readonly zone: string; readonly onGo: (at: string) => void }) {
  const w = useWords(own)
  const { language } = useLanguage()
  const [text, setText] = useState('')
  const [isRefused, refuse] = useState(false)
  const example = formatWhen(Temporal.Now.instant().toString(), { language, zone })
  return (
    <form
      className="chip-form"
      onSubmit={(event) => {
        event.preventDefault()
        const read = readWhen(text, zone)
        if (read === undefined) refuse(true)
        else onGo(textOf(Temporal.Instant.from(read.at).epochMilliseconds, zone))
      }}
    >
      <label>
        <span className="label">{w.instant}</span>
        <input
          className="input"
          value={text}
          autoComplete="off"
          aria-describedby="go-to-example"
          onChange={(event) => setText(event.target.value)}
        />
        <span className="support" id="go-to-example">
          {isRefused ? `${w.notRead} ` : ''}
          {example}
        </span>
      </label>
      <button type="submit" className="button small">
        {w.go}
      </button>
    </form>
  )
}

type TrackProps = {
  readonly from: number
  readonly to: number
  readonly shown: number
  readonly now: number
  readonly zone: string
  readonly window: Window
  readonly said: string
  readonly label: string
  readonly go: (ms: number, how?: 'push' | 'replace') => void
}

function Track({ from, to, shown, now, zone, window, said, label, go }: TrackProps) {
  const { language } = useLanguage()
  const track = useRef<HTMLDivElement>(null)
  const [dragged, drag] = useState<number>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const hasPushed = useRef(false)
  const flags = useFlags(from, to)
  const place = (ms: number) => `${Math.max(0, Math.min(100, (100 * (ms - from)) / (to - from)))}%`
  const ticks = useMemo(() => ticksOf(from, to, window, zone), [from, to, window, zone])
  const msOf = (event: PointerEvent) => {
    const box = track.current?.getBoundingClientRect()
    if (box === undefined || box.width === 0) return shown
    const share = Math.max(0, Math.min(1, (event.clientX - box.left) / box.width))
    return Math.min(now, Math.round((from + share * (to - from)) / MINUTE) * MINUTE)
  }
  const preview = (ms: number) => {
    drag(ms)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      go(ms, hasPushed.current ? 'replace' : 'push')
      hasPushed.current = true
    }, DRAG_MS)
  }
  const keys: Record<string, number> = {
    ArrowLeft: -MINUTE,
    ArrowDown: -MINUTE,
    ArrowRight: MINUTE,
    ArrowUp: MINUTE,
    PageUp: 24 * 60 * MINUTE,
    PageDown: -24 * 60 * MINUTE,
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const move = keys[event.key]
    const to =
      event.key === 'Home'
        ? from
        : event.key === 'End'
          ? now
          : move === undefined
            ? undefined
            : shown + move * (event.shiftKey && Math.abs(move) === MINUTE ? 60 : 1)
    if (to === undefined) return
    event.preventDefault()
    event.stopPropagation()
    go(to)
  }
  const current = dragged ?? shown
  return (
    <div
      ref={track}
      className="time-track"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={Math.floor(from / MINUTE)}
      aria-valuemax={Math.floor(now / MINUTE)}
      aria-valuenow={Math.floor(Math.max(from, shown) / MINUTE)}
      aria-valuetext={said}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        hasPushed.current = false
        preview(msOf(event))
      }}
      onPointerMove={(event) => dragged !== undefined && preview(msOf(event))}
      onPointerUp={(event) => {
        if (dragged === undefined) return
        clearTimeout(timer.current)
        go(msOf(event), hasPushed.current ? 'replace' : 'push')
        drag(undefined)
      }}
      onPointerCancel={() => {
        clearTimeout(timer.current)
        drag(undefined)
      }}
    >
      <div className="time-fill" style={{ width: place(Math.min(now, to)) }} />
      {ticks.map(({ ms, isDay }) => {
        const at = Temporal.Instant.fromEpochMilliseconds(ms).toString()
        const day = window === '1m' ? formatTickDate(at, zone, language) : formatTickDay(at, zone, language)
        return (
          <span key={ms} className="time-tick" style={{ left: place(ms) }} aria-hidden="true">
            {isDay ? day : formatClock(at, zone)}
          </span>
        )
      })}
      {flags.map((ms) => (
        <i key={ms} className="time-flag" style={{ left: place(ms) }} aria-hidden="true" />
      ))}
      <i className="time-thumb" style={{ left: place(current) }} aria-hidden="true" />
    </div>
  )
}

/** When findings of severity 1 opened within the window: a flag each, at most one in a two-hundredth of it. */
function useFlags(from: number, to: number): readonly number[] {
  const mayRead = useMay('finding.read')
  const { code } = useFacility()
  const facility = code === '' ? undefined : code
  const { data } = useQuery({
    queryKey: ['flags', facility],
    queryFn: ({ signal }) =>
      call<typeof findingsContract>('GET', '/api/findings', {
        query: { severity: 'S1', facility, limit: 1000 },
        signal,
      }),
    enabled: mayRead,
    staleTime: 300_000,
  })
  return useMemo(() => {
    const width = (to - from) / 200
    const seen = new Map<number, number>()
    for (const { from: opened, state } of data?.findings ?? []) {
      if (opened === null || state !== 'fail') continue
      const ms = Temporal.Instant.from(opened).epochMilliseconds
      if (ms >= from && ms <= to) seen.set(Math.floor(ms / width), ms)
    }
    return [...seen.values()]
  }, [data, from, to])
}
