import { Readable } from 'node:stream'
import type { z } from 'zod'
import { defineRoute, type Route } from '../kernel/contract.ts'
import { microsOf } from '../kernel/time.ts'
import type { Visible } from '../kernel/visible.ts'
import { Answer } from '../platform/http/endpoint.ts'
import { boardContract, boardCsvContract, custodyDutiesContract, dutyContract } from './contract.ts'
import { boardCsv } from './csv.ts'
import { findDutyRule } from './packs/index.ts'
import {
  countDuties,
  cursorOf,
  type DutyFilter,
  dutiesOf,
  dutyRules,
  historyOf,
  listDuties,
  readCursor,
} from './read.ts'
import { refuseDuty } from './refusals.ts'
import type { DutyRule } from './rule.ts'
import { countsView, dutyView, ruleView, stepsView } from './views.ts'

type Asked = Omit<z.output<NonNullable<typeof boardContract.query>>, 'after' | 'limit' | 'asked'>

function filterOf({ at, rule, severity, owner, within, ...asked }: Asked, now: string, visible: Visible): DutyFilter {
  const isChosen = (one: DutyRule) =>
    (rule === undefined || one.id === rule) &&
    (severity === undefined || one.severity === severity) &&
    (owner === undefined || one.owner === owner)
  const isAnyChosen = rule !== undefined || severity !== undefined || owner !== undefined
  const instant = at ?? now
  return {
    ...asked,
    at: instant,
    isPast: microsOf(instant) < microsOf(now),
    withinHours: within,
    visible,
    ...(isAnyChosen && { rules: dutyRules.filter(isChosen).map(({ id }) => id) }),
  }
}

export const routes: readonly Route[] = [
  defineRoute(boardContract, async ({ query }, { sql, now, visible }) => {
    const { after, limit, asked, ...chosen } = query
    const filter = filterOf(chosen, now, visible)
    const page = { asked, limit: limit + 1, after: after === undefined ? undefined : readCursor(after) }
    // One more than asked for tells whether there is a next page.
    const [counts, found] = await Promise.all([countDuties(sql, filter), listDuties(sql, filter, page)])
    const rows = found.slice(0, limit)
    const last = rows.at(-1)
    return {
      at: filter.at,
      ...countsView(counts),
      duties: rows.map((row) => dutyView(row, filter.at)),
      next: found.length > limit && last ? cursorOf(last) : null,
    }
  }),

  defineRoute(boardCsvContract, async ({ query }, { sql, now, visible }) => {
    const { language, asked, ...chosen } = query
    const filter = filterOf(chosen, now, visible)
    const name = `${language === 'es' ? 'plazos' : 'duties'}-${filter.facility ?? (language === 'es' ? 'todos' : 'all')}-${filter.at.slice(0, 10)}.csv`
    return new Answer(Readable.from(boardCsv(sql, filter, { asked, language })), 200, {
      'content-disposition': `attachment; filename="${name}"`,
    })
  }),

  defineRoute(custodyDutiesContract, async ({ params, query }, { sql, now, visible }) => {
    const at = query.at ?? now
    if (!(await isCustody(sql, params.id))) return refuseDuty('no-such-duty-subject', { custody: params.id })
    const sections = await visible.sectionsOf(params.id)
    const duties = await dutiesOf(sql, params.id, at, { ...visible, sections })
    const rules = dutyRules.filter(({ id }) => duties.some(({ rule }) => rule === id))
    return { at, rules: rules.map(ruleView), duties: duties.map((row) => dutyView(row, at)) }
  }),

  defineRoute(dutyContract, async ({ params, query }, { sql, now, visible }) => {
    const at = query.at ?? now
    const sections = await visible.sectionsOf(params.id)
    const duties = await dutiesOf(sql, params.id, at, { ...visible, sections })
    const row = duties.find(({ duty }) => duty === params.duty)
    const rule = row && findDutyRule(row.rule)
    if (!row || !rule) return refuseDuty('duty-unknown', { duty: params.duty })
    const history = await historyOf(sql, row)
    return {
      at,
      rule: ruleView(rule),
      duty: dutyView(row, at),
      steps: stepsView(row, at),
      history: history.map((one) => ({ ...one })),
    }
  }),
]

const isCustody = async (sql: Parameters<typeof dutiesOf>[0], id: string): Promise<boolean> =>
  (await sql.rows('select from custody where id = $1', [id])).length > 0
