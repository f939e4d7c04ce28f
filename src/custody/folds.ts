import { dataOf, type Entry } from '../kernel/act.ts'
import { defineFold } from '../kernel/register.ts'
import { type Segment, type Span, spanText, timeline } from '../kernel/span.ts'
import { facilityPlace } from '../places/acts.ts'
import { admit, assignBunk, classify, recapture, recordPresence, recordResponsibility, vacateBunk } from './acts.ts'
import { type CustodySpan, custodySpanOf, spanKinds } from './span.ts'

/** The sections of an admission, whichever of the two acts it was. */
export const admissionOf = (entry: Entry) =>
  entry.kind === recapture.kind ? dataOf(recapture, entry) : dataOf(admit, entry)

export const custodyRegister = defineFold({
  table: 'custody',
  columns: {
    id: 'uuid',
    person: 'uuid',
    facility: 'text',
    register_number: 'text',
    held: 'tstzrange',
    admitted: 'timestamptz',
    zone: 'text',
    began_precision: 'text',
    ended_precision: 'text',
    manner: 'text',
    received_under: 'text',
    departed_as: 'text',
    orders_stated: 'boolean',
    batch: 'uuid',
    follows: 'uuid',
    disputed: 'boolean',
    disputes: 'text[]',
    admission_recorded: 'timestamptz',
    departure_recorded: 'timestamptz',
    entry_n: 'bigint',
    departure_n: 'bigint',
  },
  key: ['id'],
  scope: 'custody',
  kinds: spanKinds,
  rows(entries) {
    const span = custodySpanOf(entries)
    if (!span?.admission.custody) return []
    const { admission, departure } = span
    const { person, legal, act } = admissionOf(admission)
    const registerNumber = (person as { registerNumber?: unknown } | undefined)?.registerNumber
    return [
      {
        id: admission.custody as string,
        person: admission.person ?? null,
        facility: admission.facility,
        register_number: typeof registerNumber === 'string' ? registerNumber : '',
        held: spanText(span),
        admitted: span.from,
        zone: admission.occurredAt.zone,
        began_precision: admission.occurredAt.precision,
        ended_precision: departure?.occurredAt.precision ?? null,
        manner: act?.manner ?? null,
        received_under: legal?.receivedUnder ?? null,
        departed_as: span.departedAs ?? null,
        orders_stated: legal?.ordersStated ?? null,
        batch: admission.batch ?? null,
        follows: (act as { follows?: string } | undefined)?.follows ?? null,
        disputed: span.disputes.length > 0,
        disputes: span.disputes,
        admission_recorded: admission.recordedAt,
        departure_recorded: departure?.recordedAt ?? null,
        entry_n: admission.n,
        departure_n: departure?.n ?? null,
      },
    ]
  },
})

type Whereabouts = {
  readonly state: 'at' | 'between' | 'disputed' | 'unknown'
  readonly place: string | null
  readonly where: string | null
  readonly because: string
  readonly precision: string
  /** Read from the admission without being said there: gives way to what somebody says of the same instant. */
  readonly implied: boolean
  readonly n: number
  readonly rivals?: readonly Rival[]
}
type Rival = {
  readonly state: string
  readonly place: string | null
  readonly where: string | null
  readonly entry: number
}

export const presenceRegister = defineFold({
  table: 'presence',
  columns: {
    custody: 'uuid',
    facility: 'text',
    span: 'tstzrange',
    state: 'text',
    place: 'uuid',
    whereabouts: 'text',
    because: 'text',
    precision: 'text',
    rivals: 'jsonb',
    entry_n: 'bigint',
  },
  key: ['custody', 'span'],
  scope: 'custody',
  kinds: spanKinds,
  rows(entries) {
    const held = custodySpanOf(entries)
    if (!held?.admission.custody) return []
    return presenceOf(entries, held).map(({ span, n, value }) => ({
      custody: held.admission.custody as string,
      facility: held.admission.facility,
      span: spanText(span),
      state: value.state,
      place: value.state === 'at' ? value.place : null,
      whereabouts: value.where,
      because: value.because,
      precision: value.precision,
      rivals: value.rivals ?? null,
      entry_n: n,
    }))
  },
})

/**
 * Where the body was, as disjoint segments that cover the whole custody. Equal neighbours are one segment: 'since when'
 * is the first fact that said so. Between two departures that differ nobody can say, so it is disputed.
 */
