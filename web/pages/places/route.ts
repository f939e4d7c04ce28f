import { addressOf } from '../../frame/addresses.ts'
import { definePage } from '../../frame/pages.ts'

export const route = [
  definePage({ path: addressOf.places(), question: 'where', load: () => import('./page.tsx') }),
  definePage({ path: addressOf.place('$place'), question: 'where', load: () => import('./place.tsx') }),
]
