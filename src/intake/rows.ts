import type { Act, ActKind } from '../kernel/act.ts'
import { facilitySubject } from '../kernel/ids.ts'
import { openFacility } from '../places/acts.ts'
import { type Batch, countRejects, rejectRow } from './batch.ts'
import { actsOfChanges, type Companion, changesOf, saveTaken } from './changes.ts'
import {
  custodyIdOf,
  type Decided,
  decideRow,
  departDraft,
  type FileContext,
  type Known,
  personIdOf,
  sourceOf,
} from './decide.ts'
import { endsOf } from './ends.ts'
import { recordable, rowKeyOf } from './fields-of.ts'
import { loadKnown } from './known.ts'
import { actOf, ownAct } from './port.ts'
import type { Reject } from './row.ts'
import type { Run } from './run.ts'

/** One batch of a list of persons: compared with what is known, entered, counted, in one transaction. */
export async function takeRows(run: Run, batch: Batch, file: FileContext, companion?: Companion): Promise<void> {
  const { facility, counts, port } = run
  const ids = batch.rows.map((row) => custodyIdOf(facility, row.person.sourceId, row.admittedAt?.at ?? ''))
  const { known, withdrawn } = await loadKnown(run.sql, ids)
  const ends = await endsOf(
    run,
    batch.rows.filter((_, i) => !known.has(ids[i] as string)),
    file.profile.facility.zone,
  )
  const noted =
    companion && !run.isDry
      ? await changesOf(
          run,
          companion,
          ids.filter((id) => !known.has(id)),
        )
      : []
  const changes = Map.groupBy(noted, ({ custody }) => custody)
  const taken: number[] = []
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
    const end = before || row.departedAt ? undefined : ends.get(custody)
    const drafts = end ? [...decided.drafts, departDraft(custody, end, sourceOf(rowKeyOf(row), file))] : decided.drafts
    const made = drafts.map((draft) => actOf(draft, run.batch, String(row.line), port.actor))
    const sound = made.filter((act) => act !== undefined)
    if (sound.length < made.length) {
      rejects.push(rejectRow(row, 'not-recordable'))
      continue
    }
    acts.push(...sound)
    known.set(custody, end ? { ...decided.known, departed: end.at } : decided.known)
    const ofStay = changes.get(custody)
    if (ofStay && !before && companion) {
      const more = actsOfChanges(companion, ofStay, known.get(custody) as Known, port.actor)
      acts.push(...more.acts)
      taken.push(...more.lines)
      known.set(custody, more.known)
    }
    const isDouble = shown?.has(custody) ?? false
    count(run, isDouble && decided.outcome === 'new' ? { ...decided, outcome: 'same' } : decided)
    if (!isDouble && drafts.some(({ name }) => name === 'depart')) counts.departed++
  }
  countRejects(run, batch, rejects)
  for (const { row, sourceId } of batch.rejects) {
    if (row === 'rejected' && sourceId !== undefined) seen.push(personIdOf(facility, sourceId))
  }
  const opening = run.progress.byteOffset === 0 ? await opensFacility(run, batch, file) : undefined
  run.progress.byteOffset = batch.byteOffset
  run.progress.line = batch.line
  await run.reject(rejects)
  // Of stays nobody is gone; in a dry run they tell which row is doubled.
  const shows = file.profile.kind === 'roster' || run.isDry ? seen : []
  await run.commit(opening ? [opening, ...acts] : acts, shows, companion && ((tx) => saveTaken(tx, companion, taken)))
}

function count({ counts }: Run, { outcome, changed }: Decided): void {
  counts[outcome]++
  for (const field of changed) counts.changedBy[field] = (counts.changedBy[field] ?? 0) + 1
}

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
  const at = admissions.sort()[0] as string
  const draft = {
    kind: openFacility as unknown as ActKind,
    name: 'open',
    occurredAt: { at, precision: 'day' as const, zone },
    data: { place: { facility: code, name: recordable(name, 200), country, zone } },
  }
  return ownAct(draft, facilitySubject(code), 'facility', run.port.actor)
}
