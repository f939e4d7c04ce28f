import { type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { formatDuration, formatTickDate, formatWhen, secondsBetween } from '../frame/format.ts'
import { useFacility } from '../frame/session.ts'
import { useLanguage, useWords, words } from '../frame/words.ts'
import { monthTicks } from './axis.ts'
import { bandPaint, Mark, type MarkKind, Swatch, type SwatchKind } from './mark.tsx'
import './span-band.css'

const own = words({
  asTable: { en: 'As a table', es: 'Como tabla' },
  asBand: { en: 'As a band', es: 'Como banda' },
  now: { en: 'now', es: 'ahora' },
  what: { en: 'What', es: 'Qué' },
  state: { en: 'State', es: 'Estado' },
  from: { en: 'From', es: 'Desde' },
  to: { en: 'To', es: 'Hasta' },
  lasts: { en: 'For', es: 'Duración' },
  open: { en: 'open', es: 'abierto' },
  order: { en: 'order', es: 'orden' },
  context: { en: 'context', es: 'contexto' },
  lapse: { en: 'lapse', es: 'lapso' },
  'lapse-to-come': { en: 'lapse to come', es: 'lapso futuro' },
  unknown: { en: 'unknown', es: 'desconocido' },
  disputed: { en: 'disputed', es: 'disputado' },
  none: { en: 'no data', es: 'sin datos' },
})

export type BandSpan = {
  readonly from: string
  /** Null: without an end; drawn to the right edge. */
  readonly to: string | null
  readonly state: SwatchKind
  /** What stands in the span, or below it where it does not fit. */
  readonly text?: string
  readonly id?: string
}

export type BandMark = { readonly at: string; readonly kind: MarkKind; readonly text: string }

export type Lane = {
  readonly label: string
  readonly note?: string
  /** Spans that overlap are drawn below one another. */
  readonly spans?: readonly BandSpan[]
  readonly marks?: readonly BandMark[]
  /** `high` for the lane that the band is about, `low` for context. */
  readonly height?: 'high' | 'low'
}

export type SpanBandProps = {
  readonly title: string
  readonly from: string
  readonly to: string
  /** The line of now, or of the instant of the time bar; what is right of it is to come. */
  readonly now: string
  readonly nowLabel?: string
  readonly lanes: readonly Lane[]
  readonly onSelect?: (span: BandSpan) => void
  /** Right of the title. */
  readonly aside?: ReactNode
}

const LABEL = 130
const AXIS = 30
const HIGH = 30
const LOW = 17
const GAP = 4
/** How much a lapse stands above and below its band: it survives a grey printer. */
const TALLER = 4
const TEXT = 13
/** Width of a letter of 12 px, on average and a little more. */
const LETTER = 6.6

/** Spans over one axis of time, lane by lane. Normal is grey; a lapse is red and taller; unknown is hatched. */
export function SpanBand(props: SpanBandProps) {
  const { title, from, to, now, lanes, onSelect, aside, nowLabel } = props
  const w = useWords(own)
  const [isTable, showTable] = useState(false)
  const { language } = useLanguage()
  const { zone } = useFacility()
  const whole = useRef<HTMLDivElement>(null)
  const width = useWidth(whole)
  const id = useId()
  const kinds = [
    ...new Set(lanes.flatMap((lane) => (lane.height === 'high' ? (lane.spans ?? []) : []).map((span) => span.state))),
  ]
  return (
    <section className="card band" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        <div className="row">
          <ul className="band-legend" aria-hidden="true">
            {kinds.map((kind) => (
              <li key={kind}>
                <Swatch kind={kind} /> {w[kind]}
              </li>
            ))}
          </ul>
          {aside}
          <button
            type="button"
            className="button small screen-only"
            aria-pressed={isTable}
            onClick={() => showTable(!isTable)}
          >
            {isTable ? w.asBand : w.asTable}
          </button>
        </div>
      </header>
      <div ref={whole} className="band-body">
        {isTable ? (
          <BandTable lanes={lanes} />
        ) : (
          <Drawn
            lanes={lanes}
            width={width}
            scale={scaleOf(from, to, width)}
            ticks={monthTicks(from, to, zone, language, Math.max(1, Math.floor((width - LABEL) / 70)))}
            now={now}
            nowText={nowLabel ?? `${w.now} ${formatTickDate(now, zone, language)}`}
            titles={(span) =>
              [
                span.text ?? w[span.state],
                formatWhen(span.from, { language, zone }),
                span.to === null ? w.open : formatWhen(span.to, { language, zone }),
              ].join(' · ')
            }
            onSelect={onSelect}
            label={title}
          />
        )}
      </div>
    </section>
  )
}

function useWidth(ref: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(800)
  useLayoutEffect(() => {
    if (ref.current !== null) setWidth(ref.current.clientWidth)
  }, [ref])
  useEffect(() => {
    if (ref.current === null) return
    const observer = new ResizeObserver(([entry]) => entry !== undefined && setWidth(entry.contentRect.width))
    observer.observe(ref.current)
    return () => observer.disconnect()
  }, [ref])
  return width
}

type Scale = (instant: string) => number

function scaleOf(from: string, to: string, width: number): Scale {
  const long = secondsBetween(from, to)
  const room = Math.max(100, width - LABEL - 16)
  return (instant) => LABEL + Math.max(0, Math.min(1, secondsBetween(from, instant) / long)) * room
}

type Placed = BandSpan & {
  readonly left: number
  readonly right: number
  readonly row: number
  /** Room right of it, until the next one or the edge. */
  readonly room: number
}

/** Puts overlapping spans into rows below one another. */
export function placeSpans(spans: readonly BandSpan[], scale: Scale, edge: number): readonly Placed[] {
  const ends: number[] = []
  const placed = [...spans]
    .sort((a, b) => scale(a.from) - scale(b.from))
    .map((span) => {
      const left = scale(span.from)
      const right = Math.max(left + 1, span.to === null ? edge : scale(span.to))
      const free = ends.findIndex((end) => end <= left + 0.5)
      const row = free < 0 ? ends.length : free
      ends[row] = right
      return { ...span, left, right, row }
    })
  return placed.map((span) => {
    const next = placed.find((one) => one.row === span.row && one.left >= span.right - 0.5 && one !== span)
    return { ...span, room: (next?.left ?? edge) - span.right }
  })
}

type DrawnProps = {
  readonly lanes: readonly Lane[]
  readonly width: number
  readonly scale: Scale
  readonly ticks: readonly { readonly at: string; readonly text: string }[]
  readonly now: string
  readonly nowText: string
  readonly titles: (span: BandSpan) => string
  readonly onSelect: ((span: BandSpan) => void) | undefined
  readonly label: string
}

function Drawn({ lanes, width, scale, ticks, now, nowText, titles, onSelect, label }: DrawnProps) {
  const edge = width - 16
  let top = AXIS
  const laid = lanes.map((lane) => {
    const height = lane.height === 'high' ? HIGH : LOW
    const placed = placeSpans(lane.spans ?? [], scale, edge)
    const rows = Math.max(placed.length === 0 ? 0 : 1, ...placed.map(({ row }) => row + 1))
    const outside = placed.some((span) => isOutside(span))
    const marks = lane.marks ?? []
    const y = top
    const marksTop = y + 10 + rows * (height + GAP)
    const inner = Math.max(36, 10 + rows * (height + GAP) + (outside ? 20 : 4) + (marks.length > 0 ? 40 : 0))
    top += inner + 6
    return { lane, height, placed, y, marks, marksTop }
  })
  const bottom = top + 22
  const nowX = scale(now)
  const nowWidth = nowText.length * LETTER + 14
  return (
    <svg width={width} viewBox={`0 0 ${width} ${bottom}`} className="band-drawn" role="group" aria-label={label}>
      {ticks.map(({ at, text }) => (
        <g key={at}>
          <path d={`M${scale(at)} ${AXIS - 6}V${top}`} stroke="var(--line)" />
          <text x={scale(at) + 4} y={AXIS - 14} className="band-tick">
            {text}
          </text>
        </g>
      ))}
      {laid.map(({ lane, height, placed, y, marks, marksTop }, index) => (
        <g key={lane.label}>
          {index === 0 ? null : <path d={`M0 ${y}H${width}`} stroke="var(--line)" />}
          <text x="0" y={y + 22} className="band-label">
            {lane.label}
          </text>
          {lane.note === undefined ? null : (
            <text x="0" y={y + 38} className="band-note">
              {lane.note}
            </text>
          )}
          {placed.map((span) => (
            <Span
              key={`${span.from}${span.state}${span.row}`}
              span={span}
              y={y + 10 + span.row * (height + GAP)}
              height={height}
              edge={edge}
              title={`${lane.label}: ${titles(span)}`}
              onSelect={onSelect}
            />
          ))}
          {marks.length === 0 ? null : (
            <path d={`M${LABEL} ${marksTop + 8}H${edge}`} stroke="var(--control)" strokeDasharray="2 3" />
          )}
          {marks.map((mark, place) => {
            const x = scale(mark.at)
            return (
              <g key={`${mark.at}${mark.text}`}>
                <g transform={`translate(${x - 8} ${marksTop})`}>
                  <rect width="16" height="16" fill="var(--surface)" />
                  <Mark
                    kind={mark.kind}
                    label={`${mark.text}, ${titles({ from: mark.at, to: mark.at, state: 'order', text: '' })}`}
                  />
                </g>
                {mark.kind === 'done' || place > 6 ? null : (
                  <text x={x} y={marksTop + 31} textAnchor={x > edge - 120 ? 'end' : 'start'} className="band-note">
                    {mark.text}
                  </text>
                )}
              </g>
            )
          })}
        </g>
      ))}
      <path d={`M${nowX} ${AXIS - 6}V${top}`} stroke="var(--ink)" strokeWidth="2" />
      <rect x={nowX - nowWidth / 2} y={top} width={nowWidth} height="18" fill="var(--ink)" />
      <text x={nowX} y={top + 13} textAnchor="middle" className="band-now">
        {nowText}
      </text>
    </svg>
  )
}

const isQuiet = (state: SwatchKind) => state === 'order' || state === 'context'
const widthOf = (text: string) => text.length * LETTER + 14
/** Hatched spans have their words below, since words on a hatch are not read; others where they do not fit. */
const isOutside = (span: Placed) => span.text !== undefined && !isQuiet(span.state)
const inkOn: Partial<Record<SwatchKind, string>> = { order: 'var(--surface)', context: 'var(--ink)' }
const inkBelow: Partial<Record<SwatchKind, string>> = {
  lapse: 'var(--s1)',
  'lapse-to-come': 'var(--s1)',
  unknown: 'var(--unknown)',
  disputed: 'var(--s2-text)',
}

function Span({
  span,
  y,
  height,
  edge,
  title,
  onSelect,
}: {
  readonly span: Placed
  readonly y: number
  readonly height: number
  /** Right end of the drawing: words do not run over it. */
  readonly edge: number
  readonly title: string
  readonly onSelect: ((span: BandSpan) => void) | undefined
}) {
  const { left, right, state, text } = span
  const { fill, stroke, dash } = bandPaint[state]
  const wide = Math.max(1.5, right - left - (isQuiet(state) ? 1 : 0))
  const grow = state === 'lapse' ? TALLER : 0
  const runsOver = text !== undefined && left + widthOf(text) > edge
  const fits = text !== undefined && isQuiet(state) && widthOf(text) <= wide
  const press =
    onSelect === undefined
      ? { role: 'img' }
      : {
          role: 'button',
          tabIndex: 0,
          onClick: () => onSelect(span),
          onKeyDown: (event: React.KeyboardEvent) => {
            if (event.key !== 'Enter' && event.key !== ' ') return
            event.preventDefault()
            onSelect(span)
          },
        }
  return (
    <g className="band-span">
      <rect
        x={left}
        y={y - grow}
        width={wide}
        height={height + 2 * grow}
        fill={fill}
        {...(stroke === undefined ? {} : { stroke })}
        {...(dash === undefined ? {} : { strokeDasharray: dash })}
        aria-label={title}
        {...press}
      >
        <title>{title}</title>
      </rect>
      {text === undefined ? null : fits ? (
        <text x={left + 7} y={y + height / 2 + 4.5} className="band-text" fill={inkOn[state]}>
          {text}
        </text>
      ) : isQuiet(state) ? (
        widthOf(text) <= span.room && (
          <text x={right + 6} y={y + height / 2 + 4.5} className="band-text band-beside">
            {text}
          </text>
        )
      ) : (
        <>
          <path
            d={`M${Math.min(left + 8, (left + right) / 2)} ${y + height + grow}v${8 - grow}`}
            stroke={inkBelow[state]}
          />
          <text
            x={runsOver ? edge : left}
            y={y + height + TEXT + 7}
            textAnchor={runsOver ? 'end' : 'start'}
            className="band-text"
            fill={inkBelow[state]}
          >
            {text}
          </text>
        </>
      )}
    </g>
  )
}

function BandTable({ lanes }: { readonly lanes: readonly Lane[] }) {
  const w = useWords(own)
  const { language } = useLanguage()
  const { zone } = useFacility()
  const when = (at: string) => formatWhen(at, { language, zone })
  return (
    <div className="table-scroll">
      <table className="table">
        <thead>
          <tr>
            <th>{w.what}</th>
            <th>{w.state}</th>
            <th className="number">{w.from}</th>
            <th className="number">{w.to}</th>
            <th className="number">{w.lasts}</th>
          </tr>
        </thead>
        <tbody>
          {lanes.flatMap((lane) => [
            ...(lane.spans ?? []).map((span) => (
              <tr key={`${lane.label}${span.from}${span.state}${span.text}`}>
                <td>{lane.label}</td>
                <td>
                  <Swatch kind={span.state} /> {span.text ?? w[span.state]}
                </td>
                <td className="number">{when(span.from)}</td>
                <td className="number">{span.to === null ? w.open : when(span.to)}</td>
                <td className="number">
                  {span.to === null ? null : formatDuration(secondsBetween(span.from, span.to))}
                </td>
              </tr>
            )),
            ...(lane.marks ?? []).map((mark) => (
              <tr key={`${lane.label}${mark.at}${mark.text}`}>
                <td>{lane.label}</td>
                <td>
                  <Mark kind={mark.kind} alone /> {mark.text}
                </td>
                <td className="number">{when(mark.at)}</td>
                <td />
                <td />
              </tr>
            )),
          ])}
        </tbody>
      </table>
    </div>
  )
}
