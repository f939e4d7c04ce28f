/**
 * An entry's sections as fields that can be corrected one by one, and back. What the record added by itself is no part
 * of what somebody said, and is left out on the way.
 */

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type Sections = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** One value somewhere in a section: `['names', 0, 'family1']`. */
export type Leaf = {
  readonly section: string
  readonly path: readonly (string | number)[]
  readonly value: string | number | boolean | null
}

const SYSTEM = new Set(['nth', 'occurredAt', 'recordedAt', 'via', 'clockOff', 'registerNumber', 'batch'])
/** Which person and which facility an entry is about is not corrected field by field. */
const SUBJECT = new Set(['person.person', 'place.facility'])

export const isSubject = (leaf: Pick<Leaf, 'section' | 'path'>): boolean => SUBJECT.has(keyOf(leaf))
/** Acts that begin a custody say themselves who the person is; in all others the record adds it. */
const BEGIN = new Set(['custody.admit', 'custody.recapture'])

/** What the act itself said in a section. The address of the act (`custody`) is not corrected. */
export function ownOf(
  kind: string,
  section: string,
  value: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const carrier = section === 'person' || section === 'act'
  return Object.fromEntries(
    Object.entries(value).filter(
      ([key]) =>
        !(carrier && SYSTEM.has(key)) &&
        !(section === 'person' && key === 'custody') &&
        !(carrier && key === 'person' && !(BEGIN.has(kind) && section === 'person')),
    ),
  )
}

export const keyOf = ({ section, path }: Pick<Leaf, 'section' | 'path'>): string => [section, ...path].join('.')

export function leavesOf(section: string, value: unknown, path: readonly (string | number)[] = []): Leaf[] {
  if (Array.isArray(value)) return value.flatMap((one, index) => leavesOf(section, one, [...path, index]))
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, one]) => leavesOf(section, one, [...path, key]))
  return value === undefined ? [] : [{ section, path, value: value as Leaf['value'] }]
}

/** What was typed, as a value of the kind that stood there. Nothing typed takes the field away. */
export function readAs(before: Leaf['value'], typed: string): Leaf['value'] | undefined {
  if (typed === '') return undefined
  if (typeof before === 'boolean') return typed === 'true'
  if (typeof before === 'number') return Number.isFinite(Number(typed)) ? Number(typed) : before
  return typed
}

/** The section with some of its leaves changed; `changed` is by `keyOf`. */
export function withChanges(
  section: string,
  value: unknown,
  changed: Readonly<Record<string, string>>,
  path: readonly (string | number)[] = [],
): Json | undefined {
  if (Array.isArray(value))
    return value
      .map((one, index) => withChanges(section, one, changed, [...path, index]))
      .filter((one) => one !== undefined)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, one]) => {
        const next = withChanges(section, one, changed, [...path, key])
        return next === undefined ? [] : [[key, next]]
      }),
    )
  const typed = changed[keyOf({ section, path })]
  return typed === undefined ? (value as Json) : readAs(value as Leaf['value'], typed)
}
