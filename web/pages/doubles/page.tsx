import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { doublesContract } from '../../../src/people/contract.ts'
import type { ActReceipt } from '../../frame/act.ts'
import { addressOf, withFilters } from '../../frame/addresses.ts'
import { type CallInput, call } from '../../frame/api.ts'
import { useAt } from '../../frame/at.ts'
import { formatWhen } from '../../frame/format.ts'
import { Link, useFilters } from '../../frame/link.tsx'
import { useFacility } from '../../frame/session.ts'
import { useLanguage, useWords } from '../../frame/words.ts'
import { Figure, Figures } from '../../parts/figure.tsx'
import { Receipt } from '../../parts/form.tsx'
import { Page } from '../../parts/page.tsx'
import { Empty, Fault, Loading } from '../../parts/states.tsx'
import type { Answer } from './answer.ts'
import { PairCard } from './pair.tsx'
import { doublesWords } from './words.ts'

const PAGE = 20

/** Pairs who may be one person, or who bear one name, side by side: said to be one, or left as they are. */
export default function DoublesPage() {
  const w = useWords(doublesWords)
  const { at } = useAt()
  const [values] = useFilters()
  const kind = values.kind === 'homonym' ? 'homonym' : 'double'
  const read = useInfiniteQuery({
    queryKey: ['live', '/api/doubles', kind, at],
    queryFn: ({ pageParam, signal }) => {
      const query = { at, kind, after: pageParam, limit: PAGE } as NonNullable<
        CallInput<typeof doublesContract>['query']
      >
      return call<typeof doublesContract>('GET', '/api/doubles', { query, signal })
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Answer) => page.next ?? undefined,
  })
  const [recorded, setRecorded] = useState<readonly { receipt: ActReceipt; told: string }[]>([])
  const pages = read.data?.pages ?? []
  const counts = pages[0]?.counts
  const pairs = pages.flatMap((page) => page.pairs)
  return (
    <Page title={w.title} crumbs={[{ to: addressOf.people(), label: w.people }]}>
      {counts == null ? (
        <div style={{ minHeight: 46 }} />
      ) : (
        <Figures label={w.figures}>
          <Figure label={w.doubles} value={counts.doubles} to={addressOf.doubles()} note={w.doublesNote} />
          <Figure
            label={w.homonyms}
            value={counts.homonyms}
            to={withFilters(addressOf.doubles(), { kind: 'homonym' })}
            note={w.homonymsNote}
          />
        </Figures>
      )}
      {recorded.map(({ receipt, told }) => (
        <Receipt key={receipt.entry} receipt={receipt}>
          <p>{told}</p>
        </Receipt>
      ))}
      {read.error !== null && pages.length === 0 ? (
        <div className="card">
          <Fault error={read.error} onRetry={() => void read.refetch()} />
        </div>
      ) : pages.length === 0 ? (
        <Loading rows={6} height={60} />
      ) : pairs.length === 0 ? (
        <NoPairs kind={kind} at={pages[0]?.at ?? ''} homonyms={counts?.homonyms ?? 0} />
      ) : (
        <>
          <p className="support">{w.later}</p>
          {pairs.map((pair) => (
            <PairCard
              key={pair.sides.map(({ person }) => person).join()}
              pair={pair}
              onRecorded={(receipt, told) => setRecorded((before) => [...before, { receipt, told }])}
            />
          ))}
          {read.hasNextPage ? (
            <p>
              <button
                type="button"
                className="button"
                aria-disabled={read.isFetching}
                onClick={() => void read.fetchNextPage()}
              >
                {w.more}
              </button>
            </p>
          ) : null}
        </>
      )}
    </Page>
  )
}

function NoPairs({
  kind,
  at,
  homonyms,
}: {
  readonly kind: 'double' | 'homonym'
  readonly at: string
  readonly homonyms: number
}) {
  const w = useWords(doublesWords)
  const { language } = useLanguage()
  const { zone } = useFacility()
  return (
    <div className="card">
      <Empty
        what={kind === 'double' ? w.noDoubles : w.noHomonyms}
        ways={
          kind === 'double' && homonyms > 0 ? (
            <Link to={withFilters(addressOf.doubles(), { kind: 'homonym' })}>{w.seeHomonyms(homonyms)}</Link>
          ) : undefined
        }
      >
        {w.checked(formatWhen(at, { language, zone }))}
      </Empty>
    </div>
  )
}
