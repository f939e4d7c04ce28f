/** The published records of published.json, computed: each figure that a court or a source states, and ours. */
import { dayNumbers } from '../kernel/calendar.ts'
import { floorShare } from '../kernel/fraction.ts'
import { PER_DAY } from './law.ts'
import { type FederalCase, type FederalOutcome, usFederal } from './pack.ts'
import published from './published.json' with { type: 'json' }

export type PublishedFigure = {
  readonly record: string
  readonly name: string
  readonly published: number | string
  readonly ours: number | string | undefined
  /** Stated in the source, or derived by others from its facts. */
  readonly isStated: boolean
}

type Known = Extract<FederalOutcome, { kind: 'dated' }>

/** A whole case from the facts that a record has. */
export const federalFacts = (more: object): FederalCase => ({
  sentences: [],
  start: '2020-01-01',
  custody: [],
  creditedElsewhere: [],
  disallowedDays: 0,
  lawOn: '2022-01-01',
  ...more,
})

/** Throws when the pack refuses one: they are all within what it covers. */
export function publishedFigures(): PublishedFigure[] {
  return published.flatMap(({ id: record, given, stated, derived, ladder }) => {
    const steps = Object.entries(ladder ?? {}).map(([days, credit]) => ({
      record,
      name: `${days} days`,
      published: credit,
      ours: floorShare(Number(days), PER_DAY),
      isStated: true,
    }))
    if (given === undefined) return steps
    const outcome = usFederal.compute(federalFacts(given), dayNumbers) as FederalOutcome
    if (outcome.kind !== 'dated') throw new Error(`the published record ${record} is refused`)
    const figures = (of: object, isStated: boolean) =>
      Object.entries(of).map(([name, value]) => ({
        record,
        name,
        published: value as number | string,
        ours: figureOf(outcome, name),
        isStated,
      }))
    return [...steps, ...figures(stated, true), ...figures(derived ?? {}, false)]
  })
}

function figureOf(outcome: Known, name: string): number | string | undefined {
  if (name === 'months') return Number(/^P(\d+)M$/.exec(outcome.effectiveLength)?.[1])
  if (name === 'restGoodTime') return outcome.steps.find(({ text }) => text === 'rest-credit')?.value
  if (name === 'release') return outcome.dates.release?.date
  return outcome.counts?.[name as 'custody' | 'goodTime' | 'goodTimeNet'].days
}
