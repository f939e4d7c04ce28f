import { addressOf } from '../../frame/addresses.ts'
import { definePage } from '../../frame/pages.ts'

/** Questions of the writ that nothing answers yet: they say so, and what they need. */
export const route = [
  definePage({ path: addressOf.watched(), question: 'watched', load: () => import('./watched.tsx') }),
  definePage({ path: addressOf.conditions(), question: 'conditions', load: () => import('./conditions.tsx') }),
]
