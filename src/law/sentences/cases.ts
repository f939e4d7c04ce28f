/** What the entries of a custody say about its sentences: pure, from effective entries, oldest first. */
import { createHash } from 'node:crypto'
import { jcs } from '../../kernel/json.ts'
import type { CaseFacts } from './facts.ts'
import type { Checked, Signed, SignedDate } from './forms.ts'
import type { Told } from './told.ts'

/** The entry by which a fact reads as it does. */
export type Source = {
  readonly n: number
  readonly entry: string
  readonly at: string
  readonly correctedBy?: string
}

export type Check = {
  readonly n: number
  readonly entry: string
  readonly at: string
  readonly officer?: string
  readonly result: Checked['result']
  readonly why?: string
}

export type Signature = Signed & {
  readonly n: number
  readonly entry: string
  readonly at: string
  readonly officer?: string
  /** In record order; the last one counts. */
  readonly checks: readonly Check[]
}

export type SentenceCase = {
  readonly facts: CaseFacts
  /** By item, as in `items`: `case`, `sentence <id>`, `adjustment <id>`, `event <id>`. */
  readonly sources: ReadonlyMap<string, Source>
  /** A short digest of each fact, and one of all of them. */
  readonly items: Readonly<Record<string, string>>
  readonly inputs: string
  /** Oldest first; of each date the last signature that names it counts. */
  readonly signatures: readonly Signature[]
}

const CHECK: Told['kind'] = 'sentence.check'

type Collected = {
  head?: Omit<CaseFacts, 'sentences' | 'adjustments' | 'events'>
  readonly facts: { [L in 'sentence' | 'adjustment' | 'event']: Map<string, object> }
  readonly sources: Map<string, Source>
  readonly signatures: (Omit<Signature, 'checks'> & { checks: Check[] })[]
}

/** The cases of a custody, by their id. Adjustments that came before their case wait for it and are shown with it. */
export function casesOf(told: readonly Told[]): SentenceCase[] {
  const cases = new Map<string, Collected>()
  // Checks last: one may be dated before the signature that it is about.
  for (const one of [...told.filter(({ kind }) => kind !== CHECK), ...told.filter(({ kind }) => kind === CHECK)]) {
    const id = one.legal.case
    const known = cases.get(id) ?? {
      facts: { sentence: new Map(), adjustment: new Map(), event: new Map() },
      sources: new Map(),
      signatures: [],
    }
    cases.set(id, known)
    collect(known, one)
  }
  return [...cases].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, collected]) => caseOf(collected) ?? [])
}

function collect(into: Collected, told: Told): void {
  const source: Source = {
    n: told.n,
    entry: told.entry,
    at: told.at,
    ...(told.correctedBy !== undefined && { correctedBy: told.correctedBy }),
  }
  const put = (list: keyof Collected['facts'], id: string, fact: object) => {
    into.facts[list].set(id, fact)
    into.sources.set(`${list} ${id}`, source)
  }
  if (told.kind === 'sentence.enter') {
    const { case: id, pack, zone, marks = [], options = {}, sentences } = told.legal
    // The birth is told once; entering a further sentence without it does not take it away.
    const birth = told.birth ?? into.head?.birth
    into.head = {
      case: id,
      pack,
      zone,
      ...(birth !== undefined && { birth }),
      marks: [...marks].sort(),
      options,
    }
    into.sources.set('case', source)
    for (const sentence of sentences) put('sentence', sentence.sentence, sentence)
  }
  if (told.kind === 'sentence.enter' || told.kind === 'sentence.adjust') {
    const { adjustments = [], events = [] } = told.legal
    for (const one of adjustments) put('adjustment', one.adjustment, one)
    for (const one of events) put('event', one.event, one)
    return
  }
  if (told.correctedBy !== undefined) return
  const { n, entry, at } = told
  const by = { n, entry, at, ...(told.officer !== undefined && { officer: told.officer }) }
  if (told.kind === 'sentence.sign') into.signatures.push({ ...told.legal, ...by, checks: [] })
  else {
    const { signature, result, why } = told.legal
    const of = into.signatures.find((one) => one.entry === signature)
    // Whoever got past the decision by another way is no second person either.
    if (of !== undefined && (of.officer === undefined || of.officer !== told.officer))
      of.checks.push({ ...by, result, ...(why !== undefined && { why }) })
  }
}

function caseOf({ head, facts, sources, signatures }: Collected): SentenceCase | undefined {
  if (head === undefined) return undefined
  const sorted = <T>(map: Map<string, object>): T[] =>
    [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, fact]) => fact as T)
  const whole: CaseFacts = {
    ...head,
    sentences: sorted(facts.sentence),
    adjustments: sorted(facts.adjustment),
    events: sorted(facts.event),
  }
  const items = itemsOf(whole)
  return { facts: whole, sources, items, inputs: inputsOf(items), signatures }
}

/** A short digest of each fact by itself: enough to tell which one changed. */
export function itemsOf({ sentences, adjustments, events, ...head }: CaseFacts): Record<string, string> {
  const items: Record<string, string> = { case: short(head) }
  for (const one of sentences) items[`sentence ${one.sentence}`] = short(one)
  for (const one of adjustments) items[`adjustment ${one.adjustment}`] = short(one)
  for (const one of events) items[`event ${one.event}`] = short(one)
  return items
}

export const inputsOf = (items: Readonly<Record<string, string>>): string => digestOf(items)

/** SHA-256 of a value in canonical JSON, lower-case hexadecimal. What is undefined is not there. */
export const digestOf = (value: unknown): string =>
  createHash('sha256')
    .update(jcs(JSON.parse(JSON.stringify(value))))
    .digest('hex')

const short = (fact: object): string => digestOf(fact).slice(0, 16)

/** For each date the last signature that names it. */
export function lastSigned(signatures: readonly Signature[]): Map<string, { of: Signature; date: SignedDate }> {
  const last = new Map<string, { of: Signature; date: SignedDate }>()
  for (const of of signatures.toSorted((a, b) => a.n - b.n))
    for (const date of of.dates) last.set(date.type, { of, date })
  return last
}
