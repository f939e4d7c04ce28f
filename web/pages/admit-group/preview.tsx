import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { addressOf } from '../../frame/addresses.ts'
import { useAt } from '../../frame/at.ts'
import { formatDay, formatMonth, formatNumber, type ReadDay } from '../../frame/format.ts'
import { Link } from '../../frame/link.tsx'
import { useFacility } from '../../frame/session.ts'
import { useLanguage, useWords } from '../../frame/words.ts'
import { ChoiceField } from '../../parts/field.tsx'
import { Mark } from '../../parts/mark.tsx'
import { Card } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { Fault } from '../../parts/states.tsx'
import { lacksOf } from '../admit/missing.ts'
import { admissionOf } from '../admit/to-acts.ts'
import { type AdmissionValues, isOrderWhole } from '../admit/values.ts'
import { admitWords } from '../admit/words.ts'
import { missingWords } from '../terms.ts'
import { type Alike, useAlike } from './doubles.ts'
import type { GroupRow } from './group-row.ts'
import { type RowAnswer, sendGroup } from './send.ts'
import { groupWords } from './words.ts'

export type PreviewProps = {
  readonly rows: readonly GroupRow[]
  /** What holds for everybody. */
  readonly whole: Partial<AdmissionValues>
  readonly onDone: () => void
  readonly onNext: () => void
}

/** Who will be admitted, what each lacks, who may be known; then each row's own answer beside it. */
export function Preview({ rows, whole, onDone, onNext }: PreviewProps) {
  const w = useWords(groupWords)
  const a = useWords(admitWords)
  const facility = useFacility()
  const { isNow } = useAt()
  const client = useQueryClient()
  const [mode, setMode] = useState<'each' | 'all'>('each')
  const [out, setOut] = useState<ReadonlySet<string>>(new Set())
  const [same, setSame] = useState<Readonly<Record<string, string>>>({})
  const [answers, setAnswers] = useState<ReadonlyMap<string, RowAnswer>>(new Map())
  const [isSending, setSending] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const alike = useAlike(rows.map(({ values }) => values))
  const valuesOf = ({ id, values }: GroupRow): AdmissionValues => ({
    ...values,
    ...whole,
    papers: values.papers === '' ? (whole.papers ?? '') : values.papers,
    same: same[id] ?? '',
  })
  const isRecorded = (id: string) => answers.get(id)?.as === 'recorded'
  const open = rows.filter(({ id }) => !out.has(id) && !isRecorded(id))
  const recorded = rows.filter(({ id }) => isRecorded(id)).length
  const refused = rows.filter(({ id }) => answers.get(id)?.as === 'refused' && !out.has(id)).length
  const isDone = recorded > 0 && open.length === 0
  const why = !isNow ? w.notNow : open.length === 0 ? w.nothing : undefined
  const send = async () => {
    if (why !== undefined || isSending) return
    setSending(true)
    setFault(undefined)
    const items = open.map((row) => ({ id: row.id, ...admissionOf(valuesOf(row), facility, a.undescribed) }))
    let left = new Set(items.map(({ id }) => id))
    try {
      await sendGroup(items, mode, (more) => {
        setAnswers((before) => new Map([...before, ...more]))
        left = new Set([...left].filter((id) => more.get(id)?.as !== 'recorded'))
      })
      if (left.size === 0) onDone()
    } catch (error) {
      setFault(error)
    } finally {
      setSending(false)
      void client.invalidateQueries({ queryKey: ['live'] })
    }
  }
  return (
    <>
      <Card title={w.preview} aside={<span className="support">{w.count(rows.length - out.size)}</span>}>
        {/* It scrolls, so it must be reached by keyboard. */}
        <section className="table-scroll" aria-label={w.preview} tabIndex={0}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col" className="number">
                  {w.row}
                </th>
                <th scope="col">{w.name}</th>
                <th scope="col">{w.birth}</th>
                <th scope="col">{w.document}</th>
                <th scope="col">{w.order}</th>
                <th scope="col">{w.missing}</th>
                <th scope="col">{w.known}</th>
                <th scope="col">{w.answer}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                <Line
                  key={row.id}
                  number={index + 1}
                  values={valuesOf(row)}
                  alike={alike[index]}
                  answer={answers.get(row.id)}
                  isOut={out.has(row.id)}
                  onSame={(person) => setSame((before) => ({ ...before, [row.id]: person }))}
                  onOut={() =>
                    setOut((before) => {
                      const next = new Set(before)
                      if (!next.delete(row.id)) next.add(row.id)
                      return next
                    })
                  }
                />
              ))}
            </tbody>
          </table>
        </section>
      </Card>
      <div className="stack" role="status">
        {answers.size === 0 ? null : (
          <p>
            {isSending ? (
              w.progress(answers.size, rows.length)
            ) : (
              <>
                <b>{recorded === 0 ? w.noneRecorded : w.recorded(recorded, rows.length - out.size)}</b>{' '}
                {recorded > 0 && refused > 0 ? w.refusedCount(refused) : null}
              </>
            )}
          </p>
        )}
        {fault === undefined ? null : <Fault error={fault} onRetry={() => void send()} />}
      </div>
      {isDone ? (
        <div className="row">
          <button type="button" className="button primary" onClick={onNext}>
            {w.anew}
          </button>
          <Link className="button" to={addressOf.admissions()}>
            {w.queue}
          </Link>
        </div>
      ) : (
        <form
          className="form-foot"
          onSubmit={(event) => {
            event.preventDefault()
            void send()
          }}
        >
          <ChoiceField
            name="mode"
            label={w.mode}
            value={mode}
            empty={null}
            onValue={(one) => setMode(one as 'each' | 'all')}
            choices={[
              { value: 'each', label: w.each },
              { value: 'all', label: w.all },
            ]}
          />
          <button type="submit" className="button primary" aria-disabled={why !== undefined || isSending} title={why}>
            {w.verb(open.length)}
          </button>
          <span className="support">{why}</span>
        </form>
      )}
    </>
  )
}

