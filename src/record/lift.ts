import type { ActKind, Entry, Section } from '../kernel/act.ts'

type Value = Readonly<Record<string, unknown>>

/** A section as the newest version of its kind has it, from how version `v` had it. */
export function liftSection(kind: ActKind, section: Section, value: Value, v: number): Value {
  let lifted = value
  for (let from = v; from < kind.v; from++) lifted = kind.upcasters?.[from]?.[section]?.(lifted) ?? lifted
  return lifted
}

/**
 * An entry in the newest shape of its kind: what folds, decisions and readers see, so that none of them knows older ones.
 * The sealed bytes stay what they are. An entry of a kind that is no longer known comes back as it is.
 * @throws when the entry is of a newer version than this program knows: it would be misread
 */
export function liftEntry(kind: ActKind | undefined, entry: Entry): Entry {
  if (kind === undefined || (entry.v === kind.v && kind.upcasters === undefined)) return entry
  if (entry.v > kind.v)
    throw new Error(`entry ${entry.id} is a ${entry.kind} of version ${entry.v}; this program knows ${kind.v}`)
  const sections: Partial<Record<Section, Value>> = {}
  const recorded: Partial<Record<Section, Value>> = {}
  for (const [name, value] of Object.entries(entry.sections) as [Section, Value][]) {
    const lifted = liftSection(kind, name, value, entry.v)
    sections[name] = lifted
    if (lifted !== value) recorded[name] = value
  }
  const lift = (section: Section, value: Value, v: number) => liftSection(kind, section, value, v)
  return { ...entry, v: kind.v, sections, recorded, lift }
}
