import type { ReadDay } from '../../frame/format.ts'
import { randomId, timeId } from '../../frame/ids.ts'
import type { WhenValue } from '../../parts/field.tsx'

/**
 * What the form of an admission holds: what the screen shows, with the ids that its acts will carry. The acts are made
 * of it when it is sent (to-acts.ts). `''` and undefined: nobody has said it yet.
 */
export type AdmissionValues = {
  readonly custody: string
  /** A new person, unless `same` names one who is on file. */
  readonly person: string
  readonly order: string
  readonly acts: Readonly<Record<FollowingAct, string>>
  readonly since: WhenValue | undefined
  readonly handedBy: string
  readonly manner: '' | 'arrest' | 'transfer' | 'surrender' | 'return'

  readonly isUnnamed: '' | 'refuses' | 'unconscious' | 'unknown'
  readonly description: string
  readonly family1: string
  readonly family2: string
  readonly given: string
  readonly birth: ReadDay | undefined
  readonly age: string
  readonly sex: '' | 'F' | 'M' | 'X'
  /** A state, `none` (stateless) or ''. */
  readonly nationality: string
  readonly scheme: string
  readonly number: string
  readonly language: string
  readonly interpreter: boolean
  readonly same: string
  /** Who was said to be somebody else, each with the id of the act that will say so. */
  readonly different: readonly { readonly person: string; readonly act: string }[]

  readonly papers: '' | 'order' | 'none'
  readonly orderKind: string
  readonly issuer: string
  readonly issuerState: string
  readonly caseNumber: string
  readonly provision: string
  readonly orderFrom: ReadDay | undefined
  readonly untilAs: '' | 'day' | 'open' | 'not-stated'
  readonly orderUntil: ReadDay | undefined
  readonly provisional: boolean
  readonly grounds: string

  readonly takenAt: WhenValue | undefined
  readonly takenWhere: string
  readonly takenBy: string
  readonly supervises: string
  readonly runs: string

  readonly place: string
  readonly cell: string
  readonly bunk: string

  readonly examined: WhenValue | undefined
  readonly fitness: '' | 'fit' | 'unfit' | 'not-examined'
  readonly injuries: '' | 'yes' | 'no'
  readonly injuriesSeen: string
  readonly illTreatment: '' | 'yes' | 'no'
  readonly complaint: string
  readonly needs: string

  readonly property: '' | 'none' | 'list'
  readonly items: string
  readonly children: '' | 'none' | 'some'
  readonly childrenAges: string
  readonly childrenWhere: '' | 'with-the-person' | 'with-family' | 'in-care' | 'unknown'
  readonly contact: '' | 'given' | 'declined'
  readonly kin: string
  readonly kinRelation: string
  readonly kinReach: string
  readonly emergency: string
  readonly emergencyReach: string
}

export const followingActs = ['photograph', 'kin', 'emergency', 'declined', 'property', 'bunk'] as const
export type FollowingAct = (typeof followingActs)[number]

/** A form with new ids: each admission is one act, however often it is sent. */
export function newAdmission(zone: string): AdmissionValues {
  const now = Temporal.Now.instant().round({ smallestUnit: 'minute', roundingMode: 'floor' })
  return {
    custody: randomId(),
    person: randomId(),
    order: randomId(),
    acts: Object.fromEntries(followingActs.map((one) => [one, timeId()])) as Record<FollowingAct, string>,
    since: { at: now.toString(), precision: 'minute', zone },
    handedBy: '',
    manner: '',
    isUnnamed: '',
    description: '',
    family1: '',
    family2: '',
    given: '',
    birth: undefined,
    age: '',
    sex: '',
    nationality: '',
    scheme: '',
    number: '',
    language: '',
    interpreter: false,
    same: '',
    different: [],
    papers: '',
    orderKind: '',
    issuer: '',
    issuerState: '',
    caseNumber: '',
    provision: '',
    orderFrom: undefined,
    untilAs: '',
    orderUntil: undefined,
    provisional: false,
    grounds: '',
    takenAt: undefined,
    takenWhere: '',
    takenBy: '',
    supervises: '',
    runs: '',
    place: '',
    cell: '',
    bunk: '',
    examined: undefined,
    fitness: '',
    injuries: '',
    injuriesSeen: '',
    illTreatment: '',
    complaint: '',
    needs: '',
    property: '',
    items: '',
    children: '',
    childrenAges: '',
    childrenWhere: '',
    contact: '',
    kin: '',
    kinRelation: '',
    kinReach: '',
    emergency: '',
    emergencyReach: '',
  }
}

export const isGiven = (text: string): boolean => text.trim() !== ''

/** Whether the order can stand as one: without kind, issuer or first day it is told in the grounds instead. */
export const isOrderWhole = (values: AdmissionValues): boolean =>
  values.papers === 'order' &&
  values.orderKind !== '' &&
  isGiven(values.issuer) &&
  values.orderFrom?.precision === 'day'

export const isNamed = ({ family1, family2, given }: AdmissionValues): boolean =>
  isGiven(family1) || isGiven(family2) || isGiven(given)
