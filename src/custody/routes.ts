import { defineRoute, type Route } from '../kernel/contract.ts'
import type { Sql } from '../kernel/ports.ts'
import { byNumberContract, custodyContract, dayContract, listContract, rollContract, slipContract } from './contract.ts'
import { dailyIdentity } from './day.ts'
import { type CustodyFile, custodyAt, findCustody } from './file.ts'
import { refuseCustody } from './refusals.ts'
import { listHeld, rollAt } from './roll.ts'
import { findSlip, printSlip } from './slip.ts'

export const routes: readonly Route[] = [
  defineRoute(rollContract, async ({ query: { facility, at } }, { sql, now }) =>
    rollAt(sql, { at: at ?? now, ...(facility !== undefined && { facility }) }),
  ),

  defineRoute(listContract, async ({ query }, { sql, now }) => {
    const { at = now, facility, withoutBasis, presence, after, limit } = query
    const [registerNumber = '', custody = ''] = after?.split('~') ?? []
    const found = await listHeld(sql, {
      at,
      // One more than asked for tells whether there is a next page.
      limit: limit + 1,
      ...(facility !== undefined && { facility }),
      withoutBasis: withoutBasis === 'true',
      ...(presence !== undefined && { presence }),
      ...(after !== undefined && { after: { registerNumber, custody } }),
    })
    const held = found.slice(0, limit)
    const last = held.at(-1)
    return { at, held, next: found.length > limit && last ? `${last.registerNumber}~${last.custody}` : null }
  }),

  defineRoute(custodyContract, async ({ params, query }, { sql, now }) => answerFile(sql, params.id, query.at ?? now)),

  defineRoute(byNumberContract, async ({ params, query }, { sql, now }) => {
    const head = await findCustody(sql, params.number)
    return head ? answerFile(sql, head.custody, query.at ?? now) : refuseCustody('no-such-custody')
  }),

  defineRoute(dayContract, async ({ params }, { sql }) => {
    const day = await dailyIdentity(sql, params.code, params.date)
    return day ? mutable(day) : refuseCustody('no-such-facility', { facility: params.code })
  }),

  defineRoute(slipContract, async ({ params, query }, { sql, now }) => {
    const slip = await findSlip(sql, params.id)
    return slip ? printSlip(slip, query.for, now) : refuseCustody('no-such-custody', { custody: params.id })
  }),
]

async function answerFile(sql: Sql, custody: string, at: string) {
  const file = await custodyAt(sql, custody, at)
  return file ? mutable<CustodyFile>(file) : refuseCustody('no-such-custody', { custody })
}

type Mutable<T> = T extends readonly (infer E)[]
  ? Mutable<E>[]
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T

/** Reads answer read-only rows; Zod's types of lists are writable. Nobody writes to them. */
const mutable = <T>(value: T): Mutable<T> => value as Mutable<T>
