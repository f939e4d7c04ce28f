import { useCallback, useMemo, useRef } from 'react'
import type { boardContract, boardCsvContract } from '../../../src/duties/contract.ts'
import { addressOf, withFilters } from '../../frame/addresses.ts'
import { type AnswerOf, addressOfCall, type CallInput, call, useRead } from '../../frame/api.ts'
import { useAt } from '../../frame/at.ts'
import { formatDuration, formatNumber, secondsBetween } from '../../frame/format.ts'
import { Link, useFilters } from '../../frame/link.tsx'
import { useLanguage, useWords } from '../../frame/words.ts'
import { Figure, Figures } from '../../parts/figure.tsx'
import { FilterBar } from '../../parts/filter-bar.tsx'
import { Mark, type MarkKind } from '../../parts/mark.tsx'
import { Card, Page } from '../../parts/page.tsx'
import { type Column, Register } from '../../parts/register.tsx'
import { Empty, Fault, Loading } from '../../parts/states.tsx'
import { When } from '../../parts/when.tsx'
import { owedWords } from './words.ts'

type Board = AnswerOf<typeof boardContract>
type Duty = Board['duties'][number]

const PAGE = 200
const FILTERS = ['asked', 'severity', 'rule', 'owner'] as const
const SEVERITIES = ['S1', 'S2', 'S3', 'S4'] as const

/** The due board: what is late, by whom, for whom; the gravest first. */
export default function OwedPage() {
  const w = useWords(owedWords)
  const { language } = useLanguage()
  const { at } = useAt()
  const [values] = useFilters()
  const asked = useMemo(
    () => Object.fromEntries(FILTERS.map((key) => [key, values[key]])) as Record<string, string | undefined>,
    [values],
  )
  const whole = useRead<typeof boardContract>('/api/duties', { query: { limit: 1 } })
  const { data } = whole
  const counts = data?.counts ?? []
  const now = data?.at ?? at ?? ''
  const ruleOf = useMemo(() => new Map(counts.map((rule) => [rule.rule, rule])), [counts])
  const readAt = useRef<string>(undefined)
  const read = useCallback(
    async (after: string | undefined, signal: AbortSignal) => {
      const query = { ...asked, at, after, limit: PAGE } as CallInput<typeof boardContract>['query']
      const page = await call<typeof boardContract>('GET', '/api/duties', { query, signal } as never)
      if (after === undefined) readAt.current = page.at
      return { rows: page.duties, next: page.next, total: totalOf(page, asked.asked) }
    },
    [asked, at],
  )
  const csv = () =>
    addressOfCall('/api/duties.csv' satisfies (typeof boardCsvContract)['path'], undefined, {
      ...asked,
      at: at ?? readAt.current,
      language,
    })
  const columns: readonly Column<Duty>[] = [
    {
      key: 'whom',
      label: w.whom,
      width: 120,
      grow: 0,
      isLink: true,
      cell: ({ custody, registerNumber, facility }) =>
        custody === null ? (
          <span>{facility === 'HOUSE' ? w.house : facility}</span>
        ) : (
          <span className="mono">{registerNumber}</span>
        ),
    },
    {
      key: 'what',
      label: w.what,
      width: 240,
      grow: 3,
      cell: ({ rule }) => {
        const known = ruleOf.get(rule)
        return (
          <>
            {known?.says[language] ?? rule}
            {known?.provisional === true ? <span className="support"> {w.provisional}</span> : null}
          </>
        )
      },
    },
    { key: 'rule', label: w.rule, width: 120, grow: 0, cell: ({ rule }) => rule },
    {
      key: 'due',
      label: w.due,
      width: 150,
      grow: 0,
      align: 'right',
      cell: ({ due }) => <When at={due} offset={false} />,
    },
    {
      key: 'by',
      label: w.by,
      width: 110,
      grow: 0,
      align: 'right',
      cell: ({ due, state }) => (state === 'late' && now !== '' ? formatDuration(secondsBetween(due, now)) : '—'),
    },
    { key: 'holder', label: w.holder, width: 180, grow: 1, cell: ({ holder }) => holder.says[language] },
  ]
  const worst = counts.find(({ late }) => late > 0)
  return (
    <Page
      title={w.title}
      worst={
        data === undefined || data.total.late === 0
          ? undefined
          : {
              mark: (worst?.severity.toLowerCase() ?? 's2') as MarkKind,
              children: (
                <>
                  <b>{w.worst(data.total.late)}</b>{' '}
                  {worst?.oldest == null ? null : w.oldest(formatDuration(secondsBetween(worst.oldest, data.at)))}
                </>
              ),
            }
      }
    >
      {whole.error === null || data !== undefined ? null : (
        <Fault error={whole.error} onRetry={() => void whole.refetch()} />
      )}
      {data === undefined ? <Loading rows={2} /> : <Totals total={data.total} />}
      <Register<Duty>
        name="owed"
        label={w.title}
        queryKey={[asked, at]}
        read={read}
        rowKey={({ duty, custody }) => `${custody} ${duty}`}
        rowTo={({ custody }) => (custody === null ? addressOf.findings() : addressOf.person(custody))}
        rowMark={({ state, severity }) =>
          state === 'unknown' ? 'unknown' : state === 'late' ? (severity.toLowerCase() as MarkKind) : 'soon'
        }
        columns={columns}
        csv={csv}
        order={w.order}
        filters={
          <FilterBar
            name="owed"
            filters={[
              {
                key: 'asked',
                label: w.asked,
                choices: (['late', 'soon', 'unknown', 'open'] as const).map((value) => ({ value, label: w[value] })),
              },
              {
                key: 'severity',
                label: w.severity,
                choices: SEVERITIES.map((value) => ({ value, label: value })),
              },
              {
                key: 'rule',
                label: w.rule,
                choices: counts.map(({ rule, says }) => ({ value: rule, label: says[language] })),
              },
              {
                key: 'owner',
                label: w.owner,
                choices: (data?.byOwner ?? []).map(({ owner }) => ({ value: owner.id, label: owner.says[language] })),
              },
            ]}
          />
        }
        empty={
          <Empty
            what={Object.values(asked).some((value) => value !== undefined) ? w.nothing : w.nothingLate}
            ways={<Link to={addressOf.owed()}>{w.dropFilters}</Link>}
          />
        }
      />
      {data === undefined ? null : <Groups board={data} />}
    </Page>
  )
}

