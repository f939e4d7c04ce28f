import { buildCommand } from '@stricli/core'
import { guarded, json, text } from './command-parts.ts'
import type { Context } from './context.ts'
import type { ExpungeFlags, ResolveGoneFlags, SealFlags } from './house-flags.ts'

const required = (brief: string, placeholder: string) => ({ kind: 'parsed', parse: text, brief, placeholder }) as const
const positional = (brief: string, placeholder: string) =>
  ({ kind: 'tuple', parameters: [{ parse: text, brief, placeholder }] }) as const

const WHO = 'The officer who does this says so with a token in HABEAS_TOKEN (habeas token create --role oversight).'

export const expunge = buildCommand<ExpungeFlags, [string], Context>({
  loader: guarded(async () => (await import('./commands/order.ts')).expungeByOrder),
  parameters: {
    flags: { proposal: required('The entry by which the order of the court was put on record', 'ENTRY'), json },
    positional: positional('The custody, by its number in the register', 'NUMBER'),
  },
  docs: {
    brief: 'Expunge what a court ordered: keys exchanged, rows gone, the tree untouched',
    fullDescription: `Carries out what an expunge.propose lists, after 30 days (ours) of notice, by a second person, of the oversight body.
Refused for a custody in being and while a death, torture or disappearance is not settled. ${WHO}

  HABEAS_TOKEN=… habeas expunge TEC-25-000017 --proposal 0b9e1c2a-…

Next: habeas scrub, so that no trace is left in the files of the database.`,
  },
})

const orderFile = required('What the court ordered: {court, document, …} as JSON', 'FILE')

export const seal = buildCommand<SealFlags, [string], Context>({
  loader: guarded(async () => (await import('./commands/order.ts')).sealForCourt),
  parameters: {
    flags: { key: required('The public keys of the court: {x25519, mlkem768}', 'FILE'), order: orderFile, json },
    positional: positional('The custody, by its number in the register', 'NUMBER'),
  },
  docs: {
    brief: 'Seal a custody that has ended: only the court can open it again',
    fullDescription: `Hands the custody's keys to the court, with a copy for oversight; its rows leave the registers. ${WHO}

  HABEAS_TOKEN=… habeas seal TEC-25-000017 --key court.public.json --order order.json

Back: habeas unseal CUSTODY --key court.private.json --order order.json`,
  },
})

export const unseal = buildCommand<SealFlags, [string], Context>({
  loader: guarded(async () => (await import('./commands/order.ts')).unsealByCourt),
  parameters: {
    flags: { key: required('The private keys of the court; read, never kept', 'FILE'), order: orderFile, json },
    positional: positional('The custody, by its id: a sealed one has no row in the register', 'CUSTODY'),
  },
  docs: {
    brief: 'Open a sealed custody again, with the keys of the court',
    fullDescription: `Brings the keys back from the court's to the facility's store, and the rows back into the registers. ${WHO}

  HABEAS_TOKEN=… habeas unseal 7c9b1e0a-… --key court.private.json --order order.json`,
  },
})

export const resolveGone = buildCommand<ResolveGoneFlags, [string], Context>({
  loader: guarded(async () => (await import('./commands/order.ts')).resolveGoneFrom),
  parameters: {
    flags: {
      until: required('Those whom the lists lack since this day or before', 'YYYY-MM-DD'),
      reason: required('On what ground', 'TEXT'),
      json,
    },
    positional: positional('The facility, by its code', 'FACILITY'),
  },
  docs: {
    brief: 'Enter those who are gone from the roster as departed, nobody knows how',
    fullDescription: `An import never takes an absence for a release. When people have looked and can say no more, this enters for each of them
custody.depart {as: unknown}, on the first day that lacked them. HABEAS_TOKEN says who decided it.

  HABEAS_TOKEN=… habeas resolve-gone NYC --until 2026-08-20 --reason "asked the facility, no answer"`,
  },
})
