import type { previewContract } from '../../../src/cli/return-contract.ts'
import type { AnswerOf } from '../../frame/api.ts'

export type Preview = AnswerOf<typeof previewContract>
export type Said = Preview['statements'][number]

const patterns = [
  [
    'who',
    /^(held|register-number|admitted|name(-\d+)?|[a-z0-9]+-of-entry-\d+|deprivation|other-custodies|disputed-limits)$/i,
  ],
  ['where', /^(where|bunk)/],
  ['law', /^(order|basis)/],
  ['answers', /^(authority|conflict)-/],
  ['left', /^departure/],
] as const

export type Group = (typeof patterns)[number][0] | 'rest'

/** Statements by the question that they answer, in the order of the file. */
export function groupsOf(statements: readonly Said[]): readonly (readonly [Group, readonly Said[]])[] {
  const groups = new Map<Group, Said[]>(
    ([...patterns.map(([name]) => name), 'rest'] as const).map((name) => [name, []]),
  )
  for (const statement of statements) {
    const group = patterns.find(([, pattern]) => pattern.test(statement.id))?.[0] ?? 'rest'
    groups.get(group)?.push(statement)
  }
  return [...groups].filter(([, found]) => found.length > 0)
}

/** Family names in capitals, as courts write them; undefined where no name is told. */
export function nameOf(statements: readonly Said[]): string | undefined {
  const value = statements.find(({ id }) => /^name-\d+$/.test(id))?.value
  if (typeof value !== 'object' || value === null) return undefined
  const { family1, family2, given, written } = value as Readonly<Record<string, unknown>>
  const text = (part: unknown) => (typeof part === 'string' ? part : '')
  const families = [text(family1), text(family2)].filter((part) => part !== '').join(' ')
  const whole = [families.toUpperCase(), text(given)].filter((part) => part !== '').join(', ')
  return whole === '' ? text(written) || undefined : whole
}
