import { defineRoute, type Route } from '../kernel/contract.ts'
import { defineRefusals } from '../kernel/refusal.ts'
import { directorAt } from './director.ts'
import { directorContract } from './director-contract.ts'

const { refuse } = defineRefusals({
  'facility-not-on-file': {
    sort: 'not-found',
    says: { en: 'No facility with this code is on file.', es: 'No consta ningún establecimiento con ese código.' },
    remedy: { en: 'List the facilities.', es: 'Liste los establecimientos.' },
  },
})

export const directorRoutes: readonly Route[] = [
  defineRoute(directorContract, async ({ query }, { sql, now }) => {
    const { at = now, facility } = query
    return (await directorAt(sql, { at, facility })) ?? refuse('facility-not-on-file', { facility })
  }),
]
