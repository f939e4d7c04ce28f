import type { Audience } from '../../kernel/audience.ts'
import type { Json } from '../../kernel/json.ts'
import type { Sql } from '../../kernel/ports.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import { microsOf } from '../../kernel/time.ts'
import { findNear, normaliseName, searchPeople, soundsOf } from '../../people/read.ts'
import { listFacilities } from '../../places/read.ts'
import { RETURN_KIND } from '../../record/return-signature.ts'
import { refuseCustody } from '../refusals.ts'
import { getHead, keysOf, openAll, proveEntries, type Return, type ReturnHouse, signed } from './make.ts'
import { Statements } from './statements.ts'
import { instantWords } from './words.ts'

export type NotHeldRequest = {
  /** Names as the writ spells them; each is searched in any order of its words, and with mistakes. */
  readonly names: readonly string[]
  /** Register numbers and identifiers that were searched. */
  readonly numbers: readonly string[]
  /** Register numbers of custodies that were found under such a name, looked at, and are of other people. */
  readonly notMeant?: readonly string[]
  readonly at?: string
  /** The court when absent. */
  readonly audience?: Audience
}

const MATCHES_MAX = 1_000

/**
 * The answer 'not held': what was searched, where and when, on the custodian's word. Proofs show what is there, never
 * what is not; so everything here is attested. Names are searched as written and with mistakes. Refused when the register
 * then held somebody who may be meant: with all words of the name, or written alike in sound, or by a number. Those who
 * are merely near are counted. Refused: `instant-in-future`, `no-such-custody`, `found-on-register`.
 */
export async function makeNotHeld(house: ReturnHouse, request: NotHeldRequest): Promise<Return | Refusal> {
  const now = house.clock.now().toString()
  const at = request.at ?? now
  if (microsOf(at) > microsOf(now)) return refuseCustody('instant-in-future')
  const found = await searchAll(house.database, request, at, now)
  const notMeant = new Set(request.notMeant)
  const strange = [...notMeant].filter(
    (number) => !found.custodies.some(({ registerNumber }) => registerNumber === number),
  )
  if (strange.length > 0) return refuseCustody('no-such-custody', { registerNumbers: strange })
  const held = found.custodies.filter((custody) => custody.isHeld && custody.isMeant)
  const meant = held.map(({ registerNumber }) => registerNumber).filter((number) => !notMeant.has(number))
  if (meant.length > 0) return refuseCustody('found-on-register', { registerNumbers: meant })

  const facilities = await listFacilities(house.database)
  const audience = request.audience ?? 'court'
  const statements = new Statements(new Map(), audience)
  const zone = facilities[0]?.zone ?? 'UTC'
  const when = instantWords(at, zone)
  statements.attest(
    'not-held',
    {
      en: `On ${when.en} nobody so named or numbered was in custody.`,
      es: `El ${when.es} nadie con ese nombre o número estaba bajo custodia.`,
    },
    { at, held: false, zone },
  )
  const spellings = request.names.map((name) => ({
    written: name,
    compared: normaliseName(name),
    sounds: soundsOf(name),
  }))
  statements.attest(
    'searched-names',
    request.names.length === 0
      ? { en: 'Names searched: none.', es: 'Nombres buscados: ninguno.' }
      : {
          en: `Names searched: ${request.names.join('; ')}; each in any order of its words, without regard to accents, and with mistakes: alike in sound, a letter apart, a family name missing.`,
          es: `Nombres buscados: ${request.names.join('; ')}; cada uno en cualquier orden de sus palabras, sin atender a tildes, y con errores: parecido al oído, una letra distinta, falta de un apellido.`,
        },
    spellings,
  )
  statements.attest(
    'searched-numbers',
    {
      en: `Numbers searched: ${request.numbers.join('; ') || 'none'}.`,
      es: `Números buscados: ${request.numbers.join('; ') || 'ninguno'}.`,
    },
    [...request.numbers],
  )
  const codes = facilities.map(({ code }) => code)
  statements.attest(
    'searched-places',
    {
      en: `Places searched: ${codes.join(', ') || 'none'}, all custodies ever entered but those that a court had sealed.`,
      es: `Lugares buscados: ${codes.join(', ') || 'ninguno'}, todas las custodias asentadas, salvo las que un tribunal hizo sellar.`,
    },
    codes,
  )
  if (request.names.length > 0) sayNear(found, statements)
  if (notMeant.size > 0) sayNotMeant([...notMeant], statements)
  sayEarlier(
    found.custodies.filter(({ isExact, isHeld }) => isExact && !isHeld).map(({ registerNumber }) => registerNumber),
    statements,
  )
  const { head, custodian } = await getHead(house)
  const body = {
    format: RETURN_KIND,
    origin: house.config.origin,
    asked: { names: [...request.names], numbers: [...request.numbers], at, known: null, made: now },
    audience,
    custodian: { keys: keysOf(house), entry: custodian.idx as number },
    checkpoint: head.note,
    entries: await proveEntries(house, openAll(house, [custodian]), head.size, audience),
    statements: statements.list,
    highestNth: null,
  }
  const bytes = await signed(house, body as unknown as Json)
  const answer = { held: false, basis: 'none', where: 'none', unknown: [] }
  return { bytes, summary: { ...answer, registerNumber: '', at, size: head.size, statements: statements.list } }
}

