/** What the printed return shows, worked out from the bytes of the return file alone: plain data for the template. */
import { createHash } from 'node:crypto'
import { isJsonObject, type Json, parseJson } from '../../../kernel/json.ts'
import { lawActs } from '../../../law/acts.ts'
import { peopleActs } from '../../../people/acts.ts'
import { recordActs } from '../../../record/acts.ts'
import { parseDisclosure, parseEnvelope } from '../../../record/disclosure.ts'
import { parseReturnFile, type ReturnBody, type Statement } from '../../../record/return-format.ts'
import { custodyActs } from '../../acts.ts'
import { instantWords } from '../words.ts'
import { audienceLabels, type Labels, type Language, labels, sectionLabels } from './labels.ts'

export type Severity = 'none' | 'lapse' | 'unknown' | 'disputed'
export type Row = {
  readonly text: string
  readonly state: Statement['state']
  readonly source: string
  readonly look: Severity
}
export type AnswerLine = {
  readonly label: string
  readonly text: string
  readonly state: string
  readonly look: Severity
}
/** A stretch of the band, as parts of its whole length. */
export type Stretch = { readonly from: number; readonly to: number; readonly state: string; readonly number: string }

export type PdfDocument = {
  readonly labels: Labels
  readonly language: Language
  readonly heading: string
  readonly kicker: string
  readonly asked: string
  readonly held: boolean
  readonly answer: readonly AnswerLine[]
  readonly tally: Readonly<Record<Statement['state'], number>>
  readonly sections: readonly { readonly title: string; readonly rows: readonly Row[]; readonly hasBand: boolean }[]
  readonly band: readonly Stretch[]
  readonly bandFrom: string
  readonly bandTo: string
  readonly bandAlt: string
  readonly digest: string
  readonly checkpoint: {
    readonly origin: string
    readonly size: string
    readonly root: string
    readonly signers: string
  }
  readonly keys: { readonly entry: string; readonly ed25519: string; readonly mlDsa44: string }
  readonly entries: readonly (readonly [index: string, at: string, act: string, sections: string])[]
  readonly numbered: string
  readonly made: string
  readonly madeSeconds: number
  readonly short: string
}

const actWords = new Map<string, Readonly<Record<Language, string>>>(
  [...custodyActs, ...lawActs, ...peopleActs, ...recordActs].map(({ kind, says }) => [kind, says]),
)

