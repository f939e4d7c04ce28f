import { envelopeFacts, jsonLines, type Outcome } from '../../../verify/page/browser/check.ts'
import { PAGE_WORDS, type PageWords } from '../../../verify/page/browser/words.ts'
import type { Problem, ReturnVerdict, Verdict } from '../../../verify/verdict.ts'
import { printable } from '../../../verify/words.ts'
import { formatNumber } from '../../frame/format.ts'
import { useLanguage } from '../../frame/words.ts'
import { FactList } from '../../parts/facts.tsx'
import { Verbatim } from '../../parts/json.tsx'
import { Mark, type MarkKind } from '../../parts/mark.tsx'
import { Card, WorstLine } from '../../parts/page.tsx'
import { lookOf, Statement, StatementTally } from '../../parts/statement.tsx'

/** What a check found: the verdict first, then what does not hold, then each statement, then how we know. */
export function Result({ outcome }: { readonly outcome: Outcome }) {
  const { language } = useLanguage()
  const words = PAGE_WORDS[language]
  switch (outcome.kind) {
    case 'waiting':
      return <Banner mark="missing" title={words.waiting} says={words.waitingHelp} />
    case 'pdf-without-return':
      return <Banner mark="refused" title={words.verdict.unreadable} says={words.pdf} />
    case 'unreadable':
      return (
        <Banner mark="refused" title={words.verdict.unreadable} says={words.says.unreadable} detail={outcome.detail} />
      )
    case 'return':
      return <ReturnResult outcome={outcome} words={words} />
    case 'receipt':
      return (
        <>
          <VerdictBanner verdict={outcome.judged.verdict} hasPolicy={outcome.hasPolicy} words={words} />
          <Problems problems={outcome.judged.problems} hasPolicy={outcome.hasPolicy} words={words} />
          {outcome.judged.verdict === 'broken' ? null : (
            <>
              <Entry envelope={outcome.judged.envelope} index={outcome.judged.index} words={words} />
              <Sections sections={outcome.judged.sections} words={words} />
              <p className="label">{words.promise[outcome.judged.promise ?? 'none']}</p>
              <How judged={outcome.judged} words={words} />
            </>
          )}
        </>
      )
    case 'sd-jwt':
      return (
        <>
          <Banner
            mark={markOfVerdict[outcome.judged.verdict]}
            title={words.verdict[outcome.judged.verdict]}
            says={words.sdJwtSays[outcome.judged.verdict]}
            {...(outcome.hasKey || outcome.judged.verdict !== 'unknown-key' ? {} : { more: words.noCustodianKey })}
          />
          {outcome.judged.verdict === 'broken' ? (
            <Problems problems={outcome.judged.problems} hasPolicy words={words} />
          ) : (
            <>
              <Entry envelope={outcome.judged.envelope} words={words} />
              <Sections sections={outcome.judged.sections} words={words} />
            </>
          )}
        </>
      )
  }
}

// A broken file harms whoever believes it: that is what red is for. A key that nobody vouches for is not known.
const markOfVerdict: Record<Verdict, MarkKind> = { verified: 'proven', 'unknown-key': 'unknown', broken: 's1' }

function Banner({
  mark,
  title,
  says,
  more,
  detail,
}: {
  readonly mark: MarkKind
  readonly title: string
  readonly says: string
  readonly more?: string
  readonly detail?: string
}) {
  return (
    <WorstLine mark={mark}>
      <h2>{title}</h2>
      <p>{says}</p>
      {more === undefined ? null : <p>{more}</p>}
      {detail === undefined ? null : <Technical detail={detail} />}
    </WorstLine>
  )
}

function VerdictBanner({
  verdict,
  hasPolicy,
  words,
}: {
  readonly verdict: Verdict
  readonly hasPolicy: boolean
  readonly words: PageWords
}) {
  return (
    <Banner
      mark={markOfVerdict[verdict]}
      title={words.verdict[verdict]}
      says={words.says[verdict]}
      {...(hasPolicy || verdict !== 'unknown-key' ? {} : { more: words.noPolicy })}
    />
  )
}

/** The checks speak English; marked so that a screen reader does not read it as Spanish. */
function Technical({ detail }: { readonly detail: string }) {
  return (
    <span className="support" lang="en">
      {printable(detail)}
    </span>
  )
}

