import { useState } from 'react'
import type { checkSentence } from '../../../src/law/sentences/acts.ts'
import { type ActInput, useAct } from '../../frame/act.ts'
import { useAt } from '../../frame/at.ts'
import { useFacility, useMay } from '../../frame/session.ts'
import { useWords } from '../../frame/words.ts'
import { TextField } from '../../parts/field.tsx'
import { Receipt } from '../../parts/form.tsx'
import { Card } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { Fault } from '../../parts/states.tsx'
import type { Case } from './case.ts'
import { sentenceWords } from './words.ts'

/** The second person: agrees to what is signed and holds, or says why not. */
export function Check({ one, custody }: { readonly one: Case; readonly custody: string }) {
  const w = useWords(sentenceWords)
  const { isNow } = useAt()
  const may = useMay('sentence.sign')
  const { zone } = useFacility()
  const [why, setWhy] = useState('')
  const act = useAct<typeof checkSentence>('sentence.check')
  const signed = one.dates.flatMap((date) => date.signed ?? [])
  const [last] = signed.toSorted((a, b) => b.entryN - a.entryN)
  if (act.receipt !== undefined) return <Receipt receipt={act.receipt} />
  if (last === undefined || last.check !== null) return null
  const isOutdated = signed.some(({ entry, state }) => entry === last.entry && state === 'outdated')
  const blocked = !may ? w.mayNot : !isNow ? w.notNow : last.isYou ? w.ownSignature : undefined
  const send = (result: 'agrees' | 'disagrees') => {
    const reason = why.trim()
    const legal = { case: one.case, signature: last.entry, result, ...(reason === '' ? {} : { why: reason }) }
    const occurredAt = { at: Temporal.Now.instant().toString({ smallestUnit: 'second' }), precision: 'second', zone }
    void act.send({ occurredAt, data: { person: { custody }, legal } } as unknown as ActInput<typeof checkSentence>)
  }
  const agreeBlocked = blocked ?? (isOutdated ? w.outdatedCheck : undefined)
  const disagreeBlocked = blocked ?? (why.trim() === '' ? w.reasonFirst : undefined)
  return (
    <Card title={w.check}>
      <div className="card-body stack">
        <p>{blocked ?? w.checkWhat}</p>
        <TextField name="legal.why" label={w.why} rows={2} maxLength={1000} value={why} onValue={setWhy} />
        <div className="row">
          <button
            type="button"
            className="button primary"
            aria-disabled={agreeBlocked !== undefined || act.isSending}
            title={agreeBlocked}
            onClick={() => agreeBlocked === undefined && !act.isSending && send('agrees')}
          >
            {w.agree}
          </button>
          <button
            type="button"
            className="button"
            aria-disabled={disagreeBlocked !== undefined || act.isSending}
            title={disagreeBlocked}
            onClick={() => disagreeBlocked === undefined && !act.isSending && send('disagrees')}
          >
            {w.disagree}
          </button>
        </div>
        {act.refusal === undefined ? null : <Refusal refusal={act.refusal} />}
        {act.fault === undefined ? null : <Fault error={act.fault} />}
      </div>
    </Card>
  )
}
