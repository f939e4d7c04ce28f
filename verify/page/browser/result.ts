/** What was found, as elements: the verdict, then what does not hold, then each statement, then how we know. */
import { isJsonObject, type Json } from '../../../src/kernel/json.ts'
import type { ReceiptVerdict } from '../../receipt.ts'
import type { SdJwtVerdict } from '../../sd-jwt.ts'
import type { JudgedStatement, Problem, ReturnVerdict } from '../../verdict.ts'
import { type Language, printable } from '../../words.ts'
import { envelopeFacts, jsonLines, type Outcome } from './check.ts'
import { element } from './element.ts'
import { mark } from './marks.ts'
import { PAGE_WORDS, type PageWords } from './words.ts'

export function resultOf(outcome: Outcome, language: Language): Node[] {
  const words = PAGE_WORDS[language]
  switch (outcome.kind) {
    case 'waiting':
      return [banner('waiting', words.waiting, words.waitingHelp)]
    case 'pdf-without-return':
      return [banner('unreadable', words.verdict.unreadable, words.pdf)]
    case 'unreadable':
      return [banner('unreadable', words.verdict.unreadable, words.says.unreadable, technical(outcome.detail))]
    case 'return':
      return returnResult(outcome, words, language)
    case 'receipt':
      return receiptResult(outcome.judged, outcome.hasPolicy, words)
    case 'sd-jwt':
      return sdJwtResult(outcome.judged, outcome.hasKey, words)
  }
}

function banner(kind: Parameters<typeof mark>[0], title: string, sentence: string, more?: Node | string): HTMLElement {
  return element(
    'div',
    { class: `verdict verdict-${kind}` },
    mark(kind),
    element('div', {}, element('h2', {}, title), element('p', {}, sentence), more && element('p', {}, more)),
  )
}

function verdictOf({ verdict }: Pick<ReturnVerdict, 'verdict'>, hasPolicy: boolean, words: PageWords): HTMLElement {
  const more = !hasPolicy && verdict === 'unknown-key' ? words.noPolicy : undefined
  return banner(verdict, words.verdict[verdict], words.says[verdict], more)
}

function returnResult(outcome: Extract<Outcome, { kind: 'return' }>, words: PageWords, language: Language): Node[] {
  const { judged, hasPolicy, isPrinted } = outcome
  const found: Node[] = [verdictOf(judged, hasPolicy, words), ...problemsOf(judged.problems, hasPolicy, words)]
  if (isPrinted) found.push(element('p', { class: 'card' }, words.printed))
  // The words of a broken file are not repeated: somebody would read them.
  if (judged.verdict === 'broken') return found
  const asked = isJsonObject(judged.return) ? judged.return : undefined
  if (asked !== undefined) found.push(askedOf(asked, words))
  found.push(
    element(
      'section',
      { class: 'card', 'aria-labelledby': 'statements' },
      element('h2', { id: 'statements' }, words.statements),
      tallyOf(judged.statements, words),
      element('ul', { class: 'statements' }, ...judged.statements.map((one) => statementOf(one, words, language))),
    ),
    howOf(judged, words),
  )
  return found
}

function tallyOf(statements: readonly JudgedStatement[], words: PageWords): HTMLElement {
  const rows = (['proven', 'attested', 'not-proven'] as const).map((state) =>
    element(
      'li',
      {},
      mark(state),
      element(
        'span',
        {},
        element('strong', {}, `${statements.filter((one) => one.state === state).length} · ${words.state[state]}`),
        element('span', { class: 'help' }, words.stateHelp[state]),
      ),
    ),
  )
  return element('ul', { class: 'tally' }, ...rows)
}

function statementOf({ says, state, entries, notes, value }: JudgedStatement, words: PageWords, language: Language) {
  const from = entries.length === 0 ? '' : `${entries.length > 1 ? words.entries : words.entry} ${entries.join(', ')}`
  const look = isJsonObject(value) && typeof value.state === 'string' ? value.state : ''
  return element(
    'li',
    { class: look === 'lapse' ? 'lapse' : look === 'unknown' ? 'unknown' : '' },
    mark(state),
    element(
      'div',
      {},
      element('p', { class: 'said' }, printable(says[language])),
      ...notes.map((note) => element('p', {}, technical(note))),
    ),
    element('p', { class: 'state' }, [words.state[state], from].filter((part) => part !== '').join(' · ')),
  )
}

