import type { ComponentType } from 'react'
import type { Question } from './addresses.ts'

/** One page: `web/pages/<name>/route.ts` exports it as `route`, its code is loaded when somebody goes there. */
export type PageRoute = {
  /** `/people/$custody`: parameters begin with `$`. */
  readonly path: string
  /** The question of the writ to which it belongs; undefined where it belongs to none. */
  readonly question?: Question
  /** Who lacks it sees the frame and that the role does not see this. */
  readonly permission?: string
  readonly load: () => Promise<{ readonly default: ComponentType }>
  /** Opened without signing in: the verifier, the gallery. */
  readonly open?: boolean
  /** Handhelds and control rooms take the whole screen: no questions, no time bar. */
  readonly bare?: boolean
}

export const definePage = (route: PageRoute): PageRoute => route
