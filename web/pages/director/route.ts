import { addressOf } from '../../frame/addresses.ts'
import { definePage } from '../../frame/pages.ts'

export const route = definePage({ path: addressOf.director(), load: () => import('./page.tsx') })
