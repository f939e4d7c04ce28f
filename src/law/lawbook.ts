import { dataOf, type Entry } from '../kernel/act.ts'
import { defineFold, type Register } from '../kernel/register.ts'
import { earlier, type Span, spanText } from '../kernel/span.ts'
import { beginOf, endOf, type LegalDate, microsOf } from '../kernel/time.ts'
import { endAuthority, endStatute, recordAuthority, recordStatute } from './acts.ts'

/**
 * The registers of authorities and of statutes: who may issue orders of which kind, and by which provision. Both read as
 * last recorded; an end cuts every power and every time in force. Facts of the installation, about nobody.
 */

type Stated<T> = { readonly said: T; readonly n: number; readonly ends?: string }

/** What was last said of each id, and the earliest end. */
function statedOf<T>(
  entries: readonly Entry[],
  said: (entry: Entry) => { id: string; value: T } | undefined,
  ended: (entry: Entry) => { id: string; from: LegalDate } | undefined,
): Map<string, Stated<T>> {
  const ends = new Map<string, string>()
  const stated = new Map<string, Stated<T>>()
  // In the order of the record: what was corrected last holds, whatever day it speaks of.
  for (const entry of entries.toSorted((a, b) => a.n - b.n)) {
    const record = said(entry)
    if (record) stated.set(record.id, { said: record.value, n: entry.n })
    const end = ended(entry)
    if (end) ends.set(end.id, earlier(ends.get(end.id), beginOf(end.from)) as string)
  }
  return new Map(
    [...stated].map(([id, one]) => {
      const end = ends.get(id)
      return [id, end === undefined ? one : { ...one, ends: end }]
    }),
  )
}

const authoritiesOf = (entries: readonly Entry[]) =>
  statedOf(
    entries,
    (entry) => {
      const legal = entry.kind === recordAuthority.kind ? dataOf(recordAuthority, entry).legal : undefined
      return legal && { id: legal.authority, value: legal }
    },
    (entry) => {
      const legal = entry.kind === endAuthority.kind ? dataOf(endAuthority, entry).legal : undefined
      return legal && { id: legal.authority, from: legal.from }
    },
  )

const statutesOf = (entries: readonly Entry[]) =>
  statedOf(
    entries,
    (entry) => {
      const legal = entry.kind === recordStatute.kind ? dataOf(recordStatute, entry).legal : undefined
      return legal && { id: legal.statute, value: legal }
    },
    (entry) => {
      const legal = entry.kind === endStatute.kind ? dataOf(endStatute, entry).legal : undefined
      return legal && { id: legal.statute, from: legal.from }
    },
  )

type Period = { readonly from: LegalDate; readonly until: LegalDate | 'open' }

/** Periods as disjoint spans in time order, cut to an end; what is stated twice, or one into the other, is one. */
function spansOf(periods: readonly Period[], ends: string | undefined): Span[] {
  const spans: Span[] = []
  const stated = periods
    .map(({ from, until }) => ({ from: beginOf(from), to: earlier(until === 'open' ? undefined : endOf(until), ends) }))
    .filter(({ from, to }) => to === undefined || microsOf(from) < microsOf(to))
    .sort((a, b) => microsOf(a.from) - microsOf(b.from))
  for (const { from, to } of stated) {
    const last = spans.at(-1)
    const touches = last && (last.to === undefined || microsOf(from) <= microsOf(last.to))
    if (!touches) spans.push(to === undefined ? { from } : { from, to })
    else if (last.to !== undefined && (to === undefined || microsOf(to) > microsOf(last.to))) {
      spans[spans.length - 1] = to === undefined ? { from: last.from } : { from: last.from, to }
    }
  }
  return spans
}

const authorityKinds = [recordAuthority.kind, endAuthority.kind]
const statuteKinds = [recordStatute.kind, endStatute.kind]

export const authorityRegister = defineFold({
  table: 'authority',
  columns: {
    id: 'uuid',
    name: 'text',
    state: 'text',
    territories: 'text[]',
    source: 'text',
    document: 'text',
    ends: 'timestamptz',
    entry_n: 'bigint',
  },
  key: ['id'],
  scope: 'facility',
  kinds: authorityKinds,
  rows: (entries) =>
    [...authoritiesOf(entries)].map(([id, { said, n, ends }]) => ({
      id,
      name: said.name,
      state: said.state,
      territories: said.territories ?? [],
      source: said.source,
      document: said.document ?? null,
      ends: ends ?? null,
      entry_n: n,
    })),
})

export const authorityPowerRegister = defineFold({
  table: 'authority_power',
  columns: { authority: 'uuid', kind: 'text', span: 'tstzrange', entry_n: 'bigint' },
  key: ['authority', 'kind', 'span'],
  scope: 'facility',
  kinds: authorityKinds,
  rows: (entries) =>
    [...authoritiesOf(entries)].flatMap(([authority, { said, n, ends }]) =>
      [...Map.groupBy(said.powers, ({ kind }) => kind)].flatMap(([kind, powers]) =>
        spansOf(powers, ends).map((span) => ({ authority, kind, span: spanText(span), entry_n: n })),
      ),
    ),
})

export const statuteRegister = defineFold({
  table: 'statute',
  columns: {
    id: 'uuid',
    state: 'text',
    title: 'text',
    article: 'text',
    kinds: 'text[]',
    source: 'text',
    document: 'text',
    ends: 'timestamptz',
    entry_n: 'bigint',
  },
  key: ['id'],
  scope: 'facility',
  kinds: statuteKinds,
  rows: (entries) =>
    [...statutesOf(entries)].map(([id, { said, n, ends }]) => ({
      id,
      state: said.state,
      title: said.title,
      article: said.article ?? null,
      kinds: said.kinds,
      source: said.source,
      document: said.document ?? null,
      ends: ends ?? null,
      entry_n: n,
    })),
})

export const statuteForceRegister = defineFold({
  table: 'statute_force',
  columns: { statute: 'uuid', span: 'tstzrange', entry_n: 'bigint' },
  key: ['statute', 'span'],
  scope: 'facility',
  kinds: statuteKinds,
  rows: (entries) =>
    [...statutesOf(entries)].flatMap(([statute, { said, n, ends }]) =>
      spansOf(said.inForce, ends).map((span) => ({ statute, span: spanText(span), entry_n: n })),
    ),
})

export const lawbookRegisters: readonly Register[] = [
  authorityRegister,
  authorityPowerRegister,
  statuteRegister,
  statuteForceRegister,
]
