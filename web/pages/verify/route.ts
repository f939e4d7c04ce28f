import { addressOf } from '../../frame/addresses.ts'
import { definePage } from '../../frame/pages.ts'

export const route = definePage({
  path: addressOf.verify(),
  question: 'prove',
  load: () => import('./page.tsx'),
  open: true,
})
