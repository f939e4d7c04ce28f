import type { findingsContract, scorecardContract } from '../../../src/standards/contract.ts'
import { addressOf, withFilters } from '../../frame/addresses.ts'
import { type AnswerOf, type CallInput, useRead } from '../../frame/api.ts'
import { formatNumber, formatWhen } from '../../frame/format.ts'
import { Link, useFilters } from '../../frame/link.tsx'
import { useFacility } from '../../frame/session.ts'
import { useLanguage, useWords } from '../../frame/words.ts'
import { Figure, Figures } from '../../parts/figure.tsx'
import { FilterBar } from '../../parts/filter-bar.tsx'
import { FindingRow, RuleCell } from '../../parts/lines.tsx'
import { Mark } from '../../parts/mark.tsx'
import { Card, Page } from '../../parts/page.tsx'
import { Empty, Fault, Loading } from '../../parts/states.tsx'
import { ruleStateWords } from '../terms.ts'
import { FindingSentence, useRules } from './sentence.tsx'
import { findingsWords } from './sentences.ts'

type Finding = AnswerOf<typeof findingsContract>['findings'][number]
const MOST = 1000
const SEVERITIES = ['S1', 'S2', 'S3', 'S4'] as const

/** What stands wrong at the instant of the time bar: by severity, by rule, and one by one. */
export default function FindingsPage() {
  const w = useWords(findingsWords)
  const [values] = useFilters()
  const { severity, rule, state } = values
  const whole = useRead<typeof findingsContract>('/api/findings', { query: { limit: 1 } })
  const query = { severity, rule, limit: MOST } as NonNullable<CallInput<typeof findingsContract>['query']>
  const read = useRead<typeof findingsContract>('/api/findings', { query })
  const rules = useRules()
  const counts = whole.data?.counts ?? []
  const sum = (one: string) =>
    counts.filter(({ severity }) => severity === one).reduce((all, { findings }) => all + findings, 0)
  const isLoaded = whole.data !== undefined
  const found = (read.data?.findings ?? [])
    .filter((one) => state === undefined || one.state === state)
    .sort(bySeverityAndAge)
  return (
    <Page title={w.title}>
      {isLoaded ? (
        <Figures label={w.figures}>
          {SEVERITIES.map((one, index) => (
            <Figure
              key={one}
              label={[w.s1, w.s2, w.s3, w.s4][index] ?? one}
              value={sum(one)}
              to={withFilters(addressOf.findings(), { severity: one })}
              mark={sum(one) === 0 ? undefined : (one.toLowerCase() as 's1')}
              note={one === 'S1' ? w.harm : undefined}
            />
          ))}
        </Figures>
      ) : (
        <div style={{ minHeight: 46 }} />
      )}
      <div className="row screen-only">
        <FilterBar
          name="findings"
          filters={[
            {
              key: 'severity',
              label: w.severity,
              choices: SEVERITIES.map((value, index) => ({
                value,
                label: [w.s1, w.s2, w.s3, w.s4][index] ?? value,
              })),
            },
            { key: 'rule', label: w.rule, choices: rules.map(({ id }) => ({ value: id, label: id })) },
            {
              key: 'state',
              label: w.state,
              choices: [
                { value: 'fail', label: w.fails },
                { value: 'unknown', label: w.unknown },
              ],
            },
          ]}
        />
      </div>
      <div className="beside">
        <Card title={w.list} aside={<span className="support">{w.order}</span>}>
          {read.error !== null && read.data === undefined ? (
            <Fault error={read.error} onRetry={() => void read.refetch()} />
          ) : read.data === undefined ? (
            <Loading rows={8} height={44} />
          ) : found.length === 0 ? (
            <NothingFound at={read.data.at} rules={rules.length} isFiltered={Object.keys(values).length > 0} />
          ) : (
            <ul className="lines">
              {groupsOf(found, rule === undefined).map(([first, ...others]) => (
                <Line key={first.finding} first={first} others={others} />
              ))}
            </ul>
          )}
        </Card>
        <Scorecard />
      </div>
    </Page>
  )
}

type Group = readonly [Finding, ...Finding[]]

/** Findings of one rule about one custody each are one line that leads to them; with a rule chosen each stands alone. */
function groupsOf(found: readonly Finding[], isGrouped: boolean): readonly Group[] {
  const groups = Map.groupBy(found, ({ finding, rule, state, custody }) =>
    isGrouped && custody !== null ? `${rule} ${state}` : finding,
  )
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [[first, ...others] as const],
  )
}

function Line({ first, others }: { readonly first: Finding; readonly others: readonly Finding[] }) {
  const w = useWords(findingsWords)
  const count = others.length + 1
  const people = first.custody === null ? first.peopleAtOpening : count
  const to = withFilters(addressOf.findings(), { rule: first.rule, state: first.state })
  return (
    <FindingRow
      {...(count === 1 ? { finding: first.finding } : {})}
      rule={first.rule}
      severity={first.severity}
      state={first.state}
      since={first.from}
      people={people}
    >
      <FindingSentence rule={first.rule} people={people} />{' '}
      {count > 1 ? (
        <Link to={to}>{w.each(count)}</Link>
      ) : first.custody === null ? null : (
        <Link to={addressOf.person(first.custody)}>{first.registerNumber ?? w.onePerson}</Link>
      )}
    </FindingRow>
  )
}

const bySeverityAndAge = (a: Finding, b: Finding) =>
  a.severity === b.severity
    ? Number(a.state === 'unknown') - Number(b.state === 'unknown') || ((a.from ?? '') < (b.from ?? '') ? -1 : 1)
    : a.severity < b.severity
      ? -1
      : 1

function NothingFound({
  at,
  rules,
  isFiltered,
}: {
  readonly at: string
  readonly rules: number
  readonly isFiltered: boolean
}) {
  const w = useWords(findingsWords)
  const { language } = useLanguage()
  const { zone } = useFacility()
  return (
    <Empty
      what={isFiltered ? w.nothing : w.nothingAtAll}
      ways={isFiltered ? <Link to={addressOf.findings()}>{w.dropFilters}</Link> : undefined}
    >
      {w.checked(formatWhen(at, { language, zone }), rules)}
    </Empty>
  )
}

/** Every rule with its state: the ones that fail lead to whom they find. */
function Scorecard() {
  const w = useWords(findingsWords)
  const states = useWords(ruleStateWords)
  const { language } = useLanguage()
  const rules = useRules()
  const { data } = useRead<typeof scorecardContract>('/api/scorecard')
  if (data === undefined) return <Loading rows={8} />
  return (
    <Card title={w.rulesTitle}>
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th>{w.rule}</th>
              <th>{w.state}</th>
              <th className="number">{w.people}</th>
            </tr>
          </thead>
          <tbody>
            {data.rules.map((one) => (
              <tr key={one.rule} title={rules.find(({ id }) => id === one.rule)?.says[language]}>
                <td>
                  <Link to={addressOf.rule(one.rule)}>{one.rule}</Link>
                </td>
                <td>
                  <span className="with-mark">
                    <RuleCell state={one.state} severity={one.severity} label={one.rule} />
                    <span className="support" style={{ whiteSpace: 'nowrap' }}>
                      {states[one.state]}
                    </span>
                  </span>
                </td>
                <td className="number">
                  {one.failing === 0 && one.unknown === 0 ? '—' : null}
                  {one.failing === 0 ? null : formatNumber(one.failing)}
                  {one.unknown === 0 ? null : (
                    <div className="unknown-text">
                      <Mark kind="unknown" label={w.cannotJudge} /> {formatNumber(one.unknown)}
                    </div>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}
