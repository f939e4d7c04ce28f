import { addressOf } from '../../frame/addresses.ts'
import { definePage } from '../../frame/pages.ts'

export const route = definePage({
  path: addressOf.return('$custody'),
  permission: 'return.issue',
  question: 'who',
  load: () => import('./page.tsx'),
})
