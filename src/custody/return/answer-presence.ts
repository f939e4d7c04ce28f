import type { Entry } from '../../kernel/act.ts'
import type { Words } from '../../kernel/refusal.ts'
import { contains, parseSpan, type Span } from '../../kernel/span.ts'
import { assignBunk } from '../acts.ts'
import { bunkRegister, presenceRegister } from '../folds.ts'
import { type Question, until } from './question.ts'
import { asJson, type Statements } from './statements.ts'
import { instantWords, say } from './words.ts'

type State = 'at' | 'between' | 'disputed' | 'unknown'
type Stay = { readonly span: Span; readonly n: number; readonly state: State; readonly place: string | null }
type Where = { readonly where: string | null }

/**
 * The chain of places up to the instant, the place of the instant last and marked `-now`. Answers where the person is.
 * Whom `place` is only told hears the facility: neighbouring stays in one facility are one.
 */
export function sayPresence(question: Question, zone: string, statements: Statements, unknown: string[]): string {
  const { at, entries } = question
  const stays = presenceRegister.rows(entries).map(stayOf)
  if (!statements.isOpen('place')) return tellFacilities(question, zone, statements, unknown, stays)
  let answerWords = 'none'
  let count = 0
  const byN = new Map(entries.map((entry) => [entry.n, entry]))
  for (const { span, n, state, place, where } of stays) {
    const shown = until(span, at)
    if (!shown) continue
    count++
    const words = place !== null ? (question.places.get(place)?.words ?? place) : where
    const now = contains(span, at)
    if (now) answerWords = state === 'at' ? (words ?? state) : state
    if (now && state !== 'at') unknown.push('where')
    const says = stayWords(state, words, shown, now, zone)
    const entry = byN.get(n)
    const id = `where-${count}${now ? '-now' : ''}`
    if (!entry || state === 'disputed' || place === null || entry.sections.place?.place === undefined) {
      statements.attest(id, says, { state, place, ...shown })
      continue
    }
    const stated = entry.kind === 'presence.record' ? { state, place } : { place }
    const evidence = Object.keys(stated).map((field) => statements.cite(entry, 'place', `/${field}`, `/${field}`))
    statements.prove(id, says, { ...stated, since: asJson(entry.occurredAt) }, [
      ...evidence,
      statements.citeTime(entry, '/since'),
    ])
  }
  return answerWords
}

function tellFacilities(
  { at, places, entries }: Question,
  zone: string,
  statements: Statements,
  unknown: string[],
  stays: readonly Stay[],
): string {
  if (!statements.isTold('place')) {
    statements.withhold('where', 'place')
    return 'none'
  }
  const own = entries[0]?.facility ?? ''
  const told: { span: Span; state: State; facility: string | null }[] = []
  for (const { span, state, place } of stays) {
    const shown = until(span, at)
    if (!shown) continue
    const facility = state !== 'at' ? null : place === null ? own : (places.get(place)?.facility ?? own)
    const last = told.at(-1)
    if (last?.state === state && last.facility === facility) {
      told[told.length - 1] = {
        ...last,
        span: { from: last.span.from, ...(shown.to !== undefined && { to: shown.to }) },
      }
    } else told.push({ span: shown, state, facility })
  }
  let answerWords = 'none'
  told.forEach(({ span, state, facility }, i) => {
    const now = contains(span, at)
    const name = [...places.values()].find((one) => one.facility === facility && !one.words.includes(' · '))?.words
    const words = facility === null ? null : (name ?? facility)
    if (now) answerWords = state === 'at' ? (words ?? state) : state
    if (now && state !== 'at') unknown.push('where')
    statements.attest(`where-${i + 1}${now ? '-now' : ''}`, stayWords(state, words, span, now, zone), {
      state,
      facility,
      ...span,
    })
  })
  return answerWords
}

/** A row of the register of presence, typed; the answer is made by the same fold that fills the register. */
function stayOf(row: Readonly<Record<string, unknown>>): Stay & Where {
  return {
    span: parseSpan(row.span as string),
    n: row.entry_n as number,
    state: row.state as State,
    place: row.place as string | null,
    where: row.whereabouts as string | null,
  }
}

const stateWords: Readonly<Record<State, { now: Words; past: Words }>> = {
  at: { now: say('Is in', 'Está en'), past: say('Was in', 'Estuvo en') },
  between: { now: say('Is on the way', 'Está en camino'), past: say('Was on the way', 'Estuvo en camino') },
  disputed: {
    now: say('Where the person is, is disputed', 'Se disputa dónde está'),
    past: say('Where the person was, is disputed', 'Se disputa dónde estuvo'),
  },
  unknown: {
    now: say('Where the person is, nobody can say', 'Nadie puede decir dónde está'),
    past: say('Where the person was, nobody can say', 'Nadie puede decir dónde estuvo'),
  },
}

function stayWords(state: State, words: string | null, span: Span, now: boolean, zone: string): Words {
  const from = instantWords(span.from, zone)
  const to = span.to === undefined ? undefined : instantWords(span.to, zone)
  const { en, es } = stateWords[state][now ? 'now' : 'past']
  const place = words === null ? '' : state === 'at' ? ` ${words}` : ` (${words})`
  return to === undefined
    ? say(`${en}${place}, since ${from.en}.`, `${es}${place}, desde el ${from.es}.`)
    : say(`${en}${place}, ${from.en} to ${to.en}.`, `${es}${place}, del ${from.es} al ${to.es}.`)
}

export function sayBunk({ entries, at, places }: Question, statements: Statements): void {
  // Also 'no bunk' is something of the section: whom it is not open hears that it is not.
  if (!statements.isOpen('place')) {
    statements.withhold('bunk', 'place')
    return
  }
  const row = bunkRegister.rows(entries).find(({ held }) => contains(parseSpan(held as string), at))
  if (!row) {
    statements.attest('bunk', say('No bunk was assigned.', 'Sin litera asignada.'), null)
    return
  }
  const bunk = row.bunk as string
  const entry: Entry | undefined = entries.find(({ n, kind }) => n === row.entry_n && kind === assignBunk.kind)
  const words = places.get(bunk)?.words ?? bunk
  statements.prove('bunk', say(`Bunk: ${words}.`, `Litera: ${words}.`), bunk, [
    entry && statements.cite(entry, 'place', '/bunk', ''),
  ])
}
