// Entries of one custody for tests of orders and basis, without a database. Imported by tests only.
import { admit, depart } from '../custody/acts.ts'
import type { ActKind, Entry } from '../kernel/act.ts'
import { derivedId } from '../kernel/ids.ts'
import type { Precision } from '../kernel/time.ts'
import { effective } from '../record/effective.ts'
import { disputeOrder, endOrder, receiveOrder, recordOrder, upholdOrder, verifyOrder } from './acts.ts'
import { basisOfEntries } from './project.ts'

export const zone = 'America/El_Salvador'
export const issuer = { name: 'Juzgado Primero de Paz', state: 'SV' }
export const custody = derivedId('test', 'custody')
export const orderId = (name: string) => derivedId('test', 'order', name)

export type When = { date: string; zone: string; inclusive: boolean } | { at: string }
export const day = (date: string, options: { zone?: string; inclusive?: boolean } = {}): When => ({
  date,
  zone: options.zone ?? zone,
  inclusive: options.inclusive ?? true,
})

let lastN = 0
/** An entry of one custody. `at` is an instant; n counts up with each call. */
export function entry(kind: Pick<ActKind, 'kind'>, at: string, legal: unknown, extra: Partial<Entry> = {}): Entry {
  lastN++
  return {
    n: lastN,
    id: derivedId('test', 'ledger-entry', String(lastN)),
    kind: kind.kind,
    v: 1,
    facility: 'TEC',
    custody,
    occurredAt: { at, precision: 'second' as Precision, zone },
    recordedAt: at,
    via: 'console',
    sections: { legal: legal as Record<string, unknown> },
    ...extra,
  }
}

export const paper = (name: string, from: When, until: unknown, more: object = {}) => ({
  order: orderId(name),
  kind: 'remand',
  issuer,
  from,
  until,
  ...more,
})

export const admitted = (at: string, orders: unknown[] = [], legal: object = {}) =>
  entry(admit, at, { orders, ordersStated: true, deprivation: {}, authorities: {}, ...legal })
export const received = (order: unknown, at: string) => entry(recordOrder, at, { order })
export const ends = (name: string, as: string, from: When, at: string) =>
  entry(endOrder, at, { order: orderId(name), as, from })
export const contested = (name: string, at: string) =>
  entry(disputeOrder, at, { order: orderId(name), by: 'counsel', reason: 'x' })
export const upheld = (name: string, at: string) => entry(upholdOrder, at, { order: orderId(name), by: issuer })
export const verified = (name: string, at: string, result = 'authentic') =>
  entry(verifyOrder, at, { order: orderId(name), against: 'issuer-called-back', by: 'the clerk', result })
export const arrived = (name: string, at: string, more: object = {}) =>
  entry(receiveOrder, at, { order: orderId(name), differences: [], ...more })
export const left = (at: string, order?: string) =>
  entry(depart, at, { as: 'release', ...(order !== undefined && { order: orderId(order) }) })

/** `state cause from` of each segment, and the end of the last one. */
export function band(...entries: Entry[]): string[] {
  const segments = basisOfEntries(effective(entries))
  return [
    ...segments.map(({ state, cause, span }) => `${state} ${cause} ${span.from}`),
    segments.at(-1)?.span.to ?? 'open',
  ]
}

/** Where the title of each covered segment ends. */
export const titles = (...entries: Entry[]): (string | undefined)[] =>
  basisOfEntries(effective(entries))
    .filter(({ state }) => state === 'order')
    .map(({ titleEnds }) => titleEnds)
