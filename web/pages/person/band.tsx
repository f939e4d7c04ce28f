import type { basisContract } from '../../../src/law/contract.ts'
import type { ordersContract } from '../../../src/law/order-contract.ts'
import type { AnswerOf } from '../../frame/api.ts'
import { useAt } from '../../frame/at.ts'
import { formatDuration, formatTickDate, secondsBetween } from '../../frame/format.ts'
import { useLanguage, useWords } from '../../frame/words.ts'
import { type BandSpan, type Lane, SpanBand } from '../../parts/span-band.tsx'
import { orderWords, wordFor } from '../terms.ts'
import { codeOf, type File, isClosed } from './parts.tsx'
import { personWords } from './words.ts'

export type Band = AnswerOf<typeof basisContract>['band']
export type Orders = AnswerOf<typeof ordersContract>['orders']

const before = (a: string, b: string) =>
  Temporal.Instant.compare(Temporal.Instant.from(a), Temporal.Instant.from(b)) < 0
const least = (a: string, b: string) => (before(a, b) ? a : b)
const shifted = (at: string, seconds: number) =>
  Temporal.Instant.from(at)
    .add({ seconds: Math.round(seconds) })
    .toString()

/** How far the axis goes beyond the instant looked at: what is to come is shown, not decades of it. */
const AHEAD = 0.22
const AHEAD_LEAST = 20 * 86_400
const BEHIND = 0.02

/** What covered each moment, by which orders, and where the body was, over one axis. */
export function CustodyBand({
  file,
  band,
  orders,
}: {
  readonly file: File
  readonly band: Band | undefined
  readonly orders: Orders | undefined
}) {
  const w = useWords(personWords)
  const kinds = useWords(orderWords)
  const { language } = useLanguage()
  const { isNow } = useAt()
  const { at, from } = file
  // Of somebody who left the axis ends with the custody; before the admission there is nothing to draw.
  const end = file.to !== null && before(file.to, at) ? file.to : at
  const held = Math.max(86_400, secondsBetween(from, end))
  const left = shifted(from, -held * BEHIND)
  const right = shifted(end, file.inCustody ? Math.max(AHEAD_LEAST, held * AHEAD) : held * BEHIND)
  const lanes: Lane[] = []
  if (band !== undefined) {
    lanes.push({
      label: w.basis,
      note: w.whatCovers,
      height: 'high',
      spans: band.filter((one) => before(one.from, right)).flatMap((one) => spansOf(one)),
    })
  }
  if (orders !== undefined) {
    lanes.push({
      label: w.orders,
      note: w.onRecord(orders.length),
      spans: orders
        .filter((order) => before(order.from, right) && (order.to === null || before(left, order.to)))
        .map((order) => ({
          id: order.order,
          from: order.from,
          to: order.to,
          state: order.endStated ? ('context' as const) : ('none' as const),
          text: [wordFor(kinds, order.kind), order.caseNumber].filter((part) => part !== null).join(' · '),
        })),
    })
  }
  if (!isClosed(file, 'place')) {
    lanes.push({
      label: w.presence,
      note: w.places(file.chain.length),
      spans: file.chain.map((one) => ({
        from: one.from,
        to: one.to === null || before(end, one.to) ? end : one.to,
        state: one.state === 'unknown' ? 'unknown' : one.state === 'disputed' ? 'disputed' : 'context',
        text: one.state === 'unknown' ? w.unknown : codeOf(one.path) || (one.where ?? w.onTheWay),
      })),
    })
  }
  if (lanes.length === 0) return null
  const then = isNow ? {} : { nowLabel: formatTickDate(end, file.zone, language) }
  return (
    <SpanBand
      title={band === undefined && orders === undefined ? w.whereTitle : w.bandTitle}
      from={left}
      to={right}
      now={end}
      lanes={lanes}
      {...then}
    />
  )

  /** A lapse that has not begun yet, or the part of one that has not passed, is a lapse to come. */
  function spansOf(one: Band[number]): BandSpan[] {
    const passed = least(one.to ?? right, end)
    const spans: BandSpan[] = []
    const runs = before(one.from, end)
    const took = runs ? formatDuration(secondsBetween(one.from, passed)) : ''
    if (one.state === 'lapse') {
      const goesOn = file.inCustody && (one.to === null || before(end, one.to))
      if (runs) {
        const text = goesOn ? w.lapseRunning(took) : w.lapse(took)
        spans.push({ from: one.from, to: passed, state: 'lapse', text })
      }
      if (goesOn) {
        const begins = runs ? end : one.from
        spans.push({ from: begins, to: one.to, state: 'lapse-to-come', ...(runs ? {} : { text: w.lapseToCome }) })
      }
      return spans
    }
    const text =
      one.state === 'unknown'
        ? w.unknownSpan(took)
        : one.state === 'disputed'
          ? w.disputedSpan(took)
          : w.order(kindOf(one))
    return [{ from: one.from, to: one.to ?? right, state: one.state, text }]
  }

  function kindOf(one: Band[number]): string {
    const order = orders?.find(({ order }) => one.orders.includes(order))
    return order === undefined ? '' : wordFor(kinds, order.kind)
  }
}
