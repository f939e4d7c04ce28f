import { buildCommand, buildRouteMap } from '@stricli/core'
import { guarded, json, text } from './command-parts.ts'
import type { Context } from './context.ts'
import type { Json } from './flags.ts'
import type { LawReviewFlags } from './house-flags.ts'

export const sentence = buildCommand<Json, [string], Context>({
  loader: guarded(async () => (await import('./commands/sentence.ts')).computeSentence),
  parameters: {
    flags: { json },
    positional: {
      kind: 'tuple',
      parameters: [{ parse: text, brief: 'A case as JSON: pack, sentences, adjustments', placeholder: 'FILE' }],
    },
  },
  docs: {
    brief: 'Compute the dates of a sentence from a file, with every step in words; no database',
    fullDescription: `Reads the facts of a case and gives each date with its working and its sources, or the reasons why there is none. The form
of the file is that of the act sentence.enter, with names instead of ids (docs/sentences.md has one whole).

  habeas sentence case.json

Ends with 0 where dates are given, 3 where the pack of law refuses.`,
  },
})

const review = buildCommand<LawReviewFlags, [], Context>({
  loader: guarded(async () => (await import('./commands/law-review.ts')).reviewChange),
  parameters: {
    flags: {
      pack: { kind: 'parsed', parse: text, brief: 'The pack of law, by its id', placeholder: 'ID' },
      from: { kind: 'parsed', parse: text, brief: 'The day on which the change commences', placeholder: 'YYYY-MM-DD' },
      record: {
        kind: 'parsed',
        parse: text,
        brief: 'Only this facility, and enter law.review for it; the token in HABEAS_TOKEN says who looked',
        placeholder: 'FACILITY',
        optional: true,
      },
      json,
    },
  },
  docs: {
    brief: 'Recompute everybody held before and after a change of law: who moves, and why',
    fullDescription: `Goes through all cases of a pack, in parts, and lists each date that moves with the step that moves it.

  habeas law review --pack gb-eaw --from 2024-09-10
  HABEAS_TOKEN=… habeas law review --pack gb-eaw --from 2024-09-10 --record TEC`,
  },
})

export const law = buildRouteMap({
  routes: { review },
  docs: { brief: 'What a change of sentence law does to those who are held' },
})
