import type { listContract } from '../../../src/custody/contract.ts'
import type { placeContract } from '../../../src/places/contract.ts'
import { addressOf, withFilters } from '../../frame/addresses.ts'
import { Problem, useRead } from '../../frame/api.ts'
import { formatAmount, formatNumber, formatWhen } from '../../frame/format.ts'
import { Link, useParams } from '../../frame/link.tsx'
import { NotFoundPage } from '../../frame/problem-pages.tsx'
import { useFacility, useMay } from '../../frame/session.ts'
import { useLanguage, useWords } from '../../frame/words.ts'
import { FactList } from '../../parts/facts.tsx'
import { Mark, markOf } from '../../parts/mark.tsx'
import { Card, Page } from '../../parts/page.tsx'
import { Empty, Fault, Loading } from '../../parts/states.tsx'
import { When } from '../../parts/when.tsx'
import { BasisCell, NameCell, SeenCell } from '../people/cells.tsx'
import { placeWords, wordFor } from '../terms.ts'
import { FloorEach, PlaceTable } from './rows.tsx'
import { type Node, useTree } from './tree.ts'
import { placesWords } from './words.ts'

const SHOWN = 200

/** One place: what it is, what is in it, who is in it. */
export default function PlacePage() {
  const w = useWords(placesWords)
  const kinds = useWords(placeWords)
  const { place: id = '' } = useParams()
  const read = useRead<typeof placeContract>('/api/places/:id', { params: { id } }, { live: false })
  const { roots } = useTree()
  const { data } = read
  if (data?.place.id !== id) {
    if (read.error instanceof Problem && (read.error.status === 404 || read.error.status === 400))
      return <NotFoundPage />
    return (
      <Page title={w.place}>
        {read.error === null ? <Loading rows={10} /> : <Fault error={read.error} onRetry={() => void read.refetch()} />}
      </Page>
    )
  }
  const { place, path } = data
  const node = find(roots ?? [], id)
  return (
    <Page
      title={`${wordFor(kinds, place.kind)} ${place.code}`}
      crumbs={[
        { to: addressOf.places(), label: w.title },
        ...path
          .filter((step) => step.id !== id)
          .map((step) => ({ to: addressOf.place(step.id), label: `${wordFor(kinds, step.kind)} ${step.code}` })),
      ]}
    >
      <div className="columns">
        <Card title={w.facts}>
          <FactList
            facts={[
              ...(place.name === null ? [] : [{ label: w.place, value: place.name }]),
              {
                label: w.people,
                value:
                  node?.people === undefined ? (
                    '—'
                  ) : (
                    <Link to={withFilters(addressOf.people(), { place: id })}>{formatNumber(node.people)}</Link>
                  ),
              },
              { label: w.bunks, value: formatNumber(node?.bunks ?? place.bunks) },
              {
                label: w.area,
                value:
                  node?.areaM2 == null
                    ? 'unknown'
                    : formatAmount(node.areaM2, 'm²', Number.isInteger(node.areaM2) ? 0 : 1),
              },
              { label: w.each, value: <FloorEach areaM2={node?.areaM2 ?? null} people={node?.people} /> },
              {
                label: w.certified,
                value: place.certifiedCapacity === null ? 'unknown' : formatNumber(place.certifiedCapacity),
                ...(place.certifiedCapacity === null ? { origin: w.noCertificate } : {}),
              },
              { label: w.since, value: <When at={place.since} precision="day" /> },
            ]}
          />
        </Card>
        {node === undefined || node.children.length === 0 ? null : (
          <Card title={w.inside} aside={<span className="support">{w.below(node.children.length)}</span>}>
            <PlaceTable nodes={node.children} />
          </Card>
        )}
      </div>
      <Who place={id} />
    </Page>
  )
}

function find(nodes: readonly Node[], id: string): Node | undefined {
  for (const node of nodes) {
    const found = node.place.id === id ? node : find(node.children, id)
    if (found !== undefined) return found
  }
  return undefined
}

function Who({ place }: { readonly place: string }) {
  const w = useWords(placesWords)
  const { language } = useLanguage()
  const { zone } = useFacility()
  const may = useMay('custody.read')
  const read = useRead<typeof listContract>('/api/custodies', { query: { place, limit: SHOWN } }, { enabled: may })
  if (!may) return null
  const { data } = read
  const total = data?.total ?? data?.held.length ?? 0
  return (
    <Card
      title={w.who}
      aside={
        total === 0 ? undefined : (
          <span className="row">
            {data !== undefined && total > data.held.length ? (
              <span className="support">{w.more(data.held.length, total)}</span>
            ) : null}
            <Link to={withFilters(addressOf.people(), { place })}>{w.inRoster}</Link>
          </span>
        )
      }
    >
      {read.error !== null && data === undefined ? (
        <Fault error={read.error} onRetry={() => void read.refetch()} />
      ) : data === undefined ? (
        <Loading rows={6} />
      ) : data.held.length === 0 ? (
        <Empty what={w.nobodyHere}>{w.checked(formatWhen(data.at, { language, zone }))}</Empty>
      ) : (
        <div className="table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th>{w.bunk}</th>
                <th>{w.number}</th>
                <th>{w.name}</th>
                <th>{w.seen}</th>
                <th>{w.basis}</th>
              </tr>
            </thead>
            <tbody>
              {data.held.map((row) => {
                const mark = markOf(row.worst?.mark)
                return (
                  <tr key={row.custody}>
                    <td style={{ whiteSpace: 'nowrap' }}>{row.place.path.slice(-2).join(' · ')}</td>
                    <td>
                      <span className="with-mark">
                        {mark === undefined ? null : <Mark kind={mark} alone />}
                        <Link className="mono" to={addressOf.person(row.custody)}>
                          {row.registerNumber}
                        </Link>
                      </span>
                    </td>
                    <td>
                      <NameCell name={row.name} />
                    </td>
                    <td>
                      <SeenCell row={row} at={data.at} />
                    </td>
                    <td>
                      <BasisCell row={row} />
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  )
}
