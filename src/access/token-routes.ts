import { z } from 'zod'
import { defineContract } from '../kernel/contract.ts'
import { Uuid } from '../kernel/ids.ts'
import type { Clock, Sql } from '../kernel/ports.ts'
import type { Endpoint } from '../platform/http/endpoint.ts'
import { refuseAccess } from './refusals.ts'
import { Role } from './roles.ts'
import { listTokens, revokeToken } from './tokens.ts'

const Token = z.strictObject({
  id: z.uuid(),
  officer: z.uuid(),
  label: z.string().nullable(),
  role: Role,
  facility: z.string().nullable(),
  created: z.string(),
  expires: z.string(),
  revoked: z.string().nullable(),
})

const list = defineContract({
  method: 'GET',
  path: '/api/tokens',
  says: {
    en: 'The tokens that were made, without the tokens themselves',
    es: 'Los tokens creados, sin los tokens mismos',
  },
  permission: 'token.manage',
  personal: false,
  ok: z.strictObject({ tokens: z.array(Token) }),
})

const revoke = defineContract({
  method: 'POST',
  path: '/api/tokens/:id/revoke',
  says: { en: 'Ends a token at once', es: 'Termina un token de inmediato' },
  permission: 'token.manage',
  personal: false,
  params: z.strictObject({ id: Uuid }),
  ok: Token,
})

/**
 * Tokens are listed and ended over HTTP, never made: an administrator who could make one for another role could read
 * what the policies keep from it. `habeas token create` makes them on the machine itself.
 */
export function tokenRoutes(sql: Sql, clock: Clock): Endpoint[] {
  return [
    { contract: list, handle: async () => ({ tokens: await listTokens(sql) }) },
    {
      contract: revoke,
      handle: async ({ params }: { params: { id: string } }) =>
        (await revokeToken(sql, clock, params.id)) ?? refuseAccess('no-such-token'),
    },
  ]
}
