import type { Act, ActKind } from '../kernel/act.ts'
import { facilitySubject } from '../kernel/ids.ts'
import { openFacility } from '../places/acts.ts'
import { custodyIdOf, type Decided, decideRow, type FileContext, type Known, personIdOf } from './decide.ts'
import { recordable } from './fields-of.ts'
import { loadKnown } from './known.ts'
import type { RowProblemCode } from './messages.ts'
import { actOf, ownAct } from './port.ts'
import type { MappedEvent } from './read-file.ts'
import type { MappedRow, Reject } from './row.ts'
import type { Run } from './run.ts'

export type Batch = Extract<MappedEvent, { kind: 'batch' }>

/** One batch of a list of persons: compared with what is known, entered, counted, in one transaction. */
export async function takeRows(run: Run, batch: Batch, file: FileContext): Promise<void> {
  const { facility, counts, port } = run
  const ids = batch.rows.map((row) => custodyIdOf(facility, row.person.sourceId, row.admittedAt?.at ?? ''))
  const { known, withdrawn } = await loadKnown(run.sql, ids)
  const shown = run.isDry ? await alreadyShown(run, ids) : undefined
  const acts: Act[] = []
  const rejects: Reject[] = []
  const seen: string[] = []
  for (const [i, row] of batch.rows.entries()) {
    const custody = ids[i] as string
    seen.push(custody)
    const before = known.get(custody)
    if (!before && withdrawn.has(custody)) {
      rejects.push(rejectRow(row, 'custody-withdrawn'))
      continue
    }
    const decided = decideRow(row, custody, before, file)
    const made = decided.drafts.map((draft) => actOf(draft, run.batch, String(row.line), port.actor))
    const sound = made.filter((act) => act !== undefined)
    if (sound.length < made.length) {
      rejects.push(rejectRow(row, 'not-recordable'))
      continue
    }
    acts.push(...sound)
    known.set(custody, decided.known)
    count(run, row, decided, before, shown?.has(custody) ?? false)
  }
  countRejects(run, batch, rejects)
  for (const { row, sourceId } of batch.rejects) {
    if (row === 'rejected' && sourceId !== undefined) seen.push(personIdOf(facility, sourceId))
  }
  const opening = run.progress.byteOffset === 0 ? await opensFacility(run, batch, file) : undefined
  run.progress.byteOffset = batch.byteOffset
  run.progress.line = batch.line
  await run.reject(rejects)
  await run.commit(opening ? [opening, ...acts] : acts, seen)
}

function count(run: Run, row: MappedRow, decided: Decided, before: Known | undefined, wasShown: boolean): void {
  const { counts } = run
  counts[wasShown && decided.outcome === 'new' ? 'same' : decided.outcome]++
  for (const field of decided.changed) counts.changedBy[field] = (counts.changedBy[field] ?? 0) + 1
  if (before?.departed !== undefined) return
  // What a stay's end becomes is entered after all rows; a dry run has no such pass.
  if (row.departedAt || (run.isDry && row.seen.endCensored === false)) counts.departed++
}

/** Counts a batch's lines: those that the reader turned away and those that were turned away here. */
export function countRejects(run: Run, batch: Batch, rejects: readonly Reject[]): void {
  const { counts } = run
  const turnedAway = rejects.filter(({ row }) => row === 'rejected').length
  counts.read += batch.read
  counts.rejected += batch.read - batch.rows.length + turnedAway
  const nameless = new Set<number>()
  for (const { row, sourceId, line } of batch.rejects) {
    if (row === 'rejected' && sourceId === undefined) nameless.add(line)
    if (row === 'kept') counts.remarks++
  }
  counts.unnamed += nameless.size
  counts.remarks += rejects.length - turnedAway
}

export const rejectRow = (row: MappedRow, code: RowProblemCode, value = '', column = ''): Reject => ({
  line: row.line,
  column,
  value,
  code,
  row: 'rejected',
  sourceId: row.person.sourceId,
})

/** In a dry run nothing is entered, so a stay that stands in the file twice would be new twice. */
async function alreadyShown(run: Run, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await run.sql.rows<{ subject: string }>(
    'select subject from import_seen where batch = $1 and subject = any($2::uuid[])',
    [run.batch, ids],
  )
  return new Set(rows.map(({ subject }) => subject))
}

/** The facility is entered with the first list that speaks of it, as of the earliest admission of its first lines. */
async function opensFacility(run: Run, batch: Batch, { profile }: FileContext): Promise<Act | undefined> {
  const { code, name, country, zone } = profile.facility
  const [known] = await run.sql.rows('select 1 as there from facility where code = $1', [code])
  const admissions = batch.rows.flatMap(({ admittedAt }) => admittedAt?.at ?? [])
  if (known || admissions.length === 0) return undefined
  const at = admissions.reduce((a, b) => (a < b ? a : b))
  const draft = {
    kind: openFacility as unknown as ActKind,
    name: 'open',
    occurredAt: { at, precision: 'day' as const, zone },
    data: { place: { facility: code, name: recordable(name, 200), country, zone } },
  }
  return ownAct(draft, facilitySubject(code), 'facility', run.port.actor)
}
