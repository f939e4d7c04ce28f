import { addressOf } from '../../frame/addresses.ts'
import { definePage } from '../../frame/pages.ts'

export const route = [
  definePage({
    path: addressOf.findings(),
    permission: 'finding.read',
    question: 'wrong',
    load: () => import('./page.tsx'),
  }),
  definePage({
    path: addressOf.finding('$finding'),
    permission: 'finding.read',
    question: 'wrong',
    load: () => import('./finding.tsx'),
  }),
  definePage({
    path: addressOf.rule('$rule'),
    permission: 'finding.read',
    question: 'wrong',
    load: () => import('./rule.tsx'),
  }),
]
