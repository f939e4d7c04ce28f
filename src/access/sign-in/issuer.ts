import * as oidc from 'openid-client'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { type Claimed, type ClaimNames, readClaims } from './claims.ts'
import { refuseSignIn } from './refusals.ts'
import type { Transaction } from './transaction.ts'

/** The way to an OpenID Connect issuer and back: authorisation code with PKCE, state and nonce. */
export type Issuer = {
  /** Where the browser goes; what must be remembered meanwhile. */
  begin(
    origin: string,
    wish: { to: string; fresh: boolean; now: Temporal.Instant },
  ): Promise<{ readonly location: string; readonly transaction: Transaction } | Refusal>
  /** Who came back. `query` is that of the address that the issuer sent the browser to. */
  finish(origin: string, query: string, transaction: Transaction): Promise<Claimed | Refusal>
  /** Where the browser signs out of the issuer too; undefined when it does not offer that, or was never asked. */
  signOutUrl(origin: string): string | undefined
}

export type IssuerOptions = {
  readonly clientId: string
  readonly clientSecret?: string
  readonly scope: string
  readonly claims: ClaimNames
  /** Its address, where it is found out what it offers; or all that at once, with the way to reach it. */
  readonly server: URL | { readonly metadata: oidc.ServerMetadata; readonly fetch: oidc.CustomFetch }
  /** Whether its pages stand at the console's own origin. */
  readonly isHere?: boolean
  /** Asked for at each sign-in: `login` shows the issuer's own page even to somebody it still knows. */
  readonly prompt?: 'login'
}

export const CALLBACK = '/sign-in/callback'
const TIMEOUT_SECONDS = 10

/** Nothing is asked of the issuer before the first sign-in: Habeas starts without it. */
export function makeIssuer(options: IssuerOptions): Issuer {
  const { scope, claims: names } = options
  let known: Promise<oidc.Configuration> | undefined
  let configuration: oidc.Configuration | undefined

  const configure = async (): Promise<oidc.Configuration | Refusal> => {
    known ??= discover(options)
    try {
      configuration = await known
      return configuration
    } catch {
      // Whatever it was, the issuer did not say what it is; the next sign-in asks again.
      known = undefined
      return refuseSignIn('issuer-silent')
    }
  }

  return {
    async begin(origin, { to, fresh, now }) {
      const config = await configure()
      if (isRefusal(config)) return config
      const transaction: Transaction = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
        to,
        fresh,
        begun: now.epochMilliseconds,
      }
      const location = oidc.buildAuthorizationUrl(config, {
        redirect_uri: `${origin}${CALLBACK}`,
        scope,
        response_type: 'code',
        state: transaction.state,
        nonce: transaction.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(transaction.verifier),
        code_challenge_method: 'S256',
        ...(fresh && { max_age: '0' }),
        ...(options.prompt && { prompt: options.prompt }),
      })
      return {
        location: options.isHere ? `${location.pathname}${location.search}` : location.href,
        transaction,
      }
    },

    async finish(origin, query, { state, nonce, verifier, fresh }) {
      const config = await configure()
      if (isRefusal(config)) return config
      let claims: oidc.IDToken | undefined
      try {
        const tokens = await oidc.authorizationCodeGrant(config, new URL(`${origin}${CALLBACK}?${query}`), {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
          // The issuer says when; a minute for the way back.
          ...(fresh && { maxAge: 60 }),
        })
        claims = tokens.claims()
      } catch (error) {
        return refusalOf(error)
      }
      if (claims === undefined) return refuseSignIn('sign-in-not-proven')
      const read = readClaims(claims, names)
      if (read === undefined) return refuseSignIn('no-role')
      return {
        issuer: claims.iss,
        subject: claims.sub,
        ...read,
        ...(fresh && { authenticated: Temporal.Instant.fromEpochMilliseconds(1000 * Number(claims.auth_time)) }),
      }
    },

    signOutUrl(origin) {
      if (configuration?.serverMetadata().end_session_endpoint === undefined) return undefined
      return oidc.buildEndSessionUrl(configuration, { post_logout_redirect_uri: `${origin}/` }).href
    },
  }
}

async function discover({ server, clientId, clientSecret }: IssuerOptions): Promise<oidc.Configuration> {
  // Client authentication by header is what an issuer does that says nothing (OpenID Connect Discovery §3).
  const authentication = clientSecret === undefined ? oidc.None() : oidc.ClientSecretBasic(clientSecret)
  if (!(server instanceof URL)) {
    const configuration = new oidc.Configuration(server.metadata, clientId, undefined, authentication)
    oidc.allowInsecureRequests(configuration)
    oidc.enableNonRepudiationChecks(configuration)
    configuration[oidc.customFetch] = server.fetch
    return configuration
  }
  return oidc.discovery(server, clientId, undefined, authentication, {
    timeout: TIMEOUT_SECONDS,
    execute: [
      // Else the signature of a token that came straight from the issuer would not be looked at.
      oidc.enableNonRepudiationChecks,
      // Configuration lets http through for this machine alone.
      ...(server.protocol === 'http:' ? [oidc.allowInsecureRequests] : []),
    ],
  })
}

/** Errors of the way back. What the issuer said about it stays out: it may hold anything. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof oidc.AuthorizationResponseError) {
    return refuseSignIn(error.error === 'temporarily_unavailable' ? 'issuer-silent' : 'sign-in-declined')
  }
  if (error instanceof oidc.ResponseBodyError) {
    return refuseSignIn(error.status >= 500 ? 'issuer-silent' : 'sign-in-not-proven')
  }
  if (error instanceof oidc.ClientError) {
    return refuseSignIn(isSilence(error) ? 'issuer-silent' : 'sign-in-not-proven')
  }
  if (isSilence(error)) return refuseSignIn('issuer-silent')
  throw error
}

/** Not reached, too slow, or answered with a fault of its own. */
function isSilence(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (at instanceof TypeError && /fetch failed/i.test(at.message)) return true
    if (at.name === 'TimeoutError' || at.name === 'AbortError') return true
    const { code } = at as { code?: unknown }
    if (code === 'OAUTH_TIMEOUT') return true
    if (code === 'OAUTH_RESPONSE_IS_NOT_CONFORM') return Number((at.cause as { status?: unknown })?.status) >= 500
  }
  return false
}
