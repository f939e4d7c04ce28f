import { useInfiniteQuery } from '@tanstack/react-query'
import type { checkpointsContract, promisesContract } from '../../../src/cli/record-contract.ts'
import { addressOf } from '../../frame/addresses.ts'
import { type AnswerOf, call, useRead } from '../../frame/api.ts'
import { useAt } from '../../frame/at.ts'
import { formatAmount, formatDuration, formatNumber } from '../../frame/format.ts'
import { Link, useFilters } from '../../frame/link.tsx'
import { useLanguage, useWords } from '../../frame/words.ts'
import { Figure, Figures } from '../../parts/figure.tsx'
import { Mark } from '../../parts/mark.tsx'
import { Card, Page } from '../../parts/page.tsx'
import { Hash } from '../../parts/proof-tree.tsx'
import { Empty, Fault, Loading } from '../../parts/states.tsx'
import { When } from '../../parts/when.tsx'
import { ProveParts } from './parts.tsx'
import { proveWords } from './words.ts'

type Checkpoints = AnswerOf<typeof checkpointsContract>

/** Signed heads, who cosigned each, and whether what was promised was kept. */
export default function CheckpointsPage() {
  const w = useWords(proveWords)
  const { at } = useAt()
  const [filters, change] = useFilters()
  const isWitnessed = filters.witnessed === 'true'
  const query = useInfiniteQuery({
    queryKey: ['live', 'checkpoints', at, isWitnessed],
    queryFn: ({ pageParam, signal }) =>
      call<typeof checkpointsContract>('GET', '/api/checkpoints', {
        query: { at, witnessed: isWitnessed ? 'true' : undefined, after: pageParam, limit: 50 } as never,
        signal,
      }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page: Checkpoints) => page.next ?? undefined,
  })
  const first = query.data?.pages[0]
  const heads = query.data?.pages.flatMap((page) => page.checkpoints) ?? []
  return (
    <Page
      title={w.checkpointsTitle}
      crumbs={[{ to: addressOf.prove(), label: w.title }]}
      actions={<ProveParts current="checkpoints" />}
      lines={<p className="label">{w.checkpointsLead}</p>}
      worst={first?.witnesses.length === 0 ? { mark: 'unknown', children: w.noWitnessNamed } : undefined}
    >
      <Promises />
      {query.error === null ? null : <Fault error={query.error} onRetry={() => void query.refetch()} />}
      <Card
        title={w.checkpoints}
        aside={
          <div className="row">
            {first === undefined ? null : (
              <span className="support">{`${w.quorum}: ${first.quorum === 'none' ? w.quorumNone : first.quorum}`}</span>
            )}
            <div className="segments" role="group" aria-label={w.which}>
              <button type="button" aria-pressed={!isWitnessed} onClick={() => change({ witnessed: undefined })}>
                {w.all}
              </button>
              <button type="button" aria-pressed={isWitnessed} onClick={() => change({ witnessed: 'true' })}>
                {w.onlyWitnessed}
              </button>
            </div>
          </div>
        }
      >
        {first === undefined ? (
          query.error === null ? (
            <Loading rows={8} />
          ) : null
        ) : heads.length === 0 ? (
          <Empty what={w.noCheckpoints} />
        ) : (
          <Heads witnesses={first.witnesses} heads={heads} />
        )}
      </Card>
      {query.hasNextPage ? (
        <p>
          <button type="button" className="button" onClick={() => void query.fetchNextPage()}>
            {w.more}
          </button>
        </p>
      ) : null}
    </Page>
  )
}

function Heads({ witnesses, heads }: Pick<Checkpoints, 'witnesses'> & { readonly heads: Checkpoints['checkpoints'] }) {
  const w = useWords(proveWords)
  return (
    <div className="table-scroll">
      <table className="table">
        <thead>
          <tr>
            <th scope="col" className="number">
              {w.treeSize}
            </th>
            <th scope="col" className="number">
              {w.signedAt}
            </th>
            <th scope="col">{w.root}</th>
            {witnesses.length === 0 ? <th scope="col">{w.cosigned}</th> : null}
            {witnesses.map((witness) => (
              <th scope="col" key={witness}>
                {witness}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {heads.map(({ size, root, at, cosigned }) => (
            <tr key={size}>
              <td className="number">{formatNumber(size)}</td>
              <td className="number">
                <When at={at} precision="second" />
              </td>
              <td>
                <Hash of={root} />
              </td>
              {witnesses.length === 0 ? <td className="label">{w.noCosigner}</td> : null}
              {witnesses.map((witness) => {
                const found = cosigned.find((one) => one.witness === witness)
                return (
                  <td key={witness}>
                    {found === undefined ? (
                      <Mark kind="not-proven" label={w.noCosigner} />
                    ) : (
                      <>
                        <Mark kind="proven" /> <When at={found.at} precision="second" />
                      </>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Promises() {
  const w = useWords(proveWords)
  const { at } = useAt()
  const { data, error } = useRead<typeof promisesContract>(
    '/api/promises',
    at === undefined ? {} : { query: { to: at } },
    { timed: false },
  )
  if (error !== null) return <Fault error={error} />
  if (data === undefined) return <Loading rows={2} />
  return (
    <Card title={w.promises} aside={<span className="support">{`${w.promised}: ${w.within(data.delaySeconds)}`}</span>}>
      <div className="card-body stack">
        <Figures label={w.promises}>
          <Figure label={w.measured} value={data.measured} />
          <Figure label={w.keptShort} value={data.kept} />
          <Figure label={w.lateShort} value={data.late} mark={data.late > 0 ? 's2' : undefined} />
          <Figure label={w.waitingShort} value={data.waiting} />
          <Figure label={w.slowest} value={data.slowestSeconds ?? 'unknown'} unit="s" digits={1} />
        </Figures>
        <Said says={data.notKept} />
      </div>
      {data.lateEntries.length === 0 ? null : (
        <div className="table-scroll">
          <table className="table">
            <caption className="hidden-visually">{w.lateEntries}</caption>
            <thead>
              <tr>
                <th scope="col">{w.number}</th>
                <th scope="col" className="number">
                  {w.recorded}
                </th>
                <th scope="col" className="number">
                  {w.signedShort}
                </th>
                <th scope="col" className="number">
                  {w.took}
                </th>
              </tr>
            </thead>
            <tbody>
              {data.lateEntries.map(({ id, recorded, signed, seconds }) => (
                <tr key={id}>
                  <td>
                    <Link to={addressOf.entry(id)} className="mono">
                      {id}
                    </Link>
                  </td>
                  <td className="number">
                    <When at={recorded} precision="second" />
                  </td>
                  <td className="number">{signed === null ? w.waiting : <When at={signed} precision="second" />}</td>
                  <td className="number">{seconds < 60 ? formatAmount(seconds, 's', 1) : formatDuration(seconds)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  )
}

function Said({ says }: { readonly says: { readonly en: string; readonly es: string } }) {
  const { language } = useLanguage()
  return <p className="support">{says[language]}</p>
}
