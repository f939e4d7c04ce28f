import { type ReactNode, useEffect, useState } from 'react'
import { Problem } from '../frame/api.ts'
import { useLanguage, useWords, words } from '../frame/words.ts'
import { Mark } from './mark.tsx'
import { When } from './when.tsx'
import './states.css'

const own = words({
  loading: { en: 'Loading', es: 'Cargando' },
  unread: { en: 'We could not read the record.', es: 'No pudimos leer el registro.' },
  safe: {
    en: 'What you typed is kept on this machine. Nothing was recorded.',
    es: 'Lo que escribió se guarda en este equipo. No se registró nada.',
  },
  again: { en: 'Try now', es: 'Probar ahora' },
  copy: { en: 'Copy the reference', es: 'Copiar la referencia' },
  unknown: { en: 'unknown', es: 'desconocido' },
  last: { en: 'last', es: 'último dato' },
  notLive: { en: 'Not live. Last heard', es: 'Sin tiempo real. Oído por última vez' },
  notYet: { en: 'Nothing has measured this yet', es: 'Nada ha medido esto todavía' },
})

export type EmptyProps = {
  /** What was looked for, as a sentence: 'Nobody without a basis in pavilion 6.' */
  readonly what: string
  /** When, over how many, and what does not count. */
  readonly children?: ReactNode
  /** The ways out, as links. */
  readonly ways?: ReactNode
}

/** Nothing was found: what was looked for, when, over how many, and the way out. */
export function Empty({ what, children, ways }: EmptyProps) {
  return (
    <div className="state">
      <p className="state-head">{what}</p>
      {children === undefined ? null : <div className="label">{children}</div>}
      {ways === undefined ? null : <p>{ways}</p>}
    </div>
  )
}

/** What has no source yet says so, and what it would need. */
export function NotMeasured({ needs }: { readonly needs: string }) {
  const w = useWords(own)
  return (
    <div className="state">
      <p className="state-head">
        <Mark kind="unknown" size={20} /> {w.notYet}
      </p>
      <p className="label">{needs}</p>
    </div>
  )
}

/** Grey bars at the height of what will stand there; after 300 ms, so that what is quick does not flicker. */
export function Loading({ rows = 4, height = 32 }: { readonly rows?: number; readonly height?: number }) {
  const w = useWords(own)
  const [isShown, show] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => show(true), 300)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div role="status" className="loading" style={{ minHeight: rows * height }}>
      {isShown ? <span className="hidden-visually">{w.loading}</span> : null}
      {isShown
        ? Array.from({ length: rows }, (_, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the bars have no identity
            <div key={row} className="loading-row" style={{ height }} aria-hidden="true">
              <i />
              <i />
              <i />
              <i />
            </div>
          ))
        : null}
    </div>
  )
}

export type FaultProps = {
  readonly error: unknown
  readonly onRetry?: (() => void) | undefined
  /** Seconds until it tries again by itself. */
  readonly retryIn?: number
}

/** What did not happen, what is safe, the next try, and a reference. Nothing internal. */
export function Fault({ error, onRetry }: FaultProps) {
  const w = useWords(own)
  const { language } = useLanguage()
  const problem = error instanceof Problem ? error.body : undefined
  return (
    <div className="state fault" role="alert">
      <Mark kind="refused" size={20} />
      <div className="stack">
        <p className="state-head">{problem?.says[language] ?? w.unread}</p>
        <p className="label">{problem?.remedy[language] ?? w.safe}</p>
        <div className="row">
          {onRetry === undefined ? null : (
            <button type="button" className="button small" onClick={onRetry}>
              {w.again}
            </button>
          )}
          {problem === undefined || problem.requestId === '' ? null : (
            <>
              <button
                type="button"
                className="button small"
                onClick={() => void navigator.clipboard.writeText(problem.requestId)}
              >
                {w.copy}
              </button>
              <code>{problem.requestId}</code>
            </>
          )}
        </div>
      </div>
    </div>
  )
}

/** A value that is too old to be told as if it were fresh: the word first, then the last that was known. */
export function Stale({ last, at }: { readonly last: string; readonly at: string }) {
  const w = useWords(own)
  return (
    <span>
      <span className="unknown-text">
        <Mark kind="unknown" /> {w.unknown}
      </span>{' '}
      <span className="support">
        {w.last} {last} · <When at={at} />
      </span>
    </span>
  )
}

/** Values that stay as they were last heard: in a broken box, with the time. */
export function NotLive({ heardAt }: { readonly heardAt: string }) {
  const w = useWords(own)
  return (
    <p className="not-live-box">
      <Mark kind="offline" /> {w.notLive} <When at={heardAt} precision="second" />
    </p>
  )
}
