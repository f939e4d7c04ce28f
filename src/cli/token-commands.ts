import { buildCommand, buildRouteMap } from '@stricli/core'
import { ROLES } from '../access/roles.ts'
import { guarded, json, text, wholeNumber } from './command-parts.ts'
import type { Context } from './context.ts'
import type { Json } from './flags.ts'
import type { TokenCreateFlags } from './house-flags.ts'

const tokenCreate = buildCommand<TokenCreateFlags, [], Context>({
  loader: guarded(async () => (await import('./commands/token.ts')).createOne),
  parameters: {
    flags: {
      role: { kind: 'enum', values: ROLES, brief: 'What its holder may do' },
      label: {
        kind: 'parsed',
        parse: text,
        brief: 'Whose it is; the same label acts as the same hand',
        placeholder: 'TEXT',
        optional: true,
      },
      days: {
        kind: 'parsed',
        parse: wholeNumber,
        brief: 'How long it is good for, 1 to 366',
        placeholder: 'DAYS',
        default: '30',
      },
      facility: { kind: 'parsed', parse: text, brief: 'Binds it to one facility', placeholder: 'CODE', optional: true },
      json,
    },
  },
  docs: {
    brief: 'Make a token; it is shown once',
    fullDescription: `Until sign-in comes, a token says who asks the API. Only its hash is kept: copy it now.

  habeas token create --role court --label "Juzgado 3"

Next: curl -H "authorization: Bearer TOKEN" http://127.0.0.1:8472/api/…`,
  },
})
const tokenList = buildCommand<Json, [], Context>({
  loader: guarded(async () => (await import('./commands/token.ts')).listAll),
  parameters: { flags: { json } },
  docs: {
    brief: 'List tokens: id, role, label, until when; never the token itself',
    fullDescription: 'Lists every token that was made, with those that ended.\n\n  habeas token list',
  },
})
const tokenRevoke = buildCommand<Json, [string], Context>({
  loader: guarded(async () => (await import('./commands/token.ts')).revokeOne),
  parameters: {
    flags: { json },
    positional: { kind: 'tuple', parameters: [{ parse: text, brief: 'From `habeas token list`', placeholder: 'ID' }] },
  },
  docs: {
    brief: 'End a token at once',
    fullDescription: 'Ends a token; the next request with it is answered 401.\n\n  habeas token revoke 0b9e…',
  },
})
export const token = buildRouteMap({
  routes: { create: tokenCreate, list: tokenList, revoke: tokenRevoke },
  docs: { brief: 'Make, list and end the tokens with which the API is asked' },
})
