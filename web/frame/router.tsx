import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Navigate } from '@tanstack/react-router'
import { parseSearch, stringifySearch } from './addresses.ts'
import { pageRoutes } from './all-pages.ts'
import { FaultPage, NotFoundPage } from './problem-pages.tsx'
import { startOf } from './seen.ts'
import { useSession } from './session.ts'
import { Shell } from './shell.tsx'

const root = createRootRoute({
  component: Shell,
  notFoundComponent: NotFoundPage,
  errorComponent: FaultPage,
  validateSearch: (search: Record<string, unknown>) => search,
})

const start = createRoute({ getParentRoute: () => root, path: '/', component: Start })

function Start() {
  const session = useSession().data
  return session == null ? null : <Navigate to={startOf(session)} search={true} replace />
}

const routes = pageRoutes.map(({ path, load }) =>
  createRoute({
    getParentRoute: () => root,
    path,
    component: lazyRouteComponent(load),
    errorComponent: FaultPage,
  }),
)

export const router = createRouter({
  routeTree: root.addChildren([start, ...routes]),
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultPendingMs: 300,
  defaultPendingMinMs: 0,
})
