import { admit, classify, depart, recordPresence } from '../custody/acts.ts'
import type { ActKind } from '../kernel/act.ts'
import { derivedId } from '../kernel/ids.ts'
import { type OccurredAt, startOfDay } from '../kernel/time.ts'
import type { Identity } from '../people/acts.ts'
import { updateSource } from './acts.ts'
import { CHARGE, classified, fieldsOf, identityFields, identityOf, rowKeyOf, type Tracked } from './fields-of.ts'
import { dayOf, factOn, GONE, type History, nextSeen, type OpenHistory, put, ROSTER, SEEN, saidOn } from './history.ts'
import type { TableProfile } from './profile.ts'
import type { MappedRow } from './row.ts'

/** An act that an import makes, before it has its actor. `name` tells it from the others of its batch. */
export type Draft = {
  readonly kind: ActKind
  readonly name: string
  readonly occurredAt: OccurredAt
  readonly data: Readonly<Record<string, unknown>>
}

/** What is known of a row's custody before the row is looked at. */
export type Known = {
  readonly history: History
  readonly firstSeen: string
  /** The instant of the departure that stands in the record, whoever stated it. */
  readonly departed?: string
}

export type FileContext = {
  readonly profile: TableProfile
  readonly tracked: Tracked
  readonly digest: string
  readonly asOf?: string
  /** The next day after this file's for which a complete file of the facility was taken already. */
  readonly nextComplete?: string
}

export type Decided = {
  readonly outcome: 'new' | 'same' | 'changed'
  readonly changed: readonly string[]
  readonly drafts: readonly Draft[]
  /** What is known after it: another row of the same file may speak of the same custody. */
  readonly known: Known
}

export const personIdOf = (facility: string, sourceId: string): string => derivedId('person', facility, sourceId)

/** One stay of one person at one facility, whichever list names it. */
export const custodyIdOf = (facility: string, sourceId: string, admittedAt: string): string =>
  derivedId('custody', facility, sourceId, admittedAt)

const starts = new Map<string, string>()

/** The start of a day at the facility, to the day: what a list that names days can say. */
export function onDay(day: string, zone: string): OccurredAt {
  const key = `${day} ${zone}`
  let at = starts.get(key)
  if (at === undefined) {
    at = startOfDay(Temporal.PlainDate.from(day), zone)
    if (starts.size >= 5_000) starts.clear()
    starts.set(key, at)
  }
  return { at, precision: 'day', zone }
}

/** What becomes of one row: pure, from the row, the file it stands in and what is known. */
export function decideRow(row: MappedRow, custody: string, known: Known | undefined, file: FileContext): Decided {
  const days = daysOf(row, file)
  const identity = identityOf(row, file.profile.facility.name, days.first)
  const fields = fieldsOf(row, identity)
  return known ? compare(row, custody, known, file, days, fields) : begin(row, custody, file, days, identity, fields)
}

/** For a roster both are its day; a stay is said of the first day for what it was then, of the last for the rest. */
type Days = { readonly first: string; readonly last: string }

function daysOf(row: MappedRow, { asOf, profile }: FileContext): Days {
  if (asOf !== undefined) return { first: asOf, last: asOf }
  const admitted = row.admittedAt as NonNullable<MappedRow['admittedAt']>
  const first =
    row.seen.first ??
    Temporal.Instant.from(admitted.at).toZonedDateTimeISO(profile.facility.zone).toPlainDate().toString()
  return { first, last: row.seen.last ?? first }
}

const ofFirstDay: ReadonlySet<string> = new Set(['custody.level', 'custody.status', 'legal.charge', 'person.ageYears'])
const isClassified = (field: string): boolean => classified.some((name) => field === `custody.${name}`)