function Line({
  number,
  values,
  alike,
  answer,
  isOut,
  onSame,
  onOut,
}: {
  readonly number: number
  readonly values: AdmissionValues
  readonly alike: Alike | undefined
  readonly answer: RowAnswer | undefined
  readonly isOut: boolean
  readonly onSame: (person: string) => void
  readonly onOut: () => void
}) {
  const w = useWords(groupWords)
  const names = useWords(missingWords)
  const lacks = lacksOf(values, false)
  const family = [values.family1, values.family2].filter((part) => part !== '').join(' ')
  const name = [family.toUpperCase(), values.given].filter((part) => part !== '').join(', ')
  const missing = <Mark kind="missing" alone />
  return (
    <tr>
      <td className="number">{formatNumber(number)}</td>
      <td>
        <b>{name === '' ? missing : name}</b>
      </td>
      <td>{values.birth === undefined ? values.age === '' ? missing : values.age : <Day day={values.birth} />}</td>
      <td>{values.number === '' ? missing : [values.scheme, values.number].join(' ').trim()}</td>
      <td>
        {isOrderWhole(values) ? (
          `${values.caseNumber} ${values.issuer}`.trim()
        ) : values.papers === 'order' ? (
          w.partOrder
        ) : values.papers === 'none' ? (
          <span className="s1-text">{w.noOrder}</span>
        ) : (
          <Mark kind="unknown" alone />
        )}
      </td>
      <td>
        <span title={lacks.map((code) => names[code]).join(', ')}>{w.things(lacks.length)}</span>
      </td>
      <td>
        {alike === undefined ? (
          <span className="support">{w.looking}</span>
        ) : alike.length === 0 ? (
          <span className="support">{w.nobody}</span>
        ) : (
          <select
            className="input"
            aria-label={w.knownFor(number)}
            value={values.same}
            onChange={(event) => onSame(event.target.value)}
          >
            <option value="">{w.newPerson}</option>
            {alike.map(({ person, custodies }) => (
              <option key={person} value={person}>
                {w.sameAs(custodies[0]?.registerNumber ?? '')}
              </option>
            ))}
          </select>
        )}
      </td>
      <td>
        {answer?.as === 'recorded' ? (
          <>
            <Mark kind="done" />{' '}
            <Link to={addressOf.person(answer.receipt.custody ?? values.custody)}>{answer.receipt.registerNumber}</Link>{' '}
            · <Link to={addressOf.entry(answer.receipt.entry)}>{w.entry(formatNumber(answer.receipt.n))}</Link>
            {answer.receipt.promise === 'pending' ? ` · ${w.pending}` : null}
          </>
        ) : (
          <>
            {answer?.as === 'refused' && !isOut ? <Refusal refusal={answer.refusal} /> : null}
            <span className="support">{isOut ? w.leftOut : answer?.as === 'retry' ? w.retry : w.waiting}</span>{' '}
            <button type="button" className="button small" onClick={onOut}>
              {isOut ? w.takeIn : w.leaveOut}
            </button>
          </>
        )}
      </td>
    </tr>
  )
}

function Day({ day: { date, precision } }: { readonly day: ReadDay }) {
  const { language } = useLanguage()
  if (precision === 'year') return date
  return precision === 'month' ? formatMonth(date, language) : formatDay(date, language)
}
