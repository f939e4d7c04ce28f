import type { Birth, Identity, Name } from '../people/acts.ts'
import { dateText, dayAt } from './days.ts'
import type { Mixture, Pool } from './mixture.ts'
import { makeAlias, makeName, type NameParts, nearly, recorded } from './names.ts'
import { type Random, randomOf, type Weighted, weigh } from './random.ts'

/** What is settled about a person before anything else: others may be their namesakes. */
export type Origin = {
  /** Received under the agreement with the sending state. */
  readonly agreement: boolean
  readonly state: string
  readonly pool: Pool
  readonly woman: boolean
  readonly name: NameParts
}

export type IdentityTables = {
  readonly nationalities: Weighted
  readonly underAgreement: Weighted
  readonly pools: ReadonlyMap<string, Weighted<Pool>>
  readonly languages: ReadonlyMap<Pool, Weighted>
  readonly nearBy: Weighted<'letter' | 'accent' | 'swapped'>
  readonly ages: Weighted
  readonly birthKnownTo: Weighted<'day' | 'month' | 'year' | 'age'>
  readonly unnamed: Weighted<'refuses' | 'unconscious' | 'unknown' | 'named'>
}

export function identityTables({ identity }: Mixture): IdentityTables {
  const { refuses, unconscious, unknown } = identity.unnamed
  const pools = Object.entries(identity.namePools).map(([state, table]) => [state, weigh(table)] as const)
  const languages = Object.entries(identity.languages).map(([pool, table]) => [pool as Pool, weigh(table)] as const)
  return {
    nationalities: weigh(identity.nationalities),
    underAgreement: weigh(identity.nationalitiesUnderAgreement),
    pools: new Map(pools),
    languages: new Map(languages),
    nearBy: weigh(identity.nearBy),
    ages: weigh(identity.ages),
    birthKnownTo: weigh(identity.birthKnownTo),
    unnamed: weigh({ refuses, unconscious, unknown, named: 1 - refuses - unconscious - unknown }),
  }
}

/** The streams of one person: their beginnings apart from the rest, so that a namesake is made without the other's life. */
const ORIGIN = 1
const NAMESAKE = 2

export type World = {
  readonly mixture: Mixture
  readonly tables: IdentityTables
  /** How many people there are in all. */
  readonly people: number
  readonly isWoman: (person: number) => boolean
}

function firstOrigin({ mixture, tables, isWoman }: World, person: number): Origin {
  const random = randomOf(mixture.seed, ORIGIN, person)
  const agreement = random.chance(mixture.admissions.receivedUnderConvictedOnly)
  const state = random.weighted(agreement ? tables.underAgreement : tables.nationalities)
  const pool = random.weighted(tables.pools.get(state) as Weighted<Pool>)
  const woman = isWoman(person)
  return { agreement, state, pool, woman, name: makeName(random, pool, woman, mixture.identity.secondFamilyName) }
}

/** Where somebody is from and what they are called; some are named, or nearly named, like somebody else. */
export function originOf(world: World, person: number): Origin {
  const { mixture, tables, people } = world
  const own = firstOrigin(world, person)
  const random = randomOf(mixture.seed, NAMESAKE, person)
  const draw = random.real()
  const { namesakes, nearNamesakes } = mixture.identity
  if (draw >= namesakes + nearNamesakes || own.agreement || people < 2) return own
  const other = firstOrigin(world, (person + random.int(1, people - 1)) % people)
  if (other.agreement || other.woman !== own.woman) return own
  const { state, pool } = other
  const name = draw < namesakes ? other.name : nearly(random, other.name, random.weighted(tables.nearBy))
  return { ...own, state, pool, name }
}

