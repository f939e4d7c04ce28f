import type { ReactNode } from 'react'
import { addressOf, withFilters } from '../../frame/addresses.ts'
import { formatNumber } from '../../frame/format.ts'
import { Link } from '../../frame/link.tsx'
import { useWords } from '../../frame/words.ts'
import { Figure, Figures } from '../../parts/figure.tsx'
import { Mark } from '../../parts/mark.tsx'
import { Card } from '../../parts/page.tsx'
import { When } from '../../parts/when.tsx'
import type { Director } from './answer.ts'
import { departureWords, directorWords, mannerWords } from './words.ts'

type Day = Director['day']
type Line = Day['in'][number]

const SHOWN = 20
/** After a whole list was entered at once there are thousands. */
const LATE_SHOWN = 5

/** Yesterday's roll + in − out = today's, each difference named. */
export function Identity({ day }: { readonly day: Day }) {
  const w = useWords(directorWords)
  const { yesterday, today, difference, balances, yesterdayAsTold, lateFromBefore, unconfirmed } = day
  return (
    <Card title={w.identity}>
      <div className="card-body stack">
        <Figures label={w.identity}>
          <Figure label={w.yesterday} value={yesterday} to={withFilters(addressOf.people(), { at: day.from })} />
          <Figure label={`+ ${w.in}`} value={day.in.length} to={`${addressOf.director()}#in`} />
          <Figure label={`− ${w.out}`} value={day.out.length} to={`${addressOf.director()}#out`} />
          <Figure label={`= ${w.today}`} value={today} to={addressOf.people()} />
        </Figures>
        {balances ? (
          <p className="label">{w.balances}</p>
        ) : (
          <p className="s1-text">
            <Mark kind="s1" /> {w.doesNot(formatNumber(difference))}
          </p>
        )}
        {yesterdayAsTold === yesterday ? null : (
          <p className="label">{w.asTold(formatNumber(yesterdayAsTold), formatNumber(yesterday))}</p>
        )}
      </div>
      <div className="card-body columns">
        <Lines id="in" title={w.in} lines={day.in} none={w.nobodyIn} />
        <Lines id="out" title={w.out} lines={day.out} none={w.nobodyOut} />
      </div>
      {lateFromBefore.in.count + lateFromBefore.out.count + unconfirmed.length === 0 ? null : (
        <div className="card-body columns">
          {lateFromBefore.in.count === 0 ? null : (
            <Lines
              id="late-in"
              title={w.lateIn}
              lines={lateFromBefore.in.lines}
              count={lateFromBefore.in.count}
              isLate
            />
          )}
          {lateFromBefore.out.count === 0 ? null : (
            <Lines
              id="late-out"
              title={w.lateOut}
              lines={lateFromBefore.out.lines}
              count={lateFromBefore.out.count}
              isLate
            />
          )}
          {unconfirmed.length === 0 ? null : (
            <section aria-label={w.noBody}>
              <h3>
                <Mark kind="unknown" /> {w.noBody}
              </h3>
              <p>
                {unconfirmed.slice(0, SHOWN).map(({ custody, registerNumber }, at) => (
                  <span key={custody}>
                    {at === 0 ? null : ' · '}
                    <Link to={addressOf.person(custody)}>{registerNumber}</Link>
                  </span>
                ))}{' '}
                <More
                  count={unconfirmed.length - SHOWN}
                  to={withFilters(addressOf.people(), { presence: 'unknown' })}
                />
              </p>
            </section>
          )}
        </div>
      )}
    </Card>
  )
}

function More({ count, to }: { readonly count: number; readonly to?: string }) {
  const w = useWords(directorWords)
  if (count <= 0) return null
  return to === undefined ? <span className="support">{w.more(count)}</span> : <Link to={to}>{w.more(count)}</Link>
}

function Lines(props: {
  readonly id: string
  readonly title: string
  readonly lines: readonly Line[]
  readonly count?: number
  readonly none?: ReactNode
  /** All of them were recorded later: then it is said once. */
  readonly isLate?: boolean
}) {
  const { id, title, lines, count = lines.length, none, isLate = false } = props
  const shown = isLate ? LATE_SHOWN : SHOWN
  const w = useWords(directorWords)
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{`${title}: ${formatNumber(count)}`}</h3>
      {lines.length === 0 ? (
        <p className="label">{none}</p>
      ) : (
        <div className="table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{w.person}</th>
                <th scope="col" className="number">
                  {w.when}
                </th>
                <th scope="col">{w.how}</th>
              </tr>
            </thead>
            <tbody>
              {lines.slice(0, shown).map((line) => (
                <tr key={`${line.custody} ${line.at}`}>
                  <td style={{ whiteSpace: 'nowrap' }}>
                    <Link to={addressOf.person(line.custody)}>{line.registerNumber}</Link>
                  </td>
                  <td className="number">
                    <When at={line.at} precision={line.precision as 'minute'} />
                  </td>
                  <td>
                    <How as={line.as} /> {line.late && !isLate ? <span className="tag">{w.late}</span> : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <More count={count - Math.min(lines.length, shown)} />
    </section>
  )
}

function How({ as }: { readonly as: string | null }) {
  const w = useWords(directorWords)
  const manners = useWords(mannerWords) as Readonly<Record<string, string>>
  const departures = useWords(departureWords) as Readonly<Record<string, string>>
  return as === null ? <span className="unknown-text">{w.unknown}</span> : (manners[as] ?? departures[as] ?? as)
}
