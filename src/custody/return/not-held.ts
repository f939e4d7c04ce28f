import type { Audience } from '../../kernel/audience.ts'
import type { Json } from '../../kernel/json.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import { microsOf } from '../../kernel/time.ts'
import { normaliseName, searchPeople } from '../../people/read.ts'
import { listFacilities } from '../../places/read.ts'
import { RETURN_KIND } from '../../record/return-signature.ts'
import { refuseCustody } from '../refusals.ts'
import { getHead, keysOf, openAll, proveEntries, type Return, type ReturnHouse, signed } from './make.ts'
import { Statements } from './statements.ts'
import { instantWords } from './words.ts'

export type NotHeldRequest = {
  /** Names as the writ spells them; each is searched, with and without accents, in any order of its parts. */
  readonly names: readonly string[]
  /** Register numbers and identifiers that were searched. */
  readonly numbers: readonly string[]
  readonly at?: string
  /** The court when absent. */
  readonly audience?: Audience
}

const MATCHES_MAX = 1_000

/**
 * The answer 'not held': what was searched, where and when, on the custodian's word. Proofs show what is there, never
 * what is not; so everything here is attested. Refused when the register holds somebody who may be meant.
 */
export async function makeNotHeld(house: ReturnHouse, request: NotHeldRequest): Promise<Return | Refusal> {
  const now = house.clock.now().toString()
  const at = request.at ?? now
  if (microsOf(at) > microsOf(now)) return refuseCustody('instant-in-future')
  const searches = [...request.names.map((name) => ({ name })), ...request.numbers.map((number) => ({ number }))]
  // Names that were recorded later than the instant count too: the person may have been entered without one.
  const found = await Promise.all(searches.map((search) => searchPeople(house.database, search, now, MATCHES_MAX)))
  const people = [...new Set(found.flat().map(({ person }) => person))]
  const custodies = await house.database.rows<{ register_number: string; held: boolean }>(
    `select register_number, held @> $2::timestamptz as held from custody
     where person = any($1::uuid[]) or register_number = any($3::text[]) order by register_number`,
    [people, at, request.numbers],
  )
  const held = custodies.filter((custody) => custody.held).map(({ register_number }) => register_number)
  if (held.length > 0) return refuseCustody('found-on-register', { registerNumbers: held })

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
  const spellings = request.names.map((name) => ({ written: name, compared: normaliseName(name) }))
  statements.attest(
    'searched-names',
    {
      en: `Names searched: ${request.names.join('; ') || 'none'}.`,
      es: `Nombres buscados: ${request.names.join('; ') || 'ninguno'}.`,
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
      en: `Places searched: ${codes.join(', ') || 'none'}, all custodies ever entered.`,
      es: `Lugares buscados: ${codes.join(', ') || 'ninguno'}, todas las custodias asentadas.`,
    },
    codes,
  )
  sayEarlier(
    custodies.map(({ register_number }) => register_number),
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
