import type { ReactNode } from 'react'
import { formatNumber } from '../frame/format.ts'
import { Link } from '../frame/link.tsx'
import { useWords, words } from '../frame/words.ts'
import { Mark, type MarkKind } from './mark.tsx'
import './figure.css'

const own = words({ unknown: { en: 'unknown', es: 'desconocido' } })

export type FigureProps = {
  readonly label: string
  /** `unknown` is said as such: never 0, never an empty place. */
  readonly value: number | 'unknown'
  readonly unit?: string
  readonly digits?: number
  /** What the number counts: every number leads there. */
  readonly to?: string
  readonly note?: ReactNode
  readonly mark?: MarkKind | undefined
}

/** A number with what it is about; it leads to what it counts. Several stand in `Figures`. */
export function Figure({ label, value, unit, digits = 0, to, note, mark }: FigureProps) {
  const w = useWords(own)
  const text = value === 'unknown' ? w.unknown : formatNumber(value, digits)
  const shown = (
    <>
      {text}
      {unit === undefined || value === 'unknown' ? null : <small> {unit}</small>}
    </>
  )
  return (
    <div className={value === 'unknown' ? 'figure unknown-text' : 'figure'}>
      <div className="figure-label">
        {mark === undefined ? null : <Mark kind={mark} />}
        {label}
      </div>
      <div className="figure-value">
        {to === undefined ? <b>{shown}</b> : <Link to={to}>{shown}</Link>}
        {note === undefined ? null : <span className="support">{note}</span>}
      </div>
    </div>
  )
}

/** A line of figures with hairlines between them. */
export function Figures({ children, label }: { readonly children: ReactNode; readonly label: string }) {
  return (
    <section className="figures" aria-label={label}>
      {children}
    </section>
  )
}