function begin(
  row: MappedRow,
  custody: string,
  file: FileContext,
  days: Days,
  identity: Identity,
  fields: Readonly<Record<string, string>>,
): Decided {
  const { profile, digest, asOf } = file
  const { code } = profile.facility
  const { sourceId } = row.person
  const admitted = row.admittedAt as NonNullable<MappedRow['admittedAt']>
  const rowKey = rowKeyOf(row)
  const source = { file: digest, row: rowKey, profile: profile.name }
  const ofIdentity = identityFields(identity)
  const kept: Record<string, string> = {}
  const claims: { label: string; value: string }[] = []
  for (const [field, value] of Object.entries(fields)) {
    if (field in ofIdentity || isClassified(field) || field === CHARGE) continue
    if (field.startsWith('claimed.')) claims.push({ label: field.slice('claimed.'.length), value })
    else kept[field] = value
  }
  if (asOf !== undefined) kept.asOf = asOf
  const drafts: Draft[] = [
    {
      kind: admit as unknown as ActKind,
      name: 'admit',
      occurredAt: { at: admitted.at, precision: admitted.precision, zone: admitted.zone },
      data: {
        person: { custody, person: personIdOf(code, sourceId), identity },
        place: { facility: code },
        legal: { ordersStated: false, ...(fields[CHARGE] !== undefined && { grounds: fields[CHARGE] }) },
        act: { source: { ...source, claims, kept } },
      },
    },
  ]
  const history: OpenHistory = {}
  put(history, ROSTER, days.first, SEEN)
  for (const [field, value] of Object.entries(fields)) put(history, field, days.first, value)
  for (const name of classified) {
    const value = fields[`custody.${name}`]
    if (value !== undefined) drafts.push(classifyDraft(custody, name, value, days.first, rowKey, file))
  }
  drafts.push(...departure(row, custody, file))
  // A complete list of a later day, taken before this one, did not show the stay.
  const { nextComplete } = file
  if (
    nextComplete !== undefined &&
    profile.kind === 'roster' &&
    !row.departedAt &&
    admitted.at < onDay(nextComplete, admitted.zone).at
  ) {
    drafts.push(presenceDraft(custody, true, nextComplete, rowKey, file))
    put(history, ROSTER, nextComplete, GONE)
  }
  const departed = row.departedAt && { departed: row.departedAt.at }
  const known = { history, firstSeen: days.first, ...departed }
  return { outcome: 'new', changed: [], drafts, known }
}

function compare(
  row: MappedRow,
  custody: string,
  known: Known,
  file: FileContext,
  days: Days,
  fields: Readonly<Record<string, string>>,
): Decided {
  const { history, firstSeen } = known
  const unreadable = new Set(row.flags.flatMap(({ column }) => file.tracked.fieldOfColumn.get(column) ?? []))
  const isEarlier = days.first < firstSeen
  const changes = new Changes(row, custody, file)
  const changed: string[] = []
  for (const field of file.tracked.fields) {
    const said = fields[field]
    if (said === undefined && (file.tracked.optional.has(field) || unreadable.has(field))) continue
    const day = ofFirstDay.has(field) ? days.first : days.last
    const before = saidOn(history, field, day) ?? null
    const value = said ?? null
    // Seen earlier than known: nothing was known for this day, so it differs where it differs from what came next.
    const compared = isEarlier ? (saidOn(history, field, firstSeen) ?? null) : before
    if (compared !== value) changed.push(field)
    if (before === value) continue
    changes.add(field, day, value)
    const next = isEarlier ? firstSeen : nextSeen(history, file.nextComplete, day)
    // What was said the same on a later day was not entered then; without this the older word would cover it.
    if (next !== undefined && next > day && !saysBetween(history, field, day, next)) changes.add(field, next, compared)
  }
  if (isEarlier) addEarlierSighting(changes, known, file, days.first)
  else if (addSighting(changes, row, known, file, days.first)) changed.push(ROSTER)

  const departs = row.departedAt !== undefined && known.departed === undefined
  const drafts = [...changes.drafts(), ...(departs ? departure(row, custody, file) : [])]
  const departed = known.departed ?? row.departedAt?.at
  return {
    outcome: changed.length > 0 ? 'changed' : 'same',
    changed,
    drafts,
    known: {
      history: changes.historyAfter(history),
      firstSeen: isEarlier ? days.first : firstSeen,
      ...(departed !== undefined && { departed }),
    },
  }
}

/**
 * A list of an older day shows a row that was known only later. A complete list between the two, taken before, lacked
 * it: what could not be said then is said now.
 */
function addEarlierSighting(changes: Changes, { history, firstSeen }: Known, file: FileContext, day: string): void {
  changes.add(ROSTER, day, SEEN)
  const { nextComplete } = file
  if (file.profile.kind !== 'roster' || nextComplete === undefined || nextComplete >= firstSeen) return
  if (saysBetween(history, ROSTER, day, nextComplete)) return
  changes.add(ROSTER, nextComplete, GONE)
  changes.add(ROSTER, firstSeen, SEEN)
}

/** Whether the row being there says something: of one who was gone, or of whom the record says that they had left. */
function addSighting(changes: Changes, row: MappedRow, known: Known, file: FileContext, day: string): boolean {
  if (file.profile.kind !== 'roster') return false
  const { history } = known
  const last = factOn(history, ROSTER, day)
  const { zone } = file.profile.facility
  const left = known.departed === undefined ? undefined : dayOf(known.departed, zone)
  const leftBefore = left !== undefined && left < day && row.departedAt === undefined && (last?.[0] ?? '') <= left
  if (last?.[1] === SEEN && !leftBefore) return false
  changes.add(ROSTER, day, SEEN)
  const { nextComplete } = file
  if (last?.[1] === GONE && nextComplete !== undefined && !saysBetween(history, ROSTER, day, nextComplete)) {
    changes.add(ROSTER, nextComplete, GONE)
  }
  return true
}

