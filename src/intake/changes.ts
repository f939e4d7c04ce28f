import type { Act, Actor } from '../kernel/act.ts'
import type { Tx } from '../kernel/ports.ts'
import { type Batch, countRejects, rejectRow } from './batch.ts'
import { classifyDraft, custodyIdOf, type FileContext, type Known, type Named } from './decide.ts'
import { classified, recordable, rowKeyOf } from './fields-of.ts'
import { type OpenHistory, put, saidOn } from './history.ts'
import { loadKnown } from './known.ts'
import { actOf } from './port.ts'
import type { Coded, Reject } from './row.ts'
import type { Run } from './run.ts'

const textOf = (coded: Coded): string => recordable(coded.known ? coded.value : coded.source, 80)

/** A file of changes that comes with a list of stays. */
export type Companion = { readonly batch: string; readonly file: Named }

/** Notes a batch of changes before the stays are taken: a stay then comes with its changes, and is folded once. */
export async function noteChanges(run: Run, { batch: id, file }: Companion, batch: Batch): Promise<void> {
  const rows = batch.rows.filter(({ change }) => classified.some((name) => name === change?.field))
  const code = file.profile.facility.code
  await run.sql.rows(
    `insert into import_change (batch, line, custody, day, field, value, row_key, taken)
     select $1, u.*, false
     from unnest($2::bigint[], $3::uuid[], $4::date[], $5::text[], $6::text[], $7::text[]) u on conflict do nothing`,
    [
      id,
      rows.map(({ line }) => line),
      rows.map(({ person, admittedAt }) => custodyIdOf(code, person.sourceId, admittedAt?.at ?? '')),
      rows.map(({ change }) => change?.date),
      rows.map(({ change }) => change?.field),
      rows.map(({ change }) => change && textOf(change.to)),
      rows.map(rowKeyOf),
    ],
  )
}

type Noted = { line: number; custody: string; day: string; field: 'level' | 'status'; value: string; row_key: string }

/** The noted changes of stays that are being admitted, in the order of the file. */
export async function changesOf(run: Run, { batch }: Companion, custodies: readonly string[]): Promise<Noted[]> {
  if (custodies.length === 0) return []
  return run.sql.rows<Noted>(
    `select line, custody, day, field, value, row_key from import_change
     where batch = $1 and custody = any($2::uuid[]) and not taken order by line`,
    [batch, custodies],
  )
}

/** The changes of a stay as acts of their own file. What says nothing new is left to the file's own turn. */
export function actsOfChanges(
  { batch, file }: Companion,
  noted: readonly Noted[],
  known: Known,
  actor: Actor,
): { acts: Act[]; lines: number[]; known: Known } {
  const history: OpenHistory = { ...(known.history as OpenHistory) }
  const acts: Act[] = []
  const lines: number[] = []
  for (const { line, custody, day, field, value, row_key } of noted) {
    const name = `custody.${field}`
    if ((saidOn(history, name, day) ?? null) === value) continue
    const act = actOf(classifyDraft(custody, field, value, day, row_key, file), batch, String(line), actor)
    if (!act) continue
    acts.push(act)
    lines.push(line)
    put(history, name, day, value)
  }
  return { acts, lines, known: { ...known, history } }
}

export function saveTaken(tx: Tx, { batch }: Companion, lines: readonly number[]): void {
  if (lines.length === 0) return
  tx.write('update import_change set taken = true where batch = $1 and line = any($2::bigint[])', [batch, lines])
}

async function takenLines(run: Run, lines: readonly number[]): Promise<ReadonlySet<number>> {
  const rows = await run.sql.rows<{ line: number }>(
    'select line from import_change where batch = $1 and line = any($2::bigint[]) and taken',
    [run.batch, lines],
  )
  return new Set(rows.map(({ line }) => line))
}

/** One batch of a file of changes: level and status of stays that are known, from the day that first showed them. */
export async function takeChanges(run: Run, batch: Batch, file: FileContext): Promise<void> {
  const { facility, counts, port } = run
  const ids = batch.rows.map((row) => custodyIdOf(facility, row.person.sourceId, row.admittedAt?.at ?? ''))
  const { known } = await loadKnown(run.sql, [...new Set(ids)])
  if (run.isDry) for (const id of await shownInDryRun(run, ids)) known.set(id, { history: {}, firstSeen: '' })
  const taken = await takenLines(
    run,
    batch.rows.map(({ line }) => line),
  )
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
    const value = textOf(change.to)
    const isTaken = taken.has(row.line)
    const before = (isTaken ? saidBefore(history, field, change.date) : saidOn(history, field, change.date)) ?? null
    if (before === value && !isTaken) {
      counts.same++
      continue
    }
    if (!isTaken) {
      const draft = classifyDraft(custody, name, value, change.date, rowKeyOf(row), file)
      const act = actOf(draft, run.batch, String(row.line), port.actor)
      if (!act) {
        rejects.push(rejectRow(row, 'not-recordable'))
        continue
      }
      acts.push(act)
      put(history, field, change.date, value)
    }
    if (change.from && before !== null && textOf(change.from) !== before) {
      rejects.push({ ...rejectRow(row, 'change-from-differs', change.from.source), row: 'kept' })
    }
    counts.changed++
    counts.changedBy[field] = (counts.changedBy[field] ?? 0) + 1
  }
  countRejects(run, batch, rejects)
  run.progress.byteOffset = batch.byteOffset
  run.progress.line = batch.line
  await run.reject(rejects)
  await run.commit(acts)
}

const saidBefore = (history: OpenHistory, field: string, day: string): string | null | undefined =>
  history[field]?.findLast(([on]) => on < day)?.[1]

/** In a dry run the stays of the first file are not entered; that it showed them is all there is to know. */
async function shownInDryRun(run: Run, ids: readonly string[]): Promise<string[]> {
  const rows = await run.sql.rows<{ subject: string }>(
    `select distinct i.subject from import_seen i where i.subject = any($1::uuid[])
     and not exists (select from source_row s where s.custody = i.subject)`,
    [ids],
  )
  return rows.map(({ subject }) => subject)
}
