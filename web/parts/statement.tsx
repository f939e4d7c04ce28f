import type { ReactNode } from 'react'
import { addressOf } from '../frame/addresses.ts'
import { formatNumber } from '../frame/format.ts'
import { Link } from '../frame/link.tsx'
import { plural, useWords, words } from '../frame/words.ts'
import { Mark, type MarkKind } from './mark.tsx'
import './statement.css'

const own = words({
  attested: { en: 'attested by the custodian', es: 'afirmado por el custodio' },
  'not-proven': { en: 'not proven', es: 'no probado' },
  closed: { en: 'closed to the reader', es: 'cerrado al destinatario' },
  entries: {
    en: (count: number) => plural(count, 'en', { one: 'entry', other: 'entries' }),
    es: (count: number) => plural(count, 'es', { one: 'asiento', other: 'asientos' }),
  },
  tally: { en: 'What the statements are worth', es: 'Qué valen las afirmaciones' },
  proven: {
    en: (count: number) => `${formatNumber(count)} proven`,
    es: (count: number) => `${formatNumber(count)} ${plural(count, 'es', { one: 'probada', other: 'probadas' })}`,
  },
  said: {
    en: (count: number) => `${formatNumber(count)} attested`,
    es: (count: number) => `${formatNumber(count)} ${plural(count, 'es', { one: 'afirmada', other: 'afirmadas' })}`,
  },
  open: {
    en: (count: number) => `${formatNumber(count)} not proven`,
    es: (count: number) => `${formatNumber(count)} no ${plural(count, 'es', { one: 'probada', other: 'probadas' })}`,
  },
  provenWhy: { en: 'an entry says it, with its proof', es: 'hay asiento, con su prueba' },
  saidWhy: { en: 'the custodian signs for it: absences', es: 'las firma el custodio: ausencias' },
  openWhy: { en: 'said so that it is known to be missing', es: 'se dicen para que se sepa que faltan' },
})

export type StatementState = 'proven' | 'attested' | 'not-proven'
export type StatementLook = 'lapse' | 'unknown' | 'disputed'

export type StatementProps = {
  readonly text: string
  readonly proof: StatementState
  /** Entries that prove it: place in the tree, and the id where this console may open it. */
  readonly entries?: readonly { readonly index: number; readonly id?: string }[]
  readonly note?: ReactNode
  readonly look?: StatementLook | undefined
  /** It says only that the reader may not see. */
  readonly isClosed?: boolean
}

/** A line of a return: what it is worth by the filling of its mark, what it says, and where that comes from. */
export function Statement({ text, proof, entries = [], note, look, isClosed = false }: StatementProps) {
  const w = useWords(own)
  return (
    <li className={look === undefined ? 'statement' : `statement statement-${look}`}>
      <Mark kind={proof} alone />
      <span className="said">{text}</span>
      <span className="source">
        {proof === 'proven' ? (
          <>
            {w.entries(entries.length)}{' '}
            {entries.map(({ index, id }, at) => (
              <span key={index}>
                {at === 0 ? null : ' · '}
                {id === undefined ? formatNumber(index) : <Link to={addressOf.entry(id)}>{formatNumber(index)}</Link>}
              </span>
            ))}
          </>
        ) : isClosed ? (
          w.closed
        ) : (
          w[proof]
        )}
      </span>
      {note === undefined ? null : <span className="note support">{note}</span>}
    </li>
  )
}

/** How many are proven, attested, not proven: said before the statements. */
export function StatementTally({ states }: { readonly states: readonly StatementState[] }) {
  const w = useWords(own)
  const of = (state: StatementState) => states.filter((one) => one === state).length
  const cells: readonly (readonly [MarkKind, string, string])[] = [
    ['proven', w.proven(of('proven')), w.provenWhy],
    ['attested', w.said(of('attested')), w.saidWhy],
    ['not-proven', w.open(of('not-proven')), w.openWhy],
  ]
  return (
    <ul className="tally" aria-label={w.tally}>
      {cells.map(([mark, count, why]) => (
        <li key={mark}>
          <Mark kind={mark} size={20} />
          <span>
            <b>{count}</b>
            <span className="support">{why}</span>
          </span>
        </li>
      ))}
    </ul>
  )
}

/** How a statement looks besides what it is worth: a lapse, an unknown and a dispute are seen from afar. */
export function lookOf(id: string, value: unknown): StatementLook | undefined {
  if (id.startsWith('conflict-') || id === 'disputed-limits') return 'disputed'
  const state = typeof value === 'object' && value !== null ? (value as { readonly state?: unknown }).state : undefined
  return state === 'lapse' || state === 'unknown' || state === 'disputed' ? state : undefined
}
