import { type ReactNode, useMemo, useState } from 'react'
import { type ActRefusal, type UseAct, useAct } from '../../frame/act.ts'
import { addressOf } from '../../frame/addresses.ts'
import { useDraft } from '../../frame/draft.ts'
import { Link } from '../../frame/link.tsx'
import { type Facility, useFacility, useMay } from '../../frame/session.ts'
import { useWords } from '../../frame/words.ts'
import { WhenField, type WhenValue } from '../../parts/field.tsx'
import { ActForm, Receipt } from '../../parts/form.tsx'
import { Mark } from '../../parts/mark.tsx'
import { When } from '../../parts/when.tsx'
import { frameWords } from './words.ts'

export type Editing<V> = {
  readonly value: V
  readonly change: (part: Partial<V>) => void
  readonly refusalOf: (path: string) => ActRefusal | undefined
  /** The refusal of the act as a whole, for those that speak of one field without naming it. */
  readonly refusal: ActRefusal | undefined
}

export type ShortActProps<V extends object> = {
  readonly custody: string
  readonly kind: string
  readonly permission: string
  /** The button: a verb and its object. */
  readonly verb: string
  readonly initial: V
  readonly fields: (editing: Editing<V>) => ReactNode
  /** The sections of the act; `person.custody` is added. Undefined: something without which there is no act. */
  readonly toData: (value: V, facility: Facility) => Record<string, Record<string, unknown>> | undefined
  /** What is needed where `toData` has nothing. */
  readonly needs?: string
  /** What follows, said before the button is pressed; the button then has its own verb. */
  readonly grave?: (value: V) => { readonly verb: string; readonly says: string } | undefined
  /** Beside a refused intention: the fact that is never refused. */
  readonly note?: ReactNode
  /** Refusals that speak of one field without naming it: code → where the field stands. */
  readonly fieldOf?: Readonly<Record<string, string>>
}

type Timed<V> = V & { readonly since: WhenValue | undefined }

/** A short form about one custody: its fields, when it happened, one button, and the receipt in their place. */
export function ShortAct<V extends object>(props: ShortActProps<V>) {
  const [turn, next] = useState(0)
  return <OneAct key={turn} {...props} onNext={() => next(turn + 1)} />
}

function OneAct<V extends object>(props: ShortActProps<V> & { readonly onNext: () => void }) {
  const { custody, kind, permission, verb, initial, fields, toData, needs, grave, note, fieldOf, onNext } = props
  const w = useWords(frameWords)
  const facility = useFacility()
  const may = useMay(permission)
  const [start] = useState<Timed<V>>(() => ({ ...initial, since: minuteNow(facility.zone) }))
  const draft = useDraft<Timed<V>>(`${kind}.${custody}`, start)
  const act = useRefusalsAtFields(useAct<unknown>(kind, draft.id), fieldOf)
  const [sent, setSent] = useState<WhenValue>()
  const { value } = draft
  const data = toData(value, facility)
  const warning = grave?.(value)
  const send = async () => {
    if (data === undefined) return
    const occurredAt = value.since ?? minuteNow(facility.zone)
    setSent(occurredAt)
    const outcome = await act.send({ occurredAt, data: { ...data, person: { ...data.person, custody } } })
    if (outcome !== undefined && 'receipt' in outcome) draft.clear()
  }
  return (
    <ActForm
      act={act}
      verb={warning?.verb ?? verb}
      onSubmit={() => void send()}
      keptAt={draft.keptAt}
      blocked={may ? (data === undefined ? needs : undefined) : w.mayNot}
      receipt={(receipt) => (
        <div className="stack">
          <Receipt receipt={receipt}>
            {sent === undefined ? null : (
              <p>
                {w.happened} <When at={sent.at} precision={sent.precision} zone={sent.zone} />
              </p>
            )}
            <p className="row">
              <Link to={addressOf.person(custody)}>{w.file}</Link>
              <Link to={addressOf.correct(receipt.entry)}>{w.correct}</Link>
            </p>
          </Receipt>
          <div className="row">
            <Link className="button primary" to={addressOf.person(custody)}>
              {w.file}
            </Link>
            <button type="button" className="button" onClick={onNext}>
              {w.another}
            </button>
          </div>
        </div>
      )}
    >
      <div className="card">
        <div className="fields">
          {fields({
            value,
            change: draft.change as (part: Partial<V>) => void,
            refusalOf: act.refusalOf,
            refusal: act.refusal,
          })}
          <WhenField
            name="occurredAt"
            label={w.when}
            value={value.since}
            onValue={(since) => draft.change({ since } as Partial<Timed<V>>)}
            refusal={act.refusalOf('occurredAt')}
          />
        </div>
      </div>
      {warning === undefined ? null : (
        <div className="card consequence">
          <p>
            <Mark kind="s1" /> {warning.says}
          </p>
        </div>
      )}
      {note === undefined ? null : <p className="support">{note}</p>}
    </ActForm>
  )
}

/** The act, with each refusal at the field that it speaks of. */
function useRefusalsAtFields(act: UseAct<unknown>, fieldOf: Readonly<Record<string, string>> | undefined) {
  const path = act.refusal === undefined ? undefined : fieldOf?.[act.refusal.code]
  const refusal = useMemo(
    () => (act.refusal === undefined || path === undefined ? act.refusal : { ...act.refusal, fields: [{ path }] }),
    [act.refusal, path],
  )
  const refusalOf = (name: string) => (path === undefined ? act.refusalOf(name) : path === name ? refusal : undefined)
  return { ...act, refusal, refusalOf }
}

function minuteNow(zone: string): WhenValue {
  const now = Temporal.Now.instant().round({ smallestUnit: 'minute', roundingMode: 'floor' })
  return { at: now.toString(), precision: 'minute', zone }
}
