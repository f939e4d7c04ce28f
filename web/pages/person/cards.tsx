import { Fragment } from 'react'
import { addressOf, withFilters } from '../../frame/addresses.ts'
import { formatAmount, formatDuration, type Precision, secondsBetween } from '../../frame/format.ts'
import { Link } from '../../frame/link.tsx'
import { useLanguage, useWords } from '../../frame/words.ts'
import { FactList } from '../../parts/facts.tsx'
import { MissingList } from '../../parts/lines.tsx'
import { Mark } from '../../parts/mark.tsx'
import { Card } from '../../parts/page.tsx'
import { When } from '../../parts/when.tsx'
import { becauseWords, orderWords, wordFor } from '../terms.ts'
import type { Orders } from './band.tsx'
import { Closed, codeOf, Entry, type EntryIds, type File, isClosed, type Segment, wayTo } from './parts.tsx'
import { personWords } from './words.ts'

/** The chain of places, the last one first, without a gap; where nobody knew is a row of its own. */
export function Places({ file, ids }: { readonly file: File; readonly ids: EntryIds }) {
  const w = useWords(personWords)
  const because = useWords(becauseWords)
  const chain = [...file.chain].reverse()
  return (
    <Card title={w.whereTitle} aside={<span className="support">{w.places(chain.length)}</span>}>
      {isClosed(file, 'place') ? (
        <Closed />
      ) : chain.length === 0 ? (
        <p className="card-body label">{w.noPlaces}</p>
      ) : (
        <div className="table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th>{w.place}</th>
                <th className="number">{w.from}</th>
                <th className="number">{w.for}</th>
              </tr>
            </thead>
            <tbody>
              {chain.map((one, index) => (
                <tr key={`${one.entryN}-${one.from}`}>
                  <td>
                    <PlaceOf segment={one} isNow={index === 0} />
                  </td>
                  <td className="number">
                    <When at={one.from} precision={one.fromPrecision as Precision} offset={false} />
                    <div className="support">
                      <Entry n={one.entryN} ids={ids}>
                        {wordFor(because, one.because)}
                      </Entry>
                    </div>
                  </td>
                  <td className="number">{stay(secondsBetween(one.from, endOf(one, file.at)))}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  )
}

/** Of a stay of many days the hours say nothing. */
const stay = (seconds: number) =>
  seconds >= 864_000 ? formatAmount(Math.floor(seconds / 86_400), 'd') : formatDuration(seconds)

const endOf = ({ to }: Segment, at: string) =>
  to === null || Temporal.Instant.compare(Temporal.Instant.from(at), Temporal.Instant.from(to)) < 0 ? at : to

function PlaceOf({ segment, isNow }: { readonly segment: Segment; readonly isNow: boolean }) {
  const w = useWords(personWords)
  const { state, path, where, rivals } = segment
  if (state === 'unknown') {
    return (
      <span className="with-mark unknown-text">
        <Mark kind="unknown" /> {w.unknown}
      </span>
    )
  }
  const place = path.at(-1)
  const text = codeOf(path) || (where ?? w.onTheWay)
  const shown = <span style={{ whiteSpace: 'nowrap', fontWeight: isNow ? 650 : 400 }}>{text}</span>
  return (
    <>
      {state === 'disputed' ? <Mark kind="disputed" alone /> : null}
      {place === undefined ? (
        shown
      ) : (
        <Link to={withFilters(addressOf.people(), { place: place.id })} title={wayTo(path)}>
          {shown}
        </Link>
      )}
      {rivals === null ? null : (
        <div className="support">
          {w.saidOtherwise} {rivals.map((rival) => rival.where ?? rival.state).join(' · ')}
        </div>
      )}
    </>
  )
}

const ROLES = ['ordered', 'supervises', 'runs'] as const

/** Who ordered, who supervises, who runs: never one for another. */
export function Authorities({
  file,
  ids,
  orders,
  noOrderSince,
  isNow,
}: {
  readonly file: File
  readonly ids: EntryIds
  readonly orders: Orders | undefined
  /** Since when nobody orders it any more. */
  readonly noOrderSince: string | undefined
  readonly isNow: boolean
}) {
  const w = useWords(personWords)
  const kinds = useWords(orderWords)
  const last = orders?.at(-1)
  return (
    <Card title={isNow ? w.authoritiesTitle : w.authoritiesThen}>
      {file.conflicts.length === 0 ? null : (
        <p className="card-body">
          <Mark kind="disputed" alone /> {w.conflict}
        </p>
      )}
      {file.responsibilities.length === 0 && isClosed(file, 'legal') ? (
        <Closed />
      ) : (
        <FactList
          facts={ROLES.map((role) => {
            const said = file.responsibilities.filter((one) => one.role === role)
            const lapsed = role === 'ordered' && noOrderSince !== undefined
            const [first] = said
            if (lapsed) {
              const before = last === undefined ? first?.authority : `${last.issuer.name}, ${wordFor(kinds, last.kind)}`
              return {
                label: w[role],
                value: (
                  <span className="s1-text">
                    {w.nobodySince} <When at={noOrderSince} precision="day" />
                  </span>
                ),
                ...(before === undefined ? {} : { origin: w.before(before) }),
              }
            }
            if (first === undefined) return { label: w[role], value: 'missing' }
            return {
              label: w[role],
              value: said.map((one) => (
                <Fragment key={`${one.statedBy}${one.entryN}`}>
                  <span lang="es">{w.authorityOf(one.authority, one.state)}</span>
                  {one.statedBy === 'register' ? null : <span className="support"> {w.saidBy(one.statedBy)}</span>}
                  <br />
                </Fragment>
              )),
              since: first.since,
              origin: <Entry n={first.entryN} ids={ids} />,
            }
          })}
        />
      )}
    </Card>
  )
}

/** What the register lacks, who can supply it, since when. It never blocks an act. */
export function Missing({ file }: { readonly file: File }) {
  const w = useWords(personWords)
  const { language } = useLanguage()
  return (
    <Card title={w.missingTitle} aside={<span className="support">{w.neverBlocks}</span>}>
      <MissingList
        items={file.missing.map((lack) => ({
          what: lack.says[language],
          whoCan: lack.fromSays[language],
          by: stay(secondsBetween(lack.since, file.at)),
          note: lack.citation,
        }))}
      />
    </Card>
  )
}