function presenceOf(entries: readonly Entry[], held: CustodySpan): Segment<Whereabouts>[] {
  const facts = entries.flatMap((entry) => {
    const value = entry === held.admission ? admittedTo(entry) : whereaboutsOf(entry)
    return value ? [{ at: entry.occurredAt.at, n: entry.n, value }] : []
  })
  const until = { from: held.from, ...(held.leftFrom !== undefined && { to: held.leftFrom }) }
  const segments = joined(timeline(facts, until, meet), sameWhereabouts)
  if (held.departure && held.leftFrom !== undefined && held.to !== undefined && held.leftFrom !== held.to) {
    const { n, occurredAt } = held.departure
    const because = 'departures-differ'
    const value = { ...nowhere, state: 'disputed', because, precision: occurredAt.precision, n } as const
    segments.push({ span: { from: held.leftFrom, to: held.to }, n, value })
  }
  return segments
}

const nowhere = { state: 'unknown', place: null, where: null, implied: false } as const

function admittedTo(entry: Entry): Whereabouts {
  const stated = admissionOf(entry).place?.place
  return {
    state: 'at',
    place: stated ?? facilityPlace(entry.facility),
    where: null,
    because: 'admitted',
    precision: entry.occurredAt.precision,
    implied: stated === undefined,
    n: entry.n,
  }
}

function whereaboutsOf(entry: Entry): Whereabouts | undefined {
  if (entry.kind !== recordPresence.kind) return undefined
  const { place, act } = dataOf(recordPresence, entry)
  const said = { because: act?.because ?? 'expunged', precision: entry.occurredAt.precision, n: entry.n }
  if (!place) return { ...nowhere, ...said }
  const nowhereInside = place.place === undefined && place.where === undefined
  return {
    state: place.state,
    place: place.state !== 'at' ? null : (place.place ?? (nowhereInside ? facilityPlace(entry.facility) : null)),
    where: place.where ?? null,
    implied: false,
    ...said,
  }
}

/** Two facts of one instant that differ are disputed; nobody's word is dropped. */
function meet(values: readonly Whereabouts[]): Whereabouts {
  const said = values.filter(({ implied }) => !implied)
  const weighed = said.length > 0 ? said : values
  const different = weighed.filter((value, i) => weighed.findIndex((other) => sameWhereabouts(other, value)) === i)
  const last = weighed.at(-1) as Whereabouts
  if (different.length === 1) return different[0] as Whereabouts
  const rivals = different.map(({ state, place, where, n }) => ({ state, place, where, entry: n }))
  return { ...nowhere, state: 'disputed', because: last.because, precision: last.precision, n: last.n, rivals }
}

const sameWhereabouts = (a: Whereabouts, b: Whereabouts): boolean =>
  a.state === b.state && a.place === b.place && a.where === b.where && a.state !== 'disputed'

/** Joins neighbours of equal value; the first keeps its name and number. */
export function joined<V>(segments: readonly Segment<V>[], same: (a: V, b: V) => boolean): Segment<V>[] {
  const result: Segment<V>[] = []
  for (const segment of segments) {
    const last = result.at(-1)
    if (last && last.span.to === segment.span.from && same(last.value, segment.value)) {
      const { from } = last.span
      const { to } = segment.span
      result[result.length - 1] = { ...last, span: to === undefined ? { from } : { from, to } }
    } else result.push(segment)
  }
  return result
}

export const bunkRegister = defineFold({
  table: 'bunk_allocation',
  columns: { custody: 'uuid', bunk: 'uuid', held: 'tstzrange', entry_n: 'bigint' },
  key: ['bunk', 'held'],
  scope: 'custody',
  kinds: [...spanKinds, assignBunk.kind, vacateBunk.kind],
  rows(entries) {
    const held = custodySpanOf(entries)
    if (!held?.admission.custody) return []
    // Facts can only shorten an allocation: a later fact that made it longer might run into somebody else's.
    const meant: Span = { from: held.from, ...(held.meantTo !== undefined && { to: held.meantTo }) }
    const facts = entries.flatMap((entry) => {
      const fact = { at: entry.occurredAt.at, n: entry.n }
      if (entry.kind === vacateBunk.kind) return [{ ...fact, value: undefined }]
      if (entry.kind !== assignBunk.kind) return []
      return [{ ...fact, value: dataOf(assignBunk, entry).place?.bunk }]
    })
    // Assigned and given up in one instant, in either order: given up.
    const segments = timeline(facts, meant, (values) => (values.includes(undefined) ? undefined : values.at(-1)))
    return joined(segments, (a, b) => a === b).flatMap(({ span, n, value }) =>
      value === undefined
        ? []
        : [{ custody: held.admission.custody as string, bunk: value, held: spanText(span), entry_n: n }],
    )
  },
})

