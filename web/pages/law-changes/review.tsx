import { useEffect, useState } from 'react'
import type { reviewLaw } from '../../../src/law/sentences/acts.ts'
import type { lawChangesContract, lawReviewContract } from '../../../src/law/sentences/contract.ts'
import { type ActInput, useAct } from '../../frame/act.ts'
import { addressOf } from '../../frame/addresses.ts'
import { type AnswerOf, call } from '../../frame/api.ts'
import { useAt } from '../../frame/at.ts'
import { formatDay } from '../../frame/format.ts'
import { Link } from '../../frame/link.tsx'
import { useFacility, useMay } from '../../frame/session.ts'
import { useLanguage, useWords } from '../../frame/words.ts'
import { Receipt } from '../../parts/form.tsx'
import { Card } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { Fault } from '../../parts/states.tsx'
import { changeWords } from './words.ts'

type Pack = AnswerOf<typeof lawChangesContract>['packs'][number]
type Part = AnswerOf<typeof lawReviewContract>
type State = {
  readonly counts: Part['counts']
  readonly people: Part['people']
  readonly digest: string
  readonly isDone: boolean
}

const SHOWN = 200
const BEGIN: State = {
  counts: { examined: 0, moved: 0, earlier: 0, later: 0, refused: 0 },
  people: [],
  digest: '',
  isDone: false,
}

/** Asks part by part, so that it shows how far it is and never holds everybody at once. */
function useReview(pack: string, change: string, facility: string | undefined) {
  const { at } = useAt()
  const [state, setState] = useState(BEGIN)
  const [fault, setFault] = useState<unknown>()
  useEffect(() => {
    const ended = new AbortController()
    const go = async () => {
      let known = BEGIN
      setState(known)
      let next: { after: string; digest: string } | undefined
      do {
        const part: Part = await call<typeof lawReviewContract>('GET', '/api/law/changes/:pack/:change/review', {
          params: { pack, change },
          query: {
            ...(at === undefined ? {} : { at }),
            ...(facility === undefined ? {} : { facility }),
            ...next,
          },
          signal: ended.signal,
        })
        known = {
          counts: {
            examined: known.counts.examined + part.counts.examined,
            moved: known.counts.moved + part.counts.moved,
            earlier: known.counts.earlier + part.counts.earlier,
            later: known.counts.later + part.counts.later,
            refused: known.counts.refused + part.counts.refused,
          },
          people: [...known.people, ...part.people].slice(0, SHOWN),
          digest: part.digest,
          isDone: part.next === null,
        }
        setState(known)
        next = part.next === null ? undefined : { after: part.next, digest: part.digest }
      } while (next !== undefined)
    }
    go().catch((error: unknown) => {
      if (!ended.signal.aborted) setFault(error)
    })
    return () => ended.abort()
  }, [pack, change, facility, at])
  return { state, fault }
}

/** Who moves by a change of law, from which day to which, by which step; then it can be recorded that somebody looked. */
export function Review({ pack, change }: { readonly pack: Pack; readonly change: Pack['changes'][number] }) {
  const w = useWords(changeWords)
  const { language } = useLanguage()
  const { code, zone } = useFacility()
  const { isNow } = useAt()
  const may = useMay('law.review')
  const { state, fault } = useReview(pack.id, change.id, code)
  const act = useAct<typeof reviewLaw>('law.review')
  const { counts, people, digest, isDone } = state
  const blocked = !may ? w.mayNot : !isNow ? w.notNow : !isDone ? w.notDone : undefined
  const send = () => {
    const legal = {
      pack: pack.id,
      change: change.id,
      commences: change.commences,
      after: pack.hash,
      list: digest,
      counts,
    }
    const occurredAt = { at: Temporal.Now.instant().toString({ smallestUnit: 'second' }), precision: 'second', zone }
    void act.send({ occurredAt, data: { place: { facility: code }, legal } } as unknown as ActInput<typeof reviewLaw>)
  }
  const day = (date: string | null) => (date === null ? w.noDate : formatDay(date, language))
  return (
    <Card title={w.result} aside={<span className="support">{change.says[language]}</span>}>
      <div className="card-body stack" aria-live="polite">
        {fault === undefined ? null : <Fault error={fault} />}
        {isDone ? (
          <p>
            <b>
              {counts.moved === 0
                ? w.nobody
                : w.counts(counts.moved, counts.examined, counts.earlier, counts.later, counts.refused)}
            </b>
          </p>
        ) : (
          <>
            <progress max={Math.max(pack.cases, 1)} value={counts.examined} aria-label={w.result} />
            <p className="support">{w.going(counts.examined, pack.cases)}</p>
          </>
        )}
      </div>
      {people.length === 0 ? null : (
        <div className="table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th>{w.number}</th>
                <th>{w.date}</th>
                <th>{w.before}</th>
                <th>{w.after}</th>
                <th>{w.because}</th>
              </tr>
            </thead>
            <tbody>
              {people.flatMap((one) =>
                one.dates.map(({ type, says, before, after, because }) => (
                  <tr key={`${one.case} ${type}`}>
                    <td className="mono">
                      <Link to={addressOf.sentence(one.custody)}>{one.registerNumber}</Link>
                    </td>
                    <td>{says[language]}</td>
                    <td>{day(before)}</td>
                    <td>
                      <b>{day(after)}</b>
                    </td>
                    <td>{(because?.after ?? because?.before)?.says[language]}</td>
                  </tr>
                )),
              )}
            </tbody>
          </table>
        </div>
      )}
      {counts.moved > people.length ? <p className="card-body support">{w.shown(people.length)}</p> : null}
      <div className="card-body stack">
        {act.receipt === undefined ? (
          <>
            <p className="label">{w.recordHow(code)}</p>
            <div className="row">
              <button
                type="button"
                className="button primary"
                aria-disabled={blocked !== undefined || act.isSending}
                title={blocked}
                onClick={() => blocked === undefined && !act.isSending && send()}
              >
                {w.record}
              </button>
              <span className="support">{blocked}</span>
            </div>
            {act.refusal === undefined ? null : <Refusal refusal={act.refusal} />}
            {act.fault === undefined ? null : <Fault error={act.fault} />}
          </>
        ) : (
          <Receipt receipt={act.receipt} />
        )}
      </div>
    </Card>
  )
}
