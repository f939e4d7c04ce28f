import { casesOf } from './cases.ts'
import { datesOf, work } from './compute.ts'
import type { Entered, Signed } from './forms.ts'
import type { Told } from './told.ts'

/**
 * The signature over all dates that the pack gives now for these entered facts, by its first reading; undefined where it
 * gives none. For whoever signs without a screen: the simulator, tests.
 */
export function workedOut(legal: Entered, birth?: string): Signed | undefined {
  const told: Told = {
    kind: 'sentence.enter',
    legal,
    ...(birth !== undefined && { birth }),
    n: 1,
    entry: '',
    at: '',
    recordedAt: '',
  }
  const [one] = casesOf([told])
  if (one === undefined) return undefined
  const { pack, digest, readings } = work(one.facts, one.inputs)
  const [reading] = readings
  if (pack === undefined || reading === undefined) return undefined
  return {
    case: legal.case,
    pack: { id: pack.id, version: pack.version, hash: pack.hash },
    inputs: one.inputs,
    items: { ...one.items },
    outcome: digest,
    reading: 0,
    dates: datesOf(reading.dates).map(([type, { date }]) => ({ type, date, how: 'pack' })),
    steps: JSON.parse(JSON.stringify(reading.steps)) as Signed['steps'],
  }
}
