import { addressOf } from '../../frame/addresses.ts'
import { definePage } from '../../frame/pages.ts'

export const route = definePage({
  path: addressOf.law(),
  permission: 'law.read',
  question: 'law',
  load: () => import('./page.tsx'),
})
