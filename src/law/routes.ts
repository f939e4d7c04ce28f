import { defineRoute, type Route } from '../kernel/contract.ts'
import { basisContract, ordersContract, withoutBasisContract } from './contract.ts'
import { basisOf, countBasisAt, ordersOf, withoutBasisAt } from './read.ts'
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
    return { at, orders: orders.map((one) => ({ ...one, disputes: [...one.disputes] })) }
  }),
]
