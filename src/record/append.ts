import { type Act, type ActKind, type Entry, HOUSE, type Receipt, SECTIONS, type Section } from '../kernel/act.ts'
import { facilitySubject, randomId } from '../kernel/ids.ts'
import type { Tx } from '../kernel/ports.ts'
import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import { microsOf, type OccurredAt } from '../kernel/time.ts'
import { refuseRecord } from './acts.ts'
import { amend } from './amend.ts'
import { addressOf, counterKey, type RecordContext, yearOf } from './context.ts'
import { effective } from './effective.ts'
import { keyIdOf } from './keys.ts'
import { entryOf } from './open.ts'
import { loadPrior, type Prior } from './prior.ts'
import { projecting, writeChanges } from './project.ts'
import { type Sealed, type SectionValues, seal } from './seal.ts'

/** An accepted act, sealed and written, waiting for its transaction to commit. */
export type Appended = Omit<Receipt, 'promise'> & { readonly leaf: Buffer }

/** Thrown inside a transaction to undo it when a batch must stand or fall together. */
export class BatchRefused extends Error {
  readonly outcomes: readonly (Refusal | undefined)[]
  constructor(outcomes: readonly (Refusal | undefined)[]) {
    super('batch refused')
    this.outcomes = outcomes
  }
}

type Written = { act: Act; entry: Entry; sealed: Sealed; keyVersion: number; registerNumber?: string }

/**
 * Appends a group of acts in the open transaction: one act is a group of one. Two pipelined round trips: lock, then
 * load (as separate statements: in one, the load would read the snapshot from before the wait); decide and seal here;
 * then everything is written. The caller commits. `together` refuses all when one is refused (throws `BatchRefused`).
 */
export async function appendGroup(
  record: RecordContext,
  tx: Tx,
  acts: readonly Act[],
  together: boolean,
): Promise<(Appended | Refusal)[]> {
  const prior = await loadPrior(record, tx, acts)
  const now = record.clock.now().toString({ smallestUnit: 'millisecond' })
  const group = new Group(record, prior, now)
  const outcomes = acts.map((act, i) => group.decide(act, prior.numbers[i] as number))
  if (together && outcomes.some(isRefusal)) {
    throw new BatchRefused(outcomes.map((outcome) => (isRefusal(outcome) ? outcome : undefined)))
  }
  if (group.written.length > 0) group.write(tx)
  return outcomes
}

class Group {
  readonly written: Written[] = []
  readonly #record: RecordContext
  readonly #prior: Prior
  readonly #now: string
  readonly #nowMicros: number
  readonly #nth = new Map<string, number>()
  readonly #begun = new Map<string, { facility: string; person: string; wrapped: { epoch: string; wrapped: Buffer } }>()
  readonly #counters = new Map<string, number>()

  constructor(record: RecordContext, prior: Prior, now: string) {
    this.#record = record
    this.#prior = prior
    this.#now = now
    this.#nowMicros = microsOf(now)
    for (const [key, last] of prior.counters) this.#counters.set(key, last)
  }

