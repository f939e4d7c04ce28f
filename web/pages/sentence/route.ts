import { addressOf } from '../../frame/addresses.ts'
import { definePage } from '../../frame/pages.ts'

export const route = definePage({
  path: addressOf.sentence('$custody'),
  permission: 'law.read',
  question: 'who',
  load: () => import('./page.tsx'),
})
