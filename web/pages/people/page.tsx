import { useCallback, useMemo, useRef } from 'react'
import type { csvContract, HeldRow, listContract } from '../../../src/custody/contract.ts'
import { addressOf, withFilters } from '../../frame/addresses.ts'
import { addressOfCall, type CallInput, call } from '../../frame/api.ts'
import { useAt } from '../../frame/at.ts'
import { formatWhen } from '../../frame/format.ts'
import { Link, useFilters } from '../../frame/link.tsx'
import { useFacility, useMay } from '../../frame/session.ts'
import { useLanguage, useWords } from '../../frame/words.ts'
import { FilterBar } from '../../parts/filter-bar.tsx'
import { markOf } from '../../parts/mark.tsx'
import { Page } from '../../parts/page.tsx'
import { Register } from '../../parts/register.tsx'
import { Empty } from '../../parts/states.tsx'
import { ActLink } from '../act-link.tsx'
import { csvColumns, useColumns } from './columns.tsx'
import { type FiguresAnswer, RosterFigures, useFigures } from './figures.tsx'
import { FILTERS, useRosterFilters } from './filters.ts'
import { peopleWords } from './words.ts'

const PAGE = 200

/** Who is held at the instant of the time bar. */
export default function PeoplePage() {
  const w = useWords(peopleWords)
  const { language } = useLanguage()
  const { at } = useAt()
  const [values] = useFilters()
  const figures = useFigures().data
  // Whoever sees only some people is not offered the list of pairs.
  const mayDoubles = useMay('roll.read')
  const { filters, views } = useRosterFilters(values)
  const now = useMemo(() => at ?? Temporal.Now.instant().toString(), [at])
  const columns = useColumns(now)
  const asked = useMemo(() => Object.fromEntries(FILTERS.map((key) => [key, values[key]])), [values])
  // The CSV is of the instant at which the rows were read, so that it holds those rows and no other.
  const readAt = useRef<string>(undefined)
  const read = useCallback(
    async (after: string | undefined, signal: AbortSignal) => {
      const query = { ...asked, at, after, limit: PAGE } as CallInput<typeof listContract>['query']
      const page = await call<typeof listContract>('GET', '/api/custodies', { query, signal } as never)
      if (after === undefined) readAt.current = page.at
      return { rows: page.held, next: page.next, total: page.total }
    },
    [asked, at],
  )
  const csv = (shown: readonly string[]) =>
    addressOfCall('/api/custodies.csv' satisfies (typeof csvContract)['path'], undefined, {
      ...asked,
      at: at ?? readAt.current,
      columns: csvColumns(shown),
      language,
    })
  return (
    <Page
      title={w.title}
      actions={
        <>
          {mayDoubles ? (
            <Link className="button" to={addressOf.doubles()}>
              {w.doubles}
            </Link>
          ) : null}
          <ActLink to={addressOf.admitGroup()} label={w.group} permission="custody.record" />
          <ActLink to={addressOf.admit()} label={w.admit} permission="custody.record" keys="A" primary />
        </>
      }
    >
      <RosterFigures figures={figures} />
      <Register<HeldRow>
        name="people"
        label={w.title}
        queryKey={[asked, at]}
        read={read}
        rowKey={({ custody }) => custody}
        rowTo={({ custody }) => addressOf.person(custody)}
        rowMark={({ worst }) => markOf(worst?.mark)}
        columns={columns}
        csv={csv}
        order={asked.sort === 'admitted' ? w.byAdmission : w.byNumber}
        filters={<FilterBar filters={filters} views={views} name="people" />}
        empty={<NobodyHere asked={asked} figures={figures} />}
      />
    </Page>
  )
}

/** What was looked for, when, over how many, and who does not count. */
function NobodyHere({
  asked,
  figures,
}: {
  readonly asked: Readonly<Record<string, string | undefined>>
  readonly figures: FiguresAnswer | undefined
}) {
  const w = useWords(peopleWords)
  const { language } = useLanguage()
  const { zone } = useFacility()
  const isFiltered = Object.entries(asked).some(([key, value]) => key !== 'sort' && value !== undefined)
  const only = Object.entries(asked).filter(([key, value]) => key !== 'sort' && value !== undefined)
  const [key, value] = only.length === 1 ? (only[0] ?? []) : []
  const what = !isFiltered
    ? w.nobodyHeld
    : key === 'basis' && value === 'lapse'
      ? w.nobodyWithoutBasis
      : key === 'basis' && value === 'unknown'
        ? w.nobodyUnknown
        : key === 'presence' && value === 'unknown'
          ? w.nobodyUnconfirmed
          : key === 'missing'
            ? w.nobodyMissing
            : w.nobody
  const unknown = figures?.basisUnknown ?? 0
  return (
    <Empty
      what={what}
      ways={
        isFiltered ? (
          <>
            {unknown > 0 && asked.basis !== 'unknown' ? (
              <>
                <Link to={withFilters(addressOf.people(), { basis: 'unknown' })}>{w.seeUnknown(unknown)}</Link> ·{' '}
              </>
            ) : null}
            <Link to={addressOf.people()}>{w.dropFilters}</Link>
          </>
        ) : undefined
      }
    >
      {figures === undefined
        ? undefined
        : w.checked(formatWhen(figures.at, { language, zone }), figures.held, figures.basisUnknown)}
    </Empty>
  )
}