function Problems({
  problems,
  hasPolicy,
  words,
}: {
  readonly problems: readonly Problem[]
  readonly hasPolicy: boolean
  readonly words: PageWords
}) {
  // Without a policy it is no news that the policy does not name the log.
  const shown = problems.filter(({ code }) => hasPolicy || code !== 'unknown-log')
  if (shown.length === 0) return null
  return (
    <Card title={words.problems}>
      <ul className="card-body stack">
        {shown.map(({ code, detail }) => (
          <li key={`${code} ${detail}`}>
            <Mark kind="refused" /> {words.problem[code] ?? code}
            <br />
            <Technical detail={detail} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function ReturnResult({
  outcome,
  words,
}: {
  readonly outcome: Extract<Outcome, { kind: 'return' }>
  readonly words: PageWords
}) {
  const { judged, hasPolicy, isPrinted } = outcome
  const { language } = useLanguage()
  return (
    <>
      <VerdictBanner verdict={judged.verdict} hasPolicy={hasPolicy} words={words} />
      <Problems problems={judged.problems} hasPolicy={hasPolicy} words={words} />
      {isPrinted ? <p className="label">{words.printed}</p> : null}
      {
        // The words of a broken file are not repeated: somebody would read them.
        judged.verdict === 'broken' ? null : (
          <>
            <Card title={words.statements}>
              <div className="card-body stack">
                <StatementTally states={judged.statements.map(({ state }) => state)} />
                <ul>
                  {judged.statements.map(({ id, says, state, entries, notes, value }) => (
                    <Statement
                      key={id}
                      text={printable(says[language])}
                      proof={state}
                      entries={entries.map((index) => ({ index }))}
                      look={lookOf(id, value)}
                      {...(notes.length === 0 ? {} : { note: <Technical detail={notes.join('; ')} /> })}
                    />
                  ))}
                </ul>
              </div>
            </Card>
            <Asked judged={judged} words={words} />
            <How judged={judged} words={words} />
          </>
        )
      }
    </>
  )
}

/** An instant of the file, easier to read and no less exact. */
const utc = (at: string): string => at.replace(/^(\d{4}-\d{2}-\d{2})T([\d:.]+)Z$/, '$1 $2 UTC')

function Asked({ judged, words }: { readonly judged: ReturnVerdict; readonly words: PageWords }) {
  const { asked, audience } = (judged.return ?? {}) as {
    readonly asked?: { readonly registerNumber?: unknown; readonly at?: unknown; readonly known?: unknown }
    readonly audience?: unknown
  }
  const facts: { label: string; value: string }[] = []
  const add = (label: string, value: unknown) => {
    if (typeof value === 'string') facts.push({ label, value: printable(utc(value)) })
    if (typeof value === 'number') facts.push({ label, value: formatNumber(value) })
  }
  add(words.register, asked?.registerNumber)
  add(words.at, asked?.at)
  add(words.known, asked?.known)
  add(words.audience, typeof audience === 'string' ? (words.audiences[audience] ?? audience) : undefined)
  if (facts.length === 0) return null
  return (
    <Card title={words.asked}>
      <FactList facts={facts} />
    </Card>
  )
}

function How({
  judged: { checkpoint, signedBy },
  words,
}: {
  readonly judged: Pick<ReturnVerdict, 'checkpoint' | 'signedBy'>
  readonly words: PageWords
}) {
  const list = (names: readonly string[] | undefined) => printable(names?.join('; ') || words.nobody)
  return (
    <Card title={words.how}>
      <div className="card-body">
        <FactList
          facts={[
            { label: words.log, value: printable(checkpoint?.origin ?? '') },
            { label: words.size, value: checkpoint === undefined ? '' : formatNumber(checkpoint.size) },
            { label: words.root, value: <code>{checkpoint?.root ?? ''}</code> },
            { label: words.signedBy, value: <code>{list(signedBy?.logKeys)}</code> },
            { label: words.witnesses, value: list(signedBy?.witnesses) },
          ]}
        />
      </div>
    </Card>
  )
}

function Entry({
  envelope,
  index,
  words,
}: {
  readonly envelope: string | undefined
  readonly index?: number | undefined
  readonly words: PageWords
}) {
  return (
    <Card title={index === undefined ? words.entryOf : `${words.entryOf} ${formatNumber(index)}`}>
      <div className="card-body">
        <FactList facts={envelopeFacts(envelope).map(([label, value]) => ({ label, value: printable(value) }))} />
      </div>
    </Card>
  )
}

function Sections({
  sections = {},
  words,
}: {
  readonly sections: Readonly<Record<string, unknown>> | undefined
  readonly words: PageWords
}) {
  const opened = Object.entries(sections)
  return (
    <Card title={words.receipt}>
      <div className="card-body">
        {opened.length === 0 ? (
          <p>{words.nothingOpen}</p>
        ) : (
          <FactList
            facts={opened.map(([label, value]) => ({
              label: printable(label),
              value: <Verbatim text={jsonLines(value)} />,
            }))}
          />
        )}
      </div>
    </Card>
  )
}
