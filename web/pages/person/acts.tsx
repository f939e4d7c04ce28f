import { useState } from 'react'
import type { lookedContract } from '../../../src/access/looked-contract.ts'
import type { custodyEntriesContract } from '../../../src/cli/record-contract.ts'
import { addressOf } from '../../frame/addresses.ts'
import { type AnswerOf, useRead } from '../../frame/api.ts'
import { formatDuration, formatNumber, type Precision, secondsBetween } from '../../frame/format.ts'
import { roleWords } from '../../frame/frame-words.ts'
import { Link } from '../../frame/link.tsx'
import { useMay } from '../../frame/session.ts'
import { useLanguage, useWords } from '../../frame/words.ts'
import { Mark } from '../../parts/mark.tsx'
import { Card } from '../../parts/page.tsx'
import { Fault, Loading } from '../../parts/states.tsx'
import { When } from '../../parts/when.tsx'
import { wordFor } from '../terms.ts'
import type { Entries } from './parts.tsx'
import { personWords } from './words.ts'

const FIRST = 8
/** A difference between both times is told from here on. */
const LATE_SECONDS = 300

export const useEntries = (custody: string) =>
  useRead<typeof custodyEntriesContract>('/api/custodies/:id/entries', {
    params: { id: custody },
    query: { limit: 200 },
  })

/** The acts, the latest first, with the time at which each happened and the time at which it was recorded. */
export function Acts({ entries, more }: { readonly entries: Entries | undefined; readonly more: boolean }) {
  const w = useWords(personWords)
  const [isWhole, showWhole] = useState(false)
  const all = entries ?? []
  const shown = isWhole ? all : all.slice(0, FIRST)
  const hidden = all.length - shown.length
  return (
    <Card
      title={w.actsTitle}
      aside={
        <span className="support">
          {formatNumber(all.length)}
          {more ? '+' : ''} · {w.happenedRecorded}
        </span>
      }
    >
      {entries === undefined ? (
        <Loading rows={4} />
      ) : all.length === 0 ? (
        <p className="card-body label">{w.noActs}</p>
      ) : (
        <>
          <div className="table-scroll">
            <table className="table">
              <thead>
                <tr>
                  <th>{w.act}</th>
                  <th className="number">{w.happened}</th>
                  <th className="number">{w.recorded}</th>
                  <th>{w.byWhom}</th>
                  <th className="number">{w.entry}</th>
                </tr>
              </thead>
              <tbody>
                {shown.map((entry) => (
                  <ActRow key={entry.id} entry={entry} />
                ))}
              </tbody>
            </table>
          </div>
          {hidden > 0 ? (
            <p className="card-body">
              <button type="button" className="button small" onClick={() => showWhole(true)}>
                {w.earlier} ({formatNumber(hidden)})
              </button>
            </p>
          ) : null}
        </>
      )}
    </Card>
  )
}

function ActRow({ entry }: { readonly entry: Entries[number] }) {
  const w = useWords(personWords)
  const { language } = useLanguage()
  const { occurredAt, recordedAt, amends, amendedBy } = entry
  const late = occurredAt === null ? 0 : secondsBetween(occurredAt.at, recordedAt)
  return (
    <tr>
      <td>
        {entry.says[language]}
        {amends === null ? null : (
          <div className="support">
            <Link to={addressOf.entry(amends)}>{w.corrects}</Link>
          </div>
        )}
        {amendedBy.map(({ id }) => (
          <div key={id} className="support">
            <Link to={addressOf.entry(id)}>{w.corrected}</Link>
          </div>
        ))}
      </td>
      <td className="number">
        {occurredAt === null ? (
          <span className="label">{w.whenExpunged}</span>
        ) : (
          <When at={occurredAt.at} precision={occurredAt.precision as Precision} offset={false} />
        )}
      </td>
      <td className="number">
        <When at={recordedAt} offset={false} />
        {late >= LATE_SECONDS ? <div className="support s2-text">{w.later(formatDuration(late))}</div> : null}
      </td>
      <td>{entry.by}</td>
      <td className="number">
        <Link to={addressOf.entry(entry.id)}>{formatNumber(entry.n)}</Link>
      </td>
    </tr>
  )
}

type Looks = AnswerOf<typeof lookedContract>['looks']

const whatKey = {
  file: 'whatFile',
  picture: 'whatPicture',
  entry: 'whatEntry',
  list: 'whatList',
  search: 'whatSearch',
  return: 'whatReturn',
} as const satisfies Record<Looks[number]['what'], string>

/** Who looked and which returns were issued, as far as one's role is told. */
export function Looked({ custody }: { readonly custody: string }) {
  const w = useWords(personWords)
  const roles = useWords(roleWords)
  const may = useMay('looked.read')
  const read = useRead<typeof lookedContract>(
    '/api/custodies/:id/looked',
    { params: { id: custody }, query: { limit: 20 } },
    { enabled: may, timed: false },
  )
  if (!may) return null
  const { data } = read
  const looks = data?.looks.filter(({ what }) => what !== 'return') ?? []
  const returns = data?.looks.filter(({ issued }) => issued !== null) ?? []
  return (
    <Card
      title={w.lookedTitle}
      aside={<span className="support">{data?.complete === true ? w.lookedComplete : w.lookedPart}</span>}
    >
      {read.error !== null && data === undefined ? (
        <Fault error={read.error} onRetry={() => void read.refetch()} />
      ) : data === undefined ? (
        <Loading rows={3} />
      ) : looks.length === 0 ? (
        <p className="card-body label">{w.nobodyLooked}</p>
      ) : (
        <ul className="lines">
          {looks.map((look) => (
            <li key={`${look.officer}${look.what}${look.since}`}>
              <div className="what">
                {wordFor(roles, look.role)} · {look.label ?? look.officer.slice(0, 8)}
                <div className="support">
                  {w[whatKey[look.what]]}, {w.times(look.looks)}
                </div>
              </div>
              <div className="aside support">
                <When at={look.until} />
              </div>
            </li>
          ))}
        </ul>
      )}
      {data === undefined || data.broken.length === 0 ? null : (
        <ul className="lines">
          {data.broken.map((one) => (
            <li key={`${one.officer}${one.from}`} className="s1-line">
              <Mark kind="s1" alone />
              <div className="what">
                {w.glass}
                <div className="support">{one.label ?? one.officer.slice(0, 8)}</div>
              </div>
              <div className="aside support">
                <When at={one.from} />
              </div>
            </li>
          ))}
        </ul>
      )}
      <h3 className="card-head">{w.returnsTitle}</h3>
      {returns.length === 0 ? (
        <p className="card-body label">{w.noReturns}</p>
      ) : (
        <ul className="lines">
          {returns.map(({ issued, since, label, role }) =>
            issued === null ? null : (
              <li key={issued.digest}>
                <div className="what">
                  {w.returnOf(wordFor(roles, issued.audience))}
                  <div className="support">
                    {wordFor(roles, role)} · {label} · <code>{issued.digest.slice(0, 12)}</code>
                  </div>
                </div>
                <div className="aside support">
                  <When at={since} />
                </div>
              </li>
            ),
          )}
        </ul>
      )}
    </Card>
  )
}
