import type { ReactNode } from 'react'
import { addressOf } from '../frame/addresses.ts'
import { formatNumber } from '../frame/format.ts'
import { Link } from '../frame/link.tsx'
import { useWords, words } from '../frame/words.ts'
import { Mark } from './mark.tsx'
import { When } from './when.tsx'
import './facts.css'

const own = words({
  unknown: { en: 'unknown', es: 'desconocido' },
  missing: { en: 'missing', es: 'falta' },
  expunged: { en: '[removed by order]', es: '[suprimido por orden]' },
  expungedBy: {
    en: (order: string, day: ReactNode) => (
      <>
        [removed by order {order}, {day}]
      </>
    ),
    es: (order: string, day: ReactNode) => (
      <>
        [suprimido por orden {order}, {day}]
      </>
    ),
  },
  since: { en: 'since', es: 'desde' },
  entry: { en: (n: string) => `entry ${n}`, es: (n: string) => `asiento ${n}` },
  corrected: { en: 'corrected', es: 'corregido' },
})

export type Fact = {
  readonly label: string
  /** The value, or why there is none. */
  readonly value: ReactNode | 'unknown' | 'missing'
  /** Removed by order of a court: the row stays. */
  readonly expunged?: { readonly order?: string; readonly at?: string }
  /** What stood there before it was corrected; it stays to be seen. */
  readonly before?: ReactNode
  readonly correctedAt?: string
  readonly reason?: string
  /** Who says so: 'says the person', 'birth certificate'. */
  readonly origin?: ReactNode
  readonly since?: string
  readonly entry?: string
  readonly n?: number
}

/** What is known, with its origin and since when; unknown, missing and removed are each said as such. */
export function FactList({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className="facts">
      {facts.map((fact) => (
        <div key={fact.label}>
          <dt>{fact.label}</dt>
          <dd>
            <FactValue fact={fact} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function FactValue({ fact }: { readonly fact: Fact }) {
  const w = useWords(own)
  const { value, expunged, before, correctedAt, reason, origin, since, entry, n } = fact
  const support: ReactNode[] = []
  if (origin !== undefined) support.push(origin)
  if (since !== undefined)
    support.push(
      <>
        {w.since} <When at={since} precision="day" />
      </>,
    )
  if (correctedAt !== undefined)
    support.push(
      <>
        {w.corrected} <When at={correctedAt} />
        {reason === undefined ? null : <>: “{reason}”</>}
      </>,
    )
  const number = n === undefined ? undefined : w.entry(formatNumber(n))
  if (number !== undefined)
    support.push(entry === undefined ? number : <Link to={addressOf.entry(entry)}>{number}</Link>)
  return (
    <>
      {before === undefined ? null : (
        <>
          <s className="label">{before}</s>{' '}
        </>
      )}
      {expunged !== undefined ? (
        <span className="label">
          {expunged.order === undefined || expunged.at === undefined
            ? w.expunged
            : w.expungedBy(expunged.order, <When at={expunged.at} precision="day" />)}
        </span>
      ) : value === 'unknown' ? (
        <span className="with-mark unknown-text">
          <Mark kind="unknown" /> {w.unknown}
        </span>
      ) : value === 'missing' ? (
        <span className="with-mark label">
          <Mark kind="missing" /> {w.missing}
        </span>
      ) : (
        <span className="fact">{value}</span>
      )}
      {support.length === 0 ? null : (
        <div className="support">
          {support.map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one line have no identity
            <span key={index}>
              {index === 0 ? null : ' · '}
              {part}
            </span>
          ))}
        </div>
      )}
    </>
  )
}
