import type { admit } from '../../../src/custody/acts.ts'
import type { ActInput, OccurredAt } from '../../frame/act.ts'
import type { ReadDay } from '../../frame/format.ts'
import { type AdmissionValues, type FollowingAct, isGiven, isNamed, isOrderWhole } from './values.ts'

type Data = ActInput<typeof admit>['data']
type Legal = NonNullable<Data['legal']>
type Identity = NonNullable<NonNullable<Data['person']>['identity']>

export type FacilityOfForm = { readonly code: string; readonly zone: string; readonly country: string }

/** `{ [key]: value }` where the value is there; a field that nobody filled in is left out of the act. */
const when = <const K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: V }
const text = (value: string): string | undefined => (isGiven(value) ? value.trim() : undefined)
const authority = (name: string, state: string) => (isGiven(name) ? { name: name.trim(), state } : undefined)
const dayOf = (day: ReadDay | undefined): string | undefined => (day?.precision === 'day' ? day.date : undefined)

/** When it happened; a time that could not be read counts as now, as far as a minute. */
export const occurredOf = (since: AdmissionValues['since'], zone: string): OccurredAt =>
  since ?? {
    at: Temporal.Now.instant().round({ smallestUnit: 'minute', roundingMode: 'floor' }).toString(),
    precision: 'minute',
    zone,
  }

/** The act `custody.admit` that the form says. `undescribed` stands for a description that nobody wrote yet. */
export function admissionOf(
  values: AdmissionValues,
  facility: FacilityOfForm,
  undescribed: string,
): ActInput<typeof admit> {
  const { custody, person, same } = values
  return {
    occurredAt: occurredOf(values.since, facility.zone),
    data: {
      person: { custody, person: same === '' ? person : same, identity: identityOf(values, undescribed) },
      place: { facility: facility.code, ...when('place', text(values.place)) },
      legal: legalOf(values, facility),
      health: {
        ...when('examined', values.examined),
        ...when('fitness', values.fitness === '' ? undefined : values.fitness),
        needs: linesOf(values.needs).map((line) => line.slice(0, 120)),
        ...when('injuriesRecorded', yesOf(values.injuries)),
        ...when('illTreatmentComplaint', yesOf(values.illTreatment)),
      },
      medical: {
        injuries: values.injuries === 'yes' ? linesOf(values.injuriesSeen) : [],
        ...when('complaint', values.illTreatment === 'yes' ? text(values.complaint) : undefined),
      },
      staff: { officials: isGiven(values.handedBy) ? [values.handedBy] : [] },
      act: {
        manner: values.manner === '' ? 'not-stated' : values.manner,
        ...when('children', childrenOf(values)),
      },
    } as Data,
  }
}

const yesOf = (said: '' | 'yes' | 'no'): boolean | undefined => (said === '' ? undefined : said === 'yes')
/** What stands in lines of its own. */
export const linesOf = (typed: string): string[] =>
  typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

function identityOf(values: AdmissionValues, undescribed: string): Identity {
  const { family1, family2, given, isUnnamed, birth, sex, nationality, scheme, number, language } = values
  const { age, since, interpreter } = values
  const ageYears = /^\d{1,3}$/.test(age.trim()) ? Number(age.trim()) : undefined
  const ageAsOf = since === undefined ? undefined : Temporal.Instant.from(since.at).toString().slice(0, 10)
  const name = { ...when('family1', text(family1)), ...when('family2', text(family2)), ...when('given', text(given)) }
  return {
    ...when('names', isNamed(values) ? [{ use: 'recorded' as const, ...name }] : undefined),
    ...when(
      'unnamed',
      isUnnamed === '' ? undefined : { because: isUnnamed, description: text(values.description) ?? undescribed },
    ),
    ...when(
      'identifiers',
      isGiven(number) ? [{ scheme: text(scheme) ?? 'DOC', issuer: issuerOf(nationality), value: number }] : undefined,
    ),
    ...when(
      'nationalities',
      nationality === ''
        ? undefined
        : nationality === 'none'
          ? []
          : [{ state: nationality, standing: 'stated' as const }],
    ),
    ...when(
      'birth',
      birth !== undefined
        ? { date: birth.date }
        : ageYears !== undefined && ageYears <= 130
          ? { ageYears, ...when('ageAsOf', ageAsOf) }
          : undefined,
    ),
    ...when('sex', sex === '' ? undefined : sex),
    ...when('languages', language === '' ? undefined : [{ code: language, ability: 'speaks' as const, interpreter }]),
  }
}

const issuerOf = (nationality: string): string => (/^[A-Z]{2}$/.test(nationality) ? nationality : 'not-stated')

