import { derivedId } from '../kernel/ids.ts'
import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import { departDraft, onDay } from './decide.ts'
import { GONE, type History, ROSTER } from './history.ts'
import { type ImportPort, ownAct } from './port.ts'

const PAGE_ROWS = 2_000
const NIL = '00000000-0000-0000-0000-000000000000'

/**
 * The bulk answer to `gone-from-roster`: everybody whom the lists of a facility lack since `until` or before is entered
 * as having left, nobody knows how (`custody.depart`, `as: unknown`), on the first day that lacked them, naming the
 * file. A decision of people, never made by an import. `reason` says on what ground.
 */
export async function resolveGone(
  port: ImportPort,
  { facility, until, reason }: { facility: string; until: string; reason: string },
): Promise<{ departed: number } | Refusal> {
  const [place] = await port.database.rows<{ zone: string }>('select zone from facility where code = $1', [facility])
  let departed = 0
  for (let after = NIL; place !== undefined; ) {
    const rows = await port.database.rows<{ custody: string; row_key: string; file: string; history: History }>(
      `select custody, row_key, file, history from source_row
       where facility = $1 and custody > $2 and not on_roster and departed is null order by custody limit ${PAGE_ROWS}`,
      [facility, after],
    )
    const last = rows.at(-1)
    if (!last) break
    const acts = rows.flatMap(({ custody, row_key, file, history }) => {
      const day = goneSince(history)
      if (day === undefined || day > until) return []
      const source = { file, row: row_key, profile: 'resolve-gone' }
      const draft = departDraft(custody, onDay(day, place.zone), source, reason)
      return [ownAct(draft, derivedId('resolve-gone', facility, day), custody, port.actor)]
    })
    if (acts.length > 0) {
      const refused = (await port.appendBulk(acts)).find(isRefusal)
      if (refused) return refused
      departed += acts.length
    }
    after = last.custody
  }
  return { departed }
}

/** The first day of the lists' last unbroken silence about somebody. */
function goneSince(history: History): string | undefined {
  const said = history[ROSTER] ?? []
  let since: string | undefined
  for (let i = said.length - 1; i >= 0 && said[i]?.[1] === GONE; i--) since = said[i]?.[0]
  return since
}
