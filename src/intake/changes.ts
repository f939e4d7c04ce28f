import type { Act } from '../kernel/act.ts'
import { classifyDraft, custodyIdOf, type FileContext } from './decide.ts'
import { classified, recordable } from './fields-of.ts'
import { type OpenHistory, put, saidOn } from './history.ts'
import { loadKnown } from './known.ts'
import { actOf } from './port.ts'
import type { Coded, Reject } from './row.ts'
import { type Batch, countRejects, rejectRow } from './rows.ts'
import type { Run } from './run.ts'

const textOf = (coded: Coded): string => recordable(coded.known ? coded.value : coded.source, 80)

/** One batch of a file of changes: level and status of stays that are known, from the day that first showed them. */
export async function takeChanges(run: Run, batch: Batch, file: FileContext): Promise<void> {
  const { facility, counts, port } = run
  const ids = batch.rows.map((row) => custodyIdOf(facility, row.person.sourceId, row.admittedAt?.at ?? ''))
  const { known } = await loadKnown(run.sql, [...new Set(ids)])
  if (run.isDry) for (const id of await shownInDryRun(run, ids)) known.set(id, { history: {}, firstSeen: '' })
  const acts: Act[] = []
  const rejects: Reject[] = []
  for (const [i, row] of batch.rows.entries()) {
    const custody = ids[i] as string
    const history = known.get(custody)?.history as OpenHistory | undefined
    const { change } = row
    const name = classified.find((one) => one === change?.field)
    if (!history) {
      rejects.push(rejectRow(row, 'stay-unknown', row.person.sourceId, 'person.sourceId'))
      continue
    }
    if (!change || !name) {
      rejects.push(rejectRow(row, 'change-field-unknown', change?.field ?? ''))
      continue
    }
    const field = `custody.${name}`
    const before = saidOn(history, field, change.date) ?? null
    const value = textOf(change.to)
    if (before === value) {
      counts.same++
      continue
    }
    const draft = classifyDraft(custody, name, value, change.date, row, file)
    const act = actOf(draft, run.batch, String(row.line), port.actor)
    if (!act) {
      rejects.push(rejectRow(row, 'not-recordable'))
      continue
    }
    if (change.from && before !== null && textOf(change.from) !== before) {
      rejects.push({ ...rejectRow(row, 'change-from-differs', change.from.source), row: 'kept' })
    }
    acts.push(act)
    put(history, field, change.date, value)
    counts.changed++
    counts.changedBy[field] = (counts.changedBy[field] ?? 0) + 1
  }
  countRejects(run, batch, rejects)
  run.progress.byteOffset = batch.byteOffset
  run.progress.line = batch.line
  await run.reject(rejects)
  await run.commit(acts)
}

/** In a dry run the stays of the first file are not entered; that it showed them is all there is to know. */
async function shownInDryRun(run: Run, ids: readonly string[]): Promise<string[]> {
  const rows = await run.sql.rows<{ subject: string }>(
    `select distinct i.subject from import_seen i where i.subject = any($1::uuid[])
     and not exists (select from source_row s where s.custody = i.subject)`,
    [ids],
  )
  return rows.map(({ subject }) => subject)
}
