// Helpers for tests of the record and the rooms. Imported by tests only.
import { randomBytes } from 'node:crypto'
import type { Act, ActKind, Actor } from '../kernel/act.ts'
import { derivedId, timeId } from '../kernel/ids.ts'
import type { Clock, Promiser, Sql, Transactions } from '../kernel/ports.ts'
import { systemClock } from '../kernel/ports.ts'
import type { Room } from '../kernel/register.ts'
import { recordActs, recordRefusals } from './acts.ts'
import type { RecordContext } from './context.ts'
import { KeyRing, makeWrapPair } from './keys.ts'
import { buildRegistry } from './registry.ts'
import { type Effect, Runner } from './runner.ts'
import { Sequencer } from './sequencer.ts'

export const recordRoom: Room = { name: 'record', acts: [...recordActs], registers: [], refusals: recordRefusals }

export const silentPromiser: Promiser = { promise: async () => undefined }

export type TestRecord = { record: RecordContext; runner: Runner; sequencer: Sequencer }

/** A record over a migrated database, without a signer. Give several the same `wrap` to open each other's entries. */
export function openTestRecord(
  database: Sql & Transactions,
  rooms: readonly Room[],
  {
    clock = systemClock,
    promiser = silentPromiser,
    wrap = makeWrapPair(),
    effects,
  }: {
    clock?: Clock
    promiser?: Promiser
    wrap?: ReturnType<typeof makeWrapPair>
    effects?: (record: RecordContext) => ReadonlyMap<string, Effect>
  } = {},
): TestRecord {
  const record = {
    registry: buildRegistry([recordRoom, ...rooms]),
    keys: new KeyRing(wrap, makeWrapPair().publicKey),
    clock,
  }
  const carryOut = effects?.(record)
  const runner = new Runner({ record, database, promiser, ...(carryOut && { effects: { database, carryOut } }) })
  return { record, runner, sequencer: new Sequencer(database) }
}

export const testActor: Actor = { officer: derivedId('officer', 'test'), role: 'registrar' }

/** An act ready for the runner; data is checked by the act's own schema, so a wrong test fails at once. */
export function makeAct(
  kind: ActKind,
  data: unknown,
  options: Partial<Omit<Act, 'kind' | 'data'>> & { at?: string } = {},
): Act {
  const { at = '2026-03-01T12:00:00Z', ...rest } = options
  return {
    id: timeId(),
    part: 0,
    kind,
    data: kind.data.parse(data) as Act['data'],
    occurredAt: { at, precision: 'second', zone: 'America/El_Salvador' },
    via: 'console',
    actor: testActor,
    mac: randomBytes(32),
    ...rest,
  }
}
