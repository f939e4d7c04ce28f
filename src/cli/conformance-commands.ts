import { buildCommand, buildRouteMap } from '@stricli/core'
import { guarded, json, text, wholeNumber } from './command-parts.ts'
import type { Context } from './context.ts'
import { type ConformanceFlags, type CrdFlags, type FiguresFlags, LEVELS } from './flags.ts'

const maxWrong = {
  kind: 'parsed',
  parse: wholeNumber,
  brief: 'How many may be judged wrongly and still end with 0',
  placeholder: 'N',
  default: '0',
} as const
const positional = {
  kind: 'tuple',
  parameters: [{ parse: text, brief: 'A file of the set, in its documented form', placeholder: 'FILE' }],
} as const
const ENDS = 'Ends with 0 when none is judged wrongly, 1 when one is.'

const ofRecord = (kind: 'merkle' | 'jcs', brief: string, example: string) =>
  buildCommand<ConformanceFlags, [string], Context>({
    loader: guarded(async () => (await import('./commands/conformance.ts')).conformance(kind)),
    parameters: { flags: { maxWrong, json }, positional },
    docs: { brief, fullDescription: `${brief}.\n\n  habeas conformance ${kind} ${example}\n\n${ENDS}` },
  })

const JUDGED = `Exact, refused (nothing given, with a reason) and wrong are told apart by stratum, in percent of the three; vectors for
which the source itself gives no dates are skipped. A wrong date is far worse than a refusal.`

const crd = buildCommand<CrdFlags, [string], Context>({
  loader: guarded(async () => (await import('./commands/law-conformance.ts')).crd),
  parameters: {
    flags: {
      level: {
        kind: 'enum',
        values: LEVELS,
        brief: 'Which dates: L0 length, L1 release and expiry, L2 all but early removal, L3 all',
        default: 'L3',
      },
      maxWrong,
      json,
    },
    positional,
  },
  docs: {
    brief: 'Release dates of England and Wales',
    fullDescription: `Computes each sentence of the file by the law of England and Wales and compares the dates. ${JUDGED}

  habeas conformance crd vectors.jsonl.gz --level L1

${ENDS}`,
  },
})

const remand = buildCommand<ConformanceFlags, [string], Context>({
  loader: guarded(async () => (await import('./commands/law-conformance.ts')).remand),
  parameters: { flags: { maxWrong, json }, positional },
  docs: {
    brief: 'Credit for time on remand, England and Wales',
    fullDescription: `Computes for each case of the file which days were spent on remand and which sentence they come off. ${JUDGED}

  habeas conformance remand vectors.jsonl.gz

${ENDS}`,
  },
})

const comfort = buildCommand<ConformanceFlags, [string], Context>({
  loader: guarded(async () => (await import('./commands/conditions-conformance.ts')).comfort),
  parameters: { flags: { maxWrong, json }, positional },
  docs: {
    brief: 'WBGT, humidex, PMV and PPD, heat index',
    fullDescription: `Computes each case of a set and compares it within the set's own tolerance. Cases of another formula, or with an
input that is not ours, are refused, by name.

  habeas conformance comfort ts_wbgt.json

${ENDS}`,
  },
})

const ofFigures = (kind: 'heat' | 'sensors' | 'weather', brief: string, more: string, example: string) =>
  buildCommand<FiguresFlags, [string], Context>({
    loader: guarded(async () => (await import('./commands/conditions-conformance.ts'))[kind]),
    parameters: {
      flags: {
        expect: {
          kind: 'parsed',
          parse: text,
          brief: 'JSON with the keys that --json prints, or some of them: each exact, refused (unknown) or wrong',
          placeholder: 'FILE',
          optional: true,
        },
        maxWrong,
        json,
      },
      positional,
    },
    docs: {
      brief,
      fullDescription: `${brief}. ${more}

  habeas conformance ${kind} ${example}

Lines that are no row are named and count as wrong. ${ENDS}`,
    },
  })

export const conformance = buildRouteMap({
  routes: {
    merkle: ofRecord('merkle', 'Proofs of inclusion and consistency, of trees and subtrees', 'vectors.jsonl.gz'),
    jcs: ofRecord('jcs', 'Canonical JSON (RFC 8785)', 'vectors.json'),
    crd,
    remand,
    comfort,
    heat: ofFigures(
      'heat',
      'Indoor heat of Texas prisons, three forms',
      'Told apart by their header; counts readings, days, units, areas, and heat above its limits.',
      'cool-bed.csv.gz --expect figures.json',
    ),
    sensors: ofFigures(
      'sensors',
      'A sensor history of a prison',
      'Replays it through the quality rules of the gateway and counts readings by quality.',
      'tier-temperature.csv.gz --json',
    ),
    weather: ofFigures(
      'weather',
      'A year of weather by the hour (EPW)',
      'Counts it, fits the forecast on January to June and scores it on July to December.',
      'yangon.csv.gz',
    ),
  },
  docs: { brief: 'Judge test vectors written by others' },
})
