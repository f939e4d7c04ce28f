import { admit, recapture, recordHealth } from '../custody/acts.ts'
import { custodySpanOf } from '../custody/read.ts'
import { dataOf, type Entry } from '../kernel/act.ts'
import { earliestOf, type OccurredAt } from '../kernel/time.ts'
import { type OrderState, ordersOfEntries, type ReleaseClock, releaseClocksOf } from '../law/read.ts'
import { describePerson, type Identity } from '../people/acts.ts'
import { refuseSync } from '../record/acts.ts'
import { answerPetition, informPerson, notifyConsul, notifyFamily, receivePetition, recordHearing } from './acts.ts'
import type { Informed } from './forms.ts'
import { earliest, isBefore } from './instants.ts'

/** Something was done at an instant, as an entry says. */
export type Done = { readonly at: string; readonly n: number }

export type Told = Done & Pick<Informed, 'of' | 'language' | 'understood'>
export type Examined = Done & { readonly when: OccurredAt }
export type Hearing = Done & { readonly mode: 'in-person' | 'video' | 'absent'; readonly of: string }
export type FamilyNotice = Done & { readonly of: string; readonly reached: boolean }
export type ConsulNotice = Done & { readonly of: string; readonly state: string }
export type Petition = Done & { readonly petition: string; readonly sort: string; readonly entry: Entry }

/** What the packs look at: collected once from the effective entries of one custody. */
export type Facts = {
  readonly custody: string
  readonly admission: Entry
  readonly manner: string | undefined
  /** The earliest instants that the stated precision allows. Arrest: of the deprivation of liberty, else admission. */
  readonly admitted: string
  readonly arrested: string
  /** When the body was taken, as stated; where nobody stated it, admission. */
  readonly capture: OccurredAt
  readonly captureStated: boolean
  /** The end of the custody. */
  readonly left: (Done & { readonly as: string | undefined; readonly entry: Entry }) | undefined
  readonly zone: string
  /** The state in which the person is held: of the authority that runs the place, else of those that ordered. */
  readonly country: string | undefined
  /** Undefined: nobody has recorded any. */
  readonly nationalities: readonly string[] | undefined
  readonly languages: readonly string[] | undefined
  readonly orders: readonly OrderState[]
  /** Orders to let the person go, and how far each has come. */
  readonly releases: readonly ReleaseClock[]
  /** Whether the orders of the admission are all there were. */
  readonly ordersStated: boolean
  readonly told: readonly Told[]
  readonly asksConsul: (Done & { readonly entry: Entry }) | undefined
  readonly family: readonly FamilyNotice[]
  readonly consul: readonly ConsulNotice[]
  readonly examined: readonly Examined[]
  readonly hearings: readonly Hearing[]
  readonly petitions: readonly Petition[]
  readonly answers: ReadonlyMap<string, Done>
  readonly refusedActs: readonly Entry[]
  /** What somebody said to have done, by duty. */
  readonly said: ReadonlyMap<string, Done>
  /** The entries by number, for whoever needs the one behind an order. */
  readonly entryOf: (n: number) => Entry | undefined
}

/** The kind of `discharge.ts`, which decides by these facts and so cannot be imported here. */
export const DISCHARGE = 'duty.discharge'

type Collecting = {
  identity: Identity
  told: Told[]
  family: FamilyNotice[]
  consul: ConsulNotice[]
  examined: Examined[]
  hearings: Hearing[]
  petitions: Map<string, Petition>
  answers: Map<string, Done>
  refusedActs: Entry[]
  said: Map<string, Done>
  wish: { at: string; n: number; asks: boolean; entry: Entry } | undefined
}

const doneAt = (entry: Entry): Done => ({ at: entry.occurredAt.at, n: entry.n })

const examinedAt = (when: OccurredAt, { n }: Entry): Examined => ({ at: when.at, n, when })

const keepFirst = (map: Map<string, Done>, key: string, done: Done): void => {
  const known = map.get(key)
  if (!known || isBefore(done.at, known.at)) map.set(key, done)
}

/** Of several who say it, the first. */
export function keepSaid(said: Map<string, Done>, entry: Entry): void {
  const duty = entry.sections.act?.duty
  if (typeof duty === 'string') keepFirst(said, duty, doneAt(entry))
}

function takeWish(into: Collecting, entry: Entry, wish: 'asks' | 'declines' | undefined): void {
  if (wish !== undefined) into.wish = { ...doneAt(entry), asks: wish === 'asks', entry }
}

function takeAdmission(entry: Entry, into: Collecting): void {
  const { person, legal, act, health } = entry.kind === recapture.kind ? dataOf(recapture, entry) : dataOf(admit, entry)
  into.identity = { ...into.identity, ...person?.identity }
  if (act?.informed) into.told.push({ ...doneAt(entry), ...act.informed })
  if (act?.familyTold) into.family.push({ ...doneAt(entry), of: 'admission', reached: act.familyTold.reached })
  takeWish(into, entry, legal?.consul)
  if (health?.examined) into.examined.push(examinedAt(health.examined, entry))
}

