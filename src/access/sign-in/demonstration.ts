import { randomBytes as nodeRandomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { exportJWK, generateKeyPair } from 'jose'
import type { Configuration, Provider as ProviderType } from 'oidc-provider'
import type { Words } from '../../kernel/refusal.ts'
import type { Answer } from '../../platform/http/endpoint.ts'
import { type Language, languageOf } from '../../platform/http/problems.ts'
import type { Mount } from '../../platform/http/server.ts'
import { demonstrationOfficers } from './demonstration-officers.ts'
import { MemoryStore } from './demonstration-store.ts'
import type { IssuerOptions } from './issuer.ts'
import { escapeHtml, plainPage } from './page.ts'

/** Where it stands on the console's own port. */
const PREFIX = '/demonstration-issuer'
/** A name, not an address: the same for whatever port, so that officers stay the same. */
export const DEMONSTRATION_ISSUER = `http://localhost${PREFIX}`
const CLIENT = 'habeas'
const CHOOSE = `${PREFIX}/choose/`

/**
 * An OpenID Connect issuer inside this process, for looking at Habeas: nobody proves anything, one chooses an officer.
 * The console signs in at it exactly as at any other. Never for real people: whoever reaches it is whoever they like.
 */
export type Demonstration = {
  readonly mount: Mount
  /** How the console reaches it: without a network. */
  readonly server: Exclude<IssuerOptions['server'], URL>
  readonly clientId: string
}

export async function openDemonstration(): Promise<Demonstration> {
  const { Provider } = await import('oidc-provider/lib/provider.js')
  const provider = new Provider(DEMONSTRATION_ISSUER, await configure())
  let app: FastifyInstance | undefined
  return {
    clientId: CLIENT,
    server: {
      metadata: {
        issuer: DEMONSTRATION_ISSUER,
        authorization_endpoint: `${DEMONSTRATION_ISSUER}/auth`,
        token_endpoint: `${DEMONSTRATION_ISSUER}/token`,
        jwks_uri: `${DEMONSTRATION_ISSUER}/jwks`,
        id_token_signing_alg_values_supported: ['ES256'],
        authorization_response_iss_parameter_supported: true,
      },
      async fetch(url, { method, headers, body }) {
        if (app === undefined) throw new TypeError('fetch failed', { cause: 'the server is not up' })
        const answer = await app.inject({
          method: method as 'GET' | 'POST',
          url: new URL(url).pathname,
          headers: { ...headers, host: 'localhost' },
          ...(body != null && { payload: String(body) }),
        })
        return new Response(answer.rawPayload, {
          status: answer.statusCode,
          headers: { 'content-type': String(answer.headers['content-type']) },
        })
      },
    },
    async mount(scope) {
      app = scope
      // The provider reads bodies itself.
      scope.removeAllContentTypeParsers()
      scope.addContentTypeParser('application/x-www-form-urlencoded', (_request, _payload, done) => done(null))
      scope.get(`${CHOOSE}:uid`, (request, reply) => showChoice(provider, request, reply))
      scope.post(`${CHOOSE}:uid`, (request, reply) => choose(provider, request, reply))
      const handle = provider.callback()
      scope.all(`${PREFIX}/*`, (request, reply) => {
        const raw = asMounted(request, reply)
        return handle(raw, reply.raw)
      })
    },
  }
}

/** The raw request as the provider wants it below a prefix; the answer is its own from here, with our headers. */
function asMounted(request: FastifyRequest, reply: FastifyReply): IncomingMessage {
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value)
  }
  reply.hijack()
  const raw = request.raw as IncomingMessage & { originalUrl?: string }
  raw.originalUrl = raw.url ?? ''
  raw.url = raw.originalUrl.slice(PREFIX.length)
  // It knows nobody from before: somebody who chooses another officer would first have to sign out of the one before.
  const cookies = raw.headers.cookie?.split(/; */).filter((cookie) => !/^_session\b/.test(cookie))
  if (cookies) raw.headers.cookie = cookies.join('; ')
  return raw
}

