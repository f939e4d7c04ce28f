import { formatDay, formatNumber } from '../../frame/format.ts'
import { useLanguage, useWords } from '../../frame/words.ts'
import { ChoiceField } from '../../parts/field.tsx'
import { Mark } from '../../parts/mark.tsx'
import { Card } from '../../parts/page.tsx'
import type { Case } from './case.ts'
import { sentenceWords } from './words.ts'
import '../../parts/facts.css'

type Step = Case['outcome']['readings'][number]['steps'][number]

/** A step as it is read: its days as the console writes days, its lengths in words. */
export function useStepText(): (says: { readonly en: string; readonly es: string }) => string {
  const w = useWords(sentenceWords)
  const { language } = useLanguage()
  const units = { Y: w.years, M: w.months, W: w.weeks, D: w.days }
  const length = (text: string) =>
    [...text.matchAll(/(\d+)([YMWD])/g)].map(([, n, unit]) => units[unit as keyof typeof units](Number(n))).join(', ')
  return (says) =>
    says[language]
      .replace(/\b\d{4}-\d\d-\d\d\b/g, (day) => formatDay(day, language))
      .replace(/\bP(?:\d+[YMWD])+\b/g, length)
}

/** The source of a step: what it is, where in it, and whether somebody of the law has read it. */
export function Source({ cite }: { readonly cite: Step['cite'] }) {
  const w = useWords(sentenceWords)
  if (cite === null) return null
  return (
    <>
      {cite.title}
      {cite.provision === null ? null : `, ${cite.provision}`}
      {cite.checked ? null : <div className="support">{w.unread}</div>}
    </>
  )
}

/** Every step in words with its source; where the law has several readings, one of them at a time. */
export function Working({
  one,
  reading,
  onReading,
}: {
  readonly one: Case
  readonly reading: number
  readonly onReading: (reading: number) => void
}) {
  const w = useWords(sentenceWords)
  const { language } = useLanguage()
  const stepText = useStepText()
  const { readings, reasons } = one.outcome
  const shown = readings[reading] ?? readings[0]
  return (
    <>
      {reasons.length === 0 ? null : (
        <Card title={w.refusedTitle}>
          <ul className="lines">
            {reasons.map(({ code, says, about }) => (
              <li key={`${code} ${about ?? ''}`}>
                <Mark kind="unknown" />
                <div className="what">{says[language]}</div>
              </li>
            ))}
          </ul>
          {shown === undefined ? <p className="card-body label">{w.refusedHow}</p> : null}
        </Card>
      )}
      {shown === undefined ? null : (
        <Card title={w.working}>
          {readings.length === 1 ? null : (
            <div className="card-body stack">
              <ChoiceField
                name="reading"
                label={w.readings(readings.length)}
                empty={null}
                value={String(reading)}
                onValue={(value) => onReading(Number(value))}
                choices={readings.map(({ dates, assumptions }, i) => ({
                  value: String(i),
                  label: [
                    assumptions.find(({ code }) => code.startsWith('counting'))?.says[language] ??
                      `${w.reading} ${formatNumber(i + 1)}`,
                    dates.map(({ date }) => formatDay(date, language)).at(0),
                  ].join(' '),
                }))}
              />
            </div>
          )}
          <div className="table-scroll">
            <table className="table">
              <thead>
                <tr>
                  <th className="number">{w.step}</th>
                  <th>{w.says}</th>
                  <th>{w.source}</th>
                </tr>
              </thead>
              <tbody>
                {shown.steps.map((step) => {
                  const given = shown.dates.filter((date) => date.step === step.n)
                  return (
                    <tr key={step.n}>
                      <td className="number">{formatNumber(step.n)}</td>
                      <td>
                        {stepText(step.says)}
                        {given.map(({ type, says, date }) => (
                          <div key={type}>
                            <b>
                              {says[language]}: {formatDay(date, language)}
                            </b>
                          </div>
                        ))}
                      </td>
                      <td>
                        <Source cite={step.cite} />
                      </td>
                    </tr>
                  )
                })}
              </tbody>
            </table>
          </div>
          {shown.assumptions.length === 0 ? null : (
            <div className="card-body stack">
              <h3>{w.assumed}</h3>
              {shown.assumptions.map(({ code, says }) => (
                <p key={code}>{says[language]}</p>
              ))}
            </div>
          )}
        </Card>
      )}
    </>
  )
}
