import { useState } from 'react'
import { type ActRefusal, useAct } from '../../frame/act.ts'
import { addressOf } from '../../frame/addresses.ts'
import { Link } from '../../frame/link.tsx'
import { useFacility, useMay } from '../../frame/session.ts'
import { useWords } from '../../frame/words.ts'
import { CheckField, TextField, WhenField, type WhenValue } from '../../parts/field.tsx'
import { ActForm, Receipt } from '../../parts/form.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { usePlaces } from '../../parts/where-field.tsx'
import { wordFor } from '../terms.ts'
import { isSubject, keyOf, type Leaf, leavesOf, withChanges } from './sections.ts'
import type { Standing } from './standing.ts'
import { correctWords, fieldWords, sectionWords } from './words.ts'

export function Amend({ standing }: { readonly standing: Standing }) {
  const w = useWords(correctWords)
  const isAmendment = standing.kind === 'entry.correct' || standing.kind === 'entry.withdraw'
  const [how, choose] = useState<'correct' | 'withdraw'>(isAmendment ? 'withdraw' : 'correct')
  return (
    <>
      {isAmendment ? (
        <p>{w.isAmendment}</p>
      ) : (
        <div className="row">
          <div className="segments" role="group" aria-label={w.what}>
            {(['correct', 'withdraw'] as const).map((one) => (
              <button key={one} type="button" aria-pressed={how === one} onClick={() => choose(one)}>
                {w[one]}
              </button>
            ))}
          </div>
        </div>
      )}
      {standing.wasCorrected ? (
        <p className="label">
          {w.again} <Link to={addressOf.entry(standing.id)}>{w.old}</Link>
        </p>
      ) : null}
      {how === 'correct' ? <Correction standing={standing} /> : <Withdrawal standing={standing} />}
    </>
  )
}

/** Whom an amendment is about: as the entry that it amends. */
const addressed = ({ custody, facility }: Standing, rest: Record<string, Record<string, unknown>>) =>
  custody === undefined
    ? { ...rest, place: { ...rest.place, facility } }
    : { ...rest, person: { ...rest.person, custody } }

function Correction({ standing }: { readonly standing: Standing }) {
  const w = useWords(correctWords)
  const sectionNames = useWords(sectionWords)
  const facility = useFacility()
  const may = useMay('entry.amend')
  const act = useAct<unknown>('entry.correct')
  const [changed, setChanged] = useState<Readonly<Record<string, string>>>({})
  const [reason, setReason] = useState('')
  const [moves, setMoves] = useState(false)
  const [when, setWhen] = useState<WhenValue | undefined>(standing.occurredAt)
  const open = Object.entries(standing.sections).filter(([name]) => name !== 'staff')
  const leaves = open.flatMap(([name, value]) => leavesOf(name, value)).filter((leaf) => !isSubject(leaf))
  const isChanged = (leaf: Leaf) => changed[keyOf(leaf)] !== undefined && changed[keyOf(leaf)] !== textOf(leaf.value)
  const replaces = [...new Set(leaves.filter(isChanged).map(({ section }) => section))]
  const blocked = !may
    ? w.mayNot
    : (replaces.length === 0 && !moves) || reason.trim() === ''
      ? w.needsChange
      : undefined
  const send = () => {
    const data: Record<string, Record<string, unknown>> = {}
    for (const name of replaces.filter((one) => one !== 'act'))
      data[name] = withChanges(name, standing.sections[name], changed) as Record<string, unknown>
    const replacedAct = replaces.includes('act')
      ? { data: withChanges('act', standing.sections.act, changed) as Record<string, unknown> }
      : {}
    void act.send({
      occurredAt: (moves ? when : undefined) ?? minuteNow(facility.zone),
      data: addressed(standing, {
        ...data,
        act: { entry: standing.id, reason: reason.trim(), replaces, moves, ...replacedAct },
      }),
    })
  }
  return (
    <ActForm
      act={act}
      verb={w.correctVerb}
      onSubmit={send}
      blocked={blocked}
      receipt={(receipt) => <Receipt receipt={receipt} />}
    >
      <section className="card table-scroll" aria-label={w.correct}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{w.field}</th>
              <th scope="col">{w.before}</th>
              <th scope="col">{w.after}</th>
            </tr>
          </thead>
          <tbody>
            {leaves.map((leaf) => (
              <LeafRow
                key={keyOf(leaf)}
                leaf={leaf}
                isChanged={isChanged(leaf)}
                refusal={act.refusalOf(keyOf(leaf))}
                value={changed[keyOf(leaf)] ?? textOf(leaf.value)}
                onValue={(text) => setChanged((before) => ({ ...before, [keyOf(leaf)]: text }))}
              />
            ))}
          </tbody>
        </table>
      </section>
      {standing.closed.length === 0 ? null : (
        <p className="support">
          {w.closed(standing.closed.map((name) => wordFor(sectionNames, name).toLowerCase()).join(', '))}
        </p>
      )}
      <div className="card">
        <div className="fields">
          <CheckField name="act.moves" label={w.movesIt} value={moves} onValue={setMoves} />
          {moves ? (
            <WhenField
              name="occurredAt"
              label={w.when}
              value={when}
              onValue={setWhen}
              refusal={act.refusalOf('occurredAt')}
            />
          ) : null}
          <ReasonField value={reason} onValue={setReason} refusal={act.refusalOf('act.reason')} />
        </div>
      </div>
    </ActForm>
  )
}

