import { defineRoute, type Route } from '../../kernel/contract.ts'
import { releaseFigures, releasesAt } from './board.ts'
import { releaseFiguresContract, releasesContract, releasesOfContract } from './contract.ts'

export const routes: readonly Route[] = [
  defineRoute(releasesContract, async ({ query }, { sql, now, visible }) => {
    const { at = now, facility, limit } = query
    return { at, clocks: await releasesAt(sql, { at, facility, limit, visible }) }
  }),

  defineRoute(releasesOfContract, async ({ params, query }, { sql, now }) => {
    const at = query.at ?? now
    return { at, clocks: await releasesAt(sql, { at, custody: params.id }) }
  }),

  defineRoute(releaseFiguresContract, async ({ query }, { sql, now, visible }) => {
    const { at = now, facility, days } = query
    return { at, days, ...(await releaseFigures(sql, { at, facility, days, visible })) }
  }),
]
