import { admit, depart, recapture, recordResponsibility } from '../custody/acts.ts'
import { derivedId } from '../kernel/ids.ts'
import { disputeOrder, endOrder, recordOrder, verifyOrder } from '../law/acts.ts'
import { describePerson, type Identity } from '../people/acts.ts'
import { inBatches } from './batches.ts'
import { bodiesOf, claimants, foreignSupervisor, home, officials, runner, supervisor, towns } from './bodies.ts'
import { Book } from './book.ts'
import { DAY_SECONDS, dayAt, dayOf, instantText, secondOf, startOf } from './days.ts'
import type { ActDraft } from './draft.ts'
import { type Cell, cellsOf, type FacilityPlan, readTecoluca } from './facility.ts'
import { identityOf, identityTables, type Origin, originOf, type World } from './identity.ts'
import { ledgerOf } from './ledger.ts'
import { type Lodging, lifeTables, live } from './life.ts'
import type { Mixture } from './mixture.ts'
import { type Later, papersOf, type Stay } from './orders.ts'
import { type Random, randomOf, weigh } from './random.ts'
import { sentence } from './sentences.ts'

/** The id of a person by place in the population, from 0. */
export const personId = (seed: number, person: number): string => derivedId('person', String(seed), String(person))
/** The id of a custody; the one in being is the last, `nth` counts back from 0. */
export const custodyId = (seed: number, person: number, nth = 0): string =>
  derivedId('custody', String(seed), String(person), String(nth))

const LIFE = 3
const SENTENCE = 4
const LEDGER = 5
const TOLD = 6
const EARLIER_FROM_DAYS = 120

/**
 * Synthetic people with their acts, each person's in the order in which they happened, people in the order in which
 * they came. Pure: the same mixture and plan give the same acts, byte for byte. `mixture.people` are held at `asOf`.
 */
export function* population(mixture: Mixture, plan: FacilityPlan = readTecoluca()): Generator<ActDraft[]> {
  const town = new Town(mixture, plan)
  for (let person = 0; person < town.world.people; person++) yield town.personActs(person)
}

/** The same acts for bulk loading: batches of about `size` acts, each in runs of one kind. */
export const populationBatches = (
  mixture: Mixture,
  { size, plan = readTecoluca() }: { readonly size: number; readonly plan?: FacilityPlan },
): Generator<ActDraft[]> => inBatches(population(mixture, plan), { size })

/** A person's place in the order of arrival, and in the cells where held. */
type Seat = { readonly held: boolean; readonly index: number }

class Town {
  readonly world: World
  readonly #mixture: Mixture
  readonly #zone: string
  readonly #facility: string
  readonly #cells: readonly Cell[]
  readonly #departedOnly: number
  readonly #opening: number
  readonly #asOf: number
  readonly #tables
  readonly #waves

  constructor(mixture: Mixture, plan: FacilityPlan) {
    this.#mixture = mixture
    this.#zone = plan.facility.zone
    this.#facility = plan.facility.code
    if (mixture.facility !== this.#facility)
      throw new Error(`mixture of ${mixture.facility}, plan of ${this.#facility}`)
    this.#cells = cellsOf(plan)
    this.#departedOnly = Math.round(mixture.people * mixture.admissions.departedPerHeld)
    this.#asOf = secondOf(mixture.asOf)
    this.#waves = wavesOf(mixture)
    this.#opening = startOf(this.#waves[0]?.day as number, this.#zone)
    this.#tables = {
      manner: weigh(mixture.admissions.manner),
      departures: weigh(mixture.admissions.departures),
      cover: weigh(mixture.law.cover),
      kinds: weigh(mixture.law.kinds),
      life: lifeTables(mixture),
    }
    const womenFrom = this.#cells.length - mixture.identity.womensCells
    this.world = {
      mixture,
      tables: identityTables(mixture),
      people: mixture.people + this.#departedOnly,
      isWoman: (person) => this.#cellIndex(this.#seat(person)) >= womenFrom,
    }
  }