/** Whether something was said of a field after `day`, up to and including `until`. */
const saysBetween = (history: History, field: string, day: string, until: string): boolean =>
  history[field]?.some(([on]) => on > day && on <= until) ?? false

/** What a row changes, gathered by day. */
class Changes {
  readonly #byDay = new Map<string, Map<string, string | null>>()
  readonly #row: MappedRow
  readonly #custody: string
  readonly #file: FileContext

  constructor(row: MappedRow, custody: string, file: FileContext) {
    this.#row = row
    this.#custody = custody
    this.#file = file
  }

  add(field: string, day: string, value: string | null): void {
    const known = this.#byDay.get(day)
    if (known) known.set(field, value)
    else this.#byDay.set(day, new Map([[field, value]]))
  }

  drafts(): Draft[] {
    const drafts: Draft[] = []
    for (const [day, fields] of [...this.#byDay].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const roster = fields.get(ROSTER)
      if (roster !== undefined)
        drafts.push(presenceDraft(this.#custody, roster === GONE, day, rowKeyOf(this.#row), this.#file))
      for (const name of classified) {
        const value = fields.get(`custody.${name}`)
        if (value !== undefined)
          drafts.push(classifyDraft(this.#custody, name, value, day, rowKeyOf(this.#row), this.#file))
      }
      const rest = [...fields].filter(([field]) => field !== ROSTER && !isClassified(field))
      if (rest.length > 0) drafts.push(updateDraft(this.#custody, rest, day, this.#row, this.#file))
    }
    return drafts
  }

  historyAfter(history: History): History {
    if (this.#byDay.size === 0) return history
    const after: OpenHistory = Object.fromEntries(Object.entries(history).map(([field, said]) => [field, [...said]]))
    for (const [day, fields] of this.#byDay) for (const [field, value] of fields) put(after, field, day, value)
    return after
  }
}

export type Named = { readonly digest: string; readonly profile: TableProfile }

export const sourceOf = (row: string, { digest, profile }: Named) => ({ file: digest, row, profile: profile.name })

/** Level or status as the source gives it from a day on. */
export function classifyDraft(
  custody: string,
  field: (typeof classified)[number],
  value: string | null,
  day: string,
  rowKey: string,
  file: Named,
): Draft {
  return {
    kind: classify as unknown as ActKind,
    name: `classify.${field}.${day}`,
    occurredAt: onDay(day, file.profile.facility.zone),
    data: { person: { custody }, act: { field, value, source: sourceOf(rowKey, file) } },
  }
}

function updateDraft(
  custody: string,
  changes: readonly (readonly [string, string | null])[],
  day: string,
  row: MappedRow,
  file: FileContext,
): Draft {
  const of = (test: (field: string) => boolean) => Object.fromEntries(changes.filter(([field]) => test(field)))
  const isPerson = (field: string) => field.startsWith('person.')
  return {
    kind: updateSource as unknown as ActKind,
    name: `update.${day}`,
    occurredAt: onDay(day, file.profile.facility.zone),
    data: {
      person: { custody, changes: of(isPerson) },
      legal: { changes: of((field) => field === CHARGE) },
      act: { changes: of((field) => !isPerson(field) && field !== CHARGE), source: sourceOf(rowKeyOf(row), file) },
    },
  }
}

/** The list shows the person, or it lacks them: then nobody can say where they are. */
export function presenceDraft(custody: string, isGone: boolean, day: string, row: string, file: Named): Draft {
  const source = sourceOf(row, file)
  return {
    kind: recordPresence as unknown as ActKind,
    name: `presence.${day}`,
    occurredAt: onDay(day, file.profile.facility.zone),
    data: {
      person: { custody },
      place: { state: isGone ? 'unknown' : 'at' },
      act: { because: isGone ? 'gone-from-roster' : 'on-roster', source },
    },
  }
}

/** What a source calls an end says that the person left, never how. */
export function departDraft(
  custody: string,
  occurredAt: OccurredAt,
  source: { file: string; row: string; profile: string },
  reason?: string,
): Draft {
  return {
    kind: depart as unknown as ActKind,
    name: 'depart',
    occurredAt,
    data: { person: { custody }, legal: { as: 'unknown' }, act: { source, ...(reason !== undefined && { reason }) } },
  }
}

function departure(row: MappedRow, custody: string, file: FileContext): Draft[] {
  if (!row.departedAt) return []
  const { at, precision, zone } = row.departedAt
  return [departDraft(custody, { at, precision, zone }, sourceOf(rowKeyOf(row), file))]
}
