import { startOfDay } from '../kernel/time.ts'
import { type FileContext, presenceDraft } from './decide.ts'
import { type History, ROSTER, SEEN, saidOn } from './history.ts'
import { ownAct } from './port.ts'
import type { Run } from './run.ts'

const PAGE_ROWS = 2_000
const NIL = '00000000-0000-0000-0000-000000000000'

/**
 * Who stood on the list before and is lacking in this complete one: from its day nobody can say where they are. Never
 * a release. Whoever was shown again by a later list, taken before this one, is there again from that day.
 */
export async function markGone(run: Run, file: FileContext & { asOf: string }): Promise<void> {
  const { asOf, nextComplete, profile } = file
  const dayStart = startOfDay(Temporal.PlainDate.from(asOf), profile.facility.zone)
  for (let after = NIL; ; ) {
    const rows = await run.sql.rows<{ custody: string; row_key: string; history: History }>(CANDIDATES, [
      run.facility,
      after,
      asOf,
      dayStart,
      run.batch,
      nextComplete !== undefined,
    ])
    const last = rows.at(-1)
    if (!last) return
    const acts = rows.flatMap(({ custody, row_key, history }) => {
      if (saidOn(history, ROSTER, asOf) !== SEEN) return []
      run.counts.gone++
      const drafts = [presenceDraft(custody, true, asOf, row_key, file)]
      // Shown on that day by word of the admission only, which is no sighting that would end the silence.
      if (nextComplete !== undefined && saidOn(history, ROSTER, nextComplete) === SEEN) {
        drafts.push(presenceDraft(custody, false, nextComplete, row_key, file))
      }
      return drafts.map((draft) => ownAct(draft, run.batch, custody, run.port.actor))
    })
    await run.commit(acts)
    run.onProgress({ phase: 'gone', done: run.counts.gone })
    after = last.custody
  }
}

const CANDIDATES = `
select s.custody, s.row_key, s.history from source_row s
where s.facility = $1 and s.custody > $2 and s.first_seen <= $3 and (s.last_seen is null or s.last_seen < $3)
  and s.admitted < $4 and (s.departed is null or s.departed > $4) and (s.on_roster or $6)
  and not exists (select from import_seen i where i.batch = $5 and i.subject = s.custody)
  and not exists (select from import_seen i where i.batch = $5 and i.subject = s.person)
order by s.custody limit ${PAGE_ROWS}`
