import { z } from 'zod'
import { Consul, FamilyTold, Informed } from '../duties/acts.ts'
import { defineAct, FacilityCode } from '../kernel/act.ts'
import { Digest, line, prose, State } from '../kernel/text.ts'
import { OccurredAt } from '../kernel/time.ts'
import { Authority, Order } from '../law/acts.ts'
import { Identity } from '../people/acts.ts'

/**
 * The register of admissions: ICPPED 17(3) (a) to (f), Mandela 7. Anything may be missing at admission; the register
 * lists what is missing, and since when. No act here is refused for a legal reason: a person who is there is entered.
 */

const permission = 'custody.record'

/** ICPPED 17(3)(b): when, where and by whom somebody was deprived of liberty. */
export const Deprivation = z.strictObject({
  at: OccurredAt.optional(),
  where: line(400).optional(),
  by: Authority.optional(),
})

/** ICPPED 17(3)(c), (d), (e): three authorities, never one. */
export const Authorities = z.strictObject({
  ordered: Authority.optional(),
  supervises: Authority.optional(),
  runs: Authority.optional(),
})

export const Child = z.strictObject({
  ageYears: z.number().min(0).max(18),
  where: z.enum(['with-the-person', 'with-family', 'in-care', 'unknown']),
  guardian: line().optional(),
})

/** What a source says without evidence. Kept as said; never a membership, a filter or an input to placement. */
export const Claim = z.strictObject({ label: line(80), value: line(200) })

/** Where an imported row came from, so that each statement can be followed to its file. */
export const Source = z.strictObject({
  file: Digest,
  row: line(120),
  profile: line(80),
  claims: z.array(Claim).max(50).default([]),
  kept: z.record(z.string(), z.string()).default({}),
})

const HealthElements = z.strictObject({
  examined: OccurredAt.optional(),
  fitness: z.enum(['fit', 'unfit', 'not-examined']).optional(),
  needs: z.array(line(120)).max(20).default([]),
  injuriesRecorded: z.boolean().optional(),
  illTreatmentComplaint: z.boolean().optional(),
})

const MedicalDetail = z.strictObject({
  injuries: z.array(prose(500)).max(50).default([]),
  complaint: prose(4000).optional(),
})

const admission = {
  person: z.strictObject({ person: z.uuid(), identity: Identity.default({}) }),
  place: z.strictObject({ facility: FacilityCode, place: z.uuid().optional() }),
  legal: z.strictObject({
    deprivation: Deprivation.default({}),
    orders: z.array(Order).max(20).default([]),
    /** Whether what stands in `orders` is all there is. False: the source does not say, and the basis is unknown. */
    ordersStated: z.boolean(),
    authorities: Authorities.default({}),
    grounds: line(400).optional(),
    /** What the person wants of the own consulate (VCCR 36). */
    consul: Consul.optional(),
    receivedUnder: z.enum(['any', 'convicted-only']).default('any'),
  }),
  health: HealthElements,
  medical: MedicalDetail,
  staff: z.strictObject({ officials: z.array(line()).max(20).default([]) }),
}

const Admitted = z.strictObject({
  manner: z.enum(['arrest', 'transfer', 'surrender', 'return', 'not-stated']).default('not-stated'),
  /** Mandela 7(f). `[]` says that there are none; absent, nobody has asked. */
  children: z.array(Child).max(20).optional(),
  /** What was said to the person at admission, and whether the family was told then: what is owed in that hour. */
  informed: Informed.optional(),
  familyTold: FamilyTold.optional(),
  source: Source.optional(),
})

export const admit = defineAct({
  kind: 'custody.admit',
  v: 1,
  says: { en: 'A person was admitted', es: 'Ingresó una persona' },
  about: 'custody',
  sort: 'fact',
  begins: true,
  permission,
  sections: { ...admission, act: Admitted },
})

/** After an escape: a new custody that follows the one that ended. */
export const recapture = defineAct({
  kind: 'custody.recapture',
  v: 1,
  says: { en: 'A person was recaptured', es: 'Se recapturó a una persona' },
  about: 'custody',
  sort: 'fact',
  begins: true,
  permission,
  sections: { ...admission, act: Admitted.extend({ follows: z.uuid() }) },
})

export const departures = ['release', 'transfer', 'death', 'escape', 'unknown'] as const

