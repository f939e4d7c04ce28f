import { useState } from 'react'
import type { signSentence } from '../../../src/law/sentences/acts.ts'
import { type ActInput, PasskeyRefused, useAct } from '../../frame/act.ts'
import { useAt } from '../../frame/at.ts'
import type { ReadDay } from '../../frame/format.ts'
import { useFacility, useMay } from '../../frame/session.ts'
import { useLanguage, useWords } from '../../frame/words.ts'
import { ChoiceField, DayField, TextField } from '../../parts/field.tsx'
import { Receipt } from '../../parts/form.tsx'
import { StepUp } from '../../parts/grave.tsx'
import { Mark } from '../../parts/mark.tsx'
import { Card } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { Fault } from '../../parts/states.tsx'
import type { Case } from './case.ts'
import { sentenceWords } from './words.ts'

type SignedDate = {
  readonly type: string
  readonly date: string
  readonly how: 'pack' | 'hand'
  readonly why?: string
}

/** Dates as computed are signed over the working that is shown; what the pack refuses, by hand with the reason. */
export function Sign({
  one,
  custody,
  reading,
}: {
  readonly one: Case
  readonly custody: string
  readonly reading: number
}) {
  const w = useWords(sentenceWords)
  const { isNow } = useAt()
  const may = useMay('sentence.sign')
  const { zone } = useFacility()
  const act = useAct<typeof signSentence>('sentence.sign')
  const shown = one.outcome.readings[reading] ?? one.outcome.readings[0]
  const computed = shown?.dates ?? []
  const isStanding =
    computed.length > 0 &&
    computed.every(({ type, date }) => {
      const signed = one.dates.find((each) => each.type === type)?.signed
      return signed?.state === 'standing' && signed.date === date
    })
  const blocked = !may ? w.mayNot : !isNow ? w.notNow : undefined
  const send = (dates: readonly SignedDate[]) => {
    const { readings, ...facts } = one.toSign
    const legal = { ...facts, reading, dates, steps: readings[reading]?.steps ?? [] }
    const occurredAt = { at: Temporal.Now.instant().toString({ smallestUnit: 'second' }), precision: 'second', zone }
    const input = { occurredAt, data: { person: { custody }, legal } }
    void act.send(input as unknown as ActInput<typeof signSentence>)
  }
  if (act.receipt !== undefined) return <Receipt receipt={act.receipt} />
  return (
    <Card title={w.sign}>
      <div className="card-body stack">
        {computed.length === 0 ? (
          <ByHand one={one} blocked={blocked} isSending={act.isSending} onSign={(date) => send([date])} />
        ) : isStanding ? (
          <p>{w.signedAlready}</p>
        ) : (
          <StepUp
            verb={w.signDates}
            forWhat={<p>{w.signWhat(computed.length)}</p>}
            blocked={blocked}
            isSending={act.isSending}
            onPress={() => send(computed.map(({ type, date }) => ({ type, date, how: 'pack' })))}
          />
        )}
        {act.refusal === undefined ? null : <Refusal refusal={act.refusal} />}
        {act.fault === undefined ? null : act.fault instanceof PasskeyRefused ? (
          <p role="alert">
            <Mark kind="refused" /> {w.passkeyRefused}
          </p>
        ) : (
          <Fault error={act.fault} />
        )}
      </div>
    </Card>
  )
}

function ByHand({
  one,
  blocked,
  isSending,
  onSign,
}: {
  readonly one: Case
  readonly blocked: string | undefined
  readonly isSending: boolean
  readonly onSign: (date: SignedDate) => void
}) {
  const w = useWords(sentenceWords)
  const { language } = useLanguage()
  const known = one.dates.map(({ type, says }) => ({ value: type, label: says[language] }))
  const choices = known.some(({ value }) => value === 'release')
    ? known
    : [{ value: 'release', label: w.releaseType }, ...known]
  const [type, setType] = useState(choices[0]?.value ?? 'release')
  const [day, setDay] = useState<ReadDay>()
  const [why, setWhy] = useState('')
  const date = day?.precision === 'day' ? day.date : undefined
  const isWhole = date !== undefined && why.trim() !== ''
  return (
    <>
      <h3>{w.signHand}</h3>
      <p className="label">{w.handWhat}</p>
      <ChoiceField
        name="legal.dates.0.type"
        label={w.type}
        empty={null}
        value={type}
        onValue={setType}
        choices={choices}
      />
      <DayField name="legal.dates.0.date" label={w.day} hint={w.dayHint} value={day} onValue={setDay} />
      <TextField name="legal.dates.0.why" label={w.why} rows={3} maxLength={1000} value={why} onValue={setWhy} />
      <StepUp
        verb={w.signHand}
        forWhat={null}
        blocked={blocked ?? (isWhole ? undefined : w.incomplete)}
        isSending={isSending}
        onPress={() => {
          if (date !== undefined) onSign({ type, date, how: 'hand', why: why.trim() })
        }}
      />
    </>
  )
}
