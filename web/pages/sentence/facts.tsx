import { addressOf } from '../../frame/addresses.ts'
import { formatDay } from '../../frame/format.ts'
import { Link } from '../../frame/link.tsx'
import { useLanguage, useWords } from '../../frame/words.ts'
import { Card } from '../../parts/page.tsx'
import { wordFor } from '../terms.ts'
import type { Case } from './case.ts'
import { kindWords, sentenceWords } from './words.ts'
import '../../parts/facts.css'

type Term = Case['facts']['sentences'][number]['terms'][number]

/** What was entered, each fact with the entry that says so. */
export function Facts({ one }: { readonly one: Case }) {
  const w = useWords(sentenceWords)
  const kinds = useWords(kindWords)
  const { language } = useLanguage()
  const { sentences, adjustments, events } = one.facts
  const entryOf = (item: string) => {
    const source = one.sources.find((each) => each.item === item)
    return source === undefined ? null : <Link to={addressOf.entry(source.entry)}>{w.entry(source.entryN)}</Link>
  }
  const day = (date: string) => formatDay(date, language)
  const length = ({ years, months, weeks, days }: Term) =>
    [
      years > 0 ? w.years(years) : '',
      months > 0 ? w.months(months) : '',
      weeks > 0 ? w.weeks(weeks) : '',
      days > 0 ? w.days(days) : '',
    ]
      .filter((part) => part !== '')
      .join(', ')
  return (
    <Card title={w.factsTitle}>
      <ul className="lines">
        {sentences.map(({ sentence, kind, imposed, terms, consecutiveTo }) => (
          <li key={sentence}>
            <div className="what">
              <b>{wordFor(kinds, kind)}</b> {terms.map(length).filter(Boolean).join(' + ') || w.life}
              <div className="support">
                {w.imposed(day(imposed))} · {consecutiveTo === undefined ? w.concurrent : w.consecutive}
              </div>
            </div>
            <div className="aside">{entryOf(`sentence ${sentence}`)}</div>
          </li>
        ))}
        {adjustments.map(({ adjustment, kind, days, from, to, why }) => (
          <li key={adjustment}>
            <div className="what">
              <b>{wordFor(kinds, kind)}</b>{' '}
              {[days === undefined ? undefined : w.days(days), from && day(from), to && day(to)]
                .filter((part) => part !== undefined && part !== '')
                .join(' – ')}
              {why === undefined ? null : <div className="support">{why}</div>}
            </div>
            <div className="aside">{entryOf(`adjustment ${adjustment}`)}</div>
          </li>
        ))}
        {events.map(({ event, kind, on, why }) => (
          <li key={event}>
            <div className="what">
              <b>{wordFor(kinds, kind)}</b> {day(on)}
              {why === undefined ? null : <div className="support">{why}</div>}
            </div>
            <div className="aside">{entryOf(`event ${event}`)}</div>
          </li>
        ))}
      </ul>
      <p className="card-body support">
        {w.inputs} <code title={one.inputs}>{one.inputs.slice(0, 12)}</code>
        {one.pack === null ? null : (
          <>
            {' '}
            · {w.pack} <code title={one.pack.hash}>{one.pack.hash.slice(0, 12)}</code>
          </>
        )}
      </p>
    </Card>
  )
}
