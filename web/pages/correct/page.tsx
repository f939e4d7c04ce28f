import { useQuery } from '@tanstack/react-query'
import type { readEntry } from '../../../src/access/entry-contract.ts'
import type { custodyEntriesContract } from '../../../src/cli/record-contract.ts'
import { addressOf } from '../../frame/addresses.ts'
import { type AnswerOf, call, useRead } from '../../frame/api.ts'
import { Link, useParams } from '../../frame/link.tsx'
import { useWords } from '../../frame/words.ts'
import { Page } from '../../parts/page.tsx'
import { Fault, Loading } from '../../parts/states.tsx'
import { Amend } from './amend.tsx'
import { ownOf } from './sections.ts'
import type { Standing } from './standing.ts'
import { correctWords } from './words.ts'

type Entry = AnswerOf<typeof readEntry>

/** An entry is corrected by another: old and new side by side, with the reason; or withdrawn. */
export default function CorrectPage() {
  const { entry = '' } = useParams()
  const w = useWords(correctWords)
  const first = useRead<typeof readEntry>('/api/entries/:id', { params: { id: entry } }, { timed: false })
  const custody = first.data === undefined ? undefined : custodyOf(first.data)
  const corrections = useCorrections(entry, custody)
  const error = first.error ?? corrections.error
  return (
    <Page
      title={w.title}
      crumbs={[
        { to: addressOf.prove(), label: w.prove },
        { to: addressOf.entry(entry), label: w.entry },
      ]}
      aside={first.data === undefined ? undefined : <span className="tag mono">{first.data.kind}</span>}
      lines={<p className="label">{w.how}</p>}
      actions={
        custody === undefined ? undefined : (
          <Link className="button" to={addressOf.person(custody)}>
            {w.file}
          </Link>
        )
      }
    >
      {error !== null ? (
        <Fault error={error} onRetry={() => void first.refetch()} />
      ) : first.data === undefined || (custody !== undefined && corrections.data === undefined) ? (
        <Loading />
      ) : (
        <Amend key={entry} standing={standingOf(first.data, corrections.data ?? [])} />
      )}
    </Page>
  )
}

const custodyOf = ({ sections }: Entry): string | undefined => {
  const custody = sections.person?.custody
  return typeof custody === 'string' ? custody : undefined
}

/** Earlier corrections of the entry that still stand, the oldest first. */
function useCorrections(entry: string, custody: string | undefined) {
  return useQuery({
    queryKey: ['live', 'corrections', entry, custody],
    enabled: custody !== undefined,
    queryFn: async ({ signal }) => {
      const { entries } = await call<typeof custodyEntriesContract>('GET', '/api/custodies/:id/entries', {
        params: { id: custody ?? '' },
        query: { limit: 200 } as never,
        signal,
      })
      const withdrawn = new Set(entries.flatMap(({ kind, amends }) => (kind === 'entry.withdraw' ? [amends] : [])))
      const standing = entries.filter(
        ({ id, kind, amends }) => kind === 'entry.correct' && amends === entry && !withdrawn.has(id),
      )
      return Promise.all(
        standing
          .toSorted((a, b) => a.nth - b.nth)
          .map(({ id }) => call<typeof readEntry>('GET', '/api/entries/:id', { params: { id }, signal })),
      )
    },
  })
}

function standingOf(first: Entry, corrections: readonly Entry[]): Standing {
  const sections: Record<string, Record<string, unknown>> = {}
  for (const [name, value] of Object.entries(first.sections)) sections[name] = ownOf(first.kind, name, value)
  const system = (first.sections.person ?? first.sections.act) as { occurredAt?: Standing['occurredAt'] } | undefined
  let occurredAt = system?.occurredAt
  for (const { sections: corrected } of corrections) {
    const {
      replaces = [],
      moves,
      data,
    } = (corrected.act ?? {}) as {
      replaces?: readonly string[]
      moves?: boolean
      data?: Record<string, unknown>
    }
    for (const name of replaces) {
      const value = name === 'act' ? data : corrected[name as keyof typeof corrected]
      if (value !== undefined) sections[name] = ownOf(first.kind, name, value)
    }
    if (moves === true) occurredAt = (corrected.person as { occurredAt?: Standing['occurredAt'] }).occurredAt
  }
  return {
    id: first.id,
    kind: first.kind,
    facility: first.facility,
    custody: custodyOf(first),
    occurredAt,
    sections,
    closed: first.closed,
    wasCorrected: corrections.length > 0,
  }
}
