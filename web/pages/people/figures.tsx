import type { figuresContract } from '../../../src/custody/contract.ts'
import { addressOf, withFilters } from '../../frame/addresses.ts'
import { type AnswerOf, useRead } from '../../frame/api.ts'
import { formatDuration, secondsBetween } from '../../frame/format.ts'
import { useMay } from '../../frame/session.ts'
import { useWords } from '../../frame/words.ts'
import { Figure, Figures } from '../../parts/figure.tsx'
import { peopleWords } from './words.ts'

export type FiguresAnswer = AnswerOf<typeof figuresContract>

export const useFigures = () =>
  useRead<typeof figuresContract>('/api/custodies/figures', {}, { enabled: useMay('roll.read') })

/** Over the roster: how many, and each number leads to those whom it counts. */
export function RosterFigures({ figures }: { readonly figures: FiguresAnswer | undefined }) {
  const w = useWords(peopleWords)
  const mayCount = useMay('roll.read')
  const mayLaw = useMay('law.read')
  if (!mayCount) return null
  if (figures === undefined) return <div style={{ minHeight: 46 }} />
  const to = (filters: Readonly<Record<string, string>>) => withFilters(addressOf.people(), filters)
  const { held, confirmed, unconfirmed, withoutBasis, basisUnknown, withMissing, longestLapseSince } = figures
  return (
    <Figures label={w.figures}>
      <Figure
        label={w.held}
        value={held}
        to={addressOf.people()}
        note={w.today(figures.cameToday, figures.leftToday)}
      />
      <Figure label={w.confirmed} value={confirmed} to={to({ presence: 'confirmed' })} note={w.noCount} />
      <Figure
        label={w.unconfirmed}
        value={unconfirmed}
        to={to({ presence: 'unknown' })}
        mark={unconfirmed > 0 ? 'unknown' : undefined}
        note={unconfirmed > 0 ? w.unconfirmedToday(figures.unconfirmedToday) : undefined}
      />
      <Figure
        label={w.withoutBasis}
        value={withoutBasis}
        {...(mayLaw ? { to: to({ basis: 'lapse' }) } : {})}
        mark={withoutBasis > 0 ? 's1' : undefined}
        note={
          longestLapseSince === null
            ? undefined
            : w.longest(formatDuration(secondsBetween(longestLapseSince, figures.at)))
        }
      />
      <Figure
        label={w.basisUnknown}
        value={basisUnknown}
        {...(mayLaw ? { to: to({ basis: 'unknown' }) } : {})}
        mark={basisUnknown > 0 ? 'unknown' : undefined}
        note={basisUnknown > 0 ? w.batches(figures.basisUnknownBatches) : undefined}
      />
      <Figure label={w.withMissing} value={withMissing} to={to({ missing: 'any' })} />
    </Figures>
  )
}