type Found = {
  /** Persons with a name near to one that was asked for, not with all its words. */
  readonly near: number
  readonly isCapped: boolean
  readonly custodies: readonly {
    readonly registerNumber: string
    /** At the instant asked about. */
    readonly isHeld: boolean
    /** Found by a number, or by all words of a name. */
    readonly isExact: boolean
    readonly isNear: boolean
    /** Exact, or by a name that is the same to the ear. */
    readonly isMeant: boolean
  }[]
}

/** Names that were recorded later than the instant count too: the person may have been entered without one. */
async function searchAll(sql: Sql, request: NotHeldRequest, at: string, now: string): Promise<Found> {
  const { names, numbers, notMeant = [] } = request
  const searches = [...names.map((name) => ({ name })), ...numbers.map((number) => ({ number }))]
  const [exactly, nearly] = await Promise.all([
    Promise.all(searches.map((search) => searchPeople(sql, search, now, MATCHES_MAX))),
    Promise.all(names.map((name) => findNear(sql, name, now, MATCHES_MAX))),
  ])
  const exact = new Set(exactly.flat().map(({ person }) => person))
  const others = nearly.flat().filter(({ person }) => !exact.has(person))
  const alike = new Set(others.filter(({ isAlike }) => isAlike).map(({ person }) => person))
  const near = new Set(others.map(({ person }) => person))
  const rows = await sql.rows<{ person: string; number: string; held: boolean }>(
    `select person, register_number as number, held @> $2::timestamptz as held from custody
     where person = any($1::uuid[]) or register_number = any($3::text[]) order by register_number`,
    [[...exact, ...near], at, [...numbers, ...notMeant]],
  )
  return {
    near: near.size,
    isCapped: nearly.some((one) => one.length === MATCHES_MAX),
    custodies: rows.map(({ person, number, held }) => {
      const isExact = exact.has(person) || numbers.includes(number)
      return {
        registerNumber: number,
        isHeld: held,
        isExact,
        isNear: near.has(person) && !isExact,
        isMeant: isExact || alike.has(person),
      }
    }),
  }
}

/** How many bear a name near to one of those: others than court and oversight learn no more than that. */
function sayNear({ near, isCapped, custodies }: Found, statements: Statements): void {
  const held = custodies.filter(({ isNear, isHeld }) => isNear && isHeld).map(({ registerNumber }) => registerNumber)
  const people = { en: isCapped ? `at least ${near}` : String(near), es: isCapped ? `al menos ${near}` : String(near) }
  const numbers = statements.isOpen('act') ? { custodies: held } : {}
  const named = statements.isOpen('act') && held.length > 0 ? `: ${held.join(', ')}` : ''
  statements.attest(
    'near-names',
    near === 0
      ? { en: 'No name near to these is on the register.', es: 'No consta ningún nombre parecido.' }
      : {
          en: `People on the register with a name near to these: ${people.en}, none of them taken for the person; of their custodies ${held.length} ran then${named}.`,
          es: `Personas en el registro con un nombre parecido: ${people.es}, ninguna tenida por la persona; de sus custodias ${held.length} corrían entonces${named}.`,
        },
    { people: near, atLeast: isCapped, heldThen: held.length, ...numbers },
  )
}

/** Custodies that bear the name and are somebody else's, as the custodian found when he looked. */
function sayNotMeant(numbers: readonly string[], statements: Statements): void {
  const isOpen = statements.isOpen('act')
  const which = isOpen ? numbers.join(', ') : String(numbers.length)
  statements.attest(
    'not-meant',
    {
      en: `Custodies looked at and found to be of other people: ${which}.`,
      es: `Custodias examinadas que resultaron ser de otras personas: ${which}.`,
    },
    isOpen ? [...numbers] : numbers.length,
  )
}

/** Of namesakes other readers than court and oversight learn nothing: they may be other people. */
function sayEarlier(earlier: readonly string[], statements: Statements): void {
  if (!statements.isOpen('act')) {
    statements.withhold('other-custodies', 'act')
    return
  }
  statements.attest(
    'other-custodies',
    earlier.length === 0
      ? {
          en: 'No custody of anybody so named or numbered is on the register.',
          es: 'No consta custodia de nadie con ese nombre o número.',
        }
      : {
          en: `Custodies at other times: ${earlier.join(', ')}.`,
          es: `Custodias en otros momentos: ${earlier.join(', ')}.`,
        },
    [...earlier],
  )
}