function legalOf(values: AdmissionValues, { zone, country }: FacilityOfForm): Legal {
  const whole = isOrderWhole(values)
  const state = values.issuerState === '' ? country : values.issuerState
  const until = dayOf(values.orderUntil)
  return {
    deprivation: {
      ...when('at', values.takenAt),
      ...when('where', text(values.takenWhere)),
      ...when('by', authority(values.takenBy, country)),
    },
    orders: whole
      ? [
          {
            order: values.order,
            kind: values.orderKind as 'remand',
            issuer: { name: values.issuer.trim(), state },
            ...when('provision', text(values.provision)),
            ...when('caseNumber', text(values.caseNumber)),
            from: { date: values.orderFrom?.date ?? '', zone, inclusive: true },
            until:
              values.untilAs === 'open'
                ? 'open'
                : values.untilAs === 'day' && until !== undefined
                  ? { date: until, zone, inclusive: true }
                  : 'not-stated',
            provisional: values.provisional,
          },
        ]
      : [],
    // No paper came: that is all there is. A paper that cannot be read yet, or nobody said: the basis is unknown.
    ordersStated: values.papers === 'none' || whole,
    authorities: {
      ...when('ordered', authority(values.issuer, state)),
      ...when('supervises', authority(values.supervises, country)),
      ...when('runs', authority(values.runs, country)),
    },
    ...when('grounds', groundsOf(values, whole)),
  }
}

/** What is known of a paper that cannot stand as an order yet goes with the grounds: nothing that was typed is lost. */
export function groundsOf(values: AdmissionValues, whole: boolean): string | undefined {
  const known =
    whole || values.papers !== 'order' ? [] : [values.orderKind, values.caseNumber, values.provision, values.issuer]
  const all = [values.grounds, ...known].map((one) => one.trim()).filter((one) => one !== '')
  return all.length === 0 ? undefined : all.join(' · ').slice(0, 400)
}

export function childrenOf({ children, childrenAges, childrenWhere }: AdmissionValues) {
  if (children === '') return undefined
  if (children === 'none') return []
  const ages = [...childrenAges.matchAll(/\d{1,2}/g)].map(([age]) => Number(age)).filter((age) => age <= 18)
  // Children whose ages nobody knows yet: `[]` would say that there are none.
  return ages.length === 0
    ? undefined
    : ages.map((ageYears) => ({ ageYears, where: childrenWhere || ('unknown' as const) }))
}

/** An act that goes after the admission, about the new custody. */
export type Following = {
  /** Sent twice, it is one act. */
  readonly id: string
  readonly kind: string
  readonly data: Readonly<Record<string, unknown>>
}
export type SaidWith = Readonly<Record<'declinedNote' | 'differentNote', string>>

/** What the form says beyond the admission itself, in acts of their own (the photograph apart: its bytes go first). */
export function followingOf(values: AdmissionValues, says: SaidWith): ReadonlyMap<string, Following> {
  const found = new Map<string, Following>()
  const add = (part: FollowingAct, kind: string, sections: Readonly<Record<string, unknown>>) =>
    found.set(part, { id: values.acts[part], kind, data: { person: { custody: values.custody }, ...sections } })
  const addContact = (part: 'kin' | 'emergency', role: string, name: string, reach: string, relation: string) => {
    if (values.contact !== 'given' || !isGiven(name)) return
    const act = { role, name: name.trim(), ...when('relation', text(relation)), ...when('reach', text(reach)) }
    add(part, 'person.contact', { act })
  }
  addContact('kin', 'next-of-kin', values.kin, values.kinReach, values.kinRelation)
  addContact('emergency', 'emergency', values.emergency, values.emergencyReach, '')
  if (values.contact === 'declined') add('declined', 'note.add', { act: { text: says.declinedNote } })
  if (values.property !== '') {
    const items = values.property === 'none' ? [] : linesOf(values.items).map(itemOf)
    add('property', 'property.list', { act: { items: items.map((item) => ({ ...item, held: 'stored' })) } })
  }
  for (const { person, act } of values.different) {
    const data = { person: { custody: values.custody }, act: { other: person, evidence: says.differentNote } }
    found.set(`different ${person}`, { id: act, kind: 'person.differ', data })
  }
  if (values.bunk !== '') add('bunk', 'bunk.assign', { place: { bunk: values.bunk } })
  return found
}

/** `2 camisas`: a number in front is how many. */
export function itemOf(line: string): { readonly what: string; readonly quantity: number } {
  const [, count, what] = /^(\d{1,4})\s+(.+)$/.exec(line) ?? []
  return what === undefined || count === undefined || Number(count) === 0
    ? { what: line.slice(0, 200), quantity: 1 }
    : { what: what.slice(0, 200), quantity: Number(count) }
}