function totalOf({ counts }: Board, asked: string | undefined): number {
  const key = asked === 'soon' || asked === 'unknown' ? asked : 'late'
  const sum = (of: 'late' | 'soon' | 'unknown') => counts.reduce((total, count) => total + count[of], 0)
  return asked === 'open' ? sum('late') + sum('soon') + sum('unknown') : sum(key)
}

function Totals({ total }: Pick<Board, 'total'>) {
  const w = useWords(owedWords)
  const to = (asked: string) => withFilters(addressOf.owed(), { asked })
  return (
    <Figures label={w.figures}>
      <Figure label={w.late} value={total.late} to={to('late')} mark={total.late > 0 ? 'missed' : undefined} />
      <Figure label={w.soon} value={total.soon} to={to('soon')} mark={total.soon > 0 ? 'soon' : undefined} />
      <Figure
        label={w.unknown}
        value={total.unknown}
        to={to('unknown')}
        mark={total.unknown > 0 ? 'unknown' : undefined}
      />
    </Figures>
  )
}

type Line = {
  readonly key: string
  readonly name: string
  readonly severity?: string
  readonly note: string
  readonly filters: Readonly<Record<string, string>>
  readonly late: number
  readonly soon: number
  readonly unknown: number
}

/** The same by rule, with its term and source, and by whom. */
function Groups({ board }: { readonly board: Board }) {
  const w = useWords(owedWords)
  const { language } = useLanguage()
  const rules = board.counts.map(
    ({ rule, severity, says, term, citation, late, soon, unknown }): Line => ({
      key: rule,
      name: says[language],
      severity,
      note: `${term[language]} · ${citation.map((one) => `${one.instrument} ${one.provision}`).join(' · ')}`,
      filters: { rule },
      late,
      soon,
      unknown,
    }),
  )
  const byOwner = board.byOwner.map(
    ({ owner, late, soon, unknown }): Line => ({
      key: owner.id,
      name: owner.says[language],
      note: owner.outside ? w.outside : '',
      filters: { owner: owner.id },
      late,
      soon,
      unknown,
    }),
  )
  return (
    <div className="stack">
      <Group title={w.byRule} head={w.what} lines={rules} />
      <Group title={w.byOwner} head={w.owner} lines={byOwner} />
    </div>
  )
}

function Group({
  title,
  head,
  lines,
}: {
  readonly title: string
  readonly head: string
  readonly lines: readonly Line[]
}) {
  const w = useWords(owedWords)
  return (
    <Card title={title}>
      {lines.length === 0 ? (
        <Empty what={w.nothingLate} />
      ) : (
        <div className="table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{head}</th>
                {(['late', 'soon', 'unknown'] as const).map((key) => (
                  <th key={key} scope="col" className="number">
                    {w[key]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {lines.map(({ key, name, severity, note, filters, ...counts }) => (
                <tr key={key}>
                  <td>
                    {severity === undefined ? null : <Mark kind={severity.toLowerCase() as MarkKind} alone />} {name}
                    <div className="support">{note}</div>
                  </td>
                  {(['late', 'soon', 'unknown'] as const).map((asked) => (
                    <td key={asked} className="number">
                      {counts[asked] === 0 ? (
                        '—'
                      ) : (
                        <Link to={withFilters(addressOf.owed(), { ...filters, asked })}>
                          {formatNumber(counts[asked])}
                        </Link>
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  )
}