/** ICPPED 17(3)(g), (h). The person left: no legal check stands in the way of saying so. */
export const depart = defineAct({
  kind: 'custody.depart',
  v: 1,
  says: { en: 'A person left', es: 'Una persona salió' },
  about: 'custody',
  sort: 'fact',
  permission: 'departure.record',
  sections: {
    place: z.strictObject({ destination: line(400).optional() }),
    legal: z.strictObject({
      as: z.enum(departures),
      authority: Authority.optional(),
      order: z.uuid().optional(),
      /** How it can be verified that it happened (ICPPED 21). */
      verification: line(400).optional(),
      death: z
        .strictObject({
          circumstances: prose(2000).optional(),
          cause: line(400).optional(),
          remains: line(400).optional(),
        })
        .optional(),
    }),
    act: z.strictObject({ source: Source.optional(), reason: line(400).optional() }),
  },
})

/** Where the body is, as somebody saw it. `between`: on the way. `unknown`: nobody can say, which is an alarm. */
export const recordPresence = defineAct({
  kind: 'presence.record',
  v: 1,
  says: { en: 'Where the person is was recorded', es: 'Se asentó dónde está la persona' },
  about: 'custody',
  sort: 'fact',
  permission: 'presence.record',
  sections: {
    place: z.strictObject({
      state: z.enum(['at', 'between', 'unknown']),
      place: z.uuid().optional(),
      where: line(400).optional(),
    }),
    act: z.strictObject({
      because: z.enum(['seen', 'moved', 'on-roster', 'gone-from-roster', 'not-found']),
      source: Source.optional(),
    }),
  },
})

/** Which bunk is meant for whom: an intention, refused when the bunk is taken. Where a body lies is `presence.record`. */
export const assignBunk = defineAct({
  kind: 'bunk.assign',
  v: 1,
  says: { en: 'A bunk was assigned', es: 'Se asignó una litera' },
  about: 'custody',
  sort: 'intention',
  permission: 'bunk.record',
  sections: { place: z.strictObject({ bunk: z.uuid() }) },
  also: (data) => [data.place.bunk],
  constraints: { bunk_allocation_one_person: 'bunk-taken' },
})

export const vacateBunk = defineAct({
  kind: 'bunk.vacate',
  v: 1,
  says: { en: 'A bunk was given up', es: 'Se dejó una litera' },
  about: 'custody',
  sort: 'fact',
  permission: 'bunk.record',
  sections: { place: z.strictObject({}) },
})

export const AuthorityRole = z.enum(['ordered', 'supervises', 'runs'])

/** Who says which authority is responsible. Two states each naming the other is `custody-conflict`. */
export const recordResponsibility = defineAct({
  kind: 'responsibility.record',
  v: 1,
  says: { en: 'A responsible authority was recorded', es: 'Se asentó una autoridad responsable' },
  about: 'custody',
  sort: 'fact',
  permission,
  sections: { legal: z.strictObject({ role: AuthorityRole, authority: Authority, statedBy: State.optional() }) },
})

export const recordHealth = defineAct({
  kind: 'health.record',
  v: 1,
  says: { en: 'Elements of health were recorded', es: 'Se asentaron elementos de salud' },
  about: 'custody',
  sort: 'fact',
  permission: 'health.record',
  sections: { health: HealthElements, medical: MedicalDetail },
})

/** Mandela 7(e). */
export const listProperty = defineAct({
  kind: 'property.list',
  v: 1,
  says: { en: 'Property was listed', es: 'Se inventariaron pertenencias' },
  about: 'custody',
  sort: 'fact',
  permission,
  sections: {
    act: z.strictObject({
      items: z
        .array(
          z.strictObject({
            what: line(200),
            quantity: z.int().positive().default(1),
            held: z.enum(['stored', 'with-person', 'given-to-family']),
          }),
        )
        .max(200),
    }),
  },
})

export const addNote = defineAct({
  kind: 'note.add',
  v: 1,
  says: { en: 'A note was added', es: 'Se añadió una nota' },
  about: 'custody',
  sort: 'fact',
  permission: 'note.record',
  sections: { act: z.strictObject({ text: prose(4000) }) },
})

/** Level and status as the running authority or a source gives them. */
export const classify = defineAct({
  kind: 'custody.classify',
  v: 1,
  says: { en: 'A level or status was recorded', es: 'Se asentó un nivel o estado' },
  about: 'custody',
  sort: 'fact',
  permission,
  sections: {
    act: z.strictObject({ field: z.enum(['level', 'status']), value: line(80).nullable(), source: Source.optional() }),
  },
})

export const custodyActs = [
  admit,
  recapture,
  depart,
  recordPresence,
  assignBunk,
  vacateBunk,
  recordResponsibility,
  recordHealth,
  listProperty,
  addNote,
  classify,
] as const
