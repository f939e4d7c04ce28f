import type { Act, Entry } from '../src/kernel/act.ts'
import { audit } from '../src/record/audit.ts'
import { replay } from '../src/record/replay.ts'
import { logVerifierKeys } from '../src/signer/client.ts'
import { print, timed } from './figure.ts'
import { type BenchHouse, commitMsOf, countEntries, openHouse, share, startServer } from './house.ts'
import { loadFacility, peopleBatches } from './population.ts'
import type { Options } from './record.ts'
import { auditData, entriesAfter, lastN, type Written, writtenBy } from './rows.ts'
import { reportStarts } from './start.ts'
import { copyTables } from './yardsticks/tables.ts'
import { unnestBatch } from './yardsticks/unnest.ts'

const PEOPLE = 40_000
const ROUNDS = 10

/**
 * The reference population in bulk, cut into rounds: each loads its share of the people, then the yardsticks write the
 * same register rows into tables that have grown as ours have. After each, the whole record is audited and replayed.
 */
export async function benchLoad({ rounds = ROUNDS, quick }: Options): Promise<void> {
  const server = await startServer()
  const house = await openHouse(server, 'load')
  await loadFacility(house)
  for (const schema of ['raw', 'raw_audit']) await copyTables(house.database, schema, house.record.registry.registers)
  const commitMs = await commitMsOf(house.database)
  const batches = [...peopleBatches(quick ? 200 : PEOPLE)]
  const perRound = Math.ceil(batches.length / rounds)
  const verifierKeys = logVerifierKeys(house.config.origin, house.signerKeys)

  const measured: { entries: number; ours: number; raw: number; rawAudit: number; checked: number }[] = []
  for (const some of share(batches, perRound)) {
    const entries = some.reduce((sum, { length }) => sum + length, 0)
    const loaded = await loadRound(house, some)
    const size = await countEntries(house)
    const checkMs = await timed(async () => {
      const { problems } = await audit(house.record, house.database, verifierKeys)
      const { differences } = await replay(house.record, house.database)
      if (problems.length + differences.length > 0) throw new Error('the record did not pass its audit')
    })
    measured.push({ entries, ...loaded, checked: (size / checkMs) * 1_000 })
  }
  const rows = await countEntries(house)
  const perSecond = (entries: number, ms: number) => (entries / ms) * 1_000
  const facts = { rows, commitMs }
  print({
    name: 'load/bulk/raw-unnest',
    unit: 'µs an entry',
    yardstick: 'raw unnest',
    rounds: measured.map(({ entries, ours, raw }) => ({
      value: (ours / entries) * 1_000,
      yardstick: (raw / entries) * 1_000,
    })),
    ...facts,
  })
  print({
    name: 'load/bulk/raw-unnest-audit',
    unit: 'µs an entry',
    yardstick: 'raw unnest with a jsonb audit row an act',
    rounds: measured.map(({ entries, ours, rawAudit }) => ({
      value: (ours / entries) * 1_000,
      yardstick: (rawAudit / entries) * 1_000,
    })),
    ...facts,
  })
  print({
    name: 'load/audit-and-replay/bulk',
    unit: 'entries/s',
    yardstick: 'bulk load',
    rounds: measured.map(({ entries, ours, checked }) => ({ value: checked, yardstick: perSecond(entries, ours) })),
    ...facts,
  })
  await house.close()
  await reportStarts(server.folder, quick ? 50 : PEOPLE, facts)
  await server.stop()
}

/** Loads the batches and has the tree signed, then writes the same rows with each yardstick. Milliseconds. */
async function loadRound(house: BenchHouse, batches: readonly Act[][]) {
  let before = await lastN(house)
  const ours = await timed(async () => {
    for (const acts of batches) await house.appendBulk(acts)
    await house.settle()
  })
  const entries = await entriesAfter(house, before)
  const written: Written[] = []
  for (const { length } of batches) {
    // Numbers are drawn in one piece under the batch's locks, so a batch's entries follow each other.
    const some = entries.filter(({ n }) => n > before).slice(0, length)
    before = (some.at(-1) as Entry).n
    written.push(writtenBy(house, some))
  }
  const raw = await timed(async () => {
    for (const { changes } of written) await unnestBatch(house.database, 'raw', changes)
  })
  const audits = written.map(({ entries: some }) => some.map(auditOf))
  const rawAudit = await timed(async () => {
    for (const [i, { changes }] of written.entries()) {
      await unnestBatch(house.database, 'raw_audit', changes, audits[i])
    }
  })
  return { ours, raw, rawAudit }
}

const auditOf = (entry: Entry) => ({
  actor: entry.person ?? entry.id,
  kind: entry.kind,
  custody: entry.custody ?? null,
  data: auditData(entry),
})
