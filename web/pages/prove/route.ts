import { addressOf } from '../../frame/addresses.ts'
import { definePage } from '../../frame/pages.ts'

export const route = [
  definePage({ path: addressOf.prove(), question: 'prove', load: () => import('./page.tsx') }),
  definePage({ path: addressOf.entry('$entry'), question: 'prove', load: () => import('./entry.tsx') }),
  definePage({ path: addressOf.checkpoints(), question: 'prove', load: () => import('./checkpoints.tsx') }),
  definePage({ path: addressOf.audit(), question: 'prove', load: () => import('./audit.tsx') }),
]
