import { useState } from 'react'
import type { linkPerson, tellApart } from '../../../src/people/acts.ts'
import { type ActReceipt, type UseAct, useAct } from '../../frame/act.ts'
import { addressOf } from '../../frame/addresses.ts'
import { addressOfCall } from '../../frame/api.ts'
import { Link } from '../../frame/link.tsx'
import { useFacility, useMay } from '../../frame/session.ts'
import { type Chosen, useLanguage, useWords } from '../../frame/words.ts'
import { TextField } from '../../parts/field.tsx'
import { ActForm } from '../../parts/form.tsx'
import { Card } from '../../parts/page.tsx'
import { When } from '../../parts/when.tsx'
import { birthText } from '../person/head.tsx'
import type { Answer } from './answer.ts'
import { doublesWords } from './words.ts'

type Pair = Answer['pairs'][number]
type Side = Pair['sides'][number]

/** Two persons side by side; what differs between them is said. */
export function PairCard({
  pair,
  onRecorded,
}: {
  readonly pair: Pair
  /** The pair goes from the list then: its receipt is kept by the page. */
  readonly onRecorded: (receipt: ActReceipt, told: string) => void
}) {
  const w = useWords(doublesWords)
  const may = useMay('person.record')
  const [saying, say] = useState<'same' | 'different'>()
  const [first, second] = pair.sides
  const differs = first.birth !== null && second.birth !== null && first.birth !== second.birth
  return (
    <Card
      title={w.pair(numberOf(first), numberOf(second))}
      aside={
        <span className="row">
          <span className="support">{w[pair.because]}</span>
          {may && saying === undefined ? (
            <>
              <button type="button" className="button small" onClick={() => say('same')}>
                {w.same}
              </button>
              <button type="button" className="button small" onClick={() => say('different')}>
                {w.different}
              </button>
            </>
          ) : null}
        </span>
      }
    >
      <div className="columns card-body">
        <SideFacts side={first} differs={differs} />
        <SideFacts side={second} differs={differs} />
      </div>
      {saying === undefined ? null : (
        <Say
          what={saying}
          sides={pair.sides}
          onCancel={() => say(undefined)}
          onRecorded={(receipt) =>
            onRecorded(receipt, `${w.pair(numberOf(first), numberOf(second))}. ${undoOf(w, saying)}`)
          }
        />
      )}
    </Card>
  )
}

const numberOf = (side: Side) => side.custodies.at(-1)?.registerNumber ?? side.person.slice(0, 8)

function SideFacts({ side, differs }: { readonly side: Side; readonly differs: boolean }) {
  const w = useWords(doublesWords)
  const { language } = useLanguage()
  const last = side.custodies.at(-1)
  const name = side.names[0]
  const parts = [name?.family1, name?.family2].filter((part) => part != null).join(' ')
  return (
    <div className="row" style={{ alignItems: 'start', flexWrap: 'nowrap' }}>
      {side.photograph === null || last === undefined ? (
        <svg width="54" height="66" viewBox="0 0 72 88" role="img" aria-label={w.noPhotograph} className="mark">
          <rect width="72" height="88" fill="var(--sunken)" />
          <circle cx="36" cy="36" r="15" fill="var(--bar-2)" />
          <path d="M8 88c0-20 12-31 28-31s28 11 28 31z" fill="var(--bar-2)" />
        </svg>
      ) : (
        <img
          width="54"
          height="66"
          style={{ objectFit: 'cover' }}
          alt={w.photograph}
          src={addressOfCall(
            '/api/custodies/:id/files/:digest',
            { id: last.custody, digest: side.photograph },
            undefined,
          )}
        />
      )}
      <div className="stack" style={{ gap: 4 }}>
        <div lang="es">
          <b>{parts.toUpperCase()}</b>
          {parts === '' || name?.given == null ? '' : ', '}
          {name?.given ?? (parts === '' ? (name?.written ?? w.unnamed) : '')}
        </div>
        <div>
          {w.birth}: {side.birth === null ? '—' : birthText(side.birth, language)}{' '}
          {differs ? <span className="tag">{w.differs}</span> : null}
        </div>
        <ul>
          {side.custodies.map((one) => (
            <li key={one.custody} className="support">
              <Link className="mono" to={addressOf.person(one.custody)}>
                {one.registerNumber}
              </Link>{' '}
              · {one.facility} · <When at={one.from} precision="day" /> {w.to}{' '}
              {one.to === null ? w.now : <When at={one.to} precision="day" />}
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

const undoOf = (w: Chosen<typeof doublesWords>, what: 'same' | 'different') => (what === 'same' ? w.undo : w.undoApart)

/** The act that says it. It is about the custody of the first and names the other person; withdrawing it undoes it. */
function Say({
  what,
  sides,
  onCancel,
  onRecorded,
}: {
  readonly what: 'same' | 'different'
  readonly sides: Pair['sides']
  readonly onCancel: () => void
  readonly onRecorded: (receipt: ActReceipt) => void
}) {
  const w = useWords(doublesWords)
  const { zone } = useFacility()
  const [evidence, setEvidence] = useState('')
  const link = useAct<typeof linkPerson>('person.link')
  const differ = useAct<typeof tellApart>('person.differ')
  const act = what === 'same' ? link : differ
  const [first, second] = sides
  const custody = first.custodies.at(-1)?.custody ?? ''
  const submit = async () => {
    const occurredAt = { at: Temporal.Now.instant().round('second').toString(), precision: 'minute', zone } as const
    const person = { custody }
    const outcome =
      what === 'same'
        ? await link.send({ occurredAt, data: { person, act: { same: second.person, evidence } } })
        : await differ.send({ occurredAt, data: { person, act: { other: second.person, evidence } } })
    if (outcome !== undefined && 'receipt' in outcome) onRecorded(outcome.receipt)
  }
  return (
    <div className="card-body">
      <ActForm
        act={act as UseAct<unknown>}
        verb={what === 'same' ? w.link : w.tellApart}
        onSubmit={() => void submit()}
        note={undoOf(w, what)}
        actions={
          <button type="button" className="button" onClick={onCancel}>
            {w.cancel}
          </button>
        }
      >
        <TextField
          name="act.evidence"
          label={w.evidence}
          hint={w.evidenceHint}
          rows={2}
          maxLength={1000}
          autoFocus
          value={evidence}
          onValue={setEvidence}
          refusal={act.refusalOf('act.evidence')}
        />
      </ActForm>
    </div>
  )
}
