import type { Entry } from '../kernel/act.ts'
import { defineFold } from '../kernel/register.ts'
import { spanText, timeline } from '../kernel/span.ts'
import { type FieldCode, fieldCodes, fieldKinds, requiredFields } from './fields.ts'
import { joined } from './folds.ts'
import { custodySpanOf, spanKinds } from './span.ts'

/** What the register lacks about a custody, from when to when: one row a change. A field once given stays given. */
export const completenessRegister = defineFold({
  table: 'completeness',
  columns: { custody: 'uuid', span: 'tstzrange', missing: 'text[]', entry_n: 'bigint' },
  key: ['custody', 'span'],
  scope: 'custody',
  kinds: [...new Set([...spanKinds, ...fieldKinds])],
  rows(entries) {
    const held = custodySpanOf(entries)
    if (!held?.admission.custody) return []
    const missing = new Set<FieldCode>(fieldCodes)
    const facts = entries.flatMap((entry: Entry) => {
      const given = [...missing].filter((code) => requiredFields[code].given(entry))
      if (given.length === 0 && entry !== held.admission) return []
      for (const code of given) missing.delete(code)
      return [{ at: entry.occurredAt.at, n: entry.n, value: fieldCodes.filter((code) => missing.has(code)) }]
    })
    const segments = timeline(facts, held)
    return joined(segments, (a, b) => a.length === b.length).map(({ span, n, value }) => ({
      custody: held.admission.custody as string,
      span: spanText(span),
      missing: value,
      entry_n: n,
    }))
  },
})
