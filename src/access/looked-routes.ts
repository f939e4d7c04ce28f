import type { z } from 'zod'
import { defineRoute, type Route } from '../kernel/contract.ts'
import type { Sql } from '../kernel/ports.ts'
import { lookedContract } from './looked-contract.ts'
import { refuseAccess } from './refusals.ts'
import { seesApart } from './sections.ts'

type Look = z.output<(typeof lookedContract)['ok']>['looks'][number] & { readonly n: number }

export const lookedRoutes: readonly Route[] = [
  defineRoute(lookedContract, async ({ params, query }, { sql, actor }) => {
    const complete = seesApart(actor.role)
    const [custody] = await sql.rows("select from subject where id = $1::uuid and kind = 'custody'", [params.id])
    if (custody === undefined) return refuseAccess('nothing-here')
    const [since = null, n = null] = query.after?.split('~') ?? []
    const [found, broken] = await Promise.all([
      sql.rows<Look>(LOOKS, [params.id, complete, since, n, query.limit + 1]),
      complete ? brokenOf(sql, params.id) : [],
    ])
    const page = found.slice(0, query.limit)
    const last = page.at(-1)
    const next = found.length > query.limit && last ? `${last.since}~${last.n}` : null
    return { complete, looks: page.map(({ n: _n, ...look }) => look), broken, next }
  }),
]

const LABEL = `coalesce((select label from officer where officer.id = one.officer),
  case when $2::boolean then (select min(label) from access_token where access_token.officer = one.officer) end)`

// Looks alike that were written in two parts are one again.
const LOOKS = `
select one.officer, ${LABEL} as label, one.role, one.what, one.looks, one.since, one.until, one.issued, one.n
from (
  select officer, role, what, since, issued, max(until) as until, sum(looks)::integer as looks, max(entry_n) as n
  from access_read where custody = $1::uuid and ($2::boolean or not apart)
  group by officer, role, what, since, issued
) one
where $3::timestamptz is null or (one.since, one.n) < ($3::timestamptz, $4::bigint)
order by one.since desc, one.n desc limit $5`

const brokenOf = (sql: Sql, custody: string) =>
  sql.rows<{ officer: string; label: string | null; from: string; to: string }>(
    `select one.officer, ${LABEL} as label, lower(one.span) as "from", upper(one.span) as "to"
     from glass_broken one where one.custody = $1::uuid order by one.span desc limit 500`,
    [custody, true],
  )
