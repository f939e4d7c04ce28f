import { randomBytes } from '../../kernel/ids.ts'
import type { Refusal, Words } from '../../kernel/refusal.ts'
import { Answer } from '../../platform/http/endpoint.ts'
import { type Language, statusOf } from '../../platform/http/problems.ts'

const MARKUP: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => MARKUP[sign] as string)

/** The tokens of the console that these few pages need (its guide, §2), in both themes. */
const STYLE = `
:root { color-scheme: light dark; --page: #F3F4F6; --surface: #FFFFFF; --line: #D3D8DD; --control: #77808A;
  --ink: #15191E; --ink-2: #47505A; --action: #0B3D7A; --action-ink: #FFFFFF; --s2-text: #7A5200; --s2-wash: #FFF4D6 }
@media (prefers-color-scheme: dark) { :root { --page: #0F1215; --surface: #171B1F; --line: #343B42;
  --control: #7D8791; --ink: #D6DBE0; --ink-2: #A9B2BB; --action: #A9CDF5; --action-ink: #0F1215;
  --s2-text: #FFC53D; --s2-wash: #33280E } }
* { box-sizing: border-box }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/24px Inter, system-ui, sans-serif }
main { max-width: 44rem; margin: 0 auto; padding: 24px 16px 48px }
h1 { font-size: 22px; line-height: 28px; font-weight: 650; margin: 0 0 16px }
p { margin: 0 0 16px; max-width: 75ch }
a { color: var(--action) }
.notice, form { margin: 0 0 24px }
.notice { background: var(--s2-wash); color: var(--s2-text); border: 1px solid; border-radius: 4px; padding: 12px 16px }
.notice p:last-child { margin: 0 }
.support { color: var(--ink-2); font-size: 14px; line-height: 20px }
ul { list-style: none; margin: 0; padding: 0; display: grid; gap: 8px;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 18rem), 1fr)) }
button { width: 100%; height: 100%; min-height: 60px; text-align: left; font: inherit; color: var(--ink);
  background: var(--surface); border: 1px solid var(--control); border-radius: 4px; padding: 8px 16px; cursor: pointer }
button:hover { background: var(--page) }
button strong, button span { display: block }
button span { color: var(--ink-2); font-size: 14px; line-height: 20px }
:focus-visible { outline: 3px solid var(--action); outline-offset: 2px }
.go { display: inline-block; background: var(--action); color: var(--action-ink); border-radius: 4px; padding: 8px 16px;
  text-decoration: none }
`

export type Page = {
  readonly language: Language
  readonly title: string
  /** HTML of ours: whatever is not must have passed `escapeHtml`. */
  readonly body: string
  readonly status?: number
  readonly headers?: Readonly<Record<string, string | string[]>>
}

/** A page without the console: no script, nothing loaded. */
export function plainPage({ language, title, body, status = 200, headers = {} }: Page): Answer {
  const nonce = randomBytes(16).toString('base64')
  const html = `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Habeas</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</body>
</html>
`
  return new Answer(html, status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
    ...headers,
  })
}

const AGAIN: Words = { en: 'Sign in again', es: 'Iniciar sesión de nuevo' }
const NOT_SIGNED_IN: Words = { en: 'You are not signed in', es: 'Usted no ha iniciado sesión' }
const REFERENCE: Words = { en: 'Reference', es: 'Referencia' }

/** What a browser is shown where a program would get a problem. */
export const refusalPage = (
  refusal: Refusal,
  language: Language,
  requestId: string,
  headers: Page['headers'] = {},
): Answer => sayingPage(refusal, statusOf[refusal.sort], language, requestId, headers)

const AWAY: Pick<Refusal, 'says' | 'remedy'> = {
  says: {
    en: 'The record cannot be reached at the moment, so nobody can be signed in.',
    es: 'En este momento no se alcanza el registro; por eso nadie puede iniciar sesión.',
  },
  remedy: {
    en: 'What was recorded is safe. Wait a moment, then sign in again; if it stays so, give the reference to whoever runs Habeas.',
    es: 'Lo asentado está a salvo. Espere un momento e inicie sesión de nuevo; si persiste, dé la referencia a quien opera Habeas.',
  },
}
const WAIT: Words = { en: 'Wait a minute, then sign in again.', es: 'Espere un minuto e inicie sesión de nuevo.' }
const TELL: Words = {
  en: 'Sign in again; if it stays so, give the reference to whoever runs Habeas.',
  es: 'Inicie sesión de nuevo; si persiste, dé la referencia a quien opera Habeas.',
}

/** The same for what the server itself answers: the database away, too many sign-ins, a fault. */
export function problemPage(says: Words, status: number, language: Language, requestId: string): Answer {
  if (status === 503) return sayingPage(AWAY, status, language, requestId)
  return sayingPage({ says, remedy: status === 429 ? WAIT : TELL }, status, language, requestId)
}

/** In the reader's language first, then in the other: whoever stands before it may not have chosen one. */
function sayingPage(
  { says, remedy }: Pick<Refusal, 'says' | 'remedy'>,
  status: number,
  language: Language,
  requestId: string,
  headers: Page['headers'] = {},
): Answer {
  const other = language === 'es' ? 'en' : 'es'
  return plainPage({
    language,
    title: NOT_SIGNED_IN[language],
    status,
    headers,
    body: `<p>${escapeHtml(says[language])}</p>
<p>${escapeHtml(remedy[language])}</p>
<p><a class="go" href="/sign-in">${AGAIN[language]}</a></p>
<div lang="${other}">
<p class="support">${escapeHtml(says[other])} ${escapeHtml(remedy[other])}</p>
</div>
<p class="support">${REFERENCE[language]}: ${escapeHtml(requestId)}</p>`,
  })
}
