import { Fragment, useState } from 'react'
import type { findingContract, findingPeopleContract } from '../../../src/standards/contract.ts'
import { addressOf } from '../../frame/addresses.ts'
import { type AnswerOf, Problem, useRead } from '../../frame/api.ts'
import { formatDuration, formatNumber, secondsBetween } from '../../frame/format.ts'
import { Link, useParams } from '../../frame/link.tsx'
import { NotFoundPage } from '../../frame/problem-pages.tsx'
import { useLanguage, useWords } from '../../frame/words.ts'
import { FactList } from '../../parts/facts.tsx'
import type { MarkKind } from '../../parts/mark.tsx'
import { Card, Page } from '../../parts/page.tsx'
import { Empty, Fault, Loading } from '../../parts/states.tsx'
import { When } from '../../parts/when.tsx'
import { causeWords, missingWords, originWords, wordFor } from '../terms.ts'
import { FindingSentence, useRules } from './sentence.tsx'
import { findingsWords } from './sentences.ts'

type Finding = AnswerOf<typeof findingContract>['finding']

/** One finding: what it says, by which rule, what it rests on, and its people at the instant of the time bar. */
export default function FindingPage() {
  const w = useWords(findingsWords)
  const { finding: id = '' } = useParams()
  const read = useRead<typeof findingContract>('/api/findings/:id', { params: { id } })
  const { data } = read
  if (data?.finding.finding !== id) {
    if (read.error instanceof Problem && (read.error.status === 404 || read.error.status === 400))
      return <NotFoundPage />
    return (
      <Page title={w.title}>
        {read.error === null ? <Loading rows={10} /> : <Fault error={read.error} onRetry={() => void read.refetch()} />}
      </Page>
    )
  }
  const { finding, people, at } = data
  const { rule, severity, state } = finding
  const mark: MarkKind = state === 'unknown' ? 'unknown' : (severity.toLowerCase() as MarkKind)
  return (
    <Page
      title={w.findingTitle(rule)}
      crumbs={[{ to: addressOf.findings(), label: w.title }]}
      worst={{
        mark,
        children: (
          <>
            <b>
              <FindingSentence rule={rule} people={finding.custody === null ? people : 1} />
            </b>{' '}
            {finding.from === null || finding.to !== null
              ? null
              : w.standsFor(formatDuration(secondsBetween(finding.from, at)))}
          </>
        ),
      }}
    >
      <div className="columns">
        <div className="stack">
          <Facts finding={finding} people={people} />
          <Evidence title={w.evidence} evidence={finding.openEvidence} />
          {finding.closeEvidence === null ? null : (
            <Evidence title={w.closeEvidence} evidence={finding.closeEvidence} />
          )}
        </div>
        <People id={id} count={people} />
      </div>
      <p className="support">{w.howCloses}</p>
    </Page>
  )
}

function Facts({ finding, people }: { readonly finding: Finding; readonly people: number }) {
  const w = useWords(findingsWords)
  const origins = useWords(originWords)
  const { language } = useLanguage()
  const rule = useRules().find(({ id }) => id === finding.rule)
  return (
    <Card title={w.facts}>
      <FactList
        facts={[
          {
            label: w.rule,
            value: <Link to={addressOf.rule(finding.rule)}>{finding.rule}</Link>,
            ...(rule === undefined ? {} : { origin: rule.says[language] }),
          },
          {
            label: w.origin,
            value: rule === undefined ? 'unknown' : origins[rule.origin],
            ...(rule === undefined
              ? {}
              : { origin: rule.citation.map((one) => `${one.instrument} ${one.provision}`).join(' · ') }),
          },
          {
            label: w.state,
            value: `${finding.to === null ? w.open : w.closed} · ${finding.state === 'fail' ? w.fails : w.unknown}`,
          },
          { label: w.where, value: finding.facility === 'HOUSE' ? w.house : finding.facility },
          { label: w.opened, value: finding.from === null ? 'unknown' : <When at={finding.from} /> },
          ...(finding.to === null ? [] : [{ label: w.ended, value: <When at={finding.to} /> }]),
          { label: w.peopleNow, value: formatNumber(people) },
          ...(finding.peopleAtOpening === null
            ? []
            : [{ label: w.atOpening, value: formatNumber(finding.peopleAtOpening) }]),
          { label: w.openedBy, value: w.entry(formatNumber(finding.entryN)) },
          ...(finding.closedN === null ? [] : [{ label: w.closedBy, value: w.entry(formatNumber(finding.closedN)) }]),
        ]}
      />
    </Card>
  )
}

