import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bunkRegister, responsibilityRegister } from '../custody/folds.ts'
import { custodySpanOf } from '../custody/span.ts'
import type { Entry } from '../kernel/act.ts'
import type { Register } from '../kernel/register.ts'
import { contains } from '../kernel/span.ts'
import { basisOfEntries } from '../law/project.ts'
import type { ActDraft } from './draft.ts'
import { expectedTotals } from './expected.ts'
import { readMixture } from './mixture.ts'
import { population } from './population.ts'

/** The entry that an act would become; the record itself is not needed to ask the folds. */
const entryOf = ({ kind, id, occurredAt, data }: ActDraft, n: number): Entry => ({
  n,
  id,
  kind: kind.kind,
  v: kind.v,
  facility: 'TEC',
  custody: data.person?.custody as string,
  occurredAt,
  recordedAt: occurredAt.at,
  via: 'simulator',
  sections: data,
})

const seenBy = (register: Register, entries: readonly Entry[]) =>
  register.rows(entries.filter(({ kind }) => register.kinds.includes(kind)))

test('the folds of law and custody find what the papers say', () => {
  // More of what is rare than in the reference facility, so that a small population has enough of it.
  const base = readMixture()
  const { cover } = base.law
  const mixture = {
    ...base,
    people: 3000,
    admissions: { ...base.admissions, receivedUnderConvictedOnly: 0.1, readmitted: 0.05, recaptured: 0.05 },
    law: {
      ...base.law,
      cover: Object.fromEntries(Object.keys(cover).map((key) => [key, 1 / Object.keys(cover).length])),
    },
  }
  const people = [...population(mixture)]
  const expected = expectedTotals(people, mixture.asOf)

  const found = { held: 0, order: 0, disputed: 0, unknown: 0, lapse: 0, admittedWithout: 0, bunks: 0, conflicts: 0 }
  for (const acts of people) {
    for (const entries of Map.groupBy(acts.map(entryOf), ({ custody }) => custody).values()) {
      const span = custodySpanOf(entries)
      assert.ok(span)
      const basis = basisOfEntries(entries)
      assert.equal(basis[0]?.span.from, span.from)
      if (!contains(span, mixture.asOf)) continue
      found.held++
      for (const segment of basis) if (contains(segment.span, mixture.asOf)) found[segment.state]++
      if (basis[0]?.state === 'lapse') found.admittedWithout++
      found.bunks += seenBy(bunkRegister, entries).length
      const supervising = seenBy(responsibilityRegister, entries).filter(({ role }) => role === 'supervises')
      const crossed = supervising.some((a) =>
        supervising.some((b) => a.stated_by === b.state && b.stated_by === a.state),
      )
      if (crossed) found.conflicts++
    }
  }
  const { held, basis, admittedWithoutOrder, withoutBunk, custodyConflicts } = expected
  const admittedWithout = admittedWithoutOrder
  assert.deepEqual(found, { held, ...basis, admittedWithout, bunks: held - withoutBunk, conflicts: custodyConflicts })
  assert.ok(custodyConflicts > 50 && basis.lapse > 500 && basis.unknown > 200 && basis.disputed > 100)
})
