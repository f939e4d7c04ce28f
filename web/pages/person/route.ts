import { addressOf } from '../../frame/addresses.ts'
import { definePage } from '../../frame/pages.ts'

export const route = definePage({
  path: addressOf.person('$custody'),
  permission: 'custody.read',
  question: 'who',
  load: () => import('./page.tsx'),
})
