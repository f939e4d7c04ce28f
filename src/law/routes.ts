import { Readable } from 'node:stream'
import { defineRoute, type Route } from '../kernel/contract.ts'
import { Answer } from '../platform/http/endpoint.ts'
import { basisContract, withoutBasisContract } from './contract.ts'
import { authoritiesContract, statutesContract } from './lawbook-contract.ts'
import { authoritiesAt, statutesAt } from './lawbook-view.ts'
import { countLists, listCursorOf, readListCursor, rowsOfList } from './lists.ts'
import { listContract, listCsvContract, listsContract } from './lists-contract.ts'
import { listCsv } from './lists-csv.ts'
import { orderContract, ordersContract } from './order-contract.ts'
import { findOrder, ordersOf } from './order-view.ts'
import { basisOf, countBasisAt, withoutBasisAt } from './read.ts'
import { refuseLaw } from './refusals.ts'

export const routes: readonly Route[] = [
  defineRoute(withoutBasisContract, async ({ query }, { sql, now, visible }) => {
    const { at = now, facility, state, after, limit } = query
    const [counts, people] = await Promise.all([
      countBasisAt(sql, at, facility, visible),
      withoutBasisAt(sql, {
        at,
        visible,
        // One more than asked for tells whether there is a next page.
        limit: limit + 1,
        ...(facility !== undefined && { facility }),
        ...(state !== undefined && { states: [state] }),
        ...(after !== undefined && { after }),
      }),
    ])
    const page = people.slice(0, limit)
    return { at, counts, people: page, next: people.length > limit ? (page.at(-1)?.custody ?? null) : null }
  }),

  defineRoute(basisContract, async ({ params }, { sql }) => {
    const band = await basisOf(sql, params.id)
    if (band.length === 0) return refuseLaw('basis-not-found', { custody: params.id })
    return { band: band.map((one) => ({ ...one, orders: [...one.orders] })) }
  }),

  defineRoute(ordersContract, async ({ params, query }, { sql, now }) => {
    const at = query.at ?? now
    const [band, orders] = await Promise.all([basisOf(sql, params.id), ordersOf(sql, params.id, at)])
    if (band.length === 0) return refuseLaw('basis-not-found', { custody: params.id })
    return { at, orders }
  }),

  defineRoute(orderContract, async ({ params, query }, { sql, now }) => {
    const page = await findOrder(sql, params.id, params.order, query.at ?? now)
    return page ?? refuseLaw('order-not-found', { custody: params.id, order: params.order })
  }),

  defineRoute(listsContract, async ({ query: { at, facility } }, { sql, now, visible }) => {
    const instant = at ?? now
    return { at: instant, lists: await countLists(sql, { at: instant, facility, visible }) }
  }),

  defineRoute(listContract, async ({ params: { list }, query }, { sql, now, visible }) => {
    const { at = now, facility, verdict, after, limit } = query
    // One more than asked for tells whether there is a next page.
    const page = { after: after === undefined ? undefined : readListCursor(after), limit: limit + 1 }
    const found = await rowsOfList(sql, list, { at, facility, verdict, visible }, page)
    const last = found[limit - 1]
    const next = found.length > limit && last ? listCursorOf(last) : null
    return { at, list, rows: found.slice(0, limit).map(({ key: _key, ...row }) => row), next }
  }),

  defineRoute(listCsvContract, async ({ params: { list }, query }, { sql, now, visible }) => {
    const { at = now, facility, verdict, language } = query
    const rows = Readable.from(listCsv(sql, list, { at, facility, verdict, visible }, language))
    const name = `${list}-${facility ?? (language === 'es' ? 'todos' : 'all')}-${at.slice(0, 10)}.csv`
    return new Answer(rows, 200, { 'content-disposition': `attachment; filename="${name}"` })
  }),

  defineRoute(authoritiesContract, async ({ query }, { sql, now }) => {
    const at = query.at ?? now
    return { at, authorities: mutable(await authoritiesAt(sql, at)) }
  }),

  defineRoute(statutesContract, async ({ query }, { sql, now }) => {
    const at = query.at ?? now
    return { at, statutes: mutable(await statutesAt(sql, at)) }
  }),
]

type Mutable<T> = T extends readonly (infer E)[]
  ? Mutable<E>[]
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T

/** Reads answer read-only rows; Zod's types of lists are writable. Nobody writes to them. */
const mutable = <T>(value: T): Mutable<T> => value as Mutable<T>