/** Throws a `TypeError` when the bytes are no return file: the caller made them, so it is a bug. */
export function describeReturn(bytes: Uint8Array, language: Language): PdfDocument {
  const json = parseJson(bytes)
  if (!json.ok) throw new TypeError(`no return file: ${json.reason}`)
  const file = parseReturnFile(json.value)
  if (!file.ok) throw new TypeError(`no return file: ${file.reason}`)
  const { body, signed } = file.value
  const { asked, audience } = signed as { asked?: Json; audience?: Json }
  if (!isJsonObject(asked) || typeof asked.at !== 'string' || typeof asked.made !== 'string') {
    throw new TypeError('no return file: it does not say what was asked')
  }
  const words = labels[language]
  const { statements } = body
  const zone = zoneOf(statements)
  const row = (statement: Statement): Row => ({
    text: statement.says[language],
    state: statement.state,
    source: sourceOf(statement, words),
    look: lookOf(statement),
  })
  const found = (pattern: RegExp) => statements.filter(({ id }) => pattern.test(id))
  const isHeld = found(/^held$/).some(({ value }) => isJsonObject(value) && value.held === true)
  const isAbout = typeof asked.registerNumber === 'string'
  const names = found(/^name-\d+$/)
  const band = bandOf(found(/^basis-\d+/))
  const at = instantWords(asked.at, zone)[language]
  const made = instantWords(asked.made, zone)[language]
  const number = isAbout ? (asked.registerNumber as string) : ''
  const heading = isAbout
    ? [names[0] === undefined ? undefined : nameOf(names[0]), number].filter((part) => part !== undefined).join(' · ')
    : (asked.names as string[] | undefined)?.join('; ') || (asked.numbers as string[] | undefined)?.join('; ') || ''
  const groups: readonly (readonly [title: string, pattern: RegExp])[] = [
    [words.search, /^(not-held$|searched-)/],
    [words.identity, /^(register-number$|name|unnamed|birth|sex|gender|nationalities|identifiers|languages)/],
    [words.places, /^(admitted$|deprivation$|where|bunk$)/],
    [words.basis, /^basis/],
    [words.authorities, /^(authority-|conflict-)/],
    [words.orders, /^order/],
    [words.departures, /^departure-/],
    [words.missing, /^missing$/],
  ]
  const grouped = new Set<string>()
  const sections = groups.flatMap(([title, pattern]) => {
    const own = found(pattern).filter(({ id }) => !grouped.has(id))
    for (const { id } of own) grouped.add(id)
    return own.length === 0
      ? []
      : [{ title, rows: own.map(row), hasBand: title === words.basis && band.stretches.length > 0 }]
  })
  const rest = statements.filter(({ id }) => !grouped.has(id))
  if (rest.length > 0) sections.push({ title: words.other, rows: rest.map(row), hasBand: false })
  const tally = { proven: 0, attested: 0, 'not-proven': 0 }
  for (const { state } of statements) tally[state]++
  const forWhom = audienceLabels[typeof audience === 'string' ? audience : '']?.[language]
  return {
    labels: words,
    language,
    heading,
    kicker: forWhom === undefined ? words.title : `${words.title} · ${words.for} ${forWhom}`,
    asked: `${words.asked} ${at}, ${knownWords(asked.known, words, zone, language)}; ${words.made} ${made}.`,
    held: isHeld,
    answer: isAbout ? answerLines(statements, isHeld, words, language) : notHeldLines(statements, words, language),
    tally,
    sections,
    band: band.stretches,
    bandFrom: band.from === undefined ? '' : instantWords(band.from, zone)[language],
    bandTo: band.to === undefined ? '' : instantWords(band.to, zone)[language],
    bandAlt: found(/^basis-\d+/)
      .map(({ says }) => says[language])
      .join(' '),
    digest: createHash('sha256').update(bytes).digest('hex'),
    checkpoint: checkpointOf(body),
    keys: {
      entry: String(body.custodian.entry),
      ed25519: body.custodian.keys.ed25519,
      mlDsa44: createHash('sha256').update(Buffer.from(body.custodian.keys['ml-dsa-44'], 'base64')).digest('hex'),
    },
    entries: entriesOf(body, words, language),
    numbered: typeof body.highestNth === 'number' ? `${words.numbered} ${body.highestNth}.` : '',
    made,
    madeSeconds: Math.floor(Temporal.Instant.from(asked.made).epochMilliseconds / 1000),
    short: [number, at].filter((part) => part !== '').join(' · '),
  }
}

function zoneOf(statements: readonly Statement[]): string {
  for (const { value } of statements) if (isJsonObject(value) && typeof value.zone === 'string') return value.zone
  return 'UTC'
}

/** Family names in capitals, as courts write them (CONSOLE.md §4). */
function nameOf({ value }: Statement): string | undefined {
  if (!isJsonObject(value)) return undefined
  const families = [value.family1, value.family2].filter((part) => typeof part === 'string').join(' ')
  const given = typeof value.given === 'string' ? value.given : ''
  const whole = [families.toUpperCase(), given].filter((part) => part !== '').join(', ')
  return whole || (typeof value.written === 'string' ? value.written : undefined)
}

function knownWords(known: Json | undefined, words: Labels, zone: string, language: Language): string {
  if (typeof known === 'number') return `${words.known} ${words.knownSize} ${known}`
  if (typeof known === 'string') return `${words.known} ${instantWords(known, zone)[language]}`
  return words.knownNow
}

function sourceOf({ state, evidence, value }: Statement, words: Labels): string {
  const indexes = [...new Set(evidence.map(({ index }) => index))]
  if (state === 'proven')
    return `${words.isProven} · ${indexes.length > 1 ? words.entries : words.entry} ${indexes.join(', ')}`
  if (state === 'attested') return words.custodian
  return isJsonObject(value) && value.withheld !== undefined ? '–' : words.isNotProven
}

const looks: Readonly<Record<string, Severity>> = { lapse: 'lapse', unknown: 'unknown', disputed: 'disputed' }

function lookOf({ id, value }: Statement): Severity {
  if (id.startsWith('conflict-') || id === 'disputed-limits') return 'disputed'
  return (isJsonObject(value) && typeof value.state === 'string' && looks[value.state]) || 'none'
}

