import type { Entry, Section, SystemFields } from '../kernel/act.ts'
import { facilitySubject } from '../kernel/ids.ts'
import type { Sql } from '../kernel/ports.ts'
import { KeyMissing, type KeyRing, KeyUnreadable, keyIdOf } from './keys.ts'
import { liftEntry } from './lift.ts'
import type { Registry } from './registry.ts'
import { type Opened, unseal } from './seal.ts'

/** An entry as it lies in the database. */
export type StoredEntry = {
  readonly n: number
  readonly id: string
  readonly kind: string
  readonly v: number
  readonly facility: string
  readonly custody: string | null
  readonly nth: number | null
  readonly officer: string
  readonly recorded: string
  readonly envelope: Buffer
  readonly sealed: Buffer
  readonly staff: Buffer
  readonly batch: string | null
  readonly amends: string | null
  readonly key_version: number
}

export const STORED =
  'n, id, kind, v, facility, custody, nth, officer, recorded, envelope, sealed, staff, batch, amends, key_version'

/** The key under which an entry's sections lie (all but `staff`). */
export const keyOf = (stored: { custody: string | null; facility: string; key_version: number }): string =>
  keyIdOf(stored.custody ?? facilitySubject(stored.facility), stored.key_version)

/** Loads the keys that these entries need; those that are gone stay away and their sections stay closed. */
export async function loadKeys(
  sql: Sql,
  keys: KeyRing,
  stored: readonly StoredEntry[],
  withStaff = false,
): Promise<void> {
  const subjects = new Set<string>()
  for (const entry of stored) {
    subjects.add(keyOf(entry))
    if (withStaff) subjects.add(entry.officer)
  }
  await keys.load(sql, [...subjects])
}

/**
 * As `loadKeys`, for checking: a stored key that was changed, or whose epoch key is gone, closes its own entries, which
 * are returned, and no others.
 */
export async function loadIntactKeys(
  sql: Sql,
  keys: KeyRing,
  stored: readonly StoredEntry[],
  withStaff = false,
): Promise<ReadonlySet<StoredEntry>> {
  const closed = new Set<StoredEntry>()
  try {
    await loadKeys(sql, keys, stored, withStaff)
  } catch (error) {
    if (!isSpoilt(error)) throw error
    for (const one of stored) {
      await loadKeys(sql, keys, [one], withStaff).catch((cause: unknown) => {
        if (!isSpoilt(cause)) throw cause
        closed.add(one)
      })
    }
  }
  return closed
}

const isSpoilt = (error: unknown): boolean => error instanceof KeyUnreadable || error instanceof KeyMissing

/** The disclosures of an entry; empty for what was expunged. Load the keys first. */
export function disclosuresOf(stored: StoredEntry, keys: KeyRing, withStaff = false): Opened[] {
  const subject = keys.find(keyOf(stored))
  const opened = subject && stored.sealed.length > 0 ? unseal(subject, stored.sealed) : []
  if (!withStaff) return opened
  const officer = keys.find(stored.officer)
  return officer && stored.staff.length > 0 ? [...opened, ...unseal(officer, stored.staff)] : opened
}

/**
 * The entry as folds and readers see it, in the newest version of its kind. Load the keys first. Staff sections stay
 * closed: no register holds them.
 */
export const openEntry = (stored: StoredEntry, { keys, registry }: Opener): Entry =>
  entryWith(stored, disclosuresOf(stored, keys), registry)

/** What opens entries: the keys, and the acts that know older versions. */
export type Opener = { readonly keys: KeyRing; readonly registry: Pick<Registry, 'acts'> }

/** The entry from disclosures that were opened already. */
export function entryWith(
  stored: StoredEntry,
  disclosures: readonly Opened[],
  { acts }: Pick<Registry, 'acts'>,
): Entry {
  const sections: Partial<Record<Section, Record<string, unknown>>> = {}
  for (const { section, value } of disclosures) if (section !== 'staff') sections[section] = value
  return liftEntry(acts.get(stored.kind), entryOf(stored, sections))
}

/** What the columns and the sealed system fields say together. A record of an expunged entry keeps its columns only. */
export function entryOf(
  stored: Pick<
    StoredEntry,
    'n' | 'id' | 'kind' | 'v' | 'facility' | 'custody' | 'nth' | 'recorded' | 'batch' | 'amends' | 'officer'
  >,
  sections: Entry['sections'],
): Entry {
  const system = (stored.custody === null ? sections.act : sections.person) as Partial<SystemFields> | undefined
  return {
    n: stored.n,
    id: stored.id,
    kind: stored.kind,
    v: stored.v,
    facility: stored.facility,
    ...(stored.custody !== null && { custody: stored.custody }),
    ...(stored.nth !== null && { nth: stored.nth }),
    ...(system?.person !== undefined && { person: system.person }),
    occurredAt: system?.occurredAt ?? { at: stored.recorded, precision: 'second', zone: 'UTC' },
    recordedAt: system?.recordedAt ?? stored.recorded,
    via: system?.via ?? 'service',
    ...(system?.clockOff !== undefined && { clockOff: system.clockOff }),
    ...(stored.batch !== null && { batch: stored.batch }),
    ...(stored.amends !== null && { amends: stored.amends }),
    officer: stored.officer,
    sections,
  }
}
