import { addressOf } from '../../frame/addresses.ts'
import { definePage } from '../../frame/pages.ts'

export const route = [
  definePage({
    path: addressOf.places(),
    permission: 'place.read',
    question: 'where',
    load: () => import('./page.tsx'),
  }),
  definePage({
    path: addressOf.place('$place'),
    permission: 'place.read',
    question: 'where',
    load: () => import('./place.tsx'),
  }),
]
