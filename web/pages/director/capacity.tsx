import { addressOf } from '../../frame/addresses.ts'
import { formatAmount, formatNumber } from '../../frame/format.ts'
import { Link } from '../../frame/link.tsx'
import { useWords } from '../../frame/words.ts'
import { Card } from '../../parts/page.tsx'
import { originWords } from '../terms.ts'
import type { Director } from './answer.ts'
import { directorWords } from './words.ts'

type Yardstick = {
  readonly key: string
  readonly label: string
  /** Undefined: not on file. */
  readonly fits: number | undefined
  readonly origin: string
  readonly citation?: string
}

/** How many fit, by each yardstick with the origin of its figure, against how many are held. */
export function Capacity({ data: { capacity, now } }: { readonly data: Director }) {
  const w = useWords(directorWords)
  const origins = useWords(originWords)
  const yardsticks: readonly Yardstick[] = [
    { key: 'certified', label: w.certified, fits: capacity.certified ?? undefined, origin: w.isFile },
    { key: 'announced', label: w.announced, fits: capacity.announced ?? undefined, origin: w.isFile },
    { key: 'bunks', label: w.bunks, fits: capacity.bunks, origin: w.isFile },
    ...capacity.byStandard.map(({ rule, m2PerPerson, people, origin, citation }) => ({
      key: `${rule} ${m2PerPerson} ${citation}`,
      label: w.perPerson(rule, formatAmount(m2PerPerson, 'm²', 2)),
      fits: capacity.areaM2 === null ? undefined : people,
      origin: origins[origin],
      citation,
    })),
  ]
  const most = Math.max(now.held, ...yardsticks.map(({ fits }) => fits ?? 0), 1)
  return (
    <Card
      title={w.capacity}
      aside={<Link to={addressOf.places()}>{w.capacityOf(capacity.cells, capacity.bunks)}</Link>}
    >
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{w.yardstick}</th>
              <th scope="col" className="number">
                {w.fits}
              </th>
              <th scope="col" className="number">
                {w.over}
              </th>
              <th scope="col">
                <span className="hidden-visually">{w.capacity}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {yardsticks.map(({ key, label, fits, origin, citation }) => (
              <tr key={key}>
                <td>
                  {label}
                  <div className="support">{citation === undefined ? origin : `${citation} · ${origin}`}</div>
                </td>
                <td className="number">
                  {fits === undefined ? (
                    <span className="unknown-text">{w.unknown}</span>
                  ) : (
                    <Link to={addressOf.places()}>{formatNumber(fits)}</Link>
                  )}
                </td>
                <td className="number">
                  {fits === undefined ? null : now.held > fits ? (
                    <Link to={addressOf.people()}>{formatNumber(now.held - fits)}</Link>
                  ) : (
                    <span className="label">{w.room(formatNumber(fits - now.held))}</span>
                  )}
                </td>
                <td>{fits === undefined ? null : <Bar held={now.held} fits={fits} most={most} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="card-body support">
        {capacity.areaM2 === null
          ? w.areaUnknown
          : w.areaOf(formatAmount(capacity.areaM2, 'm²', 0), capacity.cellsWithoutArea)}
      </div>
    </Card>
  )
}

const WIDTH = 150

/** People held as a bar, and a stroke where the yardstick ends. */
function Bar({ held, fits, most }: { readonly held: number; readonly fits: number; readonly most: number }) {
  const w = useWords(directorWords)
  const scale = (WIDTH - 2) / most
  return (
    <svg width={WIDTH} height="18" role="img" aria-label={w.barAlt(formatNumber(held), formatNumber(fits))}>
      <rect x="0" y="5" width={Math.min(held, fits) * scale} height="8" fill="var(--bar)" />
      {held > fits ? (
        <rect
          x={fits * scale}
          y="5.5"
          width={Math.max(0, (held - fits) * scale - 0.5)}
          height="7"
          fill="var(--bar-2)"
          stroke="var(--bar)"
        />
      ) : null}
      <path d={`M${fits * scale} 1v16`} stroke="var(--ink)" strokeWidth="2" />
    </svg>
  )
}
