import { z } from 'zod'
import { createToken, listTokens, NewToken, revokeToken } from '../../access/tokens.ts'
import type { Context } from '../context.ts'
import { CommandFailed } from '../failures.ts'
import type { Json } from '../flags.ts'
import type { TokenCreateFlags } from '../house-flags.ts'
import { withHouse } from '../with-house.ts'

export async function createOne(this: Context, { json, ...wanted }: TokenCreateFlags): Promise<void> {
  const { terminal } = this
  const parsed = NewToken.safeParse(wanted)
  if (!parsed.success) throw new CommandFailed(z.prettifyError(parsed.error))
  const { made, url } = await withHouse(this, async ({ database, clock, url, config }) => ({
    made: await createToken(database, clock, parsed.data),
    url: url ?? `http://${config.host}:${config.port}`,
  }))
  const { token, row } = made
  if (json) return terminal.say(JSON.stringify({ token, ...row }))
  terminal.say(token)
  terminal.note(
    terminal.words({
      en: `This is shown once: copy it now. Role ${row.role}, good until ${row.expires}, id ${row.id}.\nTry:  curl -H "authorization: Bearer ${token}" ${url}/api/openapi.json`,
      es: `Se muestra una sola vez: cópielo ahora. Papel ${row.role}, válido hasta ${row.expires}, id ${row.id}.\nPruebe:  curl -H "authorization: Bearer ${token}" ${url}/api/openapi.json`,
    }),
  )
}

export async function listAll(this: Context, { json }: Json): Promise<void> {
  const { terminal } = this
  const { tokens, now } = await withHouse(this, async ({ database, clock }) => ({
    tokens: await listTokens(database),
    now: clock.now(),
  }))
  if (json) return terminal.say(JSON.stringify(tokens))
  if (tokens.length === 0)
    return terminal.note(
      terminal.words({
        en: 'There is no token yet: habeas token create --role ROLE',
        es: 'Aún no hay ninguno: habeas token create --role ROLE',
      }),
    )
  const standing = ({ revoked, expires }: { revoked: string | null; expires: string }) => {
    if (revoked !== null) return 'revoked'
    return Temporal.Instant.compare(Temporal.Instant.from(expires), now) <= 0
      ? 'expired'
      : `until ${expires.slice(0, 10)}`
  }
  for (const row of tokens) {
    terminal.say(
      `${row.id}  ${row.role.padEnd(13)}  ${standing(row).padEnd(16)}  ${row.facility ?? '-'}  ${row.label ?? ''}`.trimEnd(),
    )
  }
}

export async function revokeOne(this: Context, { json }: Json, id: string): Promise<void> {
  const { terminal } = this
  if (!z.uuid().safeParse(id).success) throw new CommandFailed('A token is named by its id: see `habeas token list`.')
  const row = await withHouse(this, ({ database, clock }) => revokeToken(database, clock, id))
  if (!row) {
    terminal.note(
      terminal.words({
        en: 'There is no token with this id: see `habeas token list`.',
        es: 'No hay ningún token con este id: vea `habeas token list`.',
      }),
    )
    return this.end('refused')
  }
  if (json) return terminal.say(JSON.stringify(row))
  terminal.say(terminal.words({ en: `Ended: ${row.id} (${row.role}).`, es: `Terminado: ${row.id} (${row.role}).` }))
}
