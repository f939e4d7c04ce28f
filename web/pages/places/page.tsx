import { useState } from 'react'
import type { facilityContract } from '../../../src/places/contract.ts'
import { addressOf, withFilters } from '../../frame/addresses.ts'
import { type AnswerOf, useRead } from '../../frame/api.ts'
import { formatAmount, formatNumber } from '../../frame/format.ts'
import { useWords } from '../../frame/words.ts'
import { FactList } from '../../parts/facts.tsx'
import { Figure, Figures } from '../../parts/figure.tsx'
import { Mark } from '../../parts/mark.tsx'
import { Card, Page } from '../../parts/page.tsx'
import { Empty, Fault, Loading } from '../../parts/states.tsx'
import { originWords } from '../terms.ts'
import { PlaceTable } from './rows.tsx'
import { useTree } from './tree.ts'
import { placesWords } from './words.ts'

/** Where people are: the facility from the gate down to each cell, with who is in it and how much floor each has. */
export default function PlacesPage() {
  const w = useWords(placesWords)
  const { roots, places, occupancy, code } = useTree()
  const facility = useRead<typeof facilityContract>(
    '/api/facilities/:code',
    { params: { code } },
    { enabled: code !== '', live: false },
  ).data
  const [open, setOpen] = useState<ReadonlySet<string>>()
  // The facility itself stands open, so that the page begins with its pavilions.
  const opened = open ?? new Set(roots?.map(({ place }) => place.id))
  const toggle = (id: string) => {
    const next = new Set(opened)
    if (!next.delete(id)) next.add(id)
    setOpen(next)
  }
  const inPlaces = roots?.reduce((sum, { people = 0 }) => sum + people, 0) ?? 0
  const elsewhere = occupancy.data?.elsewhere
  const held =
    elsewhere === undefined
      ? undefined
      : inPlaces + elsewhere.between + elsewhere.disputed + elsewhere.unknown + elsewhere.inWords
  const to = (presence: string) => withFilters(addressOf.people(), { presence })
  return (
    <Page title={w.title} aside={<span className="support">{facility?.facility.name}</span>}>
      {elsewhere === undefined || held === undefined ? (
        <div style={{ minHeight: 46 }} />
      ) : (
        <Figures label={w.figures}>
          <Figure label={w.held} value={held} to={addressOf.people()} />
          <Figure label={w.inPlaces} value={inPlaces} to={to('at')} />
          <Figure label={w.between} value={elsewhere.between} to={to('between')} />
          <Figure
            label={w.disputed}
            value={elsewhere.disputed}
            to={to('disputed')}
            mark={elsewhere.disputed > 0 ? 'disputed' : undefined}
          />
          <Figure
            label={w.unknownPlace}
            value={elsewhere.unknown}
            to={to('unknown')}
            mark={elsewhere.unknown > 0 ? 'unknown' : undefined}
          />
          {elsewhere.inWords === 0 ? null : <Figure label={w.inWords} value={elsewhere.inWords} to={to('at')} />}
        </Figures>
      )}
      <div className="beside">
        <Card title={w.tree}>
          {places.error !== null && roots === undefined ? (
            <Fault error={places.error} onRetry={() => void places.refetch()} />
          ) : roots === undefined ? (
            <Loading rows={10} />
          ) : roots.length === 0 ? (
            <Empty what={w.noPlaces} />
          ) : (
            <PlaceTable nodes={roots} open={opened} onToggle={toggle} />
          )}
        </Card>
        {facility === undefined ? null : <Capacity answer={facility} held={held} />}
      </div>
      <p className="support">{w.how}</p>
    </Page>
  )
}

/** As certified, as announced, in bunks, and by each standard of floor: never one number for all of them. */
function Capacity({
  answer,
  held,
}: {
  readonly answer: AnswerOf<typeof facilityContract>
  readonly held: number | undefined
}) {
  const w = useWords(placesWords)
  const origins = useWords(originWords)
  const { capacity, facility } = answer
  return (
    <div className="stack">
      <Card title={w.capacity}>
        <div className="card-body stack">
          <Figure
            label={w.certified}
            value={capacity.certified ?? 'unknown'}
            note={capacity.certified === null ? w.noCertificate : undefined}
            mark={capacity.certified === null ? 'unknown' : undefined}
          />
          <div className="row">
            <Figure label={w.announced} value={capacity.announced ?? 'unknown'} />
            <Figure label={w.bunks} value={capacity.bunks} />
          </div>
        </div>
      </Card>
      <Card title={w.standards}>
        <FactList
          facts={capacity.byStandard.map((one) => ({
            label: w.standardOf(formatAmount(one.m2PerPerson, 'm²', Number.isInteger(one.m2PerPerson) ? 0 : 1)),
            value:
              held === undefined || held <= one.people ? (
                w.holdsPeople(one.people)
              ) : (
                <span className="with-mark s2-text">
                  <Mark kind="s2" alone />
                  <span>{w.overBy(one.people, held - one.people)}</span>
                </span>
              ),
            origin: `${one.rule} · ${one.citation} · ${origins[one.origin]}`,
          }))}
        />
        {capacity.cellsWithoutArea === 0 ? null : (
          <p className="card-body support">{w.noArea(capacity.cellsWithoutArea)}</p>
        )}
      </Card>
      {facility.sources.length === 0 ? null : (
        <details className="card">
          <summary className="card-head">
            {w.sources} ({formatNumber(facility.sources.length)})
          </summary>
          <ul className="card-body support" style={{ overflowWrap: 'anywhere' }}>
            {facility.sources.map((one) => (
              <li key={`${one.figure}${one.source}${one.says ?? ''}`}>
                {one.figure}: {one.says} — {one.source}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}
