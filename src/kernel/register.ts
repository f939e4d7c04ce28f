import type { ActKind, Entry } from './act.ts'
import type { RefusalCatalogue } from './refusal.ts'

/** Types that a register's column can have. Dates and ranges travel as text. */
export type ColumnType =
  | 'uuid'
  | 'text'
  | 'text[]'
  | 'bigint'
  | 'integer'
  | 'boolean'
  | 'jsonb'
  | 'timestamptz'
  | 'tstzrange'
  | 'date'
  | 'numeric'

export type Columns = Readonly<Record<string, ColumnType>>

type ValueOf<T extends ColumnType> = T extends 'bigint' | 'integer'
  ? number | null
  : T extends 'boolean'
    ? boolean | null
    : T extends 'text[]'
      ? readonly string[] | null
      : T extends 'jsonb'
        ? unknown
        : string | null

export type RowOf<C extends Columns> = { readonly [K in keyof C]: ValueOf<C[K]> }
export type Row = Readonly<Record<string, unknown>>

/**
 * A register is a pure function of entries, recomputed whenever one of them arrives:
 * - scope `entry`: one row (or a few) for each entry, an *event register*;
 * - scope `custody`, `person`, `facility`: a *fold* over the subject's effective entries, oldest first.
 * The record computes the rows before and after, and writes the difference. So any cut into batches and any order of
 * arrival give the same register, and `replay` is the same call from nothing.
 */
export type Register = {
  readonly table: string
  /**
   * Goes up whenever `rows` answers otherwise than before, whatever made it so: a start then makes the register anew.
   * Columns, key and kinds need no new version: they are compared as they are.
   */
  readonly version: number
  /** What else its rows follow from (a digest of the law's packs): where it changes, a start makes the register anew. */
  readonly madeWith?: string
  readonly columns: Columns
  /** Columns that tell rows apart; deleted by these. */
  readonly key: readonly string[]
  readonly scope: 'entry' | 'custody' | 'person' | 'facility'
  readonly kinds: readonly string[]
  readonly rows: (entries: readonly Entry[]) => readonly Row[]
}

/** A fold over all effective entries of a subject. `rows` must look at nothing else: no clock, no configuration. */
export function defineFold<const C extends Columns>(spec: {
  table: string
  /** 1 when absent. */
  version?: number
  madeWith?: string
  columns: C
  key: readonly (keyof C & string)[]
  scope: 'custody' | 'person' | 'facility'
  kinds: readonly string[]
  rows: (entries: readonly Entry[]) => readonly RowOf<C>[]
}): Register {
  return { ...spec, version: spec.version ?? 1 }
}

/** An event register: `rows` names for each kind how its entry becomes rows. */
export function defineEvents<const C extends Columns>(spec: {
  table: string
  /** 1 when absent. */
  version?: number
  columns: C
  key: readonly (keyof C & string)[]
  rows: Readonly<Record<string, (entry: Entry) => readonly RowOf<C>[]>>
}): Register {
  return {
    table: spec.table,
    version: spec.version ?? 1,
    columns: spec.columns,
    key: spec.key,
    scope: 'entry',
    kinds: Object.keys(spec.rows),
    rows: (entries) => entries.flatMap((entry) => spec.rows[entry.kind]?.(entry) ?? []),
  }
}

/** A room as the composition sees it. */
export type Room = {
  readonly name: string
  readonly acts: readonly ActKind[]
  readonly registers: readonly Register[]
  readonly refusals: RefusalCatalogue
}
