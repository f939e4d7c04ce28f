import { lookAt, refusedActLookedAt } from './house.ts'
import type { Pack } from './pack.ts'

/** Acts of devices that were refused and are about this custody; those about a facility are the house's own. */
export const refused: Pack = {
  name: 'refused',
  rules: [refusedActLookedAt],
  owed: ({ refusedActs }) => refusedActs.map(lookAt),
}
