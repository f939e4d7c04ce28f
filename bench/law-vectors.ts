import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { crdConformance } from '../src/law/packs/gb-eaw/conformance.ts'
import { remandConformance } from '../src/law/packs/gb-eaw/remand/conformance.ts'
import { publishedFigures } from '../src/law/packs/us-federal/published.ts'
import type { Round } from './figure.ts'

const shared = (path: string) => fileURLToPath(new URL(`../../shared/data/${path}/vectors.jsonl.gz`, import.meta.url))

type Score = { readonly exact: number; readonly refused: number; readonly wrong: number }
type Found = { readonly name: string; readonly unit: string; readonly yardstick: string; readonly round: Round }

const YARDSTICK = 'vectors that are not skipped'

/** Of the vectors that are exact, and of all that are wrong; only where the published sets stand beside the checkout. */
export async function vectorFigures(): Promise<Found[]> {
  const found: Found[] = [statedFigures()]
  if (existsSync(shared('remand'))) {
    const { strata, ...all } = await remandConformance(shared('remand'))
    for (const name of ['clock-only', 'overlap']) found.push(exact(`law/remand/${name}/exact`, strata[name]))
    found.push(wrong('law/remand/wrong', all))
  }
  if (existsSync(shared('crd'))) {
    for (const level of ['L1', 'L3'] as const) {
      const { strata, ...all } = await crdConformance(shared('crd'), level)
      for (const name of Object.keys(strata).toSorted())
        found.push(exact(`law/crd/${level}/${name}/exact`, strata[name]))
      if (level === 'L3') found.push(wrong('law/crd/L3/wrong', all))
    }
  }
  return found
}

const none: Score = { exact: 0, refused: 0, wrong: 0 }
const sumOf = ({ exact, refused, wrong }: Score) => exact + refused + wrong

const exact = (name: string, score: Score = none): Found => ({
  name,
  unit: 'vectors exact',
  yardstick: YARDSTICK,
  round: { value: score.exact, yardstick: sumOf(score) },
})

const wrong = (name: string, score: Score): Found => ({
  name,
  unit: 'vectors wrong',
  yardstick: YARDSTICK,
  round: { value: score.wrong, yardstick: sumOf(score) },
})

function statedFigures(): Found {
  const stated = publishedFigures().filter(({ isStated }) => isStated)
  return {
    name: 'law/us-federal/stated',
    unit: 'figures as stated',
    yardstick: 'figures that the published records state',
    round: { value: stated.filter(({ ours, published }) => ours === published).length, yardstick: stated.length },
  }
}
