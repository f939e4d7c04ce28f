import type { OccurredAt } from '../kernel/time.ts'
import type { Batch } from './batch.ts'
import { custodyIdOf, departDraft, onDay, personIdOf } from './decide.ts'
import { dayOf } from './history.ts'
import { ownAct } from './port.ts'
import type { MappedRow } from './row.ts'
import type { Run } from './run.ts'

/**
 * Stays of which the source says that they ended, known to the day: the day after the last one seen, or the person's
 * next admission if that is earlier and it was first seen only afterwards. That needs the person's other stays, which
 * may stand anywhere in the file; so the stays are noted once (`import_stay`), and each then ends in the batch that
 * admits it. What an earlier import admitted and this one ends comes after the rows.
 */
const PAGE_ROWS = 2_000
const NIL = '00000000-0000-0000-0000-000000000000'

type Stay = { readonly custody: string; readonly admitted: string; readonly lastSeen: string }

function endOf({ admitted, lastSeen }: Stay, nextAdmitted: string | null | undefined, zone: string): OccurredAt {
  const dayAfter = onDay(Temporal.PlainDate.from(lastSeen).add({ days: 1 }).toString(), zone)
  if (!nextAdmitted || !isBefore(nextAdmitted, dayAfter.at)) return dayAfter
  const ownDay = onDay(dayOf(admitted, zone), zone).at
  return { ...dayAfter, at: isBefore(nextAdmitted, ownDay) ? ownDay : nextAdmitted }
}

const isBefore = (a: string, b: string): boolean => Temporal.Instant.compare(a, b) < 0

/** Notes a batch of stays: a work table, emptied at the end of the import. */
export async function noteStays(run: Run, batch: Batch): Promise<void> {
  const { facility } = run
  const stays = batch.rows.filter(({ seen }) => seen.first !== undefined)
  await run.sql.rows(
    `insert into import_stay (batch, custody, person, admitted, first_seen)
     select $1, u.* from unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::date[]) u on conflict do nothing`,
    [
      run.batch,
      stays.map(({ person, admittedAt }) => custodyIdOf(facility, person.sourceId, admittedAt?.at ?? '')),
      stays.map(({ person }) => personIdOf(facility, person.sourceId)),
      stays.map(({ admittedAt }) => admittedAt?.at),
      stays.map(({ seen }) => seen.first),
    ],
  )
}

/** When each of these stays of the file ended; nothing for those that go on. */
export async function endsOf(run: Run, rows: readonly MappedRow[], zone: string): Promise<Map<string, OccurredAt>> {
  const { facility } = run
  const ended = rows.flatMap(({ person, admittedAt, seen }) =>
    seen.endCensored === false && seen.last !== undefined && admittedAt
      ? {
          custody: custodyIdOf(facility, person.sourceId, admittedAt.at),
          person: personIdOf(facility, person.sourceId),
          admitted: admittedAt.at,
          lastSeen: seen.last,
        }
      : [],
  )
  if (ended.length === 0) return new Map()
  const next = await run.sql.rows<{ custody: string; admitted: string | null }>(NEXT_OF_FILE, [
    run.batch,
    facility,
    ended.map(({ custody }) => custody),
    ended.map(({ person }) => person),
    ended.map(({ lastSeen }) => lastSeen),
  ])
  const nextOf = new Map(next.map(({ custody, admitted }) => [custody, admitted]))
  return new Map(ended.map((stay) => [stay.custody, endOf(stay, nextOf.get(stay.custody), zone)]))
}

// The next stay is the one that was shown after this one had its last day. Where the source mended the time of an
// admission it may even have begun before: then both are the same stay, and this one ended on its own day.
const NEXT_OF_FILE = `
select q.custody, n.admitted
from unnest($3::uuid[], $4::uuid[], $5::date[]) q(custody, person, last_seen) left join lateral (
  select min(o.admitted) as admitted from (
    select admitted from import_stay where batch = $1 and person = q.person and first_seen > q.last_seen
    union all
    select admitted from source_row where facility = $2 and person = q.person and first_seen > q.last_seen
  ) o
) n on true`

/** The stays that an earlier import admitted and of which the source now says that they ended. */
export async function departEnded(run: Run, zone: string): Promise<void> {
  for (let after = NIL; ; ) {
    const rows = await run.sql.rows<EndedRow>(ENDED, [run.facility, after])
    const last = rows.at(-1)
    if (!last) return
    const acts = rows.map(({ custody, row_key, file, admitted, last_seen, next_admitted }) => {
      const occurredAt = endOf({ custody, admitted, lastSeen: last_seen }, next_admitted, zone)
      run.counts.departed++
      const source = { file, row: row_key, profile: run.profile }
      return ownAct(departDraft(custody, occurredAt, source), run.batch, custody, run.port.actor)
    })
    await run.commit(acts)
    run.onProgress({ phase: 'departures', done: run.counts.departed })
    after = last.custody
  }
}

type EndedRow = {
  custody: string
  row_key: string
  file: string
  admitted: string
  last_seen: string
  next_admitted: string | null
}

const ENDED = `
select s.custody, s.row_key, s.file, s.admitted, s.last_seen, n.admitted as next_admitted
from source_row s left join lateral (
  select min(o.admitted) as admitted from source_row o
  where o.person = s.person and o.facility = s.facility and o.first_seen > s.last_seen
) n on true
where s.facility = $1 and s.custody > $2 and s.ended and s.departed is null and s.last_seen is not null
order by s.custody limit ${PAGE_ROWS}`