async function configure(): Promise<Configuration> {
  const { base } = await import('oidc-provider/lib/helpers/interaction_policy/index.js')
  const policy = base()
  // It would ask each time whether the console may know who one is.
  policy.get('consent')?.checks.remove('native_client_prompt')
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const claimsOf = new Map(
    demonstrationOfficers.map(({ subject, role, label }) => [
      subject,
      { sub: subject, habeas_role: role, habeas_label: label },
    ]),
  )
  return {
    adapter: MemoryStore,
    clients: [
      {
        client_id: CLIENT,
        // Of the redirects of a native client on loopback any port is taken (RFC 8252 §7.3).
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        redirect_uris: ['http://localhost/sign-in/callback'],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid: 'demonstration' }] },
    cookies: { keys: [nodeRandomBytes(32).toString('hex')] },
    claims: { openid: ['sub', 'habeas_role', 'habeas_label'] },
    conformIdTokenClaims: false,
    scopes: ['openid'],
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    interactions: { policy, url: (_ctx, { uid }) => `${CHOOSE}${uid}` },
    ttl: { AccessToken: 60, AuthorizationCode: 60, IdToken: 300, Interaction: 600, Session: 3600, Grant: 3600 },
    findAccount: (_ctx, id) => {
      const claims = claimsOf.get(id)
      return claims && { accountId: id, claims: () => claims }
    },
    async loadExistingGrant({ oidc }) {
      const accountId = oidc.session?.accountId
      const clientId = oidc.client?.clientId
      if (accountId === undefined || clientId === undefined) return undefined
      const grant = new oidc.provider.Grant({ accountId, clientId })
      grant.addOIDCScope('openid')
      await grant.save()
      return grant
    },
    renderError(ctx, { error }) {
      const language = languageOf(ctx.get('accept-language'))
      const { body, headers } = errorPage(language, error)
      ctx.set(headers as Record<string, string>)
      ctx.body = body
    },
  }
}

async function showChoice(provider: ProviderType, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { language: asked } = request.query as { language?: unknown }
  const language = asked === 'es' || asked === 'en' ? asked : languageOf(request.headers['accept-language'])
  if (!(await isOpen(provider, request, reply))) return send(reply, errorPage(language, 'interaction_required', 400))
  const { uid } = request.params as { uid: string }
  return send(reply, choicePage(language, `${CHOOSE}${uid}`))
}

async function choose(provider: ProviderType, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const language = languageOf(request.headers['accept-language'])
  const subject = new URLSearchParams(await bodyOf(request.raw)).get('officer')
  const officer = demonstrationOfficers.find((officer) => officer.subject === subject)
  if (officer === undefined || !(await isOpen(provider, request, reply))) {
    return send(reply, errorPage(language, 'interaction_required', 400))
  }
  const result = { login: { accountId: officer.subject, remember: false } }
  const location = await provider.interactionResult(request.raw, reply.raw as ServerResponse, result, {
    mergeWithLastSubmission: false,
  })
  return reply.code(303).header('location', new URL(location, DEMONSTRATION_ISSUER).pathname).send()
}

/** Whether this browser is on its way to sign in: the provider tells it by a cookie of its own. */
async function isOpen(provider: ProviderType, request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
  const { uid } = request.params as { uid: string }
  try {
    return (await provider.interactionDetails(request.raw, reply.raw as ServerResponse)).uid === uid
  } catch (error) {
    if (error instanceof Error && error.name === 'SessionNotFound') return false
    throw error
  }
}

const BODY_BYTES_MAX = 4096

async function bodyOf(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > BODY_BYTES_MAX) return ''
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const send = (reply: FastifyReply, { body, status, headers }: Answer): FastifyReply =>
  reply.code(status).headers(headers).send(body)

const TITLE: Words = { en: 'Demonstration: choose an officer', es: 'Demostración: elija un funcionario' }
const NOTICE: Words = {
  en: 'This is the demonstration issuer. Nobody proves here who they are: whoever reaches this page may be any of these officers, and all of them are invented. Record no real people here.',
  es: 'Este es el emisor de demostración. Aquí nadie prueba quién es: quien llega a esta página puede ser cualquiera de estos funcionarios, y todos son inventados. No registre aquí personas reales.',
}
const REAL: Words = {
  en: 'An installation for real people signs in at an issuer of its own; docs/operations.md says how.',
  es: 'Una instalación para personas reales inicia sesión en su propio emisor; docs/operations.md dice cómo.',
}
const FAILED: Words = { en: 'This sign-in cannot go on', es: 'Este inicio de sesión no puede continuar' }
const AGAIN: Words = { en: 'Begin again', es: 'Comenzar de nuevo' }

function choicePage(language: Language, action: string): Answer {
  const other = language === 'es' ? 'en' : 'es'
  const officers = demonstrationOfficers.map(
    ({ subject, label, name, does }) =>
      `<li><button name="officer" value="${subject}"><strong>${escapeHtml(name[language])} · ${label}</strong><span>${escapeHtml(does[language])}</span></button></li>`,
  )
  return plainPage({
    language,
    title: TITLE[language],
    body: `<div class="notice"><p>${NOTICE[language]}</p></div>
<form method="post" action="${escapeHtml(action)}">
<ul>
${officers.join('\n')}
</ul>
</form>
<p class="support">${REAL[language]}</p>
<p class="support"><a href="?language=${other}" lang="${other}" hreflang="${other}">${other === 'es' ? 'Español' : 'English'}</a></p>`,
  })
}

const errorPage = (language: Language, error: string, status = 400): Answer =>
  plainPage({
    language,
    status,
    title: FAILED[language],
    body: `<p class="support">${escapeHtml(error)}</p>
<p><a class="go" href="/sign-in">${AGAIN[language]}</a></p>`,
  })
