import { addressOf } from '../../frame/addresses.ts'
import { Link } from '../../frame/link.tsx'
import { useWords } from '../../frame/words.ts'
import { Mark } from '../../parts/mark.tsx'
import { Card } from '../../parts/page.tsx'
import { When } from '../../parts/when.tsx'
import type { Case } from './case.ts'
import { sentenceWords } from './words.ts'
import { useStepText } from './working.tsx'
import '../../parts/facts.css'

type StepChange = Case['differences'][number]['steps'][number]

/** For each signature that does not hold any more: the fact or the law that changed, then each step. */
export function Differences({ one }: { readonly one: Case }) {
  const w = useWords(sentenceWords)
  const whats = { case: w.case, sentence: w.sentence, adjustment: w.adjustment, event: w.event }
  return one.differences.map(({ signature, entryN, at, facts, law, steps }) => (
    <Card
      key={signature}
      title={w.differs}
      aside={
        <span className="support">
          {w.signedAt} <When at={at} precision="day" /> · <Link to={addressOf.entry(signature)}>{w.entry(entryN)}</Link>
        </span>
      }
    >
      <ul className="lines">
        {facts.map((fact) => (
          <li key={fact.item}>
            <Mark kind="s2" />
            <div className="what">
              {whats[fact.item.split(' ')[0] as keyof typeof whats]}: {w[fact.change]}
            </div>
            {fact.entry === null || fact.entryN === null ? null : (
              <div className="aside">
                <Link to={addressOf.entry(fact.entry)}>{w.entry(fact.entryN)}</Link>
              </div>
            )}
          </li>
        ))}
        {law === null ? null : (
          <li>
            <Mark kind="s2" />
            <div className="what">{w.packChanged(law.before.version, law.after.version)}</div>
          </li>
        )}
      </ul>
      <StepChanges steps={steps} />
    </Card>
  ))
}

/** Each step that differs: what it said, what it says, and whether the change is here or follows from an earlier step. */
export function StepChanges({ steps }: { readonly steps: readonly StepChange[] }) {
  const w = useWords(sentenceWords)
  const stepText = useStepText()
  if (steps.length === 0) return null
  return (
    <div className="table-scroll">
      <table className="table">
        <thead>
          <tr>
            <th>{w.before}</th>
            <th>{w.after}</th>
            <th>{w.cause}</th>
          </tr>
        </thead>
        <tbody>
          {steps.map(({ change, before, after, isCause }) => (
            <tr key={`${change} ${before?.n ?? ''} ${after?.n ?? ''}`}>
              <td>{before === null ? w.added : stepText(before.says)}</td>
              <td>{after === null ? w.removed : <b>{stepText(after.says)}</b>}</td>
              <td>{isCause ? w.cause : <span className="label">{w.follows}</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
