import { randomUUID } from 'node:crypto'
import type { Act, Entry } from '../src/kernel/act.ts'
import { connectDatabase, type Database } from '../src/platform/database.ts'
import { print, quantile, type Round, timed } from './figure.ts'
import { type BenchHouse, commitMsOf, countEntries, openHouse, share, startServer, submit } from './house.ts'
import { admission, note } from './people.ts'
import { auditData, entriesAfter, lastN, writtenBy } from './rows.ts'
import { plainAct } from './yardsticks/plain.ts'
import { rawAct } from './yardsticks/raw.ts'
import { oneStatement } from './yardsticks/statement.ts'
import { copyTables } from './yardsticks/tables.ts'

export type Options = { readonly rounds: number | undefined; readonly quick: boolean }

/** Each yardstick writes into tables of its own: all of them write the same rows. */
const SCHEMAS = ['plain', 'plain_audit', 'raw'] as const
type Schema = (typeof SCHEMAS)[number]

const CALLERS = [1, 8, 20] as const

/** `note.add` and `custody.admit`, from validated act to committed receipt with its promise, against plain applications. */
export async function benchRecord({ rounds: wanted, quick }: Options): Promise<void> {
  const server = await startServer()
  const house = await openHouse(server, 'record')
  const people = quick ? 40 : 2_000
  const custodies = Array.from({ length: people }, () => randomUUID())
  for (const some of share(custodies, 500)) await house.appendBulk(some.map((custody) => admission(custody)))
  for (const schema of SCHEMAS) await copyTables(house.database, schema, house.record.registry.registers)
  const plain = connectDatabase(house.database.connectionString, { connectionsMax: Math.max(...CALLERS) })
  const commitMs = await commitMsOf(house.database)

  const acts = {
    'note.add': () => note(custodies[Math.floor(Math.random() * people)] as string),
    'custody.admit': () => admission(),
  }
  for (const [kind, make] of Object.entries(acts)) {
    for (const callers of CALLERS) {
      const rounds = wanted ?? (quick ? 1 : callers === 1 ? 10 : 20)
      const bench: Bench = { house, plain, make, callers, acts: quick ? 20 : callers === 1 ? 100 : 400 }
      const measured: RoundTimes[] = []
      // The first round fills caches and prepares statements, and is not counted.
      for (let i = 0; i <= rounds; i++) {
        const times = await round(bench)
        if (i > 0) measured.push(times)
        else await house.database.rows('analyze')
      }
      const rows = await countEntries(house)
      report(`record/${kind}`, callers, measured, { rows, commitMs })
    }
  }
  await plain.close()
  await house.close()
  await server.stop()
}

type Bench = { house: BenchHouse; plain: Database; make: () => Act; callers: number; acts: number }
type RoundTimes = { ours: number; p50: number } & Record<Schema, number>

/** One round: ours, then each yardstick with the very rows that ours wrote. Microseconds an act. */
async function round({ house, plain, make, callers, acts: count }: Bench): Promise<RoundTimes> {
  const acts = Array.from({ length: count }, make)
  const before = await lastN(house)
  const single: number[] = []
  const each = 1_000 / count
  const ours = await timed(() =>
    spread(acts, callers, async (act) => single.push(await timed(() => submit(house.runner, act)))),
  )
  await house.sequencer.pass()
  const entries = await entriesAfter(house, before)
  const yardstick = async (schema: Schema) => {
    const work = entries.map((entry) => ({ entry, statement: statementOf(house, schema, entry) }))
    const took = await timed(() =>
      spread(work, callers, ({ entry, statement }) =>
        schema === 'raw' ? rawAct(plain, statement) : plainAct(plain, schema, subjectsOf(entry), statement),
      ),
    )
    return took * each
  }
  return {
    ours: ours * each,
    p50: quantile(single, 0.5) * 1_000,
    plain: await yardstick('plain'),
    plain_audit: await yardstick('plain_audit'),
    raw: await yardstick('raw'),
  }
}

function statementOf(house: BenchHouse, schema: Schema, entry: Entry) {
  const { changes } = writtenBy(house, [entry])
  if (schema !== 'plain_audit') return oneStatement(schema, changes)
  const actor = entry.person as string
  const audit = { actor, kind: entry.kind, custody: entry.custody ?? null, data: auditData(entry) }
  return oneStatement(schema, changes, audit)
}

const subjectsOf = ({ custody, person }: Entry) => ({ custody: custody as string, person: person as string })

/** Callers who each wait for their answer before they come again. */
async function spread<T>(items: readonly T[], callers: number, work: (item: T) => Promise<unknown>): Promise<void> {
  let next = 0
  const caller = async () => {
    while (next < items.length) await work(items[next++] as T)
  }
  await Promise.all(Array.from({ length: callers }, caller))
}

function report(
  name: string,
  callers: number,
  measured: RoundTimes[],
  facts: { rows: number; commitMs: number },
): void {
  if (callers === 1) {
    const rounds = measured.map(({ p50 }) => ({ value: p50 / 1_000 }))
    print({ name: `${name}/1-caller/p50`, unit: 'ms', rounds, ...facts })
  }
  const against = { plain: 'plain application', plain_audit: 'plain application with a jsonb audit row', raw: 'raw' }
  const who = callers === 1 ? '1-caller' : `${callers}-callers`
  for (const schema of SCHEMAS) {
    const rounds: Round[] = measured.map((times) => ({ value: times.ours, yardstick: times[schema] }))
    const unit = 'µs an act'
    print({ name: `${name}/${who}/${schema.replace('_', '-')}`, unit, yardstick: against[schema], rounds, ...facts })
  }
}
