import { Live } from '../access/live.ts'
import type { Sql } from '../kernel/ports.ts'
import { type Endpoint, type EndpointContext, OpenAnswer, type Principal } from '../platform/http/endpoint.ts'
import type { House } from './house.ts'
import { statusAt } from './status.ts'
import { liveContract, type Status, statusContract } from './status-contract.ts'

/** The strip of now is asked for by everybody at once: it is read at most once a second for each facility. */
const KEPT_MS = 1_000

export type StatusRoutes = { readonly endpoints: readonly Endpoint[]; readonly live: Live }

/** What those see who may not see the roll: how the log stands, and nothing of people. */
const LOG_ALONE = 'log'
const PEOPLE = 'people'

/** The status strip, once and live. `mayCount` says who sees how many people there are. */
export function statusRoutes(house: House, mayCount: (principal: Principal) => boolean): StatusRoutes {
  const kept = new Map<string, { readonly readAt: number; readonly status: Promise<Status> }>()
  const now = () => house.clock.now().toString({ smallestUnit: 'millisecond' })
  const groupOf = (principal: Principal) => (mayCount(principal) ? PEOPLE : LOG_ALONE)
  const statusNow = (facility: string | undefined, group: string): Promise<Status> => {
    const key = `${group} ${facility ?? ''}`
    const known = kept.get(key)
    if (known && performance.now() - known.readAt < KEPT_MS) return known.status
    const status = statusAt(house, { at: now(), facility, isNow: true, people: group === PEOPLE })
    kept.set(key, { readAt: performance.now(), status })
    status.catch(() => kept.delete(key))
    return status
  }
  const live = new Live({
    size: () => treeSize(house.database),
    status: statusNow,
    changed: (facility, from, to) => custodiesBetween(house.database, facility, from, to),
    onFault: (error) => house.log.warn('listeners could not be told', { error }),
  })
  type Asked = { readonly query: { readonly at?: string; readonly facility?: string } }
  const endpoints: Endpoint[] = [
    {
      contract: statusContract,
      handle: async ({ query: { at, facility: wanted } }: Asked, { now: asked, principal }: EndpointContext) => {
        const facility = wanted ?? principal.facility
        if (at === undefined) return statusNow(facility, groupOf(principal))
        const isNow = Temporal.Instant.compare(at, asked) >= 0
        return statusAt(house, { at, facility, isNow, people: mayCount(principal) })
      },
    } as Endpoint,
    {
      contract: liveContract,
      handle: async ({ query: { facility } }: Asked, { principal, stillMay }: EndpointContext) =>
        new OpenAnswer((response) => live.join(groupOf(principal), facility ?? principal.facility, response, stillMay)),
    } as Endpoint,
  ]
  return { endpoints, live }
}

async function treeSize(sql: Sql): Promise<number> {
  const [row] = await sql.rows<{ size: number }>('select coalesce(max(idx) + 1, 0) as size from leaf')
  return row?.size ?? 0
}

async function custodiesBetween(sql: Sql, facility: string | undefined, from: number, to: number): Promise<number> {
  const [row] = await sql.rows<{ custodies: number }>(
    `select count(distinct e.custody) as custodies from leaf l join entry e on e.n = l.n
     where l.idx >= $1 and l.idx < $2 and ($3::text is null or e.facility = $3)`,
    [from, to, facility ?? null],
  )
  return row?.custodies ?? 0
}
