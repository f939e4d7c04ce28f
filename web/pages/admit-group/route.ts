import { addressOf } from '../../frame/addresses.ts'
import { definePage } from '../../frame/pages.ts'

export const route = definePage({ path: addressOf.admitGroup(), question: 'who', load: () => import('./page.tsx') })
