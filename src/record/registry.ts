import type { ActKind } from '../kernel/act.ts'
import type { RefusalCatalogue } from '../kernel/refusal.ts'
import type { Register, Room } from '../kernel/register.ts'
import { CORRECT, WITHDRAW } from './effective.ts'

/** All acts, registers and refusals of the rooms, looked up by kind. */
export type Registry = {
  readonly acts: ReadonlyMap<string, ActKind>
  readonly registers: readonly Register[]
  readonly refusals: RefusalCatalogue
  /** Constraints that speak for an intention: name → refusal code. An amendment may run into any of them. */
  readonly constraints: Readonly<Record<string, string>>
  /** Kinds whose entries the folds of a scope read: what must be loaded before such a fold is recomputed. */
  readonly folded: Readonly<Record<'custody' | 'person' | 'facility', ReadonlySet<string>>>
}

/** Builds the registry; throws when two rooms claim the same act, table or refusal code. */
export function buildRegistry(rooms: readonly Room[]): Registry {
  const acts = new Map<string, ActKind>()
  const tables = new Set<string>()
  const refusals: Record<string, RefusalCatalogue[string]> = {}
  for (const room of rooms) {
    for (const act of room.acts) {
      if (acts.has(act.kind)) throw new Error(`act ${act.kind} is defined twice`)
      acts.set(act.kind, act)
    }
    for (const { table } of room.registers) {
      if (tables.has(table)) throw new Error(`register ${table} is defined twice`)
      tables.add(table)
    }
    for (const [code, spec] of Object.entries(room.refusals)) {
      if (refusals[code]) throw new Error(`refusal ${code} is defined twice`)
      refusals[code] = spec
    }
  }
  const registers = rooms.flatMap((room) => room.registers)
  const kindsOf = (scope: Register['scope']) =>
    new Set(registers.filter((register) => register.scope === scope).flatMap((register) => register.kinds))
  return {
    acts,
    registers,
    refusals,
    constraints: Object.assign({}, ...[...acts.values()].map((act) => act.constraints ?? {})),
    folded: { custody: kindsOf('custody'), person: kindsOf('person'), facility: kindsOf('facility') },
  }
}

export const isAmendment = (kind: string): boolean => kind === CORRECT || kind === WITHDRAW
