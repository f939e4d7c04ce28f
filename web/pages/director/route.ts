import { addressOf } from '../../frame/addresses.ts'
import { definePage } from '../../frame/pages.ts'

export const route = definePage({
  path: addressOf.director(),
  permission: 'roll.read',
  load: () => import('./page.tsx'),
})
