import { addressOf } from '../../frame/addresses.ts'
import { definePage } from '../../frame/pages.ts'

export const route = [
  definePage({
    path: addressOf.acts('$custody'),
    permission: 'custody.read',
    question: 'who',
    load: () => import('./list-page.tsx'),
  }),
  definePage({
    path: addressOf.act('$custody', '$kind'),
    permission: 'custody.read',
    question: 'who',
    load: () => import('./page.tsx'),
  }),
]
