import { Link as RouterLink, useNavigate, useParams as useRouterParams, useSearch } from '@tanstack/react-router'
import { type ComponentPropsWithRef, useCallback, useMemo } from 'react'
import { parseSearch } from './addresses.ts'

type LinkProps = Omit<ComponentPropsWithRef<'a'>, 'href'> & {
  /** An address of `addressOf`, with filters by `withFilters`. */
  readonly to: string
}

const split = (to: string): { path: string; search: Record<string, string>; hash: string | undefined } => {
  const [rest = '', hash] = to.split('#')
  const [path = '', text = ''] = rest.split('?')
  return { path, search: parseSearch(text), hash }
}

/** A link within the console: the instant of the time bar goes along. */
export function Link({ to, ...rest }: LinkProps) {
  const { path, search, hash } = split(to)
  const { at } = useSearch({ strict: false }) as { readonly at?: string }
  const whole = { ...(at === undefined ? {} : { at }), ...search }
  return (
    <RouterLink to={path} search={whole as never} {...(hash === undefined ? {} : { hash })} {...(rest as object)} />
  )
}

/** Goes to an address, with the instant of the time bar. */
export function useGo(): (to: string) => void {
  const navigate = useNavigate()
  const { at } = useSearch({ strict: false }) as { readonly at?: string }
  return useCallback(
    (to) => {
      const { path, search } = split(to)
      void navigate({ to: path, search: { ...(at === undefined ? {} : { at }), ...search } as never })
    },
    [navigate, at],
  )
}

/** The `$parameters` of the page's address. */
export function useParams(): Readonly<Record<string, string>> {
  return useRouterParams({ strict: false }) as Readonly<Record<string, string>>
}

/** The filters of the address (all but `at`), and how to change them: undefined takes one away. */
export function useFilters(): readonly [
  Readonly<Record<string, string>>,
  (change: Readonly<Record<string, string | undefined>>) => void,
] {
  const search = useSearch({ strict: false }) as Readonly<Record<string, string>>
  const navigate = useNavigate()
  const filters = useMemo(() => Object.fromEntries(Object.entries(search).filter(([key]) => key !== 'at')), [search])
  const change = useCallback(
    (wanted: Readonly<Record<string, string | undefined>>) => {
      const next = (before: Record<string, unknown>) =>
        Object.fromEntries(
          Object.entries({ ...before, ...wanted }).filter(([, value]) => value !== undefined && value !== ''),
        )
      void navigate({ to: '.', search: next as never })
    },
    [navigate],
  )
  return [filters, change]
}
