// Sentence cases for tests. Imported by tests only.
import { derivedId } from '../../kernel/ids.ts'
import type { Entered, Signed } from './forms.ts'
import type { caseView } from './view.ts'

export const caseId = (name: string): string => derivedId('test', 'case', name)
export const sentenceId = (name: string): string => derivedId('test', 'sentence', name)
export const adjustmentId = (name: string): string => derivedId('test', 'adjustment', name)

const term = (years: number, months: number) => ({ part: 'custody' as const, years, months, weeks: 0, days: 0 })

/** 46 and 21 months one after another, as in a published opinion (reference: Catlin). Released 2022-02-03. */
export const federal = (name: string): Entered => ({
  case: caseId(name),
  pack: 'us-federal',
  zone: 'America/Chicago',
  marks: [],
  options: {},
  sentences: [
    {
      sentence: sentenceId(`${name} 1`),
      kind: 'prison',
      offences: [],
      imposed: '2018-03-08',
      terms: [term(0, 46)],
      marks: [],
    },
    {
      sentence: sentenceId(`${name} 2`),
      kind: 'prison',
      offences: [],
      imposed: '2018-03-08',
      terms: [term(0, 21)],
      consecutiveTo: sentenceId(`${name} 1`),
      marks: [],
    },
  ],
  adjustments: [
    { adjustment: adjustmentId(`${name} custody`), kind: 'custody', from: '2017-04-05', to: '2018-03-07' },
    { adjustment: adjustmentId(`${name} lost`), kind: 'disallowed', days: 27 },
  ],
  events: [],
})

/** The same with sixty years: it runs on for long. */
export const longFederal = (name: string): Entered => {
  const { sentences, ...rest } = federal(name)
  return { ...rest, sentences: sentences.map((one) => ({ ...one, terms: [term(60, 0)] })) }
}

/** Ten years under the law of El Salvador; how days are counted is not known, so it is ambiguous. */
export const salvadoran = (name: string, options: Entered['options'] = {}): Entered => ({
  case: caseId(name),
  pack: 'sv',
  zone: 'America/El_Salvador',
  marks: [],
  options,
  sentences: [
    {
      sentence: sentenceId(name),
      kind: 'prison',
      offences: [],
      imposed: '2018-09-12',
      begins: '2016-10-30',
      terms: [term(10, 0)],
      marks: ['not-restricted'],
    },
  ],
  adjustments: [],
  events: [],
})

/** Under a law that the program has no pack for. */
export const elsewhere = (name: string): Entered => ({ ...salvadoran(name), pack: 'gt' })

type View = ReturnType<typeof caseView>

/** What the console sends to sign these dates of what was shown. */
export function signatureOf(view: View, dates: Signed['dates'], reading = 0): Signed {
  const { readings, ...rest } = view.toSign
  return { ...rest, reading, dates, steps: readings[reading]?.steps ?? [] }
}

/** All dates of a reading, as computed. */
export const computedDates = (view: View, reading = 0): Signed['dates'] =>
  (view.outcome.readings[reading]?.dates ?? []).map(({ type, date }) => ({ type, date, how: 'pack' }))
