import type { Entry } from '../kernel/act.ts'
import { defineFold } from '../kernel/register.ts'
import { type Segment, spanText, timeline } from '../kernel/span.ts'
import { microsOf } from '../kernel/time.ts'
import { type Birth, describePerson, type Identity, type Name } from './acts.ts'
import { nameWords, textsOf } from './names.ts'
import { searchKeys } from './sound.ts'

/** Who somebody is stands in admissions too. By name: their acts are defined above this room. */
export const identityKinds = ['custody.admit', 'custody.recapture', describePerson.kind] as const

/** What an entry says of who the person is; nothing where its section was expunged. */
export const identityOf = (entry: Entry): Identity =>
  (entry.sections.person?.identity as Identity | undefined) ?? ({} satisfies Identity)

const personOf = (entries: readonly Entry[]): string | undefined =>
  entries.find(({ person }) => person !== undefined)?.person

/** The name on the papers; aliases and the name a person uses stand beside it and end nothing. */
const isOfficial = ({ use }: Name): boolean => use === 'recorded' || use === 'corrected'

export const nameRegister = defineFold({
  version: 2,
  table: 'person_name',
  columns: {
    entry_n: 'bigint',
    position: 'integer',
    person: 'uuid',
    use: 'text',
    given: 'text',
    family1: 'text',
    family2: 'text',
    written: 'text',
    words: 'text[]',
    name_key: 'text',
    search_keys: 'text[]',
    span: 'tstzrange',
  },
  key: ['entry_n', 'position'],
  scope: 'person',
  kinds: identityKinds,
  rows(entries) {
    const person = personOf(entries)
    if (person === undefined) return []
    const renamings = entries.filter((entry) => identityOf(entry).names?.some(isOfficial))
    return entries.flatMap((entry) =>
      (identityOf(entry).names ?? []).map((name, position) => {
        const from = entry.occurredAt.at
        const next = isOfficial(name) ? nextAfter(renamings, from) : undefined
        const words = nameWords(name)
        return {
          entry_n: entry.n,
          position,
          person,
          use: name.use,
          given: name.given ?? null,
          family1: name.family1 ?? null,
          family2: name.family2 ?? null,
          written: name.written ?? null,
          words,
          name_key: words.join(' '),
          search_keys: searchKeys(textsOf(name)),
          span: spanText(next === undefined ? { from } : { from, to: next }),
        }
      }),
    )
  },
})

/** The first of these that is strictly later: two statements of one instant both stand, a contradiction to be seen. */
function nextAfter(entries: readonly Entry[], instant: string): string | undefined {
  if (entries.every(({ occurredAt }) => occurredAt.at === instant)) return undefined
  const micros = microsOf(instant)
  return entries.find(({ occurredAt }) => microsOf(occurredAt.at) > micros)?.occurredAt.at
}

const aspects = ['birth', 'sex', 'gender', 'nationalities', 'languages', 'unnamed'] as const
type Aspect = (typeof aspects)[number]
type Stated = { readonly value: unknown; readonly disputed: boolean }

export const factRegister = defineFold({
  table: 'person_fact',
  columns: {
    person: 'uuid',
    aspect: 'text',
    value: 'jsonb',
    disputed: 'boolean',
    span: 'tstzrange',
    entry_n: 'bigint',
  },
  key: ['person', 'aspect', 'span'],
  scope: 'person',
  kinds: identityKinds,
  rows(entries) {
    const person = personOf(entries)
    const first = entries[0]
    if (person === undefined || !first) return []
    return aspects.flatMap((aspect) =>
      factsOf(entries, aspect, first.occurredAt.at).map(({ span, n, value }) => ({
        person,
        aspect,
        value: value.value,
        disputed: value.disputed,
        span: spanText(span),
        entry_n: n,
      })),
    )
  },
})

/** The last fact of an aspect holds; equal neighbours are one, named by the first. */
function factsOf(entries: readonly Entry[], aspect: Aspect, from: string): Segment<Stated>[] {
  const facts = entries.flatMap((entry) => {
    const value = identityOf(entry)[aspect]
    return value === undefined ? [] : [{ at: entry.occurredAt.at, n: entry.n, value }]
  })
  const stated =
    aspect === 'birth'
      ? facts.map((fact, i) => ({ ...fact, value: weighBirth(facts.slice(0, i + 1).map((f) => f.value as Birth)) }))
      : facts.map((fact) => ({ ...fact, value: { value: fact.value, disputed: isDisputed(fact.value) } }))
  const segments: Segment<Stated>[] = []
  for (const segment of timeline(stated, { from })) {
    const last = segments.at(-1)
    if (last && JSON.stringify(last.value) === JSON.stringify(segment.value)) {
      const { to } = segment.span
      segments[segments.length - 1] = {
        ...last,
        span: to === undefined ? { from: last.span.from } : { from: last.span.from, to },
      }
    } else segments.push(segment)
  }
  return segments
}

/** Nationalities say of each whether it is disputed. */
const isDisputed = (value: unknown): boolean =>
  Array.isArray(value) && value.some((item) => (item as { standing?: unknown }).standing === 'disputed')

/**
 * The last statement stands. A date that an earlier one contradicts is disputed and both are shown; a date that only
 * says more (`1991` → `1991-07`) is no contradiction, and one that says less does not take away what was known.
 */
function weighBirth(stated: readonly Birth[]): Stated {
  const last = stated.at(-1) as Birth
  const dates = stated.flatMap(({ date }) => date ?? [])
  const lastDate = dates.at(-1)
  // Of what agrees with the last date the most exact, and of those the latest: the sort keeps their order.
  const date =
    lastDate === undefined
      ? undefined
      : dates
          .filter((one) => one.startsWith(lastDate))
          .sort((x, y) => x.length - y.length)
          .at(-1)
  const others = date === undefined ? [] : [...new Set(dates)].filter((other) => !date.startsWith(other))
  const ageDisputed = others.length > 0 || stated.some((birth) => birth.ageDisputed === true)
  return {
    value: {
      ...(date !== undefined && { date }),
      ...(last.ageYears !== undefined && { ageYears: last.ageYears }),
      ...(last.ageAsOf !== undefined && { ageAsOf: last.ageAsOf }),
      ...(others.length > 0 && { others }),
    },
    disputed: ageDisputed,
  }
}

export const identifierRegister = defineFold({
  table: 'person_identifier',
  columns: {
    entry_n: 'bigint',
    position: 'integer',
    person: 'uuid',
    scheme: 'text',
    issuer: 'text',
    value: 'text',
    span: 'tstzrange',
  },
  key: ['entry_n', 'position'],
  scope: 'person',
  kinds: identityKinds,
  rows(entries) {
    const person = personOf(entries)
    if (person === undefined) return []
    const stated = entries.flatMap((entry) =>
      (identityOf(entry).identifiers ?? []).map((identifier, position) => ({ entry, position, identifier })),
    )
    // The same number said again is the same fact: one row, named by who said it first.
    const voices = Map.groupBy(stated, ({ identifier }) => `${identifier.scheme}\n${identifier.issuer}`)
    return [...voices.values()].flatMap((said) => {
      const changes = said.filter(({ identifier }, i) => i === 0 || said[i - 1]?.identifier.value !== identifier.value)
      const entriesOfChange = changes.map(({ entry }) => entry)
      return changes.map(({ entry, position, identifier }) => {
        const from = entry.occurredAt.at
        const to = nextAfter(entriesOfChange, from)
        return {
          entry_n: entry.n,
          position,
          person,
          ...identifier,
          span: spanText(to === undefined ? { from } : { from, to }),
        }
      })
    })
  },
})
