import { addressOf } from '../../frame/addresses.ts'
import { definePage } from '../../frame/pages.ts'

export const route = definePage({
  path: addressOf.correct('$entry'),
  question: 'prove',
  load: () => import('./page.tsx'),
})
