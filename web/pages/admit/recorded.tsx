import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import type { slipContract } from '../../../src/custody/contract.ts'
import { type ActReceipt, type ActRefusal, type OccurredAt, refusalIn, sendAct } from '../../frame/act.ts'
import { addressOf } from '../../frame/addresses.ts'
import { addressOfCall } from '../../frame/api.ts'
import { formatNumber } from '../../frame/format.ts'
import { Link } from '../../frame/link.tsx'
import { useWords } from '../../frame/words.ts'
import { Receipt } from '../../parts/form.tsx'
import { Mark } from '../../parts/mark.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { When } from '../../parts/when.tsx'
import { useBunks } from '../bunk-field.tsx'
import { keepPicture } from '../keep-picture.ts'
import { type Following, followingOf } from './to-acts.ts'
import type { AdmissionValues, FollowingAct } from './values.ts'
import { admitWords, recordedWords } from './words.ts'
import '../../parts/facts.css'

type Outcome =
  | { readonly as: 'waiting' | 'fault' | 'left' }
  | { readonly as: 'recorded'; readonly receipt: ActReceipt }
  | { readonly as: 'refused'; readonly refusal: ActRefusal }

/** The receipt of an admission in the place of its form, and below it what follows: photograph, contacts, property, bunk. */
export function Recorded({
  receipt,
  values,
  occurredAt,
  photograph,
  lacks,
  onDone,
  onNext,
}: {
  readonly receipt: ActReceipt
  readonly values: AdmissionValues
  readonly occurredAt: OccurredAt
  readonly photograph: Blob | undefined
  /** How many things stay listed as missing. */
  readonly lacks: number
  /** Everything was answered: the draft is no longer needed. */
  readonly onDone: () => void
  readonly onNext: () => void
}) {
  const w = useWords(recordedWords)
  const { outcomes, run, settle } = useFollowing(values, occurredAt, photograph, onDone)
  const [tried, setTried] = useState<readonly string[]>([values.bunk])
  const custody = receipt.custody ?? values.custody
  const slip = (reader: 'person' | 'family') =>
    addressOfCall('/api/custodies/:id/slip' satisfies (typeof slipContract)['path'], { id: custody }, { for: reader })
  return (
    <div className="stack">
      <Receipt receipt={receipt}>
        <p>
          {w.happened} <When at={occurredAt.at} precision={occurredAt.precision} zone={occurredAt.zone} />.{' '}
          {lacks === 0 ? null : w.stillMissing(lacks)}
        </p>
        <p className="row">
          <Link to={addressOf.person(custody)}>{w.file}</Link>
          <a href={slip('person')} target="_blank" rel="noopener">
            {w.slip}
          </a>
          <a href={slip('family')} target="_blank" rel="noopener">
            {w.slipFamily}
          </a>
          <Link to={addressOf.correct(receipt.entry)}>{w.correct}</Link>
          <Link to={addressOf.admissions()}>{w.queue}</Link>
        </p>
      </Receipt>
      {outcomes.size === 0 ? null : (
        <section className="card" aria-label={w.follows}>
          <h2 className="card-head">{w.follows}</h2>
          <ul className="lines">
            {[...outcomes].map(([part, outcome]) => (
              <li key={part}>
                <Mark kind={markOf(outcome)} />
                <div className="what">
                  {w[wordOf(part)]}
                  <Said part={part} outcome={outcome} onRetry={() => void run(part)}>
                    {part === 'bunk' ? (
                      <OtherBunk
                        cell={values.cell}
                        tried={tried}
                        onTake={(bunk) => {
                          setTried([...tried, bunk])
                          void run('bunk', bunk)
                        }}
                        onLeave={() => settle('bunk', { as: 'left' })}
                      />
                    ) : null}
                  </Said>
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
      <div className="row">
        <button type="button" className="button primary" onClick={onNext}>
          {w.another}
        </button>
      </div>
    </div>
  )
}

/** `different` and a person: there may be several. */
const wordOf = (part: string) => part.split(' ')[0] as FollowingAct | 'different'

const markOf = ({ as }: Outcome) =>
  as === 'recorded' ? 'done' : as === 'refused' ? 'refused' : as === 'fault' ? 'offline' : 'to-come'

function Said({
  part,
  outcome,
  onRetry,
  children,
}: {
  readonly part: string
  readonly outcome: Outcome
  readonly onRetry: () => void
  /** What would make a refused act pass. */
  readonly children: ReactNode
}) {
  const w = useWords(recordedWords)
  if (outcome.as === 'refused') return <Refusal refusal={outcome.refusal}>{children}</Refusal>
  if (outcome.as === 'fault')
    return (
      <div className="row">
        <span className="support">{w.notSent}</span>
        <button type="button" className="button small" onClick={onRetry}>
          {w.retry}
        </button>
      </div>
    )
  return (
    <div className="support">
      {outcome.as === 'recorded' ? (
        <Link to={addressOf.entry(outcome.receipt.entry)}>{w.entry(formatNumber(outcome.receipt.n))}</Link>
      ) : outcome.as === 'left' && part === 'bunk' ? (
        w.left
      ) : (
        w.waiting
      )}
    </div>
  )
}

/** What would make the bunk pass: the first that is free in the same cell, or none. */
function OtherBunk({
  cell,
  tried,
  onTake,
  onLeave,
}: {
  readonly cell: string
  /** What was refused is not offered again: a bunk may be meant for somebody who lies elsewhere. */
  readonly tried: readonly string[]
  readonly onTake: (bunk: string) => void
  readonly onLeave: () => void
}) {
  const w = useWords(recordedWords)
  const free = useBunks(cell).find(({ id, custody }) => custody === undefined && !tried.includes(id))
  return (
    <>
      {free === undefined ? null : (
        <button type="button" className="button small" onClick={() => onTake(free.id)}>
          {w.take(free.position)}
        </button>
      )}
      <button type="button" className="button small" onClick={onLeave}>
        {w.without}
      </button>
    </>
  )
}

/** Sends what follows, one after the other; each has its own id, so that trying again never records it twice. */
function useFollowing(
  values: AdmissionValues,
  occurredAt: OccurredAt,
  photograph: Blob | undefined,
  onDone: () => void,
) {
  const says = useWords(admitWords)
  const [following] = useState(() => followingOf(values, says))
  const parts = [...(photograph === undefined ? [] : ['photograph']), ...following.keys()]
  const [outcomes, setOutcomes] = useState(
    () => new Map<string, Outcome>(parts.map((part) => [part, { as: 'waiting' }])),
  )
  const settle = useCallback(
    (part: string, outcome: Outcome) => setOutcomes((before) => new Map(before).set(part, outcome)),
    [],
  )
  const run = useCallback(
    async (part: string, bunk?: string) => {
      settle(part, { as: 'waiting' })
      try {
        const act =
          part === 'photograph' && photograph !== undefined
            ? await photographOf(values, photograph)
            : following.get(part)
        if (act === undefined) return
        const { id, kind } = act
        const data = bunk === undefined ? act.data : { ...act.data, place: { bunk } }
        settle(part, { as: 'recorded', receipt: await sendAct(kind, { id, occurredAt, data }) })
      } catch (error) {
        const refusal = refusalIn(error)
        settle(part, refusal === undefined ? { as: 'fault' } : { as: 'refused', refusal })
      }
    },
    [following, occurredAt, photograph, values, settle],
  )
  const begun = useRef(false)
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    const all = async () => {
      for (const part of outcomes.keys()) await run(part)
    }
    void all()
  }, [run, outcomes])
  const isAnswered = [...outcomes.values()].every(({ as }) => as !== 'waiting' && as !== 'fault')
  const done = useRef(onDone)
  done.current = onDone
  useEffect(() => {
    if (isAnswered) done.current()
  }, [isAnswered])
  return { outcomes, run, settle }
}

/** The bytes go to the store of files first; the act names them by their digest. */
async function photographOf({ custody, acts }: AdmissionValues, photograph: Blob): Promise<Following> {
  const { digest, mediaType, bytes } = await keepPicture(custody, photograph)
  const person = { custody, photograph: digest, mediaType, bytes }
  return { id: acts.photograph, kind: 'person.photograph', data: { person } }
}
