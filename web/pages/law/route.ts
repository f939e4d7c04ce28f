import { addressOf } from '../../frame/addresses.ts'
import { definePage } from '../../frame/pages.ts'

export const route = definePage({ path: addressOf.law(), question: 'law', load: () => import('./page.tsx') })
