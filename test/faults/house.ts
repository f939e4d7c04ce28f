// A house for the crash points: a record with its rooms over one connection string, made of nothing but what survives a
// process (the database, the folder, the wrap pair of the facility).

import { importPort, importRooms } from '../../src/intake/import.testing.ts'
import type { ImportPort } from '../../src/intake/port.ts'
import type { Act } from '../../src/kernel/act.ts'
import type { Clock } from '../../src/kernel/ports.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import type { Room } from '../../src/kernel/register.ts'
import { oversightEffects } from '../../src/oversight/effects.ts'
import { room as oversight } from '../../src/oversight/room.ts'
import { connectDatabase, type Database } from '../../src/platform/database.ts'
import type { makeWrapPair } from '../../src/record/keys.ts'
import { openTestRecord, type TestRecord } from '../../src/record/testing.ts'
import type { Acknowledged } from './invariants.ts'

export const ORIGIN = 'habeas.example/faults'

/** What a process finds when it begins, and what the one after it will find. */
export type Given = {
  readonly connectionString: string
  readonly wrap: ReturnType<typeof makeWrapPair>
  /** A folder of its own for files. */
  readonly folder: string
  /** Where the signer listens, for scenarios that sign. */
  readonly signerSocket?: string
  readonly now: string
}

export type House = TestRecord & {
  readonly given: Given
  readonly database: Database
  readonly clock: Clock
  readonly port: ImportPort
  /** Acts in one group: their subjects must differ. A refusal is a failure of the scenario. */
  submit(...acts: readonly Act[]): Promise<void>
  readonly acknowledged: Acknowledged[]
  close(): Promise<void>
}

export const rooms: readonly Room[] = [...importRooms, oversight]

/** `onAcknowledged` hears of each act at once, as a client does. */
export function openHouse(given: Given, onAcknowledged: (answer: Acknowledged) => void = () => undefined): House {
  // One connection: the statements of a scenario then come in one order, always.
  const database = connectDatabase(given.connectionString, { connectionsMax: 1 })
  const clock: Clock = { now: () => Temporal.Instant.from(given.now) }
  const test = openTestRecord(database, rooms, {
    clock,
    wrap: given.wrap,
    effects: (record) => oversightEffects(record, given.wrap.publicKey),
  })
  const acknowledged: Acknowledged[] = []
  const acknowledge = (act: string, entry: string) => {
    acknowledged.push({ act, entry })
    onAcknowledged({ act, entry })
  }
  const port = importPort(test, database, clock)
  return {
    ...test,
    given,
    database,
    clock,
    acknowledged,
    port: {
      ...port,
      async appendBulk(acts, alsoWrite) {
        const outcomes = await port.appendBulk(acts, alsoWrite)
        for (const outcome of outcomes) if (!isRefusal(outcome)) acknowledge(outcome.act, outcome.entry)
        return outcomes
      },
    },
    async submit(...acts) {
      const settled = await Promise.allSettled(
        acts.map(async (act) => {
          const outcome = await test.runner.submit(act)
          if (isRefusal(outcome)) throw new Error(`${act.kind.kind} was refused: ${JSON.stringify(outcome)}`)
          acknowledge(outcome.act, outcome.entry)
        }),
      )
      const failed = settled.find((outcome) => outcome.status === 'rejected')
      if (failed) throw failed.reason
    },
    close: () => database.close(),
  }
}
