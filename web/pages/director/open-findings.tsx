import type { rulesContract } from '../../../src/standards/contract.ts'
import { addressOf, withFilters } from '../../frame/addresses.ts'
import { useRead } from '../../frame/api.ts'
import { formatNumber } from '../../frame/format.ts'
import { Link } from '../../frame/link.tsx'
import { useMay } from '../../frame/session.ts'
import { useLanguage, useWords } from '../../frame/words.ts'
import { Mark, type MarkKind } from '../../parts/mark.tsx'
import { Card } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import type { Director } from './answer.ts'
import { directorWords } from './words.ts'

/** What stands open, the gravest first. */
export function OpenFindings({ findings }: Pick<Director, 'findings'>) {
  const w = useWords(directorWords)
  const { language } = useLanguage()
  const rules = useRead<typeof rulesContract>(
    '/api/rules',
    {},
    { timed: false, live: false, enabled: useMay('finding.read') },
  ).data?.rules
  const sorted = [...findings].sort((a, b) =>
    a.severity === b.severity ? b.findings - a.findings : a.severity < b.severity ? -1 : 1,
  )
  return (
    <Card title={w.findings} aside={<Link to={addressOf.findings()}>{w.allFindings}</Link>}>
      {sorted.length === 0 ? (
        <Empty what={w.noFindings} />
      ) : (
        <div className="table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{w.rule}</th>
                <th scope="col" className="number">
                  {w.count}
                </th>
              </tr>
            </thead>
            <tbody>
              {sorted.map(({ rule, severity, findings: count }) => (
                <tr key={`${rule} ${severity}`}>
                  <td>
                    <Mark kind={severity.toLowerCase() as MarkKind} alone /> <b>{rule}</b>{' '}
                    {rules?.find(({ id }) => id === rule)?.says[language]}
                  </td>
                  <td className="number">
                    <Link to={withFilters(addressOf.findings(), { rule })}>{formatNumber(count)}</Link>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  )
}
