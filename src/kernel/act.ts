import { z } from 'zod'
import type { Refusal, RefusalCatalogue, Words } from './refusal.ts'
import { OccurredAt } from './time.ts'

/** What is sealed together; DESIGN.md §5 says who may open which. Order here is the order of digests in an envelope. */
export const SECTIONS = ['person', 'place', 'legal', 'act', 'staff', 'health', 'medical'] as const
export type Section = (typeof SECTIONS)[number]

export type SectionShapes = { readonly [S in Section]?: z.ZodObject }

/** How an act reached us. */
export const Via = z.enum(['import', 'device', 'console', 'gateway', 'simulator', 'service'])
export type Via = z.infer<typeof Via>

/** Whom an act is about: one person's custody, a facility, either (as its address says), or the installation itself. */
export type About = 'custody' | 'facility' | 'any' | 'house'

/** What the runner adds to the `person` section of an entry about a custody (to `act` where there is none). */
export type SystemFields = {
  readonly custody: string
  readonly person: string
  readonly nth: number
  readonly occurredAt: OccurredAt
  readonly recordedAt: string
  readonly via: Via
  /** The device's own time, where it ran ahead of ours and the fact was taken at receipt. */
  readonly clockOff?: string
}

/**
 * How each section of one version reads in the next; a section that is left out did not change. Pure, and for ever. One
 * section at a time, because what moved to another section would open to other readers than it was sealed for. Keeps the
 * fields that the runner added, and whatever else it does not know.
 */
