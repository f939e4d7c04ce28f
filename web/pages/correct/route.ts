import { addressOf } from '../../frame/addresses.ts'
import { definePage } from '../../frame/pages.ts'

export const route = definePage({
  path: addressOf.correct('$entry'),
  permission: 'entry.amend',
  question: 'prove',
  load: () => import('./page.tsx'),
})
