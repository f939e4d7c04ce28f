// Entries for tests of folds, without a database. Imported by tests only.
import type { ActKind, Entry, SectionShapes } from '../kernel/act.ts'
import { derivedId } from '../kernel/ids.ts'
import type { Precision } from '../kernel/time.ts'
import { correctEntry, withdrawEntry } from '../record/acts.ts'

export const testZone = 'America/El_Salvador'
export const testId = (...names: string[]): string => derivedId('test', ...names)

export type EntryOptions = {
  readonly n: number
  readonly at: string
  readonly precision?: Precision
  readonly zone?: string
  readonly custody?: string
  readonly person?: string
  readonly recordedAt?: string
}

/** An entry as the record would make it of these data; the act's own schema checks them and fills in defaults. */
export function makeEntry<S extends SectionShapes>(kind: ActKind<S>, data: object, options: EntryOptions): Entry {
  const { n, at, precision = 'second', zone = testZone } = options
  const custody = options.custody ?? testId('custody')
  const person = options.person ?? testId('person')
  const given = data as Record<string, Record<string, unknown>>
  const begins = kind.begins === true
  const sections = kind.data.parse({
    ...given,
    person: { custody, ...(begins && { person }), ...given.person },
    ...(begins && { place: { facility: 'TEC', ...given.place } }),
  }) as Record<string, Record<string, unknown>>
  if (begins) sections.person = { ...sections.person, registerNumber: 'TEC-26-000001' }
  return {
    n,
    id: testId('entry', String(n)),
    kind: kind.kind,
    v: kind.v,
    facility: 'TEC',
    custody,
    person,
    nth: n,
    occurredAt: { at, precision, zone },
    recordedAt: options.recordedAt ?? at,
    via: 'console',
    sections,
  }
}

/** A correction of `target` that gives these sections anew; `moves` takes the correction's time too. */
export function makeCorrection(
  target: Entry,
  sections: Entry['sections'],
  options: EntryOptions,
  moves = false,
): Entry {
  const { act, ...others } = sections
  const replaces = Object.keys(sections)
  const entry = makeEntry(
    correctEntry,
    { ...others, act: { entry: target.id, reason: 'test', replaces, moves, ...(act && { data: act }) } },
    { ...options, ...(target.custody !== undefined && { custody: target.custody }) },
  )
  return { ...entry, amends: target.id }
}

export function makeWithdrawal(target: Entry, options: EntryOptions): Entry {
  const about = { ...options, ...(target.custody !== undefined && { custody: target.custody }) }
  return { ...makeEntry(withdrawEntry, { act: { entry: target.id, reason: 'test' } }, about), amends: target.id }
}
