import { Readable } from 'node:stream'
import type { z } from 'zod'
import type { Actor } from '../kernel/act.ts'
import { defineRoute, type Route, type RouteContext } from '../kernel/contract.ts'
import type { Sql } from '../kernel/ports.ts'
import type { Refusal } from '../kernel/refusal.ts'
import { isSealed, mayKnowSealed } from '../oversight/read.ts'
import { findFacility } from '../places/read.ts'
import { Answer } from '../platform/http/endpoint.ts'
import { refuseRecord } from '../record/acts.ts'
import { listAdmissions } from './admissions.ts'
import { closedFilter, closeFile } from './closed.ts'
import {
  admissionsContract,
  byNumberContract,
  csvContract,
  custodyContract,
  dayContract,
  figuresContract,
  listContract,
  occupancyContract,
  rollContract,
  slipContract,
} from './contract.ts'
import { dailyIdentity } from './day.ts'
import { figuresAt } from './figures.ts'
import { custodyAt, findCustody } from './file.ts'
import type { HeldFilter } from './held-filter.ts'
import { occupancyAt } from './occupancy.ts'
import { refuseCustody } from './refusals.ts'
import { rollAt } from './roll.ts'
import { countHeld, cursorOf, listHeld, readCursor } from './roster.ts'
import { rosterCsv } from './roster-csv.ts'
import { findSlip, printSlip } from './slip.ts'

export const routes: readonly Route[] = [
  defineRoute(rollContract, async ({ query: { facility, at } }, { sql, now }) =>
    rollAt(sql, { at: at ?? now, ...(facility !== undefined && { facility }) }),
  ),

  defineRoute(occupancyContract, async ({ params, query }, { sql, now }) => {
    const at = query.at ?? now
    if (!(await findFacility(sql, params.code))) return refuseCustody('no-such-facility', { facility: params.code })
    const { places, elsewhere } = await occupancyAt(sql, { facility: params.code, at })
    return { at, places: [...places], elsewhere }
  }),

  defineRoute(figuresContract, async ({ query: { at, facility } }, { sql, now, visible }) =>
    figuresAt(sql, { at: at ?? now, facility, visible }),
  ),

  defineRoute(listContract, async ({ query }, { sql, now, visible }) => {
    const { at = now, after, limit, total: isCounted, ...asked } = query
    const filter = { ...filterOf(asked, at), visible }
    const closed = closedFilter(filter)
    if (closed) return closed
    const [found, total] = await Promise.all([
      // One more than asked for tells whether there is a next page.
      listHeld(sql, filter, { limit: limit + 1, after: after === undefined ? undefined : readCursor(after) }),
      after === undefined && isCounted === 'true' ? countHeld(sql, filter) : null,
    ])
    const held = found.slice(0, limit)
    const last = held.at(-1)
    return { at, total, held, next: found.length > limit && last ? cursorOf(last, filter.sort) : null }
  }),

  defineRoute(csvContract, async ({ query }, { sql, now, visible }) => {
    const { at = now, columns, language, ...asked } = query
    const filter = { ...filterOf(asked, at), visible }
    const closed = closedFilter(filter)
    if (closed) return closed
    const rows = Readable.from(rosterCsv(sql, filter, { columns, language }))
    const name = `${language === 'es' ? 'custodias' : 'custodies'}-${asked.facility ?? (language === 'es' ? 'todas' : 'all')}-${at.slice(0, 10)}.csv`
    return new Answer(rows, 200, { 'content-disposition': `attachment; filename="${name}"` })
  }),

  defineRoute(admissionsContract, async ({ query }, { sql, now, visible }) => {
    const { at = now, days, missing = 'any', facility, after, limit } = query
    const filter = { at, facility, admittedWithinDays: days, missing, sort: 'admitted', visible } as const
    const closed = closedFilter(filter)
    if (closed) return closed
    const [found, total] = await Promise.all([
      listAdmissions(sql, filter, { limit: limit + 1, after: after === undefined ? undefined : readCursor(after) }),
      after === undefined ? countHeld(sql, filter) : null,
    ])
    const admissions = mutable(found.slice(0, limit))
    const last = admissions.at(-1)
    return { at, total, admissions, next: found.length > limit && last ? cursorOf(last, 'admitted') : null }
  }),

  defineRoute(custodyContract, async ({ params, query }, context) => answerFile(params.id, query.at, context)),

  defineRoute(byNumberContract, async ({ params, query }, context) => {
    const head = await findCustody(context.sql, params.number)
    return head ? answerFile(head.custody, query.at, context) : refuseCustody('no-such-custody')
  }),

  defineRoute(dayContract, async ({ params }, { sql }) => {
    const day = await dailyIdentity(sql, params.code, params.date)
    return day ? mutable(day) : refuseCustody('no-such-facility', { facility: params.code })
  }),

  defineRoute(slipContract, async ({ params, query }, { sql, now, actor }) => {
    const slip = await findSlip(sql, params.id)
    if (!slip) return refuseCustody('no-such-custody', { custody: params.id })
    return (await sealedRefusal(sql, params.id, slip, actor)) ?? printSlip(slip, query.for, now)
  }),
]

type Asked = Omit<z.output<NonNullable<typeof listContract.query>>, 'at' | 'after' | 'limit' | 'total'>

const filterOf = ({ withoutBasis, double, ...asked }: Asked, at: string): HeldFilter => ({
  ...asked,
  at,
  withoutBasis: withoutBasis === 'true',
  double: double === undefined ? undefined : double === 'true',
})

async function answerFile(custody: string, at: string | undefined, { sql, now, actor, visible }: RouteContext) {
  const file = await custodyAt(sql, custody, at ?? now)
  if (!file) return refuseCustody('no-such-custody', { custody })
  const refused = await sealedRefusal(sql, custody, file, actor)
  return refused ?? mutable(closeFile(file, await visible.sectionsOf(custody), visible.told))
}

/** What is left of a sealed custody in the registers is an empty shell: nobody is shown it. A row with a number is none. */
async function sealedRefusal(
  sql: Sql,
  custody: string,
  { registerNumber }: { readonly registerNumber: string },
  actor: Actor,
): Promise<Refusal | undefined> {
  if (registerNumber !== '' || !(await isSealed(sql, custody))) return undefined
  return mayKnowSealed(actor)
    ? refuseRecord('custody-sealed', { custody })
    : refuseCustody('no-such-custody', { custody })
}

type Mutable<T> = T extends readonly (infer E)[]
  ? Mutable<E>[]
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T

/** Reads answer read-only rows; Zod's types of lists are writable. Nobody writes to them. */
const mutable = <T>(value: T): Mutable<T> => value as Mutable<T>
