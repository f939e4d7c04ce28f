import { buildCommand, buildRouteMap } from '@stricli/core'
import { guarded, json, text, wholeNumber } from './command-parts.ts'
import type { Context } from './context.ts'
import type { Json } from './flags.ts'
import type { WitnessAddFlags, WitnessExportFlags } from './house-flags.ts'

const name = { parse: text, brief: 'What the witness is called in the policy', placeholder: 'NAME' } as const
const number = (brief: string) =>
  ({ kind: 'parsed', parse: wholeNumber, brief, placeholder: 'N', optional: true }) as const

const add = buildCommand<WitnessAddFlags, [string, string, string, string?], Context>({
  loader: guarded(async () => (await import('./commands/witness.ts')).addOne),
  parameters: {
    flags: { quorum: number('How many of the witnesses must cosign'), json },
    positional: {
      kind: 'tuple',
      parameters: [
        name,
        { parse: text, brief: 'Where it answers; - for one that is reached by file', placeholder: 'URL' },
        { parse: text, brief: 'Its verifier key, as it prints it', placeholder: 'VKEY' },
        { parse: text, brief: 'Its second key (ML-DSA-44)', placeholder: 'VKEY', optional: true },
      ],
    },
  },
  docs: {
    brief: 'Name a witness in the trust policy; it is then asked each minute',
    fullDescription: `A witness cosigns the log's head when it extends the last one it saw. One that the operator runs is no witness.

  habeas witness add inspectorate https://witness.example inspectorate+1a2b3c4d+BK…`,
  },
})

const ask = buildCommand<Json, [], Context>({
  loader: guarded(async () => (await import('./commands/witness.ts')).askAll),
  parameters: { flags: { json } },
  docs: { brief: 'Ask every witness now', fullDescription: 'Shows each the newest head.\n\n  habeas witness ask' },
})

const exportCommand = buildCommand<WitnessExportFlags, [string, string], Context>({
  loader: guarded(async () => (await import('./commands/witness.ts')).exportFor),
  parameters: {
    flags: { from: number('The size that the witness knows, where it is not the last it cosigned'), json },
    positional: {
      kind: 'tuple',
      parameters: [name, { parse: text, brief: 'Where the request is written', placeholder: 'FILE' }],
    },
  },
  docs: {
    brief: 'Write the request for a witness that no network reaches',
    fullDescription:
      'A short text, fit for a USB stick or a QR code.\n\n  habeas witness export inspectorate request.txt',
  },
})

const importCommand = buildCommand<Json, [string, string], Context>({
  loader: guarded(async () => (await import('./commands/witness.ts')).importFrom),
  parameters: {
    flags: { json },
    positional: {
      kind: 'tuple',
      parameters: [
        { parse: text, brief: 'The request that was carried there', placeholder: 'REQUEST' },
        { parse: text, brief: 'What the witness answered', placeholder: 'RESPONSE' },
      ],
    },
  },
  docs: {
    brief: 'Take the answer of a witness that no network reaches',
    fullDescription: 'Checks the cosignature and keeps it.\n\n  habeas witness import request.txt response.txt',
  },
})

export const witness = buildRouteMap({
  routes: { add, ask, export: exportCommand, import: importCommand },
  docs: { brief: 'Who cosigns the log: name, ask, exchange by file' },
})
