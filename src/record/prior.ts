import { type Act, type Entry, HOUSE } from '../kernel/act.ts'
import { facilitySubject } from '../kernel/ids.ts'
import type { Tx } from '../kernel/ports.ts'
import { addressOf, counterKey, type RecordContext, yearOf } from './context.ts'
import { keyIdOf, SELECT_KEYS, type StoredKey } from './keys.ts'
import { keyOf, openEntry, STORED, type StoredEntry } from './open.ts'
import { isAmendment } from './registry.ts'

export type LockedSubject = {
  readonly id: string
  readonly kind: string
  readonly facility: string
  readonly person: string
  readonly nth: number
  readonly key_version: number
}

/** What was locked and loaded before deciding. */
export type Prior = {
  readonly subjects: ReadonlyMap<string, LockedSubject>
  /** Every earlier entry that a fold or a decision of this group looks at, opened. */
  readonly entries: readonly Entry[]
  /** Places in the record for this group, drawn after the locks. */
  readonly numbers: readonly number[]
  readonly counters: ReadonlyMap<string, number>
}

/** First trip: locks every subject in id order, then loads, as statements of their own sent together. */
export async function loadPrior(record: RecordContext, tx: Tx, acts: readonly Act[]): Promise<Prior> {
  const needs = needsOf(record, acts)
  const locked = tx.rows<LockedSubject>(LOCK, [needs.lock, needs.ofPersonOfCustody])
  const strange = needs.custodies.filter((custody) => !record.keys.find(custody))
  const wrapped = strange.length > 0 ? tx.rows<StoredKey>(SELECT_KEYS, [strange]) : undefined
  const stored = [
    needs.ofCustody.length > 0 && tx.rows<StoredEntry>(OF_CUSTODY, [needs.ofCustody, [...needs.custodyKinds]]),
    needs.whole.length > 0 && tx.rows<StoredEntry>(WHOLE_CUSTODY, [needs.whole]),
    needs.ofPeople.length + needs.ofPersonOfCustody.length > 0 &&
      tx.rows<StoredEntry>(OF_PERSON, [needs.ofPeople, needs.ofPersonOfCustody, [...record.registry.folded.person]]),
    needs.ofFacility.length > 0 &&
      tx.rows<StoredEntry>(OF_FACILITY, [
        needs.ofFacility,
        [...record.registry.folded.facility],
        needs.facilityTargets,
      ]),
    needs.consulted.length > 0 && tx.rows<StoredEntry>(OF_HOUSE, [HOUSE, needs.consulted]),
  ]
  const counted =
    needs.counters.length > 0 &&
    tx.rows<{ facility: string; year: number; last: number }>(COUNTERS, [
      needs.counters.map(({ facility }) => facility),
      needs.counters.map(({ year }) => year),
    ])
  const numbers = tx.rows<{ n: number }>("select nextval('entry_n') as n from generate_series(1, $1)", [acts.length])

  const [subjects, keys, counters, ns, ...loaded] = await Promise.all([locked, wrapped, counted, numbers, ...stored])
  if (keys) await record.keys.open(tx, keys)
  const rows = new Map(loaded.flatMap((some) => some || []).map((row) => [row.id, row]))
  const custodies = new Set(needs.custodies)
  // A key that was exchanged since this process met it is known by its version, seen under the lock.
  const current = subjects.filter(({ id }) => custodies.has(id)).map(({ id, key_version }) => keyIdOf(id, key_version))
  const earlier = [...rows.values()].filter(({ custody }) => custody !== null).map(keyOf)
  await record.keys.load(tx, [...new Set([...current, ...earlier])])
  return {
    subjects: new Map(subjects.map((subject) => [subject.id, subject])),
    entries: [...rows.values()].map((row) => openEntry(row, record)),
    numbers: ns.map(({ n }) => n),
    counters: new Map((counters || []).map(({ facility, year, last }) => [counterKey(facility, year), last])),
  }
}

type Needs = {
  lock: string[]
  custodies: string[]
  custodyKinds: ReadonlySet<string>
  ofCustody: string[]
  whole: string[]
  ofPeople: string[]
  ofPersonOfCustody: string[]
  ofFacility: string[]
  facilityTargets: string[]
  /** Kinds of the installation's own entries that a decision looks at. */
  consulted: string[]
  counters: { facility: string; year: number }[]
}

