import type { ReactNode } from 'react'
import type { custodyEntriesContract } from '../../../src/cli/record-contract.ts'
import type { custodyContract } from '../../../src/custody/contract.ts'
import { addressOf } from '../../frame/addresses.ts'
import type { AnswerOf } from '../../frame/api.ts'
import { formatNumber } from '../../frame/format.ts'
import { Link } from '../../frame/link.tsx'
import { useWords } from '../../frame/words.ts'
import { ProofMark } from '../../parts/tags.tsx'
import { personWords } from './words.ts'

export type File = AnswerOf<typeof custodyContract>
export type Entries = AnswerOf<typeof custodyEntriesContract>['entries']
export type Segment = File['chain'][number]

/** Ids of entries by their number, as far as the acts of the file were read. */
export type EntryIds = ReadonlyMap<number, string>

/** The entry that says so; it leads to the proof where its id is known. */
export function Entry({
  n,
  ids,
  children,
}: {
  readonly n: number
  readonly ids: EntryIds
  readonly children?: ReactNode
}) {
  const id = ids.get(n)
  return (
    <ProofMark state="proven" n={n} {...(id === undefined ? {} : { entry: id })}>
      {children}
    </ProofMark>
  )
}

export function EntryLink({ n, ids }: { readonly n: number; readonly ids: EntryIds }) {
  const id = ids.get(n)
  return id === undefined ? formatNumber(n) : <Link to={addressOf.entry(id)}>{formatNumber(n)}</Link>
}

/** A section that the reader's role does not open is said to be closed: nothing here would look like nothing known. */
export function Closed() {
  const w = useWords(personWords)
  return <p className="card-body label">{w.closed}</p>
}

export const isClosed = (file: File, section: File['closed'][number]): boolean => file.closed.includes(section)

/** The code of the place itself: `P1-C19`; empty where no place on file is meant. */
export const codeOf = (path: Segment['path']): string => path.at(-1)?.code ?? ''

/** The whole way down, for a tooltip: `P1 · P1-L2 · P1-C19`. */
export const wayTo = (path: Segment['path']): string =>
  path
    .filter(({ kind }) => kind !== 'facility')
    .map(({ code }) => code)
    .join(' · ')
