import type { ReactNode } from 'react'
import { addressOf } from '../frame/addresses.ts'
import { formatNumber } from '../frame/format.ts'
import { Link } from '../frame/link.tsx'
import { useWords, words } from '../frame/words.ts'
import { Mark, Swatch, type SwatchKind } from './mark.tsx'
import { When } from './when.tsx'

const own = words({
  proven: { en: 'proven', es: 'probado' },
  attested: { en: 'attested', es: 'afirmado' },
  'not-proven': { en: 'not proven', es: 'no probado' },
  entry: { en: (n: string) => `entry ${n}`, es: (n: string) => `asiento ${n}` },
  order: { en: 'order', es: 'orden' },
  lapse: { en: 'lapse', es: 'lapso' },
  unknown: { en: 'unknown', es: 'desconocida' },
  disputed: { en: 'disputed', es: 'disputada' },
  since: { en: 'since', es: 'desde' },
})

export type Proof = 'proven' | 'attested' | 'not-proven'

/** Proof is shown by filling: what is proven is full, what is only said is half, what is neither is empty. */
export function ProofMark({
  state,
  entry,
  n,
  children,
}: {
  readonly state: Proof
  /** The entry that proves it: its id, and its number for the eye. */
  readonly entry?: string
  readonly n?: number
  readonly children?: ReactNode
}) {
  const w = useWords(own)
  const text = children ?? (n === undefined ? w[state] : w.entry(formatNumber(n)))
  return (
    <span className="with-mark">
      <Mark kind={state} label={w[state]} />
      {entry === undefined ? text : <Link to={addressOf.entry(entry)}>{text}</Link>}
    </span>
  )
}

export type BasisState = 'order' | 'lapse' | 'unknown' | 'disputed'
const tone: Record<BasisState, string> = {
  order: 'label',
  lapse: 's1-text',
  unknown: 'unknown-text',
  disputed: 's2-text',
}

/** What covers a custody: shape, word and colour. `children` says it more closely: 'lapse since 2 Apr'. */
export function BasisTag({
  state,
  since,
  children,
}: {
  readonly state: BasisState
  readonly since?: string
  readonly children?: ReactNode
}) {
  const w = useWords(own)
  return (
    <span className={`with-mark ${tone[state]}`}>
      <Swatch kind={state satisfies SwatchKind} />
      <span>
        {children ?? w[state]}
        {since === undefined ? null : (
          <>
            {' '}
            {w.since} <When at={since} precision="day" />
          </>
        )}
      </span>
    </span>
  )
}
