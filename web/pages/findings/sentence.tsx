import type { rulesContract } from '../../../src/standards/contract.ts'
import { type AnswerOf, useRead } from '../../frame/api.ts'
import { useMay } from '../../frame/session.ts'
import { useLanguage, useWords } from '../../frame/words.ts'
import { findingSentences } from './sentences.ts'

export type Rule = AnswerOf<typeof rulesContract>['rules'][number]

/** The rules; they are the same at every instant. */
export function useRules(): readonly Rule[] {
  const may = useMay('finding.read')
  const { data } = useRead<typeof rulesContract>('/api/rules', {}, { timed: false, live: false, enabled: may })
  return data?.rules ?? []
}

/** What a finding says, about so many people. */
export function FindingSentence({ rule, people }: { readonly rule: string; readonly people: number | null }) {
  const sentences = useWords(findingSentences)
  const { language } = useLanguage()
  const rules = useRules()
  const say = (sentences as Readonly<Record<string, (people: number) => string>>)[rule]
  if (say !== undefined) return say(people ?? 1)
  return rules.find(({ id }) => id === rule)?.says[language] ?? null
}