/** The identity as recorded at admission, and the name found later where somebody was registered without one. */
export function identityOf(
  world: World,
  random: Random,
  person: number,
  origin: Origin,
  admitted: { readonly at: number; readonly zone: string },
): { readonly identity: Identity; readonly foundLater?: Identity } {
  const { identity: shares, missing } = world.mixture
  const { tables } = world
  const because = random.weighted(tables.unnamed)
  const hasAlias = random.chance(shares.alias)
  const alias = makeAlias(random)
  const identifier = random.chance(shares.identifier)
  const nationalities = nationalitiesOf(world, random, origin)
  const birth = birthOf(world, random, admitted)
  const languages = languagesOf(world, random, origin.pool)
  const sexX = random.chance(shares.sexX)
  const [noBirth, noSex, noNationality, noLanguage] = [
    missing.birth,
    missing.sex,
    missing.nationalities,
    missing.languages,
  ].map(random.chance)
  const height = random.int(150, 188)
  const named = { names: namesOf(origin, hasAlias ? alias : undefined) }
  const unnamed = because !== 'named'
  const identity: Identity = {
    ...(unnamed
      ? { unnamed: { because, description: `Without papers; height about ${height} cm, as measured at admission.` } }
      : named),
    ...(identifier && !unnamed && { identifiers: [numberOf(origin.state, person)] }),
    ...(!noNationality && !unnamed && { nationalities }),
    ...(!noBirth && { birth }),
    sex: noSex ? 'not-recorded' : sexX ? 'X' : origin.woman ? 'F' : 'M',
    ...(!noLanguage && !unnamed && { languages }),
  }
  return unnamed ? { identity, foundLater: named } : { identity }
}

const namesOf = (origin: Origin, alias: Name | undefined): Name[] => {
  const name = recorded(origin.name)
  return alias ? [name, alias] : [name]
}

/** Numbers begin with SIM, which no register gives out. */
const numberOf = (state: string, person: number) => ({
  scheme: state === 'SV' ? 'DUI' : 'passport',
  issuer: state,
  value: `SIM-${String(person).padStart(8, '0')}`,
})

function nationalitiesOf({ mixture, tables }: World, random: Random, { state }: Origin) {
  const { identity } = mixture
  const none = random.chance(identity.noNationality)
  const proven = random.chance(identity.nationalityProven)
  const disputed = random.chance(identity.nationalityDisputed)
  const second = random.chance(identity.secondNationality)
  const other = random.weighted(tables.nationalities)
  if (none) return []
  const standing = disputed ? ('disputed' as const) : proven ? ('proven' as const) : ('stated' as const)
  return [{ state, standing }, ...(second && other !== state ? [{ state: other, standing: 'stated' as const }] : [])]
}

/** From the age at admission; the day of birth lies within the year that fits it. */
function birthOf({ mixture, tables }: World, random: Random, admitted: { at: number; zone: string }): Birth {
  const [youngest, oldest] = random.weighted(tables.ages).split('-').map(Number) as [number, number]
  const age = random.int(youngest, oldest)
  const knownTo = random.weighted(tables.birthKnownTo)
  const day = dayAt(admitted.at, admitted.zone)
  const born = dateText(day - Math.ceil(age * 365.25) - random.int(1, 360))
  const ageDisputed = random.chance(mixture.identity.ageDisputed)
  if (knownTo === 'age') return { ageYears: age, ageAsOf: dateText(day), ageDisputed }
  const length = { day: 10, month: 7, year: 4 }[knownTo]
  return { date: born.slice(0, length), ageDisputed }
}

function languagesOf({ mixture, tables }: World, random: Random, pool: Pool): NonNullable<Identity['languages']> {
  const first = random.weighted(tables.languages.get(pool) as Weighted)
  const needs = random.chance(mixture.identity.interpreterUnlessSpanish)
  const hasSecond = random.chance(mixture.identity.secondLanguage)
  const second = random.pick(first === 'es' ? ['en', 'fr', 'pt'] : ['es'])
  const interpreter = first !== 'es' && needs
  return [
    { code: first, ability: 'speaks', interpreter },
    ...(hasSecond ? [{ code: second, ability: 'understands' as const, interpreter: false }] : []),
  ]
}
