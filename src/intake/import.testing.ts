/** An import port over a test record: what the house gives, without its signer. Imported by tests only. */
import type { TestContext } from 'node:test'
import { room as custody } from '../custody/room.ts'
import type { Act } from '../kernel/act.ts'
import type { Clock, Tx } from '../kernel/ports.ts'
import { isRefusal } from '../kernel/refusal.ts'
import type { Room } from '../kernel/register.ts'
import { room as law } from '../law/room.ts'
import { room as people } from '../people/room.ts'
import { room as places } from '../places/room.ts'
import type { Database } from '../platform/database.ts'
import { freshDatabase } from '../platform/testing.ts'
import { openTestRecord, type TestRecord, testActor } from '../record/testing.ts'
import { room as standards } from '../standards/room.ts'
import type { ImportPort } from './port.ts'
import { room as intake } from './room.ts'

export const importRooms: readonly Room[] = [people, places, custody, law, standards, intake]

export type TestHouse = TestRecord & { readonly database: Database; readonly port: ImportPort }

/** The clock stands still, so that what is in the future of an import is so on every day. */
export async function openImportHouse(t: Pick<TestContext, 'after'>, now: string): Promise<TestHouse> {
  const database = await freshDatabase(t)
  const clock: Clock = { now: () => Temporal.Instant.from(now) }
  const test = openTestRecord(database, importRooms, { clock })
  return { ...test, database, port: importPort(test, database, clock) }
}

/** What an import needs, over a test record. */
export function importPort({ runner, sequencer }: TestRecord, database: Database, clock: Clock): ImportPort {
  const appendBulk = async (acts: readonly Act[], alsoWrite?: (tx: Tx) => void) => {
    let placed: { committed(): void; failed(): void } | undefined
    const outcomes = await runner.submitAll(acts, async (tx, appended) => {
      placed = await sequencer.within(tx, appended)
      alsoWrite?.(tx)
    })
    if (outcomes.some(isRefusal)) placed?.failed()
    else placed?.committed()
    return outcomes
  }
  return { database, clock, actor: testActor, appendBulk }
}
