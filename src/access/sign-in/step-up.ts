import { createHash, createHmac, hkdfSync } from 'node:crypto'
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { randomBytes } from '../../kernel/ids.ts'
import { jcs } from '../../kernel/json.ts'
import type { Clock, Runner, Sql } from '../../kernel/ports.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import type { Principal, RequestHead } from '../../platform/http/endpoint.ts'
import {
  addPasskey,
  FRESH_SECONDS,
  findPasskeys,
  grantStepUp,
  hasPasskey,
  makeChallenge,
  notePasskeyUse,
  type Passkey,
  type PasskeyRow,
  spendStepUp,
  takeChallenge,
} from './passkeys.ts'
import { refuseSignIn } from './refusals.ts'
import type { Session } from './sessions.ts'

/** The header that carries what a passkey confirmed. */
export const STEP_UP_HEADER = 'habeas-step-up'

export type StepUpOptions = {
  readonly sql: Sql
  readonly clock: Clock
  readonly runner: Pick<Runner, 'submit'>
  readonly macKey: Buffer
  /** Then anybody is whoever they like, and registering a passkey asks for no proof first. */
  readonly isDemonstration: boolean
}

/** ES256, EdDSA, RS256 (COSE): what authenticators have. */
const ALGORITHMS = [-7, -8, -257]

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest()

/**
 * Confirming one request with a passkey. The request is refused first (`step-up-needed`) and names in `for` what is to be
 * confirmed: a keyed digest of session, method, address and body, so that nothing else can be done with the answer.
 */
export class StepUp {
  readonly #options: StepUpOptions
  readonly #key: Buffer

  constructor(options: StepUpOptions) {
    this.#options = options
    // Keyed, because the body of a request can often be guessed, and the digest is kept.
    this.#key = Buffer.from(hkdfSync('sha256', options.macKey, '', 'habeas step-up request', 32))
  }