type Named = { readonly name: string; readonly state: string }

export const responsibilityRegister = defineFold({
  table: 'responsibility',
  columns: {
    custody: 'uuid',
    role: 'text',
    stated_by: 'text',
    authority: 'text',
    state: 'text',
    rivals: 'jsonb',
    span: 'tstzrange',
    entry_n: 'bigint',
  },
  key: ['custody', 'role', 'stated_by', 'span'],
  scope: 'custody',
  kinds: [...spanKinds, recordResponsibility.kind],
  rows(entries) {
    const held = custodySpanOf(entries)
    if (!held?.admission.custody) return []
    const claims = entries.flatMap((entry) => claimsOf(entry, held.admission))
    const voices = Map.groupBy(claims, ({ role, statedBy }) => `${role}\n${statedBy}`)
    return [...voices.values()].flatMap((said) => {
      const { role, statedBy } = said[0] as Claim
      const facts = said.map(({ at, n, authority }) => ({ at, n, value: [authority] }))
      return joined(timeline(facts, held, together), (a, b) => JSON.stringify(a) === JSON.stringify(b)).map(
        ({ span, n, value }) => {
          const [authority, ...rivals] = value.toReversed() as [Named, ...Named[]]
          return {
            custody: held.admission.custody as string,
            role,
            stated_by: statedBy,
            authority: authority.name,
            state: authority.state,
            rivals: rivals.length > 0 ? rivals : null,
            span: spanText(span),
            entry_n: n,
          }
        },
      )
    })
  },
})

type Claim = { role: string; statedBy: string; authority: Named; at: string; n: number }

/** What the register itself says has no state behind it. */
export const REGISTER = 'register'

function claimsOf(entry: Entry, admission: Entry): Claim[] {
  const when = { at: entry.occurredAt.at, n: entry.n }
  if (entry === admission) {
    const { authorities } = admissionOf(entry).legal ?? {}
    return (['ordered', 'supervises', 'runs'] as const).flatMap((role) => {
      const authority = authorities?.[role]
      return authority ? [{ role, statedBy: REGISTER, authority, ...when }] : []
    })
  }
  if (entry.kind !== recordResponsibility.kind) return []
  const { legal } = dataOf(recordResponsibility, entry)
  if (!legal) return []
  return [{ role: legal.role, statedBy: legal.statedBy ?? REGISTER, authority: legal.authority, ...when }]
}

/** One voice that names two authorities of one instant contradicts itself: all are kept, the last one first. */
function together(values: readonly (readonly Named[])[]): readonly Named[] {
  const all = values.flat()
  return all.filter((one, i) => all.findLastIndex((other) => sameName(one, other)) === i)
}
const sameName = (a: Named, b: Named): boolean => a.name === b.name && a.state === b.state

export const classificationRegister = defineFold({
  table: 'classification',
  columns: { custody: 'uuid', field: 'text', value: 'text', span: 'tstzrange', entry_n: 'bigint' },
  key: ['custody', 'field', 'span'],
  scope: 'custody',
  kinds: [...spanKinds, classify.kind],
  rows(entries) {
    const held = custodySpanOf(entries)
    if (!held?.admission.custody) return []
    const said = entries.flatMap((entry) => {
      const act = entry.kind === classify.kind ? dataOf(classify, entry).act : undefined
      return act ? [{ field: act.field, at: entry.occurredAt.at, n: entry.n, value: act.value }] : []
    })
    return (['level', 'status'] as const).flatMap((field) =>
      joined(
        timeline(
          said.filter((fact) => fact.field === field),
          held,
        ),
        (a, b) => a === b,
      ).flatMap(({ span, n, value }) =>
        value === null
          ? []
          : [{ custody: held.admission.custody as string, field, value, span: spanText(span), entry_n: n }],
      ),
    )
  },
})
