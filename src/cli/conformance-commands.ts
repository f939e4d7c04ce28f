import { buildCommand, buildRouteMap } from '@stricli/core'
import { guarded, json, text, wholeNumber } from './command-parts.ts'
import type { Context } from './context.ts'
import { type ConformanceFlags, type CrdFlags, LEVELS } from './flags.ts'

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

export const conformance = buildRouteMap({
  routes: {
    merkle: ofRecord('merkle', 'Proofs of inclusion and consistency, of trees and subtrees', 'vectors.jsonl.gz'),
    jcs: ofRecord('jcs', 'Canonical JSON (RFC 8785)', 'vectors.json'),
    crd,
    remand,
  },
  docs: { brief: 'Judge test vectors written by others' },
})
