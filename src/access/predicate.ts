import type { Sql } from '../kernel/ports.ts'
import type { CustodyColumns, Visible } from '../kernel/visible.ts'
import type { Principal } from '../platform/http/endpoint.ts'
import { GRANTED_ROLES } from './roles.ts'
import { sectionsFor, toldTo } from './sections.ts'

const COLUMNS: CustodyColumns = { custody: 'c.id', facility: 'c.facility' }

/** Roles that see nobody at all, whatever they are granted. */
const BLIND = new Set(['auditor', 'administrator', 'service', 'public'])

type Part = { readonly text: (first: number, columns: CustodyColumns) => string; readonly values: readonly unknown[] }

/**
 * Which custodies a principal may see, as SQL: what the policies `own-facility-people` and `own-people-only` say of one
 * custody, said for a list. `predicate.test.ts` compares the two on generated people, roles and grants.
 */
export function visibleTo(principal: Principal, now: string): Omit<Visible, 'sectionsOf'> {
  const { officer, role, facility } = principal
  const parts: Part[] = []
  if (BLIND.has(role)) parts.push({ text: () => 'false', values: [] })
  if (facility !== undefined)
    parts.push({ text: (first, columns) => `${columns.facility} = $${first}::text`, values: [facility] })
  if ((GRANTED_ROLES as readonly string[]).includes(role))
    parts.push({ text: role === 'sending-state' ? ofState : granted, values: [officer, role, now] })
  return {
    everybody: parts.length === 0,
    sql(first, columns = COLUMNS) {
      let next = first
      const texts = parts.map(({ text, values }) => {
        const said = text(next, columns)
        next += values.length
        return said
      })
      return texts.length === 0 ? 'true' : `(${texts.join(' and ')})`
    },
    values: parts.flatMap(({ values }) => values),
    sections: sectionsFor(role),
    told: toldTo(role),
  }
}

const granted: Part['text'] = (first, { custody }) =>
  `exists (select from access_grant own where own.custody = ${custody} and own.officer = $${first}::uuid
     and own.role = $${first + 1}::text and own.span @> $${first + 2}::timestamptz)`

/** Of a state: also whom it ordered held or says it supervises, for a desk of that state. */
const ofState: Part['text'] = (first, columns) =>
  `(${granted(first, columns)} or exists (
     select from access_desk desk join responsibility named on named.state = desk.state
     where named.custody = ${columns.custody} and named.role in ('ordered', 'supervises')
       and desk.officer = $${first}::uuid and desk.span @> $${first + 2}::timestamptz))`

/** Whether the principal may see this custody: the list's condition, asked for one. */
export async function sees(sql: Sql, visible: Omit<Visible, 'sectionsOf'>, custody: string): Promise<boolean> {
  if (visible.everybody) return true
  const rows = await sql.rows(`select from custody c where c.id = $1::uuid and ${visible.sql(2)}`, [
    custody,
    ...visible.values,
  ])
  return rows.length > 0
}
