import { KeptSearches } from '../access/kept-searches.ts'
import { defineRoute, type Route } from '../kernel/contract.ts'
import { defineRefusals } from '../kernel/refusal.ts'
import type { House } from './house.ts'
import { searchAll } from './search.ts'
import { searchAgainContract, searchAllContract } from './search-contract.ts'

const { refuse } = defineRefusals({
  'no-such-search': {
    sort: 'not-found',
    says: {
      en: 'This search is over, or was made by somebody else.',
      es: 'Esta búsqueda terminó, o la hizo otra persona.',
    },
    remedy: { en: 'Search again.', es: 'Busque de nuevo.' },
  },
})

type Kept = { readonly text: string; readonly limit: number; readonly at?: string | undefined }

/** The palette's search. What was asked for is posted and kept under an id, never in an address. */
export function searchRoutes({ registry, clock }: House): Route[] {
  const kept = new KeptSearches<Kept>(() => clock.now())
  return [
    defineRoute(searchAllContract, async ({ body }, { sql, now, actor, visible }) => {
      const { text, limit, at } = body
      const asked = { text, limit, at: at ?? now, visible }
      const results = await searchAll(sql, registry.acts.values(), asked)
      return { search: kept.keep(actor.officer, { text, limit, at }), at: asked.at, text, results }
    }),
    defineRoute(searchAgainContract, async ({ params, query }, { sql, now, actor, visible }) => {
      const found = kept.find(actor.officer, params.id)
      if (!found) return refuse('no-such-search')
      const asked = { ...found, at: query.at ?? found.at ?? now, visible }
      const results = await searchAll(sql, registry.acts.values(), asked)
      return { search: params.id, at: asked.at, text: found.text, results }
    }),
  ]
}