function answerLines(
  statements: readonly Statement[],
  isHeld: boolean,
  words: Labels,
  language: Language,
): AnswerLine[] {
  const last = (pattern: RegExp) => statements.filter(({ id }) => pattern.test(id)).at(-1)
  const line = (label: string, statement: Statement | undefined): AnswerLine => ({
    label,
    text: statement?.says[language] ?? words.notStated,
    state: statement?.state ?? 'not-proven',
    look: statement === undefined ? 'unknown' : lookOf(statement),
  })
  const held: AnswerLine = { label: words.held, text: isHeld ? words.yes : words.no, state: 'attested', look: 'none' }
  const lines = [held]
  if (isHeld) {
    lines.push(line(words.where, last(/^where-\d+-now$/)), line(words.law, last(/^basis(-\d+)?-now$/)))
  } else lines.push(line(words.departures, last(/^departure-\d+$/)))
  lines.push(line(words.since, last(/^admitted$/)), unknownLine(statements, words, language))
  return lines
}

function unknownLine(statements: readonly Statement[], words: Labels, language: Language): AnswerLine {
  const open = statements.filter(
    ({ state, value }) => state === 'not-proven' && !(isJsonObject(value) && value.withheld !== undefined),
  )
  const missing = statements.find(({ id, value }) => id === 'missing' && Array.isArray(value) && value.length > 0)
  const said = [...open, ...(missing ? [missing] : [])].map(({ says }) => says[language])
  return {
    label: words.unknown,
    text: said.length === 0 ? words.nothingUnknown : said.join(' '),
    state: said.length === 0 ? 'attested' : 'not-proven',
    look: 'none',
  }
}

function notHeldLines(statements: readonly Statement[], words: Labels, language: Language): AnswerLine[] {
  const said = (id: string) => statements.find((statement) => statement.id === id)?.says[language]
  const line = (label: string, text: string): AnswerLine => ({ label, text, state: 'attested', look: 'none' })
  const searched = ['searched-names', 'searched-numbers', 'searched-places', 'near-names', 'not-meant'].map(said)
  return [line(words.held, words.no), line(words.searched, searched.filter((text) => text !== undefined).join(' '))]
}

type Band = { stretches: Stretch[]; from?: string; to?: string }

function bandOf(segments: readonly Statement[]): Band {
  const spans = segments.flatMap(({ value }) =>
    isJsonObject(value) &&
    typeof value.from === 'string' &&
    typeof value.to === 'string' &&
    typeof value.state === 'string'
      ? [{ from: value.from, to: value.to, state: value.state }]
      : [],
  )
  const first = spans[0]
  const last = spans.at(-1)
  if (!first || !last) return { stretches: [] }
  const ms = (at: string) => Temporal.Instant.from(at).epochMilliseconds
  const [begin, end] = [ms(first.from), ms(last.to)]
  if (end <= begin) return { stretches: [] }
  const part = (at: string) => (ms(at) - begin) / (end - begin)
  return {
    stretches: spans.map(({ from, to, state }, i) => ({
      from: part(from),
      to: part(to),
      state,
      number: String(i + 1),
    })),
    from: first.from,
    to: last.to,
  }
}

function checkpointOf({ checkpoint }: ReturnBody): PdfDocument['checkpoint'] {
  const [origin = '', size = '', root = '', ...lines] = checkpoint.split('\n')
  const names = lines.filter((line) => line.startsWith('— ')).map((line) => line.split(' ')[1] ?? '')
  const counted = [...new Set(names)].map((name) => `${name} (${names.filter((one) => one === name).length})`)
  return { origin, size, root, signers: counted.join(', ') }
}

function entriesOf({ entries }: ReturnBody, words: Labels, language: Language): PdfDocument['entries'] {
  return entries.map(({ index, envelope: text, disclosures }) => {
    const envelope = parseEnvelope(text)
    if (!envelope.ok) throw new TypeError(`no return file: ${envelope.reason}`)
    const { at, kind } = envelope.value
    const sections = disclosures.flatMap((disclosure) => {
      const parsed = parseDisclosure(disclosure)
      return parsed.ok ? [sectionLabels[parsed.value.section]?.[language] ?? parsed.value.section] : []
    })
    return [
      String(index),
      at.replace('T', ' ').replace('Z', ''),
      actWords.get(kind)?.[language] ?? kind,
      sections.join(', ') || words.noneOpened,
    ]
  })
}
