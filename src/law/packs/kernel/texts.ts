/** The working in words: a pack's texts with their gaps filled from the step. */
import type { Words } from '../../../kernel/refusal.ts'
import type { Calendar } from './calendar.ts'
import { joinTerms, toIsoDuration } from './duration.ts'
import { writeShare } from './fraction.ts'
import type { Citation } from './pack.ts'
import type { Step } from './steps.ts'

export type StepInWords = { readonly n: number; readonly says: Words; readonly cite?: Citation }

type Book = {
  readonly texts: Readonly<Record<string, Words>>
  readonly citations: Readonly<Record<string, Citation>>
}

/**
 * Each step as a sentence in both languages, with its source. Gaps of a text: `{result}`, `{1}` … for the inputs,
 * `{share}`, `{terms}` and `{months}` for the figures of the operation, and the step's own `values` by name. A gap that
 * nothing fills is a bug and throws.
 */
export function stepsInWords(calendar: Calendar, steps: readonly Step[], book: Book): StepInWords[] {
  const write = (step: Step) => (step.unit === 'date' ? calendar.toIso(step.value) : String(step.value))
  return steps.map((step) => {
    const words = book.texts[step.text]
    if (words === undefined) throw new Error(`no text for ${step.text}`)
    const gaps = new Map<string, string>([['result', write(step)]])
    for (const [index, n] of step.in.entries()) {
      const input = steps[n - 1]
      if (input !== undefined) gaps.set(String(index + 1), write(input))
    }
    const { share, lengths, months } = step.params
    if (share !== undefined) gaps.set('share', writeShare(share))
    if (lengths !== undefined) gaps.set('terms', joinTerms(lengths).map(toIsoDuration).join(' + '))
    if (months !== undefined) gaps.set('months', String(months))
    for (const [name, value] of Object.entries(step.values ?? {})) gaps.set(name, String(value))
    const cite = step.cite === undefined ? undefined : book.citations[step.cite]
    return {
      n: step.n,
      says: { en: fill(words.en, gaps, step), es: fill(words.es, gaps, step) },
      ...(cite === undefined ? {} : { cite }),
    }
  })
}

function fill(template: string, gaps: ReadonlyMap<string, string>, step: Step): string {
  return template.replace(/\{([\w-]+)\}/g, (_, name: string) => {
    const value = gaps.get(name)
    if (value === undefined) throw new Error(`nothing fills {${name}} in the text ${step.text}`)
    return value
  })
}
