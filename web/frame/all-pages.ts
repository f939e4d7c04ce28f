import type { PageRoute } from './pages.ts'

const found = import.meta.glob<{ readonly route: PageRoute | readonly PageRoute[] }>('../pages/*/route.ts', {
  eager: true,
})

/** What every folder of web/pages declares. */
export const pageRoutes: readonly PageRoute[] = Object.values(found).flatMap(({ route }) => route)
