import { addressOf } from '../../frame/addresses.ts'
import { definePage } from '../../frame/pages.ts'

export const route = definePage({
  path: addressOf.admitGroup(),
  permission: 'custody.record',
  question: 'who',
  load: () => import('./page.tsx'),
})
