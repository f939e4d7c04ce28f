import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { z } from 'zod'
import { defineContract } from '../../kernel/contract.ts'
import type { Clock, Runner, Sql } from '../../kernel/ports.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import { type Endpoint, type EndpointContext, SIGNED_IN } from '../../platform/http/endpoint.ts'
import { PasskeyRow, passkeysContract, revokePasskeyContract } from './contract.ts'
import type { Origins } from './origin.ts'
import { listPasskeys, revokePasskey } from './passkeys.ts'
import { refuseSignIn } from './refusals.ts'
import type { Session } from './sessions.ts'
import type { StepUp } from './step-up.ts'

/** A HMAC-SHA-256, base64url. */
const For = z.string().regex(/^[A-Za-z0-9_-]{43}$/)
const Encoded = z.string().max(20_000)

/** What a browser's authenticator answered (WebAuthn §5.8): read by the library that checks it. */
const Credential = z.looseObject({
  id: z.string().max(2000),
  rawId: z.string().max(2000),
  type: z.literal('public-key'),
  response: z.looseObject({ clientDataJSON: Encoded }),
  clientExtensionResults: z.looseObject({}),
})

/** What `navigator.credentials` is given (WebAuthn §5.4, §5.5). */
const Options = z.looseObject({ challenge: z.string() })

const ask = defineContract({
  method: 'POST',
  path: '/api/step-up/options',
  says: {
    en: 'What to ask a passkey, to confirm the request that `for` names',
    es: 'Qué pedir a una llave de acceso, para confirmar la petición que nombra `for`',
  },
  permission: SIGNED_IN,
  personal: false,
  body: z.strictObject({ for: For }),
  ok: Options,
})

const answer = defineContract({
  method: 'POST',
  path: '/api/step-up',
  says: {
    en: 'The passkey’s answer; `stepUp` goes with the request as the header habeas-step-up, once, within two minutes',
    es: 'La respuesta de la llave; `stepUp` va con la petición como cabecera habeas-step-up, una vez, en dos minutos',
  },
  permission: SIGNED_IN,
  personal: false,
  body: z.strictObject({
    for: For,
    response: Credential.extend({
      response: z.looseObject({ clientDataJSON: Encoded, authenticatorData: Encoded, signature: Encoded }),
    }),
  }),
  ok: z.strictObject({ stepUp: z.string() }),
})

const askToRegister = defineContract({
  method: 'POST',
  path: '/api/passkeys/options',
  says: { en: 'What to ask a passkey that is to be registered', es: 'Qué pedir a una llave de acceso por registrar' },
  permission: SIGNED_IN,
  personal: false,
  body: z.strictObject({}),
  ok: Options,
})

const register = defineContract({
  method: 'POST',
  path: '/api/passkeys',
  says: {
    en: 'Registers a passkey for the officer who is signed in',
    es: 'Registra una llave de acceso para el funcionario que inició sesión',
  },
  permission: SIGNED_IN,
  personal: false,
  body: z.strictObject({
    response: Credential.extend({
      response: z.looseObject({ clientDataJSON: Encoded, attestationObject: Encoded }),
    }),
  }),
  ok: PasskeyRow,
})

export type PasskeyParts = {
  readonly sql: Sql
  readonly clock: Clock
  readonly runner: Pick<Runner, 'submit'>
  readonly origins: Origins
  readonly stepUp: StepUp
  /** The session that a request came with; undefined for a token. */
  readonly sessionOf: (context: EndpointContext) => Promise<Session | undefined>
}

/** Registering passkeys, and confirming one request with one. All of it for sessions: a token has no officer at hand. */
export function passkeyRoutes({ sql, clock, runner, origins, stepUp, sessionOf }: PasskeyParts): Endpoint[] {
  const inSession = async <T>(
    context: EndpointContext,
    work: (session: Session, origin: string) => Promise<T>,
  ): Promise<T | Refusal> => {
    const session = await sessionOf(context)
    const origin = origins.of(context.request.headers.host)
    return session === undefined || origin === undefined ? refuseSignIn('no-session') : work(session, origin)
  }
  return [
    {
      contract: ask,
      handle: ({ body }: { body: z.output<typeof ask.body & {}> }, context) =>
        inSession(context, (session, origin) => stepUp.ask(session, origin, requestOf(body.for))),
    },
    {
      contract: answer,
      handle: ({ body }: { body: z.output<typeof answer.body & {}> }, context) =>
        inSession(context, (session, origin) =>
          stepUp.answer(session, origin, requestOf(body.for), body.response as unknown as AuthenticationResponseJSON),
        ),
    },
    {
      contract: askToRegister,
      handle: (_input, context) => inSession(context, (session, origin) => stepUp.askToRegister(session, origin)),
    },
    {
      contract: register,
      handle: ({ body }: { body: z.output<typeof register.body & {}> }, context) =>
        inSession(context, (session, origin) =>
          stepUp.register(session, origin, body.response as unknown as RegistrationResponseJSON),
        ),
    },
    {
      contract: passkeysContract,
      handle: (_input, context) =>
        inSession(context, async ({ officer }) => ({ passkeys: await listPasskeys(sql, officer) })),
    },
    {
      contract: revokePasskeyContract,
      handle: ({ params }: { params: { id: string } }, context) =>
        inSession(context, async ({ officer }) => {
          const row = await revokePasskey({ sql, clock, runner }, officer, params.id)
          return row ?? refuseSignIn('no-such-passkey')
        }),
    },
  ]
}

const requestOf = (text: string): Buffer => Buffer.from(text, 'base64url')
