import type { findingsContract, scorecardContract } from '../../../src/standards/contract.ts'
import { addressOf, withFilters } from '../../frame/addresses.ts'
import { useRead } from '../../frame/api.ts'
import { useAt } from '../../frame/at.ts'
import { formatNumber } from '../../frame/format.ts'
import { Link, useParams } from '../../frame/link.tsx'
import { NotFoundPage } from '../../frame/problem-pages.tsx'
import { useLanguage, useWords } from '../../frame/words.ts'
import { FactList } from '../../parts/facts.tsx'
import { FindingRow, RuleCell } from '../../parts/lines.tsx'
import { Card, Page } from '../../parts/page.tsx'
import { Empty, Loading } from '../../parts/states.tsx'
import { originWords, ruleStateWords } from '../terms.ts'
import { FindingSentence, type Rule, useRules } from './sentence.tsx'
import { findingsWords } from './sentences.ts'

/** A rule: what it says, where it comes from, what we had to choose, and how it stands. */
export default function RulePage() {
  const w = useWords(findingsWords)
  const { rule: id = '' } = useParams()
  const rules = useRules()
  if (rules.length === 0) {
    return (
      <Page title={w.ruleTitle(id)}>
        <Loading rows={8} />
      </Page>
    )
  }
  const rule = rules.find((one) => one.id === id)
  return rule === undefined ? <NotFoundPage /> : <RuleFile rule={rule} />
}

function RuleFile({ rule }: { readonly rule: Rule }) {
  const w = useWords(findingsWords)
  const origins = useWords(originWords)
  const states = useWords(ruleStateWords)
  const { language } = useLanguage()
  const { isNow } = useAt()
  const { data } = useRead<typeof scorecardContract>('/api/scorecard')
  const found = useRead<typeof findingsContract>('/api/findings', { query: { rule: rule.id, limit: 20 } }).data
  const now = data?.rules.find((one) => one.rule === rule.id)
  return (
    <Page
      title={w.ruleTitle(rule.id)}
      crumbs={[{ to: addressOf.findings(), label: w.title }]}
      lines={<p>{rule.says[language]}</p>}
    >
      <div className="columns">
        <Card title={w.says}>
          <FactList
            facts={[
              { label: w.severity, value: rule.severity },
              {
                label: w.citation,
                value: (
                  <ul>
                    {rule.citation.map(({ instrument, provision }) => (
                      <li key={`${instrument}${provision}`}>
                        {instrument} {provision}
                      </li>
                    ))}
                  </ul>
                ),
              },
              { label: w.origin, value: origins[rule.origin] },
              ...rule.parameters.map((one) => ({
                label: w.parameters,
                value: one.value,
                origin: `${one.name} · ${origins[one.origin]}`,
              })),
              { label: w.possible, value: rule.states.map((one) => states[one]).join(', ') },
              ...(now === undefined
                ? []
                : [
                    {
                      label: isNow ? w.stateNow : w.stateThen,
                      value: (
                        <span className="with-mark">
                          <RuleCell state={now.state} severity={now.severity} label={rule.id} />
                          <span>{states[now.state]}</span>
                        </span>
                      ),
                    },
                    { label: w.failing, value: formatNumber(now.failing) },
                    { label: w.cannotJudge, value: formatNumber(now.unknown) },
                  ]),
            ]}
          />
        </Card>
        <Card
          title={w.itsFindings}
          aside={<Link to={withFilters(addressOf.findings(), { rule: rule.id })}>{w.list}</Link>}
        >
          {found === undefined ? (
            <Loading rows={4} />
          ) : found.findings.length === 0 ? (
            <Empty what={w.nothingAtAll} />
          ) : (
            <ul className="lines">
              {found.findings.map((one) => (
                <FindingRow
                  key={one.finding}
                  finding={one.finding}
                  rule={one.rule}
                  severity={one.severity}
                  state={one.state}
                  since={one.from}
                  people={one.custody === null ? one.peopleAtOpening : 1}
                >
                  <FindingSentence rule={one.rule} people={one.custody === null ? one.peopleAtOpening : 1} />
                </FindingRow>
              ))}
            </ul>
          )}
        </Card>
      </div>
    </Page>
  )
}
