import { formatNumber } from '../frame/format.ts'
import { useWords, words } from '../frame/words.ts'
import './proof-tree.css'

const own = words({
  way: { en: 'The way to the root', es: 'El camino hasta la raíz' },
  treeAlt: {
    en: (index: string, steps: number, size: string) =>
      `Tree from leaf ${index} up ${formatNumber(steps)} steps to the root over ${size} entries. The table beside it has every hash.`,
    es: (index: string, steps: number, size: string) =>
      `Árbol desde la hoja ${index}, ${formatNumber(steps)} pasos hasta la raíz sobre ${size} asientos. La tabla de al lado tiene cada resumen.`,
  },
  leaf: { en: 'leaf', es: 'hoja' },
  step: { en: 'Step', es: 'Paso' },
  side: { en: 'Sister', es: 'Hermano' },
  left: { en: 'left', es: 'izquierda' },
  right: { en: 'right', es: 'derecha' },
  sister: { en: 'Hash of the sister', es: 'Resumen del hermano' },
  makes: { en: 'Makes', es: 'Hace' },
  root: { en: 'root', es: 'raíz' },
})

/** `c41e9f2a…77d0`: enough of a hash to compare by eye; the whole stands in the table. */
const shortHash = (base64: string): string => {
  const hex = Uint8Array.fromBase64(base64).toHex()
  return `${hex.slice(0, 8)}…${hex.slice(-4)}`
}

export type Step = { readonly side: 'left' | 'right'; readonly sister: string; readonly makes: string }

const WIDTH = 460
const NODE = { width: 132, height: 24 }
const LEVEL = 48
const MIDDLE = WIDTH / 2
const AWAY = 158

/** The way of a leaf up to the root: the entry's own line in the middle, sisters left and right, the root on top. */
export function ProofTree(props: {
  readonly leafHash: string
  readonly path: readonly Step[]
  readonly index: number
  readonly size: number
}) {
  const { leafHash, path, index, size } = props
  const w = useWords(own)
  const height = path.length * LEVEL + NODE.height + 4
  const top = (level: number) => 2 + (path.length - level) * LEVEL
  const nodes = [leafHash, ...path.map(({ makes }) => makes)]
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${height}`}
      width={WIDTH}
      className="proof-tree"
      role="img"
      aria-label={w.treeAlt(formatNumber(index), path.length, formatNumber(size))}
    >
      {path.map(({ side }, level) => {
        const x = MIDDLE + (side === 'left' ? -AWAY : AWAY)
        const y = top(level)
        const half = y - (LEVEL - NODE.height) / 2
        return (
          // A level of the tree has no other identity than its height.
          <g key={nodes[level]} fill="none" stroke="var(--control)" strokeWidth="1">
            <path d={`M${MIDDLE} ${y}V${top(level + 1) + NODE.height}`} stroke="var(--ink)" strokeWidth="2" />
            <path d={`M${x} ${y}V${half}H${MIDDLE}`} />
          </g>
        )
      })}
      {path.map(({ side, sister }, level) => (
        <Node key={sister} x={MIDDLE + (side === 'left' ? -AWAY : AWAY)} y={top(level)} hash={sister} />
      ))}
      {nodes.map((hash, level) => (
        <Node
          key={hash}
          x={MIDDLE}
          y={top(level)}
          hash={hash}
          isOwn
          word={level === 0 ? w.leaf : level === path.length ? w.root : undefined}
        />
      ))}
    </svg>
  )
}

function Node(props: {
  readonly x: number
  readonly y: number
  readonly hash: string
  readonly isOwn?: boolean
  readonly word?: string | undefined
}) {
  const { x, y, hash, isOwn = false, word } = props
  return (
    <g>
      <rect
        x={x - NODE.width / 2}
        y={y}
        width={NODE.width}
        height={NODE.height}
        rx="4"
        fill={isOwn ? 'var(--surface)' : 'var(--sunken)'}
        stroke={isOwn ? 'var(--ink)' : 'var(--control)'}
        strokeWidth={isOwn ? 2 : 1}
      />
      <text x={x} y={y + 16} textAnchor="middle" fontSize="12" fontFamily="var(--font-mono)" fill="var(--ink)">
        {shortHash(hash)}
      </text>
      {word === undefined ? null : (
        <text x={x + NODE.width / 2 + 8} y={y + 16} fontSize="12" fontWeight="650" fill="var(--ink-2)">
          {word}
        </text>
      )}
    </g>
  )
}

/** The same as rows, with every hash whole. */
export function ProofTable({ leafHash, path }: { readonly leafHash: string; readonly path: readonly Step[] }) {
  const w = useWords(own)
  return (
    <div className="table-scroll">
      <table className="table">
        <caption className="hidden-visually">{w.way}</caption>
        <thead>
          <tr>
            <th scope="col" className="number">
              {w.step}
            </th>
            <th scope="col">{w.side}</th>
            <th scope="col">{w.sister}</th>
            <th scope="col">{w.makes}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td className="number">0</td>
            <td>{w.leaf}</td>
            <td />
            <td>
              <Hash of={leafHash} />
            </td>
          </tr>
          {path.map(({ side, sister, makes }, level) => (
            <tr key={makes}>
              <td className="number">{formatNumber(level + 1)}</td>
              <td>{w[side]}</td>
              <td>
                <Hash of={sister} />
              </td>
              <td>
                <Hash of={makes} />
                {level === path.length - 1 ? <b> {w.root}</b> : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export function Hash({ of }: { readonly of: string }) {
  return (
    <code className="hash" title={of}>
      {Uint8Array.fromBase64(of).toHex()}
    </code>
  )
}