  decide(given: Act, n: number): Appended | Refusal {
    const { kind, data } = given
    const address = addressOf(given)
    const taken = address.custody === undefined ? undefined : this.#prior.subjects.get(address.custody)
    // The id of a person or a bunk is no custody's, though a subject has it.
    const subject = taken?.kind === 'custody' ? taken : undefined
    if (address.custody !== undefined && !kind.begins && !subject && !this.#begun.has(address.custody)) {
      return refuseRecord('not-found', { custody: address.custody })
    }
    const isTaken = taken !== undefined || address.custody === data.person?.person
    if (kind.begins && (isTaken || this.#begun.has(address.custody as string))) return refuseRecord('custody-exists')
    if (subject && !this.#record.keys.find(keyIdOf(subject.id, subject.key_version)))
      return refuseRecord('custody-sealed')
    const known = subject ?? (address.custody === undefined ? undefined : this.#begun.get(address.custody))
    const facility = known?.facility ?? address.facility
    const person = known?.person ?? (data.person?.person as string | undefined)

    const about = () => this.#entriesAbout(address.custody, facility)
    const house = () => this.#entriesAbout(undefined, HOUSE).filter(isConsultedBy(kind))
    const act = amend(this.#record.registry, given, about)
    if (isRefusal(act)) return act
    if (kind.decide) {
      const refusal = kind.decide(data as never, {
        now: this.#now,
        actor: act.actor,
        get entries() {
          return effective(about())
        },
        get all() {
          return about()
        },
        get house() {
          return effective(house())
        },
      })
      if (refusal) return refusal
    }

    let registerNumber: string | undefined
    if (kind.begins) {
      const { key, wrapped } = this.#record.keys.make()
      this.#record.keys.keep(address.custody as string, key)
      this.#begun.set(address.custody as string, { facility, person: person as string, wrapped })
      registerNumber = this.#registerNumber(facility, act.occurredAt)
    }
    const nth = address.custody === undefined ? null : this.#number(address.custody)
    const keyVersion = subject?.key_version ?? 0
    return this.#append(act, n, { custody: address.custody ?? null, nth, facility, person, registerNumber, keyVersion })
  }

  #append(
    act: Act,
    n: number,
    about: {
      custody: string | null
      nth: number | null
      facility: string
      person: string | undefined
      registerNumber: string | undefined
      keyVersion: number
    },
  ): Appended {
    const id = randomId()
    const { kind } = act
    const sections = sectionsOf(act, about, this.#now, this.#nowMicros)
    const keys = this.#record.keys
    const subjectKey = keys.find(keyIdOf(about.custody ?? facilitySubject(about.facility), about.keyVersion))
    const officerKey = keys.find(act.actor.officer)
    if (!subjectKey || !officerKey) throw new Error(`keys of ${kind.kind} were not loaded`)
    const sealed = seal(
      { id, kind: kind.kind, v: kind.v, facility: about.facility, recordedAt: this.#now },
      sections,
      subjectKey,
      officerKey,
    )
    const { staff: _closed, ...open } = sections
    const entry = entryOf(
      {
        n,
        id,
        kind: kind.kind,
        v: kind.v,
        facility: about.facility,
        custody: about.custody,
        nth: about.nth,
        recorded: this.#now,
        batch: act.batch ?? null,
        amends: (sections.act?.amends as string | undefined) ?? null,
        officer: act.actor.officer,
      },
      open,
    )
    this.written.push({
      act,
      entry,
      sealed,
      keyVersion: about.keyVersion,
      ...(about.registerNumber !== undefined && { registerNumber: about.registerNumber }),
    })
    return appendedOf(act, entry, sealed.leafHash, about.registerNumber)
  }

  #entriesAbout(custody: string | undefined, facility: string): Entry[] {
    const mine = (entry: Entry) =>
      custody === undefined ? entry.custody === undefined && entry.facility === facility : entry.custody === custody
    return [...this.#prior.entries.filter(mine), ...this.written.map(({ entry }) => entry).filter(mine)]
  }

  #number(custody: string): number {
    const nth = (this.#nth.get(custody) ?? this.#prior.subjects.get(custody)?.nth ?? 0) + 1
    this.#nth.set(custody, nth)
    return nth
  }

  /** `TEC-25-031208`: facility, year of admission in its zone, running number without gaps. */
  #registerNumber(facility: string, occurredAt: OccurredAt): string {
    const year = yearOf(occurredAt)
    const key = counterKey(facility, year)
    const next = (this.#counters.get(key) ?? 0) + 1
    this.#counters.set(key, next)
    return `${facility}-${String(year % 100).padStart(2, '0')}-${String(next).padStart(6, '0')}`
  }

  write(tx: Tx): void {
    this.#writeSubjects(tx)
    writeEntries(tx, this.written, this.#now)
    const batch = this.written.map(({ entry }) => entry)
    writeChanges(tx, projecting(this.#record.registry.registers, this.#prior.entries, batch))
  }

  #writeSubjects(tx: Tx): void {
    const begun = [...this.#begun]
    if (begun.length > 0) {
      // A person met for the first time by two groups at once: the second fails on the id, and looks again.
      const fresh = begun.filter(([, { person }]) => !this.#prior.subjects.has(person))
      const people = new Map(fresh.map(([, { facility, person }]) => [person, facility]))
      const ids = begun.map(([custody]) => custody)
      tx.write(
        `insert into subject (id, kind, facility, person, nth)
         select id, case when person is null then 'person' else 'custody' end, facility, person, nth
         from unnest($1::uuid[], $2::text[], $3::uuid[], $4::integer[]) u(id, facility, person, nth) order by id`,
        [
          [...ids, ...people.keys()],
          [...begun.map(([, b]) => b.facility), ...people.values()],
          [...begun.map(([, b]) => b.person), ...Array.from(people, () => null)],
          [...ids.map((id) => this.#nth.get(id)), ...Array.from(people, () => 0)],
        ],
      )
      tx.write(
        `insert into keystore.subject_key (subject, epoch, wrapped) select * from unnest($1::uuid[], $2::uuid[], $3::bytea[])`,
        [ids, begun.map(([, b]) => b.wrapped.epoch), begun.map(([, b]) => b.wrapped.wrapped)],
      )
      const counters = [...this.#counters].map(([key, last]) => ({
        facility: key.slice(0, -5),
        year: Number(key.slice(-4)),
        last,
      }))
      tx.write(
        `update register_counter c set last = u.last from unnest($1::text[], $2::integer[], $3::integer[]) u(facility, year, last)
         where c.facility = u.facility and c.year = u.year`,
        [counters.map((c) => c.facility), counters.map((c) => c.year), counters.map((c) => c.last)],
      )
    }
    const numbered = [...this.#nth].filter(([custody]) => !this.#begun.has(custody))
    if (numbered.length > 0) {
      tx.write('update subject s set nth = u.nth from unnest($1::uuid[], $2::integer[]) u(id, nth) where s.id = u.id', [
        numbered.map(([custody]) => custody),
        numbered.map(([, nth]) => nth),
      ])
    }
  }
}

type About = {
  custody: string | null
  nth: number | null
  person: string | undefined
  registerNumber: string | undefined
}

/** The act's sections with what the runner adds: every section of the kind is there, empty as `{}`. */
function sectionsOf(act: Act, about: About, now: string, nowMicros: number): SectionValues {
  const ahead = microsOf(act.occurredAt.at) > nowMicros
  const system = {
    ...(about.custody !== null && { custody: about.custody, person: about.person, nth: about.nth }),
    ...(about.registerNumber !== undefined && { registerNumber: about.registerNumber }),
    // A fact stamped ahead of its receipt is taken at receipt, keeps the device's time and is flagged.
    occurredAt: ahead ? { ...act.occurredAt, at: now } : act.occurredAt,
    ...(ahead && { clockOff: act.occurredAt.at }),
    recordedAt: now,
    via: act.via,
  }
  const home: Section = about.custody === null ? 'act' : 'person'
  const sections: Partial<Record<Section, Record<string, unknown>>> = {}
  for (const name of SECTIONS) {
    if (!act.kind.sectionNames.includes(name)) continue
    sections[name] = {
      ...(name === home && system),
      ...act.data[name],
      ...(name === 'act' && act.batch !== undefined && { batch: act.batch }),
      ...(name === 'staff' && act.actor),
    }
  }
  const target = act.data.act?.entry
  if (act.kind.sort === 'intention' && typeof target === 'string' && isAmending(act)) {
    sections.act = { ...sections.act, amends: target }
    // What was changed stands where every named audience reads, too: else a correction would cost them all proof.
    if (about.custody !== null) sections.person = { ...sections.person, amended: amendedBy(act, target) }
  }
  return sections
}

/** Which entry an amendment changes, and what of it: null for all. */
function amendedBy(act: Act, entry: string): { entry: string; sections: unknown; moves: boolean } {
  const isCorrection = act.kind.kind === 'entry.correct'
  return { entry, sections: isCorrection ? act.data.act?.replaces : null, moves: act.data.act?.moves === true }
}

/** Amendments too: whether theirs is among the kinds that are asked for shows when they are applied. */
const isConsultedBy =
  ({ consults = [] }: ActKind) =>
  ({ kind, amends }: Entry): boolean =>
    amends !== undefined || consults.includes(kind)

const isAmending = (act: Act): boolean => act.kind.kind === 'entry.correct' || act.kind.kind === 'entry.withdraw'

export function appendedOf(
  act: { id: string },
  entry: Pick<Entry, 'id' | 'n' | 'kind' | 'custody' | 'nth' | 'recordedAt'>,
  leaf: Buffer,
  registerNumber: string | undefined,
): Appended {
  return {
    act: act.id,
    entry: entry.id,
    n: entry.n,
    kind: entry.kind,
    ...(entry.custody !== undefined && { custody: entry.custody }),
    ...(entry.nth !== undefined && { nth: entry.nth }),
    ...(registerNumber !== undefined && { registerNumber }),
    recordedAt: entry.recordedAt,
    leafHash: leaf.toString('base64'),
    repeated: false,
    leaf,
  }
}

/** Bytes travel packed, one parameter each with offsets: binary on the wire, where `bytea[]` would be hex. */
function writeEntries(tx: Tx, written: readonly Written[], now: string): void {
  const pack = (pick: (sealed: Sealed) => Buffer) => {
    const parts = written.map(({ sealed }) => pick(sealed))
    let offset = 1
    const from = parts.map((part) => {
      const at = offset
      offset += part.length
      return at
    })
    return { bytes: Buffer.concat(parts), from, lengths: parts.map((part) => part.length) }
  }
  const envelope = pack((sealed) => sealed.envelope)
  const sealed = pack((one) => one.sealed)
  const staff = pack((one) => one.staff)
  const of = <T>(pick: (one: Written) => T) => written.map(pick)
  tx.write(INSERT_ENTRIES, [
    of(({ entry }) => entry.n),
    of(({ entry }) => entry.id),
    of(({ entry }) => entry.kind),
    of(({ entry }) => entry.v),
    of(({ entry }) => entry.facility),
    of(({ entry }) => entry.custody ?? null),
    of(({ entry }) => entry.nth ?? null),
    of(({ act }) => act.actor.officer),
    of(({ act }) => act.id),
    of(({ act }) => act.part),
    of(({ act }) => act.mac.toString('hex')),
    of(({ entry }) => entry.batch ?? null),
    of(({ entry }) => entry.amends ?? null),
    envelope.from,
    envelope.lengths,
    sealed.from,
    sealed.lengths,
    staff.from,
    staff.lengths,
    envelope.bytes,
    sealed.bytes,
    staff.bytes,
    now,
    of(({ keyVersion }) => keyVersion),
  ])
}

const INSERT_ENTRIES = `
with i as materialized (
  select * from unnest($1::bigint[], $2::uuid[], $3::text[], $4::smallint[], $5::text[], $6::uuid[], $7::integer[], $8::uuid[],
    $9::uuid[], $10::integer[], $11::text[], $12::uuid[], $13::uuid[],
    $14::integer[], $15::integer[], $16::integer[], $17::integer[], $18::integer[], $19::integer[], $24::smallint[])
  as u(n, id, kind, v, facility, custody, nth, officer, act, part, mac, batch, amends, e0, el, s0, sl, f0, fl, key_version)
), e as (
  insert into entry (n, id, kind, v, facility, custody, nth, officer, recorded, envelope, sealed, staff, act, act_part, act_mac, batch, amends,
    key_version)
  select n, id, kind, v, facility, custody, nth, officer, $23::timestamptz,
    substring($20::bytea from e0 for el), substring($21::bytea from s0 for sl), substring($22::bytea from f0 for fl),
    act, part, decode(mac, 'hex'), batch, amends, key_version
  from i order by n
)
insert into pending (n) select n from i`
