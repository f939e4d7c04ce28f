import type { Entry } from '../../kernel/act.ts'
import { defineFold, type Register } from '../../kernel/register.ts'
import { spanText } from '../../kernel/span.ts'
import { type ReleaseClock, releaseClocksOf, releaseKinds } from './clock.ts'

const subjectOf = (entries: readonly Entry[]) => ({
  custody: entries[0]?.custody ?? null,
  facility: entries[0]?.facility ?? '',
})

export const releaseClockRegister = defineFold({
  table: 'release_clock',
  version: 2,
  columns: {
    custody: 'uuid',
    facility: 'text',
    order_id: 'uuid',
    kind: 'text',
    received: 'timestamptz',
    starts: 'timestamptz',
    verified: 'timestamptz',
    verified_n: 'bigint',
    identity: 'timestamptz',
    identity_means: 'text',
    identity_n: 'bigint',
    others: 'timestamptz',
    others_found: 'boolean',
    others_n: 'bigint',
    authorised: 'timestamptz',
    authorised_n: 'bigint',
    gate: 'timestamptz',
    left_as: 'text',
    gate_n: 'bigint',
    over: 'timestamptz',
    over_as: 'text',
    over_n: 'bigint',
    checks: 'jsonb',
    later: 'jsonb',
    entry_n: 'bigint',
  },
  key: ['custody', 'order_id'],
  scope: 'custody',
  kinds: releaseKinds,
  rows: (entries) => releaseClocksOf(entries).map((clock) => ({ ...subjectOf(entries), ...rowOf(clock) })),
})

const rowOf = ({ state, verified, identity, others, authorised, gate, over, ...clock }: ReleaseClock) => ({
  order_id: clock.order,
  kind: state.order.kind,
  received: clock.received,
  starts: clock.starts,
  verified: verified?.at ?? null,
  verified_n: verified?.n ?? null,
  identity: identity?.at ?? null,
  identity_means: identity?.means ?? null,
  identity_n: identity?.n ?? null,
  others: others?.at ?? null,
  others_found: others?.found ?? null,
  others_n: others?.n ?? null,
  authorised: authorised?.at ?? null,
  authorised_n: authorised?.n ?? null,
  gate: gate?.at ?? null,
  left_as: gate?.as ?? null,
  gate_n: gate?.n ?? null,
  over: over?.at ?? null,
  over_as: over?.as ?? null,
  over_n: over?.n ?? null,
  checks: clock.checks,
  later: clock.later,
  entry_n: state.n,
})

export const releaseConflictRegister = defineFold({
  table: 'release_conflict',
  version: 2,
  columns: {
    custody: 'uuid',
    facility: 'text',
    release_id: 'uuid',
    order_id: 'uuid',
    span: 'tstzrange',
    entry_n: 'bigint',
  },
  key: ['custody', 'release_id', 'order_id', 'span'],
  scope: 'custody',
  kinds: releaseKinds,
  rows: (entries) =>
    releaseClocksOf(entries).flatMap(({ order: release, conflicts }) =>
      conflicts.map(({ order, n, ...span }) => ({
        ...subjectOf(entries),
        release_id: release,
        order_id: order,
        span: spanText(span),
        entry_n: n,
      })),
    ),
})

export const releaseRegisters: readonly Register[] = [releaseClockRegister, releaseConflictRegister]
