import { addressOf, withFilters } from '../../frame/addresses.ts'
import { formatAmount, formatNumber } from '../../frame/format.ts'
import { Link } from '../../frame/link.tsx'
import { useWords } from '../../frame/words.ts'
import { Mark } from '../../parts/mark.tsx'
import { placeWords, wordFor } from '../terms.ts'
import { FLOOR_LEAST, type Node } from './tree.ts'
import { placesWords } from './words.ts'

/** Rows of places, each level indented below the one above; what is closed is not drawn. */
export function PlaceTable({
  nodes,
  open,
  onToggle,
}: {
  readonly nodes: readonly Node[]
  /** Which are open; undefined: a flat list of these alone. */
  readonly open?: ReadonlySet<string>
  readonly onToggle?: (id: string) => void
}) {
  const w = useWords(placesWords)
  const kinds = useWords(placeWords)
  const flat = (list: readonly Node[]): Node[] =>
    list.flatMap((node) => [node, ...(open?.has(node.place.id) === true ? flat(node.children) : [])])
  const least = Math.min(...nodes.map(({ depth }) => depth))
  return (
    <div className="table-scroll">
      <table className="table">
        <thead>
          <tr>
            <th>{w.place}</th>
            <th className="number">{w.people}</th>
            <th className="number">{w.bunks}</th>
            <th className="number">{w.capacity}</th>
            <th className="number">{w.area}</th>
            <th className="number">{w.each}</th>
          </tr>
        </thead>
        <tbody>
          {flat(nodes).map((node) => {
            const { place, people, bunks, areaM2, children, depth } = node
            const isOpen = open?.has(place.id) === true
            return (
              <tr key={place.id}>
                <td>
                  <span className="with-mark" style={{ paddingInlineStart: 20 * (depth - least) }}>
                    {onToggle === undefined ? null : children.length === 0 ? (
                      <span style={{ width: 24 }} />
                    ) : (
                      <button
                        type="button"
                        className="icon-button"
                        style={{ width: 24, height: 24 }}
                        aria-expanded={isOpen}
                        aria-label={isOpen ? w.hideBelow(place.code) : w.showBelow(place.code)}
                        onClick={() => onToggle(place.id)}
                      >
                        <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
                          <path
                            d={isOpen ? 'M1 3l4 4 4-4' : 'M3 1l4 4-4 4'}
                            fill="none"
                            stroke="currentColor"
                            strokeWidth="1.6"
                          />
                        </svg>
                      </button>
                    )}
                    <Link to={addressOf.place(place.id)}>
                      {wordFor(kinds, place.kind)} {place.code}
                    </Link>
                    {children.length === 0 || isOpen ? null : (
                      <span className="support">{w.below(children.length)}</span>
                    )}
                  </span>
                </td>
                <td className="number">
                  {people === undefined ? (
                    '—'
                  ) : people === 0 ? (
                    <span className="support">{w.nobody}</span>
                  ) : (
                    <Link to={withFilters(addressOf.people(), { place: place.id })}>{formatNumber(people)}</Link>
                  )}
                </td>
                <td className="number">{bunks === 0 ? '—' : formatNumber(bunks)}</td>
                <td className="number">
                  {place.certifiedCapacity === null ? '—' : formatNumber(place.certifiedCapacity)}
                </td>
                <td className="number">
                  {areaM2 === null ? (
                    <span className="unknown-text">{w.notKnown}</span>
                  ) : (
                    formatAmount(areaM2, 'm²', Number.isInteger(areaM2) ? 0 : 1)
                  )}
                </td>
                <td className="number">
                  <FloorEach areaM2={areaM2} people={people} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

/** Floor over the people who are on it now; too little is amber, with its sign. */
export function FloorEach({ areaM2, people }: { readonly areaM2: number | null; readonly people: number | undefined }) {
  if (areaM2 === null || people === undefined || people === 0) return <>—</>
  const each = areaM2 / people
  const text = formatAmount(each, 'm²', 2)
  return each < FLOOR_LEAST ? (
    <span className="with-mark s2-text">
      <Mark kind="s2" alone />
      <span>{text}</span>
    </span>
  ) : (
    text
  )
}