export type Upcaster = Readonly<
  Partial<Record<Section, (value: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>>>
>

export type ActSpec<S extends SectionShapes> = {
  /** `noun.verb`, an imperative in the officer's language. */
  readonly kind: string
  readonly v: number
  /** By the version that they lift from to the next: one for each below `v`. */
  readonly upcasters?: Readonly<Record<number, Upcaster>>
  readonly says: Words
  readonly about: About
  /** A fact is always recordable; only an intention may be refused for what stands in its way. */
  readonly sort: 'fact' | 'intention'
  /** The act that makes its custody (an admission) locks nothing: the new subject's id is unique. */
  readonly begins?: boolean
  /** Does more than leave rows (exchanges keys): only a runner that was told how to carry it out appends it. */
  readonly effect?: boolean
  readonly sections: S
  readonly permission: string
  /** Whether somebody who signed in must confirm each such act with a passkey. */
  readonly stepUp?: boolean
  /** Further subjects whose change by another act could change the decision. Never a facility, officer or device. */
  also?(data: DataOf<S>): readonly string[]
  /** Kinds of the installation's own entries that `decide` looks at too: registers that belong to no custody. */
  readonly consults?: readonly string[]
  /** Looks at what was locked and loaded; facts have no reason to refuse and leave it out. */
  decide?(data: DataOf<S>, context: DecideContext): Refusal | undefined
  /** Database constraints that are this intention's refusals: constraint name → refusal code. */
  readonly constraints?: Readonly<Record<string, string>>
  readonly refusals?: RefusalCatalogue
}

export type DataOf<S extends SectionShapes> = {
  readonly [K in keyof S]: S[K] extends z.ZodType ? z.output<S[K]> : never
}

/** What a decision may look at: the clock, who acts, and the effective entries of the subject, oldest first. */
export type DecideContext = {
  readonly now: string
  readonly actor: Actor
  readonly entries: readonly Entry[]
  /** All of them as they were recorded, amendments too. */
  readonly all: readonly Entry[]
  /**
   * The effective entries about the installation itself of the kinds that the act `consults`, oldest first. Loaded after
   * the locks and not locked: what is said of a body meanwhile holds for the next decision.
   */
  readonly house: readonly Entry[]
}

export type Actor = { readonly officer: string; readonly role: string }

export type ActKind<S extends SectionShapes = SectionShapes> = ActSpec<S> & {
  readonly sectionNames: readonly Section[]
  readonly data: z.ZodObject
}

/** What stands where a facility stands when an act is about the installation itself. */
export const HOUSE = 'HOUSE'

/** The code of a facility: it stands in public envelopes, so it is short and plain. */
export const FacilityCode = z
  .string()
  .regex(/^[A-Z][A-Z0-9]{1,7}$/)
  .refine((code) => code !== HOUSE, { error: `${HOUSE} is the installation itself` })

/** The section and fields where the subject of an act stands. */
const addressing: Record<Exclude<About, 'house'>, SectionShapes> = {
  custody: { person: z.strictObject({ custody: z.uuid() }) },
  facility: { place: z.strictObject({ facility: FacilityCode }) },
  any: {
    person: z.strictObject({ custody: z.uuid().optional() }),
    place: z.strictObject({ facility: FacilityCode.optional() }),
  },
}

/**
 * Defines an act. `sections` groups its data by who will be able to read it; the runner adds the system fields.
 * An act about a custody has `person.custody`, one about a facility `place.facility`; both are added here.
 * @throws when an older version has no upcaster
 */
export function defineAct<const S extends SectionShapes>(spec: ActSpec<S>): ActKind<S> {
  for (let v = 1; v < spec.v; v++)
    if (spec.upcasters?.[v] === undefined) throw new Error(`${spec.kind} has no upcaster from version ${v}`)
  const shapes: Partial<Record<Section, z.ZodObject>> = { ...spec.sections }
  for (const [section, fields] of Object.entries(spec.about === 'house' ? {} : addressing[spec.about])) {
    shapes[section as Section] = (shapes[section as Section] ?? z.strictObject({})).extend(fields.shape)
  }
  const always: Section[] = ['act', 'staff']
  if (spec.about === 'custody' || spec.about === 'any') always.push('person')
  const sectionNames = SECTIONS.filter((name) => shapes[name] !== undefined || always.includes(name))
  const data = z.strictObject(
    Object.fromEntries(
      sectionNames
        .filter((name) => shapes[name] !== undefined)
        .map((name) => {
          const shape = shapes[name] as z.ZodObject
          return [name, shape.safeParse({}).success ? shape.prefault({}) : shape]
        }),
    ),
  )
  return { ...spec, sectionNames, data }
}

/** An act as it arrives: `POST /api/acts/{kind}`. */
export const ActBody = z.strictObject({ id: z.uuidv7(), occurredAt: OccurredAt, data: z.unknown() })

/** An act ready for the runner: validated and authorised. */
export type Act = {
  readonly id: string
  readonly part: number
  readonly kind: ActKind
  readonly occurredAt: OccurredAt
  readonly data: Readonly<Partial<Record<Section, Readonly<Record<string, unknown>>>>>
  readonly via: Via
  readonly actor: Actor
  readonly batch?: string
  /** SHA-256 based MAC of the body, to tell a repeat from a reused id. */
  readonly mac: Buffer
}

/** An entry with its sections opened. A section that was expunged is absent; projectors must cope with that. */
export type Entry = {
  readonly n: number
  readonly id: string
  readonly kind: string
  readonly v: number
  readonly facility: string
  readonly custody?: string
  readonly person?: string
  readonly nth?: number
  readonly occurredAt: OccurredAt
  readonly recordedAt: string
  readonly via: Via
  readonly clockOff?: string
  readonly batch?: string
  /** The entry that this one corrects or withdraws. */
  readonly amends?: string
  /** Who recorded it: for decisions between two officers, and for whom a broken glass stays open. */
  readonly officer?: string
  readonly sections: Readonly<Partial<Record<Section, Readonly<Record<string, unknown>>>>>
  /** For a corrected fact: the id of the correction that a section, or the time, comes from. */
  readonly origins?: Readonly<Partial<Record<Section | 'occurredAt', string>>>
  /** Sections as they were sealed, where they are of an older version and read otherwise now. */
  readonly recorded?: Entry['sections']
  /** Lifts a section of this kind from version `v`: a correction is of the version that held when it was made. */
  readonly lift?: (
    section: Section,
    value: Readonly<Record<string, unknown>>,
    v: number,
  ) => Readonly<Record<string, unknown>>
}

/** The sections of an entry as the act's schema types them. Asking with the wrong kind is a bug. */
export function dataOf<S extends SectionShapes>(kind: ActKind<S>, entry: Entry): Partial<DataOf<S>> {
  if (entry.kind !== kind.kind) throw new Error(`entry of ${entry.kind} read as ${kind.kind}`)
  return entry.sections as Partial<DataOf<S>>
}

/** What the caller gets back: enough to come back with, and the promise that it will be in the tree. */
export type Receipt = {
  readonly act: string
  readonly entry: string
  readonly n: number
  readonly kind: string
  readonly custody?: string
  readonly nth?: number
  readonly registerNumber?: string
  readonly recordedAt: string
  readonly leafHash: string
  readonly repeated: boolean
  readonly promise:
    | {
        readonly at: string
        readonly delaySeconds: number
        readonly signature: string
        readonly leafHashes: readonly string[]
      }
    | 'pending'
}
