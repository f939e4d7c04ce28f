import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { addressOf, parseSearch, stringifySearch } from './addresses.ts'
import { pageRoutes } from './all-pages.ts'
import { FaultPage, NotFoundPage } from './problem-pages.tsx'
import { Shell } from './shell.tsx'

const root = createRootRoute({
  component: Shell,
  notFoundComponent: NotFoundPage,
  errorComponent: FaultPage,
  validateSearch: (search: Record<string, unknown>) => search,
})

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: ({ search }) => {
    throw redirect({ to: addressOf.people(), search: search as never, replace: true })
  },
})

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
