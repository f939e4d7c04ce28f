import { buildCommand } from '@stricli/core'
import { SECTIONS, type Section } from '../kernel/act.ts'
import { AUDIENCES } from '../kernel/audience.ts'
import { guarded, json, text } from './command-parts.ts'
import type { Context } from './context.ts'
import type { ReceiptFlags } from './house-flags.ts'

export const receipt = buildCommand<ReceiptFlags, [string], Context>({
  loader: guarded(async () => (await import('./commands/receipt.ts')).handOut),
  parameters: {
    flags: {
      as: {
        kind: 'enum',
        values: AUDIENCES,
        brief: 'For whom: opens the sections that this reader may open',
        optional: true,
      },
      sections: {
        kind: 'parsed',
        parse: sectionNames,
        brief: 'Fewer sections, with commas; of those of a court where --as is not given',
        placeholder: 'LIST',
        optional: true,
      },
      sdJwt: {
        kind: 'boolean',
        brief: 'As an SD-JWT signed by the custodian, without proof of its place',
        default: false,
        withNegated: false,
      },
      out: {
        kind: 'parsed',
        parse: text,
        brief: 'Where to write it (default: receipt-ENTRY.tlog-proof or entry-ENTRY.sd-jwt here)',
        placeholder: 'FILE',
        optional: true,
      },
      json,
    },
    positional: {
      kind: 'tuple',
      parameters: [
        {
          parse: text,
          brief: 'Id of an entry or of an act; or promise-key, custodian-key',
          placeholder: 'ENTRY|ACT',
        },
      ],
    },
  },
  docs: {
    brief: 'Hand out one entry: proof that it stands in the log, and what its reader may open',
    fullDescription: `Writes the receipt of an entry (C2SP tlog-proof): its place under the signed checkpoint, the promise given with it, and the
sections that the reader may open. Without --as and --sections it opens none. With --sd-jwt the entry goes out as an SD-JWT,
of which the holder may pass on fewer sections. An act that became several entries gives a file for each.

  habeas receipt 5f0c3b1a-9c7e-4d2f-8a6b-000000000003 --as family
  habeas receipt 5f0c3b1a-9c7e-4d2f-8a6b-000000000003 --as counsel --sections person,legal --sd-jwt
  habeas receipt promise-key                 proves by which key promises are signed

Next: habeas verify FILE --trust POLICY`,
  },
})

function sectionNames(value: string): Section[] {
  const names = value.split(',').map((name) => name.trim())
  const isSection = (name: string): name is Section => (SECTIONS as readonly string[]).includes(name)
  if (!names.every(isSection)) throw new Error(`sections are of ${SECTIONS.join(', ')}`)
  return names
}
