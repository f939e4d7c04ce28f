import { useId, useState } from 'react'
import { addressOf, withFilters } from '../../frame/addresses.ts'
import { formatNumber, formatTickDate, formatWhen } from '../../frame/format.ts'
import { Link } from '../../frame/link.tsx'
import { useLanguage, useWords } from '../../frame/words.ts'
import { Card } from '../../parts/page.tsx'
import type { Director } from './answer.ts'
import { directorWords } from './words.ts'

type Point = { readonly at: string; readonly value: number }
type Name = 'people' | 'lapses' | 's1'

const filtersOf: Record<Name, (at: string) => string> = {
  people: (at) => withFilters(addressOf.people(), { at }),
  lapses: (at) => withFilters(addressOf.people(), { basis: 'lapse', at }),
  s1: (at) => withFilters(addressOf.findings(), { severity: 'S1', at }),
}

/** Three small charts, each against its own last thirty days; the same as a table one key away. */
export function Series({ data: { series, zone } }: { readonly data: Director }) {
  const w = useWords(directorWords)
  const [isTable, showTable] = useState(false)
  const id = useId()
  const all: readonly (readonly [Name, readonly Point[]])[] = [
    ['people', series.held],
    ['lapses', series.lapses],
    ['s1', series.openS1],
  ]
  return (
    <Card
      title={w.series}
      aside={
        <div className="row">
          <span className="support">{w.seriesHow}</span>
          <button
            type="button"
            className="button small"
            aria-expanded={isTable}
            aria-controls={id}
            onClick={() => showTable(!isTable)}
          >
            {w.table}
          </button>
        </div>
      }
    >
      <div className={isTable ? 'card-body' : 'card-body columns'} id={id}>
        {isTable ? (
          <SeriesTable all={all} zone={zone} />
        ) : (
          all.map(([name, points]) => <Multiple key={name} name={name} points={points} zone={zone} />)
        )}
      </div>
    </Card>
  )
}

const WIDTH = 320
const HEIGHT = 84
const TOP = 8
const BOTTOM = 20

/** Steps, since between two midnights nothing was measured; the axis begins at zero. */
function Multiple({
  name,
  points,
  zone,
}: {
  readonly name: Name
  readonly points: readonly Point[]
  readonly zone: string
}) {
  const w = useWords(directorWords)
  const { language } = useLanguage()
  const first = points[0]
  const last = points.at(-1)
  if (first === undefined || last === undefined) return null
  const values = points.map(({ value }) => value)
  const most = Math.max(...values)
  const least = Math.min(...values)
  const floor = HEIGHT - BOTTOM
  const x = (i: number) => 1 + (i * (WIDTH - 2)) / Math.max(1, points.length - 1)
  const y = (value: number) => floor - (value * (floor - TOP)) / Math.max(1, most)
  const line = points
    .map(({ value }, i) => (i === 0 ? `M${x(0)} ${y(value)}` : `H${x(i).toFixed(1)}V${y(value).toFixed(1)}`))
    .join('')
  return (
    <figure>
      <figcaption className="row">
        <b>{w[name]}</b> <Link to={filtersOf[name](last.at)}>{formatNumber(last.value)}</Link>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={w.chartAlt(
          w[name],
          formatNumber(first.value),
          formatNumber(last.value),
          formatNumber(least),
          formatNumber(most),
        )}
      >
        <path d={`${line}V${floor}H${x(0)}Z`} fill="var(--sunken)" />
        <path d={`M1 ${floor}H${WIDTH - 1}`} stroke="var(--control)" />
        <path d={line} fill="none" stroke="var(--bar)" strokeWidth="2" />
        <circle cx={x(points.length - 1)} cy={y(last.value)} r="3" fill="var(--ink)" />
        <g fontSize="11.5" fill="var(--ink-3)">
          <text x="1" y={HEIGHT - 5}>
            {formatTickDate(first.at, zone, language)}
          </text>
          <text x={WIDTH - 1} y={HEIGHT - 5} textAnchor="end">
            {w.now}
          </text>
        </g>
      </svg>
      <p className="support">
        {formatNumber(least)}–{formatNumber(most)}
      </p>
    </figure>
  )
}

function SeriesTable({
  all,
  zone,
}: {
  readonly all: readonly (readonly [Name, readonly Point[]])[]
  readonly zone: string
}) {
  const w = useWords(directorWords)
  const { language } = useLanguage()
  const days = all[0]?.[1] ?? []
  return (
    <div className="table-scroll">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{w.day}</th>
            {all.map(([name]) => (
              <th scope="col" key={name} className="number">
                {w[name]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map(({ at }, i) => (
            <tr key={at}>
              <th scope="row">{formatWhen(at, { language, zone })}</th>
              {all.map(([name, points]) => (
                <td key={name} className="number">
                  <Link to={filtersOf[name](at)}>{formatNumber(points[i]?.value ?? 0)}</Link>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
