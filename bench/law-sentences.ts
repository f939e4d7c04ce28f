import { randomUUID } from 'node:crypto'
import { casesOf } from '../src/law/sentences/cases.ts'
import type { Entered } from '../src/law/sentences/forms.ts'
import { standingOf } from '../src/law/sentences/standing.ts'
import type { Told } from '../src/law/sentences/told.ts'
import type { Measured, Round } from './figure.ts'

const LARGE = 40_000
const SMALL = 4_000
/** A tenth of the people each, in turn, so that both halves of a round meet the same machine. */
const PARTS = 10

/** One in three of each: the law of El Salvador with its counting fixed, and left open in twelve ways; federal terms. */
function sentence(i: number): Told {
  const isFederal = i % 3 === 0
  const isFixed = i % 3 === 1
  const month = String((i % 12) + 1).padStart(2, '0')
  const legal: Entered = {
    case: randomUUID(),
    pack: isFederal ? 'us-federal' : 'sv',
    zone: 'America/El_Salvador',
    marks: [],
    options: isFixed ? { 'year-days': 'calendar', 'first-day-counts': true, rounding: 'up' } : {},
    sentences: [
      {
        sentence: randomUUID(),
        kind: 'prison',
        offences: [],
        imposed: `20${String((i % 9) + 15)}-${month}-${String((i % 28) + 1).padStart(2, '0')}`,
        terms: [{ part: 'custody', years: (i % 30) + 1, months: i % 12, weeks: 0, days: 0 }],
        marks: [],
      },
    ],
    adjustments: [],
    events: [],
  }
  return { kind: 'sentence.enter', legal, n: i, entry: '', at: '', recordedAt: '' }
}

/** From entries to dates, each person once: nothing that was computed before is at hand. People a second. */
function rateOf(people: readonly Told[]): number {
  const begun = performance.now()
  for (const told of people) for (const one of casesOf([told])) standingOf(one)
  return people.length / ((performance.now() - begun) / 1000)
}

/**
 * All dates of 40,000 sentences recomputed, people a second, and the same of 4,000: a rate that falls with how many
 * there are would make a change of law longer than a night.
 */
export function sentenceFigure(
  rounds: number,
  quick: boolean,
): Pick<Measured, 'name' | 'unit' | 'yardstick' | 'rounds'> {
  const scale = quick ? 10 : 1
  rateOf(Array.from({ length: 500 }, (_, i) => sentence(i)))
  const measured: Round[] = Array.from({ length: rounds }, () => {
    const small = Array.from({ length: SMALL / scale }, (_, i) => sentence(i))
    const large = Array.from({ length: LARGE / scale }, (_, i) => sentence(i))
    const part = Math.ceil(large.length / PARTS)
    const rates = Array.from({ length: PARTS }, (_, i) => rateOf(large.slice(i * part, (i + 1) * part)))
    const yardstick = rateOf(small)
    return { value: PARTS / rates.reduce((sum, rate) => sum + 1 / rate, 0), yardstick }
  })
  return {
    name: 'law/sentences/recompute',
    unit: 'people/s at 40,000',
    yardstick: 'people/s at 4,000',
    rounds: measured,
  }
}
