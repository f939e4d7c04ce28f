import { addressOf } from '../../frame/addresses.ts'
import { definePage } from '../../frame/pages.ts'

export const route = definePage({
  path: addressOf.doubles(),
  permission: 'person.read',
  question: 'who',
  load: () => import('./page.tsx'),
})