/** How each kind of entry tells of what was done. The keys are the kinds that the register looks at. */
const collect: Readonly<Record<string, (entry: Entry, into: Collecting) => void>> = {
  [admit.kind]: takeAdmission,
  [recapture.kind]: takeAdmission,
  [describePerson.kind]: (entry, into) => {
    into.identity = { ...into.identity, ...dataOf(describePerson, entry).person?.identity }
  },
  [recordHealth.kind]: (entry, into) => {
    const examined = dataOf(recordHealth, entry).health?.examined
    if (examined) into.examined.push(examinedAt(examined, entry))
  },
  [informPerson.kind]: (entry, into) => {
    const { act, legal } = dataOf(informPerson, entry)
    if (act) into.told.push({ ...doneAt(entry), ...act })
    takeWish(into, entry, legal?.consul)
  },
  [notifyFamily.kind]: (entry, into) => {
    const { act } = dataOf(notifyFamily, entry)
    if (act) into.family.push({ ...doneAt(entry), of: act.of, reached: act.reached })
  },
  [notifyConsul.kind]: (entry, into) => {
    const { legal } = dataOf(notifyConsul, entry)
    if (legal) into.consul.push({ ...doneAt(entry), of: legal.of ?? 'detention', state: legal.state })
  },
  [recordHearing.kind]: (entry, into) => {
    const { legal } = dataOf(recordHearing, entry)
    if (legal) into.hearings.push({ ...doneAt(entry), mode: legal.mode, of: legal.of })
  },
  [receivePetition.kind]: (entry, into) => {
    const { legal } = dataOf(receivePetition, entry)
    if (legal && !into.petitions.has(legal.petition))
      into.petitions.set(legal.petition, { ...doneAt(entry), petition: legal.petition, sort: legal.sort, entry })
  },
  [answerPetition.kind]: (entry, into) => {
    const { legal } = dataOf(answerPetition, entry)
    if (legal) keepFirst(into.answers, legal.petition, doneAt(entry))
  },
  [refuseSync.kind]: (entry, into) => {
    into.refusedActs.push(entry)
  },
  [DISCHARGE]: (entry, into) => keepSaid(into.said, entry),
}

export const factKinds: readonly string[] = Object.keys(collect)

/** The facts of one custody. Undefined without an admission: it was withdrawn, and nothing is owed. */
export function factsOf(entries: readonly Entry[]): Facts | undefined {
  const span = custodySpanOf(entries)
  if (!span?.admission.custody) return undefined
  const { admission, departure } = span
  const into: Collecting = {
    identity: {},
    told: [],
    family: [],
    consul: [],
    examined: [],
    hearings: [],
    petitions: new Map(),
    answers: new Map(),
    refusedActs: [],
    said: new Map(),
    wish: undefined,
  }
  for (const entry of entries) collect[entry.kind]?.(entry, into)
  const { legal, act } = admission.kind === recapture.kind ? dataOf(recapture, admission) : dataOf(admit, admission)
  const admitted = earliestOf(admission.occurredAt)
  const stated = legal?.deprivation?.at
  const orders = ordersOfEntries(entries)
  const { identity, wish, petitions, ...collected } = into
  return {
    ...collected,
    custody: span.admission.custody,
    admission,
    manner: act?.manner,
    admitted,
    // Liberty is never lost after the door has closed behind somebody.
    arrested: stated ? earliest(earliestOf(stated), admitted) : admitted,
    capture: stated ?? admission.occurredAt,
    captureStated: stated !== undefined,
    left:
      span.to !== undefined && departure
        ? { at: span.to, n: departure.n, as: span.departedAs, entry: departure }
        : undefined,
    zone: admission.occurredAt.zone,
    country: legal?.authorities?.runs?.state ?? orders[0]?.order.issuer.state,
    nationalities: identity.nationalities?.map(({ state }) => state),
    languages: identity.languages?.map(({ code }) => code),
    orders,
    releases: releaseClocksOf(entries),
    ordersStated: legal?.ordersStated === true,
    asksConsul: wish?.asks === true ? wish : undefined,
    petitions: [...petitions.values()],
    entryOf: (n) => entries.find((entry) => entry.n === n),
  }
}

/** The first of what was done that `fits`, by time. */
export function firstDone<D extends Done>(all: readonly D[], fits: (done: D) => boolean = () => true): D | undefined {
  let first: D | undefined
  for (const done of all) {
    if (fits(done) && (!first || isBefore(done.at, first.at))) first = done
  }
  return first
}
