import { addressOf } from '../../frame/addresses.ts'
import { definePage } from '../../frame/pages.ts'

export const route = [
  definePage({
    path: addressOf.prove(),
    permission: 'entry.read',
    question: 'prove',
    load: () => import('./page.tsx'),
  }),
  definePage({
    path: addressOf.entry('$entry'),
    permission: 'entry.read',
    question: 'prove',
    load: () => import('./entry.tsx'),
  }),
  definePage({
    path: addressOf.checkpoints(),
    permission: 'log.read',
    question: 'prove',
    load: () => import('./checkpoints.tsx'),
  }),
  definePage({
    path: addressOf.audit(),
    permission: 'audit.run',
    question: 'prove',
    load: () => import('./audit.tsx'),
  }),
]
