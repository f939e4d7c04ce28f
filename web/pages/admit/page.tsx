import { useState } from 'react'
import type { admit } from '../../../src/custody/acts.ts'
import { useAct } from '../../frame/act.ts'
import { addressOf } from '../../frame/addresses.ts'
import { useDraft } from '../../frame/draft.ts'
import { timeId } from '../../frame/ids.ts'
import { Link } from '../../frame/link.tsx'
import { useFacility } from '../../frame/session.ts'
import { useWords } from '../../frame/words.ts'
import { ActForm } from '../../parts/form.tsx'
import { Page } from '../../parts/page.tsx'
import { PersonMatch } from '../../parts/person-match.tsx'
import { useCandidateCards, useCandidates } from '../candidates.tsx'
import { lacksOf } from './missing.ts'
import { Missing } from './missing-card.tsx'
import { ArrivalPart, type Editing, EffectsPart, LawPart, WherePart, WhoPart } from './parts.tsx'
import { Recorded } from './recorded.tsx'
import { admissionOf, occurredOf } from './to-acts.ts'
import { newAdmission } from './values.ts'
import { admitWords } from './words.ts'

/** An admission never waits: what is known is recorded, what is missing stays listed. */
export default function AdmitPage() {
  const { code } = useFacility()
  const [turn, next] = useState(0)
  // The form takes its zone and its country from the facility, so it waits for it.
  return code === '' ? null : <Admission key={turn} onNext={() => next(turn + 1)} />
}

function Admission({ onNext }: { readonly onNext: () => void }) {
  const w = useWords(admitWords)
  const facility = useFacility()
  const [initial] = useState(() => newAdmission(facility.zone))
  const draft = useDraft('custody.admit', initial)
  const act = useAct<typeof admit>('custody.admit', draft.id)
  const [photograph, setPhotograph] = useState<Blob>()
  const [sent, setSent] = useState(draft.value)
  const { value, change } = draft
  const lacks = lacksOf(value, photograph !== undefined)
  const { found, hasLooked } = useCandidates({
    name: [value.given, value.family1, value.family2].join(' '),
    number: value.number,
    ...(value.birth === undefined ? {} : { birthYear: Number(value.birth.date.slice(0, 4)) }),
  })
  const said = (person: string) =>
    value.same === person ? 'same' : value.different.some((one) => one.person === person) ? 'different' : undefined
  const candidates = useCandidateCards(found, said)
  const editing: Editing = { value, change, refusalOf: act.refusalOf }
  const submit = () => {
    setSent(value)
    void act.send(admissionOf(value, facility, w.undescribed))
  }
  return (
    <Page
      title={w.title}
      crumbs={[{ to: addressOf.people(), label: w.people }]}
      actions={
        <Link className="button" to={addressOf.admitGroup()}>
          {w.group}
        </Link>
      }
    >
      <div className="beside">
        <ActForm
          act={act}
          verb={w.verb}
          missing={lacks.length}
          onSubmit={submit}
          note={w.note}
          keptAt={draft.keptAt}
          receipt={(receipt) => (
            <Recorded
              receipt={receipt}
              values={sent}
              occurredAt={occurredOf(sent.since, facility.zone)}
              photograph={photograph}
              lacks={lacksOf(sent, photograph !== undefined).length}
              onDone={draft.clear}
              onNext={onNext}
            />
          )}
        >
          <ArrivalPart {...editing} />
          <WhoPart {...editing} photograph={photograph} onPhotograph={setPhotograph} />
          <LawPart {...editing} />
          <WherePart {...editing} />
          <EffectsPart {...editing} />
        </ActForm>
        {act.receipt === undefined ? (
          <div className="stack">
            <PersonMatch
              candidates={candidates}
              hasLooked={hasLooked}
              onSame={({ person }) =>
                change({
                  same: value.same === person ? '' : person,
                  different: value.different.filter((one) => one.person !== person),
                })
              }
              onDifferent={({ person }) =>
                change({
                  different: value.different.some((one) => one.person === person)
                    ? value.different.filter((one) => one.person !== person)
                    : [...value.different, { person, act: timeId() }],
                  ...(value.same === person ? { same: '' } : {}),
                })
              }
            />
            {value.same === '' ? null : <p className="support">{w.isSame}</p>}
            <Missing values={value} lacks={lacks} />
          </div>
        ) : null}
      </div>
    </Page>
  )
}
