import { useState } from 'react'
import type { whatIfContract } from '../../../src/law/sentences/contract.ts'
import { type AnswerOf, call } from '../../frame/api.ts'
import { useAt } from '../../frame/at.ts'
import { formatDay, type ReadDay } from '../../frame/format.ts'
import { randomId } from '../../frame/ids.ts'
import { useLanguage, useWords } from '../../frame/words.ts'
import { ChoiceField, DayField, TextField } from '../../parts/field.tsx'
import { Mark } from '../../parts/mark.tsx'
import { Card } from '../../parts/page.tsx'
import { Fault } from '../../parts/states.tsx'
import { wordFor } from '../terms.ts'
import type { Case } from './case.ts'
import { StepChanges } from './differences.tsx'
import { kindWords, sentenceWords } from './words.ts'

/** What each pack sets off or adds. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  sv: ['held'],
  'us-federal': ['custody', 'disallowed', 'credited-elsewhere'],
  'gb-eaw': ['remand', 'tagged-bail', 'added', 'restored', 'unlawfully-at-large'],
  transfer: ['served'],
}

/** Tries an adjustment more: the answer is computed and shown, in a frame that says that nothing was recorded. */
export function WhatIf({ one, custody }: { readonly one: Case; readonly custody: string }) {
  const w = useWords(sentenceWords)
  const kinds = useWords(kindWords)
  const { at } = useAt()
  const known = KINDS[one.packId] ?? []
  const [kind, setKind] = useState(known[0] ?? '')
  const [from, setFrom] = useState<ReadDay>()
  const [to, setTo] = useState<ReadDay>()
  const [days, setDays] = useState('')
  const [answer, setAnswer] = useState<AnswerOf<typeof whatIfContract>>()
  const [fault, setFault] = useState<unknown>()
  if (known.length === 0) return null
  const dayOf = (value: ReadDay | undefined) => (value?.precision === 'day' ? value.date : undefined)
  const tryIt = async () => {
    setFault(undefined)
    try {
      const [first, last] = [dayOf(from), dayOf(to)]
      const adjustment = {
        adjustment: randomId(),
        kind,
        ...(first === undefined ? {} : { from: first }),
        ...(last === undefined ? {} : { to: last }),
        ...(/^\d{1,5}$/.test(days) ? { days: Number(days) } : {}),
      }
      setAnswer(
        await call<typeof whatIfContract>('POST', '/api/custodies/:id/sentence/what-if', {
          params: { id: custody },
          query: at === undefined ? {} : { at },
          body: { case: one.case, adjustments: [adjustment] },
        }),
      )
    } catch (error) {
      setFault(error)
    }
  }
  return (
    <Card title={w.whatIf} aside={<span className="tag">{w.notRecorded}</span>}>
      <form
        className="card-body stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void tryIt()
        }}
      >
        <p className="label">{w.whatIfHow}</p>
        <ChoiceField
          name="kind"
          label={w.kind}
          empty={null}
          value={kind}
          onValue={setKind}
          choices={known.map((value) => ({ value, label: wordFor(kinds, value) }))}
        />
        <DayField name="from" label={w.from} hint={w.dayHint} value={from} onValue={setFrom} />
        <DayField name="to" label={w.until} value={to} onValue={setTo} />
        <TextField name="days" label={w.count} inputMode="numeric" maxLength={5} value={days} onValue={setDays} />
        <button type="submit" className="button">
          {w.tryIt}
        </button>
      </form>
      {fault === undefined ? null : <Fault error={fault} />}
      {answer === undefined ? null : <Tried answer={answer} />}
    </Card>
  )
}

function Tried({ answer }: { readonly answer: AnswerOf<typeof whatIfContract> }) {
  const w = useWords(sentenceWords)
  const { language } = useLanguage()
  const day = (date: string | null) => (date === null ? w.notComputed : formatDay(date, language))
  const moved = answer.dates.filter(({ before, after }) => before !== after)
  return (
    <section className="consequence" aria-live="polite" aria-label={w.whatIf}>
      <p className="card-body with-mark">
        <Mark kind="not-proven" /> <b>{w.notRecorded}</b>
      </p>
      {answer.outcome.kind === 'refused' ? (
        answer.outcome.reasons.map(({ code, says }) => (
          <p key={code} className="card-body">
            {says[language]}
          </p>
        ))
      ) : moved.length === 0 ? (
        <p className="card-body label">{w.nothingMoves}</p>
      ) : (
        <div className="table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th>{w.date}</th>
                <th>{w.now}</th>
                <th>{w.tried}</th>
              </tr>
            </thead>
            <tbody>
              {moved.map(({ type, says, before, after }) => (
                <tr key={type}>
                  <td>{says[language]}</td>
                  <td>{day(before)}</td>
                  <td>
                    <b>{day(after)}</b>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <StepChanges steps={answer.steps} />
    </section>
  )
}
