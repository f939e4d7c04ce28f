import { addressOf } from '../../frame/addresses.ts'
import { formatDay } from '../../frame/format.ts'
import { Link } from '../../frame/link.tsx'
import { useLanguage, useWords } from '../../frame/words.ts'
import { FactList } from '../../parts/facts.tsx'
import { Mark } from '../../parts/mark.tsx'
import { Card } from '../../parts/page.tsx'
import { When } from '../../parts/when.tsx'
import type { Case } from './case.ts'
import { sentenceWords } from './words.ts'

type DateRow = Case['dates'][number]

/** Two numbers first; then each date as computed, signed and checked. */
export function Dates({ one }: { readonly one: Case }) {
  const w = useWords(sentenceWords)
  const { language } = useLanguage()
  const { numbers, pack, packId } = one
  const { release, lastLawfulDay } = numbers
  const isWide = release !== null && release.latest !== release.earliest
  return (
    <Card title={w.dates} aside={<span className="support">{pack === null ? packId : pack.says[language]}</span>}>
      <FactList
        facts={[
          {
            label: w.release,
            value: release === null ? 'unknown' : <b>{formatDay(release.earliest, language)}</b>,
            ...(isWide ? { origin: w.to(formatDay(release.latest, language)) } : {}),
          },
          {
            label: w.lastDay,
            value: lastLawfulDay === null ? 'unknown' : <b>{formatDay(lastLawfulDay, language)}</b>,
            origin: w.lastDayHow,
          },
          {
            label: w.law,
            value: pack === null ? w.noPack : w.version(pack.version),
            ...(pack?.isProvisional ? { origin: w.provisional } : {}),
          },
        ]}
      />
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th>{w.date}</th>
              <th>{w.computed}</th>
              <th>{w.signed}</th>
              <th>{w.checked}</th>
            </tr>
          </thead>
          <tbody>
            {one.dates.map((date) => (
              <tr key={date.type}>
                <td>
                  {date.role === 'release' ? <b>{date.says[language]}</b> : date.says[language]}
                  <div className="support mono">{date.type}</div>
                </td>
                <td>
                  <Computed date={date} />
                </td>
                <td>
                  <Signed signed={date.signed} />
                </td>
                <td>
                  <Checked signed={date.signed} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}

function Computed({ date }: { readonly date: DateRow }) {
  const w = useWords(sentenceWords)
  const { language } = useLanguage()
  if (date.computed === null) {
    return (
      <span className="with-mark unknown-text">
        <Mark kind="unknown" /> {w.notComputed}
      </span>
    )
  }
  return (
    <>
      {formatDay(date.computed, language)}
      {date.computedLatest === null ? null : (
        <div className="support">{w.to(formatDay(date.computedLatest, language))}</div>
      )}
    </>
  )
}

function Signed({ signed }: { readonly signed: DateRow['signed'] }) {
  const w = useWords(sentenceWords)
  const { language } = useLanguage()
  if (signed === null) return <span className="label">{w.notSigned}</span>
  const who = signed.isYou ? w.you : signed.by
  const isOutdated = signed.state === 'outdated'
  const causes = { facts: w.facts, law: w.lawCause, 'facts-and-law': w['facts-and-law'] }
  return (
    <>
      {isOutdated ? <s>{formatDay(signed.date, language)}</s> : formatDay(signed.date, language)}
      {signed.how === 'pack' ? null : (
        <>
          {' '}
          <span className="tag">{signed.how === 'hand' ? w.byHand : w.byCourt}</span>
        </>
      )}
      {isOutdated ? (
        <div className="with-mark s2-text">
          <Mark kind="s2" /> {w.outdatedTag}
          {signed.cause === null ? null : `: ${causes[signed.cause]}`}
        </div>
      ) : null}
      {signed.why === null ? null : <div className="support">{signed.why}</div>}
      <div className="support">
        {who === null ? null : `${w.by(who)} · `}
        <When at={signed.at} precision="day" /> ·{' '}
        <Link to={addressOf.entry(signed.entry)}>{w.entry(signed.entryN)}</Link>
      </div>
    </>
  )
}

function Checked({ signed }: { readonly signed: DateRow['signed'] }) {
  const w = useWords(sentenceWords)
  if (signed === null) return null
  const { check } = signed
  if (check === null) {
    return (
      <span className="with-mark label">
        <Mark kind="missing" /> {w.notChecked}
      </span>
    )
  }
  return (
    <>
      {check.result === 'agrees' ? (
        w.agrees
      ) : (
        <span className="with-mark">
          <Mark kind="disputed" /> {w.disagrees}
        </span>
      )}
      {check.why === null ? null : <div className="support">{check.why}</div>}
      <div className="support">
        {check.by === null ? null : `${w.by(check.by)} · `}
        <When at={check.at} precision="day" /> · <Link to={addressOf.entry(check.entry)}>{w.entry(check.entryN)}</Link>
      </div>
    </>
  )
}
