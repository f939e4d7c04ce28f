import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { admissionsContract } from '../../../src/custody/contract.ts'
import { addressOf } from '../../frame/addresses.ts'
import { type AnswerOf, call } from '../../frame/api.ts'
import { useAt } from '../../frame/at.ts'
import { Link, useFilters } from '../../frame/link.tsx'
import { useLanguage, useWords } from '../../frame/words.ts'
import { ChoiceField } from '../../parts/field.tsx'
import { Mark, markOf } from '../../parts/mark.tsx'
import { Card, Page } from '../../parts/page.tsx'
import { Empty, Fault, Loading } from '../../parts/states.tsx'
import { BasisTag } from '../../parts/tags.tsx'
import { When } from '../../parts/when.tsx'
import { ActLink } from '../act-link.tsx'
import type { FieldCode } from '../admit/missing.ts'
import { missingWords } from '../terms.ts'
import { supplyingAct } from './supply.ts'
import { admissionsWords } from './words.ts'
import '../../parts/facts.css'

type Admission = AnswerOf<typeof admissionsContract>['admissions'][number]

const DAYS = [1, 7, 30, 365] as const

/** Who came lately, the latest first, with what the register still lacks about each and who can supply it. */
export default function AdmissionsPage() {
  const w = useWords(admissionsWords)
  const names = useWords(missingWords)
  const { at } = useAt()
  const [{ days: asked = '30', missing }, change] = useFilters()
  const days = (DAYS as readonly number[]).includes(Number(asked)) ? Number(asked) : 30
  const query = useInfiniteQuery({
    queryKey: ['live', 'admissions', at, days, missing],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      call<typeof admissionsContract>('GET', '/api/admissions', {
        query: { at, days, missing, after: pageParam, limit: 50 } as never,
        signal,
      }),
    getNextPageParam: ({ next }) => next ?? undefined,
  })
  const pages = query.data?.pages
  const rows = useMemo(() => pages?.flatMap(({ admissions }) => admissions) ?? [], [pages])
  const total = pages?.[0]?.total ?? 0
  return (
    <Page
      title={w.title}
      crumbs={[{ to: addressOf.people(), label: w.people }]}
      actions={
        <>
          <ActLink to={addressOf.admitGroup()} label={w.group} permission="custody.record" />
          <ActLink to={addressOf.admit()} label={w.admit} permission="custody.record" keys="A" primary />
        </>
      }
      lines={total === 0 ? undefined : <p className="label">{w.incomplete(total, days)}</p>}
    >
      <div className="card">
        <div className="fields">
          <ChoiceField
            name="days"
            label={w.days}
            value={String(days)}
            empty={null}
            onValue={(one) => change({ days: one })}
            choices={DAYS.map((count) => ({ value: String(count), label: w.daysOf(count) }))}
          />
          <ChoiceField
            name="missing"
            label={w.missingOnly}
            value={missing ?? ''}
            empty={w.anything}
            onValue={(one) => change({ missing: one === '' ? undefined : one })}
            choices={Object.entries(names).map(([value, label]) => ({ value, label }))}
          />
        </div>
      </div>
      {query.error !== null ? (
        <Fault error={query.error} onRetry={() => void query.refetch()} />
      ) : pages === undefined ? (
        <Loading rows={8} />
      ) : rows.length === 0 ? (
        <Card label={w.title}>
          <Empty
            what={missing === undefined ? w.nobody : w.nobodyLacks}
            ways={missing === undefined ? undefined : <Link to={addressOf.admissions()}>{w.all}</Link>}
          >
            {w.checked} <When at={pages[0]?.at ?? ''} />
          </Empty>
        </Card>
      ) : (
        <Card label={w.title}>
          <ul className="lines">
            {rows.map((row) => (
              <Row key={row.custody} row={row} />
            ))}
          </ul>
        </Card>
      )}
      {query.hasNextPage ? (
        <div className="row">
          <button
            type="button"
            className="button"
            aria-disabled={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {w.more}
          </button>
        </div>
      ) : null}
    </Page>
  )
}

function Row({ row }: { readonly row: Admission }) {
  const w = useWords(admissionsWords)
  const names = useWords(missingWords)
  const { language } = useLanguage()
  const mark = markOf(row.worst?.mark)
  const name = [row.name?.family?.toUpperCase(), row.name?.given].filter(Boolean).join(', ')
  return (
    <li>
      {mark === undefined ? null : <Mark kind={mark} alone />}
      <div className="what stack">
        <div className="row">
          <b>
            <Link to={addressOf.person(row.custody)}>{row.registerNumber}</Link>
          </b>
          <span>{name === '' ? (row.name?.written ?? w.unnamed) : name}</span>
          {row.basis === null ? null : <BasisTag state={row.basis.state} />}
          {row.possibleDouble ? (
            <Link className="tag" to={addressOf.doubles()}>
              {w.double}
            </Link>
          ) : null}
          <span className="support">
            {w.since} <When at={row.since} precision={row.sincePrecision as 'minute'} /> · {w.recorded}{' '}
            <When at={row.recorded} />
          </span>
        </div>
        {row.lacks.length === 0 ? null : (
          <ul aria-label={w.missing} className="columns">
            {[...Map.groupBy(row.lacks, ({ from, since }) => `${from} ${since}`).values()].map((lacks) => (
              <li key={`${lacks[0]?.from} ${lacks[0]?.since}`}>
                <Mark kind="missing" />{' '}
                {lacks.map(({ code }, index) => (
                  <span key={code}>
                    {index === 0 ? null : ', '}
                    <Lacking custody={row.custody} code={code} says={code in names ? names[code as FieldCode] : code} />
                  </span>
                ))}
                <div className="support">
                  {lacks[0]?.fromSays[language]} · {w.sinceShort} <When at={lacks[0]?.since ?? row.since} />
                </div>
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  )
}

/** Something missing, with a link to the form that supplies it. Nothing is recorded in the past. */
function Lacking({ custody, code, says }: { readonly custody: string; readonly code: string; readonly says: string }) {
  const { isNow } = useAt()
  const kind = supplyingAct(code)
  return kind === undefined || !isNow ? says : <Link to={addressOf.act(custody, kind)}>{says}</Link>
}
