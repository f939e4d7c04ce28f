import { addressOf } from '../../frame/addresses.ts'
import { definePage } from '../../frame/pages.ts'

export const route = definePage({
  path: addressOf.search('$search'),
  permission: 'person.read',
  load: () => import('./page.tsx'),
})
