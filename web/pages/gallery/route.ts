import { addressOf } from '../../frame/addresses.ts'
import { definePage } from '../../frame/pages.ts'

export const route = definePage({
  path: addressOf.gallery(),
  permission: 'token.manage',
  load: () => import('./page.tsx'),
})
