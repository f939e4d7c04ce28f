import { addressOf } from '../../frame/addresses.ts'
import { definePage } from '../../frame/pages.ts'

export const route = definePage({
  path: addressOf.owed(),
  question: 'owed',
  permission: 'duty.read',
  load: () => import('./page.tsx'),
})