/** A fold is recomputed from all its entries, so they are loaded when one of its kinds comes; a plain note loads none. */
function needsOf(record: RecordContext, acts: readonly Act[]): Needs {
  const { folded } = record.registry
  const sets = {
    lock: new Set<string>(),
    custodies: new Set<string>(),
    ofCustody: new Set<string>(),
    whole: new Set<string>(),
    ofPeople: new Set<string>(),
    ofPersonOfCustody: new Set<string>(),
    ofFacility: new Set<string>(),
    facilityTargets: new Set<string>(),
    consulted: new Set<string>(),
  }
  const counters = new Map<string, { facility: string; year: number }>()
  for (const act of acts) {
    const { kind } = act
    const { custody, facility } = addressOf(act)
    for (const id of kind.also?.(act.data as never) ?? []) sets.lock.add(id)
    for (const consulted of kind.consults ?? []) sets.consulted.add(consulted)
    if (custody === undefined) {
      if (folded.facility.has(kind.kind) || isAmendment(kind.kind) || kind.decide) sets.ofFacility.add(facility)
      if (isAmendment(kind.kind)) sets.facilityTargets.add(act.data.act?.entry as string)
      continue
    }
    sets.lock.add(custody)
    if (kind.begins) {
      const person = act.data.person?.person as string
      sets.lock.add(person)
      if (folded.person.has(kind.kind)) sets.ofPeople.add(person)
      const year = yearOf(act.occurredAt)
      counters.set(counterKey(facility, year), { facility, year })
      continue
    }
    sets.custodies.add(custody)
    if (isAmendment(kind.kind) || kind.decide) sets.whole.add(custody)
    else if (folded.custody.has(kind.kind)) sets.ofCustody.add(custody)
    if (isAmendment(kind.kind) || folded.person.has(kind.kind)) sets.ofPersonOfCustody.add(custody)
  }
  const lists = Object.fromEntries(Object.entries(sets).map(([name, set]) => [name, [...set]])) as {
    [K in keyof typeof sets]: string[]
  }
  const sorted = [...counters.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, counter]) => counter)
  return { ...lists, custodyKinds: folded.custody, counters: sorted }
}

/** Keys of officers and facilities exist before a group's transaction begins: nothing of theirs is locked or written. */
export async function ensureKeys(
  record: RecordContext,
  acts: readonly Act[],
  run: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
): Promise<void> {
  const wanted = new Map<string, { id: string; kind: 'officer' | 'facility'; facility: string }>()
  for (const act of acts) {
    const { custody, facility } = addressOf(act)
    const officer = act.actor.officer
    if (!record.keys.find(officer)) wanted.set(officer, { id: officer, kind: 'officer', facility: HOUSE })
    const subject = facilitySubject(facility)
    if (custody === undefined && !record.keys.find(subject))
      wanted.set(subject, { id: subject, kind: 'facility', facility })
    const house = facilitySubject(HOUSE)
    if (act.kind.consults && !record.keys.find(house))
      wanted.set(house, { id: house, kind: 'facility', facility: HOUSE })
  }
  if (wanted.size === 0) return
  await run(async (tx) => {
    for (const subject of [...wanted.values()].sort((a, b) => (a.id < b.id ? -1 : 1)))
      await record.keys.ensure(tx, subject)
  })
}

const LOCK = `
select id, kind, facility, person, nth, key_version from subject
where id = any($1::uuid[] || array(select person from subject where id = any($2::uuid[])))
order by id for update`
const AMENDING = "'{entry.correct,entry.withdraw}'::text[]"
const OF_CUSTODY = `select ${STORED} from entry where custody = any($1::uuid[]) and kind = any($2::text[] || ${AMENDING}) order by n`
const WHOLE_CUSTODY = `select ${STORED} from entry where custody = any($1::uuid[]) order by n`
const OF_PERSON = `
select ${STORED} from entry
where custody = any(array(select id from subject where kind = 'custody' and person = any(
    $1::uuid[] || array(select person from subject where id = any($2::uuid[])))))
  and kind = any($3::text[] || ${AMENDING})
order by n`
const OF_FACILITY = `
select ${STORED} from entry
where custody is null and facility = any($1::text[])
  and (kind = any($2::text[] || ${AMENDING}) or id = any($3::uuid[]))
order by n`
const OF_HOUSE = `
select ${STORED} from entry where custody is null and facility = $1 and kind = any($2::text[] || ${AMENDING}) order by n`
const COUNTERS = `
insert into register_counter (facility, year, last)
select facility, year, 0 from unnest($1::text[], $2::integer[]) u(facility, year)
on conflict (facility, year) do update set last = register_counter.last
returning facility, year, last`