function askedOf(body: { readonly [name: string]: Json }, words: PageWords): HTMLElement {
  const { asked, audience } = body
  const facts: [string, string][] = []
  if (isJsonObject(asked)) {
    const { registerNumber, names, numbers, at, known } = asked
    if (typeof registerNumber === 'string') facts.push([words.register, registerNumber])
    const searched = [names, numbers].flatMap((list) => (Array.isArray(list) ? list.map(String) : []))
    if (searched.length > 0) facts.push([words.searched, searched.join('; ')])
    if (typeof at === 'string') facts.push([words.at, utc(at)])
    if (typeof known === 'string' || typeof known === 'number')
      facts.push([words.known, typeof known === 'string' ? utc(known) : String(known)])
  }
  if (typeof audience === 'string') facts.push([words.audience, words.audiences[audience] ?? audience])
  return factsOf(words.asked, facts)
}

/** An instant of the file, easier to read and no less exact. */
const utc = (at: string): string => at.replace(/^(\d{4}-\d{2}-\d{2})T([\d:.]+)Z$/, '$1 $2 UTC')

function howOf({ checkpoint, signedBy }: ReturnVerdict | ReceiptVerdict, words: PageWords): HTMLElement {
  const list = (names: readonly string[] | undefined) => names?.join('; ') || words.nobody
  return factsOf(words.how, [
    [words.log, checkpoint?.origin ?? ''],
    [words.size, String(checkpoint?.size ?? '')],
    [words.root, checkpoint?.root ?? ''],
    [words.signedBy, list(signedBy?.logKeys)],
    [words.witnesses, list(signedBy?.witnesses)],
  ])
}

function factsOf(title: string, facts: readonly (readonly [label: string, text: string])[]): HTMLElement {
  const rows = facts.flatMap(([label, text]) => [
    element('dt', {}, label),
    element('dd', {}, text.split('\n').map(printable).join('\n')),
  ])
  return element('section', { class: 'card' }, element('h2', {}, title), element('dl', {}, ...rows))
}

function problemsOf(problems: readonly Problem[], hasPolicy: boolean, words: PageWords): Node[] {
  // Without a policy it is no news that the policy does not name the log.
  const shown = problems.filter(({ code }) => hasPolicy || code !== 'unknown-log')
  if (shown.length === 0) return []
  const rows = shown.map(({ code, detail }) =>
    element('li', {}, words.problem[code] ?? code, element('br', {}), technical(detail)),
  )
  return [element('section', { class: 'card' }, element('h2', {}, words.problems), element('ul', {}, ...rows))]
}

/** The checks speak English; marked so that a screen reader does not read it as Spanish. */
function technical(detail: string): HTMLElement {
  return element('span', { class: 'help', lang: 'en' }, printable(detail))
}

function receiptResult(judged: ReceiptVerdict, hasPolicy: boolean, words: PageWords): Node[] {
  const found: Node[] = [verdictOf(judged, hasPolicy, words), ...problemsOf(judged.problems, hasPolicy, words)]
  if (judged.verdict === 'broken') return found
  found.push(
    factsOf(`${words.entryOf} ${judged.index ?? ''}`, envelopeFacts(judged.envelope)),
    sectionsOf(judged.sections, words),
    element('section', { class: 'card' }, element('p', {}, words.promise[judged.promise ?? 'none'])),
    howOf(judged, words),
  )
  return found
}

function sdJwtResult(judged: SdJwtVerdict, hasKey: boolean, words: PageWords): Node[] {
  const more = hasKey || judged.verdict !== 'unknown-key' ? undefined : words.noCustodianKey
  const found: Node[] = [banner(judged.verdict, words.verdict[judged.verdict], words.sdJwtSays[judged.verdict], more)]
  if (judged.verdict === 'broken') return [...found, ...problemsOf(judged.problems, true, words)]
  return [...found, factsOf(words.entryOf, envelopeFacts(judged.envelope)), sectionsOf(judged.sections, words)]
}

function sectionsOf(sections: Readonly<Record<string, Json>> | undefined, words: PageWords): HTMLElement {
  const opened = Object.entries(sections ?? {})
  if (opened.length === 0)
    return element('section', { class: 'card' }, element('h2', {}, words.receipt), element('p', {}, words.nothingOpen))
  return factsOf(
    words.receipt,
    opened.map(([name, value]) => [name, jsonLines(value)]),
  )
}