  /** Undefined when the officer confirmed this one request, and nothing was done with that yet. */
  async check(
    principal: Principal,
    { method, url, headers }: RequestHead,
    given: unknown,
  ): Promise<Refusal | undefined> {
    const { sql, clock } = this.#options
    const { session, officer } = principal
    if (session === undefined) return undefined
    const text = `${session}\n${method}\n${url}\n${given === undefined ? '' : jcs(given)}`
    const request = createHmac('sha256', this.#key).update(text).digest()
    const carried = headers[STEP_UP_HEADER]
    if (typeof carried === 'string' && (await spendStepUp(sql, clock, session, request, hashOf(carried)))) {
      return undefined
    }
    return refuseSignIn('step-up-needed', {
      for: request.toString('base64url'),
      hasPasskey: await hasPasskey(sql, officer),
    })
  }

  /** What a browser asks the officer's authenticator, for one request. */
  async ask(session: Session, origin: string, request: Buffer) {
    const { sql, clock } = this.#options
    const passkeys = await findPasskeys(sql, session.officer)
    if (passkeys.length === 0) return refuseSignIn('no-passkey')
    return generateAuthenticationOptions({
      rpID: new URL(origin).hostname,
      challenge: bytesOf(await makeChallenge(sql, clock, session.id, { purpose: 'request', request })),
      allowCredentials: passkeys.map(described),
      userVerification: 'required',
      timeout: 60_000,
    })
  }

  /** The authenticator's answer; what comes back is sent with the request, once. */
  async answer(
    session: Session,
    origin: string,
    request: Buffer,
    response: AuthenticationResponseJSON,
  ): Promise<{ readonly stepUp: string } | Refusal> {
    const { sql, clock } = this.#options
    const challenge = challengeOf(response.response.clientDataJSON)
    const isAsked = await takeChallenge(sql, clock, session.id, { purpose: 'request', request }, challenge)
    const passkeys = await findPasskeys(sql, session.officer)
    const passkey = passkeys.find(({ credential }) => credential.toString('base64url') === response.id)
    if (!isAsked || passkey === undefined) return refuseSignIn('passkey-not-proven')
    const verified = await orNothing(() =>
      verifyAuthenticationResponse({
        response,
        expectedChallenge: challenge,
        expectedOrigin: origin,
        expectedRPID: new URL(origin).hostname,
        credential: {
          id: response.id,
          publicKey: new Uint8Array(passkey.publicKey),
          counter: passkey.counter,
        },
        requireUserVerification: true,
      }),
    )
    if (!verified?.verified) return refuseSignIn('passkey-not-proven')
    await notePasskeyUse(sql, clock, passkey.id, verified.authenticationInfo.newCounter)
    const stepUp = randomBytes(32).toString('base64url')
    await grantStepUp(sql, session.id, request, challenge, hashOf(stepUp))
    return { stepUp }
  }

  /** What a browser asks an authenticator that is to be registered. */
  async askToRegister(session: Session, origin: string) {
    const stale = this.#refusalToRegister(session)
    if (stale !== undefined) return stale
    const { sql, clock } = this.#options
    return generateRegistrationOptions({
      rpName: 'Habeas',
      rpID: new URL(origin).hostname,
      userName: session.label,
      userID: new Uint8Array(Buffer.from(session.officer.replaceAll('-', ''), 'hex')),
      challenge: bytesOf(await makeChallenge(sql, clock, session.id, { purpose: 'register' })),
      excludeCredentials: (await findPasskeys(sql, session.officer)).map(described),
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
      attestationType: 'none',
      supportedAlgorithmIDs: ALGORITHMS,
    })
  }

  async register(session: Session, origin: string, response: RegistrationResponseJSON): Promise<PasskeyRow | Refusal> {
    const stale = this.#refusalToRegister(session)
    if (stale !== undefined) return stale
    const { sql, clock } = this.#options
    const challenge = challengeOf(response.response.clientDataJSON)
    const isAsked = await takeChallenge(sql, clock, session.id, { purpose: 'register' }, challenge)
    if (!isAsked) return refuseSignIn('passkey-not-proven')
    const verified = await orNothing(() =>
      verifyRegistrationResponse({
        response,
        expectedChallenge: challenge,
        expectedOrigin: origin,
        expectedRPID: new URL(origin).hostname,
        supportedAlgorithmIDs: ALGORITHMS,
        requireUserVerification: true,
      }),
    )
    if (!verified?.verified) return refuseSignIn('passkey-not-proven')
    const { id, publicKey, counter, transports = [] } = verified.registrationInfo.credential
    const row = await addPasskey(this.#options, session.officer, {
      credential: Buffer.from(id, 'base64url'),
      publicKey: Buffer.from(publicKey),
      counter,
      transports: transports.filter((name) => /^[a-z-]{1,20}$/.test(name)).slice(0, 10),
    })
    return row ?? refuseSignIn('passkey-known')
  }

  /** Whoever merely finds a session open must not be able to make it answer with a key of their own. */
  #refusalToRegister({ authenticated }: Session): Refusal | undefined {
    const { clock, isDemonstration } = this.#options
    if (isDemonstration) return undefined
    const since = clock.now().subtract({ seconds: FRESH_SECONDS })
    const isFresh = authenticated !== null && Temporal.Instant.compare(authenticated, since) >= 0
    return isFresh ? undefined : refuseSignIn('sign-in-anew', { signIn: '/sign-in?fresh=true' })
  }
}

const bytesOf = (challenge: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(challenge, 'base64url'))

const described = ({ credential, transports }: Passkey) => ({
  id: credential.toString('base64url'),
  transports: [...transports],
})

/** What an answer says it was asked; it is held against what was. Empty where it says nothing that can be read. */
function challengeOf(clientDataJSON: string): string {
  try {
    const { challenge } = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8')) as {
      challenge?: unknown
    }
    return typeof challenge === 'string' ? challenge.slice(0, 200) : ''
  } catch {
    return ''
  }
}

/** The library throws for whatever is not as it must be: the answer is of a stranger, so that is no fault of ours. */
async function orNothing<T>(verify: () => Promise<T>): Promise<T | undefined> {
  try {
    return await verify()
  } catch {
    return undefined
  }
}