function Withdrawal({ standing }: { readonly standing: Standing }) {
  const w = useWords(correctWords)
  const facility = useFacility()
  const may = useMay('entry.amend')
  const act = useAct<unknown>('entry.withdraw')
  const [reason, setReason] = useState('')
  const send = () =>
    void act.send({
      occurredAt: minuteNow(facility.zone),
      data: addressed(standing, { act: { entry: standing.id, reason: reason.trim() } }),
    })
  return (
    <ActForm
      act={act}
      verb={w.withdrawVerb}
      onSubmit={send}
      blocked={may ? (reason.trim() === '' ? w.needsReason : undefined) : w.mayNot}
      receipt={(receipt) => <Receipt receipt={receipt} />}
    >
      <div className="card consequence">
        <p>{w.withdrawMeans}</p>
      </div>
      <div className="card">
        <div className="fields">
          <ReasonField value={reason} onValue={setReason} refusal={act.refusalOf('act.reason')} />
        </div>
      </div>
    </ActForm>
  )
}

function ReasonField(props: {
  readonly value: string
  readonly onValue: (text: string) => void
  readonly refusal: ActRefusal | undefined
}) {
  const w = useWords(correctWords)
  return <TextField {...props} name="act.reason" label={w.reason} hint={w.reasonHow} rows={3} />
}

/** A field of the entry: the old value stays visible, struck through beside the new one. */
function LeafRow({
  leaf,
  value,
  isChanged,
  refusal,
  onValue,
}: {
  readonly leaf: Leaf
  readonly value: string
  readonly isChanged: boolean
  readonly refusal: ActRefusal | undefined
  readonly onValue: (text: string) => void
}) {
  const w = useWords(correctWords)
  const fields = useWords(fieldWords)
  const sections = useWords(sectionWords)
  const last = leaf.path.findLast((part) => typeof part === 'string') ?? ''
  const label = wordFor(fields, String(last))
  const path = leaf.path.join('.')
  const { places } = usePlaces()
  const isPlace = keyOf(leaf) === 'place.place' && places.some(({ id }) => id === leaf.value)
  const shown = isPlace
    ? places.find(({ id }) => id === leaf.value)?.path
    : leaf.value === null
      ? w.none
      : typeof leaf.value === 'boolean'
        ? leaf.value
          ? w.yes
          : w.no
        : String(leaf.value)
  const input = {
    className: `input${refusal === undefined ? '' : ' is-refused'}`,
    ...(refusal === undefined ? {} : { 'aria-invalid': true as const }),
    'aria-label': `${label} (${wordFor(sections, leaf.section)}, ${path})`,
    'data-path': keyOf(leaf),
    value,
  }
  return (
    <tr>
      <th scope="row">
        {label}
        <div className="support">
          {wordFor(sections, leaf.section)} · {path}
        </div>
      </th>
      <td>{isChanged ? <s className="label">{shown}</s> : shown}</td>
      <td>
        {isPlace ? (
          <select {...input} onChange={(event) => onValue(event.target.value)}>
            {places.map((place) => (
              <option key={place.id} value={place.id}>
                {place.path}
              </option>
            ))}
          </select>
        ) : typeof leaf.value === 'boolean' ? (
          <select {...input} onChange={(event) => onValue(event.target.value)}>
            <option value="true">{w.yes}</option>
            <option value="false">{w.no}</option>
          </select>
        ) : (
          <input {...input} autoComplete="off" onChange={(event) => onValue(event.target.value)} />
        )}
        {refusal === undefined ? null : <Refusal refusal={refusal} />}
      </td>
    </tr>
  )
}

const textOf = (value: Leaf['value']): string => (value === null ? '' : String(value))

function minuteNow(zone: string): WhenValue {
  const now = Temporal.Now.instant().round({ smallestUnit: 'minute', roundingMode: 'floor' })
  return { at: now.toString(), precision: 'minute', zone }
}