  /** Those who only passed through are spread evenly among those who stayed. */
  #seat(person: number): Seat {
    const { people } = this.world
    const before = Math.floor((person * this.#departedOnly) / people)
    const after = Math.floor(((person + 1) * this.#departedOnly) / people)
    return after > before ? { held: false, index: before } : { held: true, index: person - before }
  }

  /** Cells are filled in turn, so that no two differ by more than one person; the first 80 of a cell get its bunks. */
  #cellIndex({ index }: Seat): number {
    return index % this.#cells.length
  }

  #lodging(seat: Seat): Lodging {
    const cell = this.#cells[this.#cellIndex(seat)] as Cell
    const bunk = seat.held ? cell.bunks[Math.floor(seat.index / this.#cells.length)] : undefined
    return { cell: cell.id, ...(bunk && { bunk: bunk.id }) }
  }

  personActs(person: number): ActDraft[] {
    const mixture = this.#mixture
    const { admissions } = mixture
    const random = randomOf(mixture.seed, LIFE, person)
    const seat = this.#seat(person)
    const origin = originOf(this.world, person)
    const begin = this.#arrival(person, random)
    const end = seat.held ? this.#asOf : begin + 3600 + Math.floor(random.real() * (this.#asOf - begin - 3600))
    const draw = random.real()
    const [fraction, share] = [random.real(), random.real()]

    const long = begin - this.#opening >= EARLIER_FROM_DAYS * DAY_SECONDS
    const before = !seat.held || !long || draw >= admissions.readmitted + admissions.recaptured
    const acts: ActDraft[] = []
    if (!before) {
      const escaped = draw < admissions.recaptured
      const first = this.#opening + 12 * 3600 + Math.floor(fraction * 0.7 * (begin - this.#opening))
      const earlier = this.#stay(person, 1, first, first + 3600 + Math.floor(share * 0.9 * (begin - first - 3600)))
      acts.push(...this.#custody(random, person, origin, seat, earlier, escaped ? 'escape' : 'release', undefined))
      const last = this.#stay(person, 0, begin, end)
      acts.push(...this.#custody(random, person, origin, seat, last, undefined, escaped ? earlier.custody : undefined))
      return acts
    }
    const as = random.weighted(this.#tables.departures)
    return this.#custody(random, person, origin, seat, this.#stay(person, 0, begin, end), seat.held ? undefined : as)
  }

  #stay(person: number, nth: number, begin: number, end: number): Stay {
    return { custody: custodyId(this.#mixture.seed, person, nth), zone: this.#zone, begin, end }
  }

  /** In the order of the waves: the first people came in the first. By day, and never in the last hours before `asOf`. */
  #arrival(person: number, random: Random): number {
    const at = (person + 0.5) / this.world.people
    const wave = this.#waves.find((one) => at < one.upTo) ?? (this.#waves.at(-1) as Wave)
    const day = wave.day + Math.floor(((at - wave.from) / (wave.upTo - wave.from)) * wave.days)
    const second = startOf(day, this.#zone) + random.int(6 * 60, 20 * 60) * 60
    return Math.min(second, this.#asOf - 6 * 3600)
  }

  #custody(
    random: Random,
    person: number,
    origin: Origin,
    seat: Seat,
    stay: Stay,
    departs: keyof Mixture['admissions']['departures'] | undefined,
    follows?: string,
  ): ActDraft[] {
    const mixture = this.#mixture
    const book = new Book(stay.custody, stay.zone)
    const lodging = departs === undefined ? this.#lodging(seat) : { cell: this.#lodging(seat).cell }
    const arrestDay = dayAt(stay.begin, stay.zone) - random.int(0, mixture.admissions.daysFromArrestMax)
    const papers = ledgerOf(
      randomOf(mixture.seed, LEDGER, person, stay.begin),
      mixture,
      stay,
      this.#papers(random, origin, stay, arrestDay),
      { held: departs === undefined, convicted: origin.agreement },
    )
    const conflict = random.chance(
      origin.agreement ? mixture.law.custodyConflictUnderAgreement : mixture.law.custodyConflict,
    )
    const { identity, foundLater } = identityOf(this.world, random, person, origin, { at: stay.begin, zone: stay.zone })
    const manner = random.weighted(this.#tables.manner)
    const legal = {
      deprivation: this.#deprivation(random, origin, arrestDay, stay),
      orders: papers.orders,
      ordersStated: papers.stated,
      authorities: this.#authorities(random, papers.orders[0]?.issuer ?? home.courts[0], conflict),
      ...this.#grounds(random),
      receivedUnder: origin.agreement ? 'convicted-only' : 'any',
    }
    const data = {
      person: { person: personId(mixture.seed, person), identity },
      place: { facility: this.#facility, place: lodging.cell },
      legal,
      act: {
        manner: origin.agreement ? 'transfer' : manner,
        children: this.#children(random, origin),
        ...this.#told(randomOf(mixture.seed, TOLD, person, stay.begin), identity),
        ...(follows !== undefined && { follows }),
      },
      staff: { officials: this.#officials(random) },
      ...this.#health(random),
    }
    book.add(follows === undefined ? admit : recapture, stay.begin, data)

    if (foundLater && random.chance(mixture.identity.namedLater)) {
      const found = { person: { identity: foundLater }, act: { source: 'papers brought by a relative (simulated)' } }
      book.add(describePerson, Math.min(stay.begin + random.int(1, 20) * DAY_SECONDS, stay.end), found)
    }
    for (const later of papers.later) addLater(book, later, stay)
    if (conflict) this.#conflict(book, random, origin, stay)
    const judgment = papers.orders[0]
    if (departs === undefined && judgment?.kind === 'sentence') {
      const apart = randomOf(mixture.seed, SENTENCE, person)
      const birth = 'birth' in identity ? dateOfBirth(identity.birth) : undefined
      const told = {
        book,
        random: apart,
        mixture,
        stay,
        order: judgment,
        arrestDay,
        birth,
        isForeign: origin.agreement,
      }
      sentence(told)
    }
    live(book, random, mixture, this.#tables.life, stay, lodging, origin.name, departs === undefined)
    if (departs !== undefined) this.#departs(book, random, stay, departs)
    return book.drafts()
  }

  /** Under the agreement: a final judgment of the sending state, or none. */
  #papers(random: Random, origin: Origin, stay: Stay, arrestDay: number) {
    const mixture = this.#mixture
    const kind = random.weighted(this.#tables.kinds)
    const cover = random.weighted(this.#tables.cover)
    const untried = random.chance(mixture.admissions.withoutFinalJudgment)
    const [immigration, nothing] = [random.chance(0.6), random.chance(0.4)]
    if (!origin.agreement) return papersOf(random, mixture, stay, home, kind, cover, arrestDay)
    const issuers = bodiesOf(mixture.admissions.sendingState)
    if (!untried) return papersOf(random, mixture, stay, issuers, 'sentence', 'covered', arrestDay)
    const without = immigration ? 'immigration' : 'remand'
    return papersOf(random, mixture, stay, issuers, without, nothing ? 'none' : 'expired', arrestDay)
  }

  #deprivation(random: Random, origin: Origin, arrestDay: number, stay: Stay) {
    const { missing, admissions } = this.#mixture
    const { police } = origin.agreement ? bodiesOf(admissions.sendingState) : home
    const at = Math.min(startOf(arrestDay, stay.zone) + random.int(0, 1439) * 60, stay.begin)
    const town = random.pick(towns)
    const [noTime, noPlace, nobody] = [missing.deprivationAt, missing.deprivationWhere, missing.deprivationBy].map(
      random.chance,
    )
    return {
      ...(!noTime && { at: { at: instantText(at), precision: 'minute', zone: stay.zone } }),
      ...(!noPlace && { where: `${town} (simulated)` }),
      ...(!nobody && { by: police }),
    }
  }

  /** Where two states will contradict each other, the admission leaves the question open. */
  #authorities(random: Random, ordered: unknown, conflict: boolean) {
    const { missing } = this.#mixture
    const [nobodyOrdered, nobodySupervises, nobodyRuns] = [
      missing.authorityOrdered,
      missing.authoritySupervises,
      missing.authorityRuns,
    ].map(random.chance)
    return {
      ...(!nobodyOrdered && { ordered }),
      ...(!nobodySupervises && !conflict && { supervises: supervisor }),
      ...(!nobodyRuns && { runs: runner }),
    }
  }

  #grounds(random: Random) {
    return random.chance(this.#mixture.missing.grounds) ? {} : { grounds: 'as stated in the order (simulated)' }
  }

  #officials(random: Random): string[] {
    const official = random.pick(officials)
    return random.chance(this.#mixture.missing.officials) ? [] : [official]
  }

  #children(random: Random, { woman }: Origin) {
    const { childWithMother, childElsewhere } = this.#mixture.life
    const [withMother, elsewhere] = [random.chance(childWithMother), random.chance(childElsewhere)]
    const [months, years] = [random.int(1, 36), random.int(1, 17)]
    const where = random.pick(['with-family', 'in-care', 'unknown'])
    return [
      ...(woman && withMother ? [{ ageYears: Math.round((months / 12) * 100) / 100, where: 'with-the-person' }] : []),
      ...(elsewhere
        ? [{ ageYears: years, where, ...(where === 'with-family' && { guardian: 'Guardián de Ejemplo' }) }]
        : []),
    ]
  }

  /** What is owed and done in the hour of admission: with a stream of its own, so that it moves nothing else. */
  #told(random: Random, { nationalities, languages }: Identity) {
    const { told } = this.#mixture
    const [isTold, isConsular, isReached] = [told.reasonsAndRights, told.consular, told.family].map(random.chance)
    const isAtHome = nationalities?.every(({ state }) => state === home.courts[0]?.state) ?? false
    const language = languages?.[0]?.code
    return {
      ...(isTold && {
        informed: {
          of: ['reasons', 'rights', 'rules', ...(isConsular && !isAtHome ? ['consular'] : [])],
          ...(language === undefined ? { understood: true } : { language }),
          how: 'spoken',
        },
      }),
      ...(isReached && { familyTold: { reached: true, how: 'telephone' } }),
    }
  }

  /** A first look at admission; the examination follows as an act of its own (life.ts). */
  #health(random: Random) {
    const { missing, life } = this.#mixture
    const nothing = random.chance(missing.health)
    const injured = random.chance(life.injuries)
    const complains = random.chance(life.complaint)
    if (nothing) return { health: { needs: [] }, medical: { injuries: [] } }
    return {
      health: { fitness: 'not-examined', needs: [], injuriesRecorded: injured, illTreatmentComplaint: complains },
      medical: { injuries: injured ? ['Bruises seen at admission (simulated).'] : [] },
    }
  }

  /** Each of two states says that the other one supervises. */
  #conflict(book: Book, random: Random, { agreement, state }: Origin, stay: Stay): void {
    const own = claimants.includes(state) ? state : random.pick(claimants)
    const other = agreement ? this.#mixture.admissions.sendingState : own
    const at = Math.min(stay.begin + random.int(1, 30) * DAY_SECONDS, stay.end)
    const says = (statedBy: string, authority: unknown) =>
      book.add(recordResponsibility, at, { legal: { role: 'supervises', authority, statedBy } })
    says(other, supervisor)
    says('SV', foreignSupervisor(other))
  }

  #departs(book: Book, random: Random, stay: Stay, as: keyof Mixture['admissions']['departures']): void {
    const town = random.pick(towns)
    const moved = as === 'transfer'
    book.add(depart, stay.end, {
      place: moved ? { destination: `Centro de ${town} (simulado)` } : {},
      legal: {
        as,
        ...((as === 'release' || moved) && { authority: supervisor }),
        ...(as === 'release' && { verification: 'slip countersigned at the gate (simulated)' }),
        ...(as === 'death' && { death: { circumstances: 'under inquiry (simulated)' } }),
      },
      act: as === 'unknown' ? { reason: 'not found at the count; no paper says why (simulated)' } : {},
    })
  }
}

/** Of births that are known to the day: another is no date. */
function dateOfBirth(birth: unknown): string | undefined {
  const date = typeof birth === 'object' && birth !== null && 'date' in birth ? birth.date : undefined
  return typeof date === 'string' && /^\d{4}-\d\d-\d\d$/.test(date) ? date : undefined
}

function addLater(book: Book, later: Later, stay: Stay): void {
  const at = Math.min(Math.max(later.at, stay.begin + 60), stay.end)
  if (later.does === 'record') book.add(recordOrder, at, { legal: { order: later.order } })
  else if (later.does === 'dispute') {
    const reason = 'The paper names another person, says counsel (simulated).'
    book.add(disputeOrder, at, { legal: { order: later.order, by: 'Defensoría Simulada', reason } })
  } else if (later.does === 'verify') {
    const { order, result } = later
    book.add(verifyOrder, at, { legal: { order, against: 'issuer-called-back', by: 'Secretaría (simulada)', result } })
  } else {
    const { order, from, issuer } = later.order
    book.add(endOrder, at, { legal: { order, as: 'quashed', from, by: issuer } })
  }
}

type Wave = { readonly day: number; readonly days: number; readonly from: number; readonly upTo: number }

function wavesOf({ admissions }: Mixture): Wave[] {
  let from = 0
  return admissions.waves.map(({ from: date, days, share }) => {
    const wave = { day: dayOf(date), days, from, upTo: from + share }
    from = wave.upTo
    return wave
  })
}