const isId = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(value)
const isInstant = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)

/** What the rule saw, as it was kept with the finding. */
function Evidence({ title, evidence }: { readonly title: string; readonly evidence: Finding['openEvidence'] }) {
  const w = useWords(findingsWords)
  const causes = useWords(causeWords)
  const missing = useWords(missingWords)
  const labels: Readonly<Record<string, unknown>> = w
  const entries = Object.entries(evidence)
  const one = (key: string, value: unknown) => {
    if (key === 'custodies' || key === 'custody')
      return isId(value) ? <Link to={addressOf.person(value)}>{value.slice(0, 8)}</Link> : String(value)
    if (key === 'entry' && isId(value)) return <Link to={addressOf.entry(value)}>{value.slice(0, 8)}</Link>
    if (isId(value)) return <code>{value.slice(0, 8)}</code>
    if (isInstant(value)) return <When at={value} />
    if (typeof value === 'number') return formatNumber(value)
    if (key === 'missing') return wordFor(missing, String(value))
    return wordFor(causes, typeof value === 'object' ? JSON.stringify(value) : String(value))
  }
  return (
    <Card title={title}>
      {entries.length === 0 ? (
        <p className="card-body label">{w.noEvidence}</p>
      ) : (
        <FactList
          facts={entries.map(([key, value]) => {
            const label = labels[`e-${key}`]
            const all = Array.isArray(value) ? value : [value]
            return {
              label: typeof label === 'string' ? label : key,
              value: all.map((part, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: kept evidence does not change
                <Fragment key={index}>
                  {index === 0 ? null : ', '}
                  {one(key, part)}
                </Fragment>
              )),
            }
          })}
        />
      )}
    </Card>
  )
}

const PAGE = 200

function People({ id, count }: { readonly id: string; readonly count: number }) {
  const w = useWords(findingsWords)
  const [limit, setLimit] = useState(PAGE)
  const read = useRead<typeof findingPeopleContract>('/api/findings/:id/people', { params: { id }, query: { limit } })
  const { data } = read
  return (
    <Card title={w.peopleTitle} aside={<span className="support">{formatNumber(count)}</span>}>
      {read.error !== null && data === undefined ? (
        <Fault error={read.error} onRetry={() => void read.refetch()} />
      ) : data === undefined ? (
        <Loading rows={6} />
      ) : data.people.length === 0 ? (
        <Empty what={w.nobody} />
      ) : (
        <>
          <div className="table-scroll">
            <table className="table">
              <thead>
                <tr>
                  <th>{w.people}</th>
                  <th className="number">{w.since}</th>
                  <th className="number">{w.openSince}</th>
                </tr>
              </thead>
              <tbody>
                {data.people.map((one) => (
                  <tr key={one.custody}>
                    <td>
                      <Link className="mono" to={addressOf.person(one.custody)}>
                        {one.registerNumber ?? one.custody.slice(0, 8)}
                      </Link>
                    </td>
                    <td className="number">
                      <When at={one.since} />
                    </td>
                    <td className="number">{formatDuration(secondsBetween(one.since, data.at))}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {data.next === null || limit >= 1000 ? null : (
            <p className="card-body">
              <button type="button" className="button small" onClick={() => setLimit(1000)}>
                {w.more}
              </button>
            </p>
          )}
        </>
      )}
    </Card>
  )
}
