import { z } from 'zod'
import { defineAct } from '../kernel/act.ts'
import { Digest, line, prose, State } from '../kernel/text.ts'
import { OccurredAt } from '../kernel/time.ts'

/** Two family names are the rule, not the exception; any part may be unknown. `written` is the name as on the paper. */
export const Name = z.strictObject({
  use: z.enum(['recorded', 'alias', 'corrected', 'self']),
  given: line().optional(),
  family1: line().optional(),
  family2: line().optional(),
  written: line(400).optional(),
})
export type Name = z.infer<typeof Name>

/** A number that some body gave this person: `{scheme: 'DUI', issuer: 'SV', value: '…'}`. */
export const Identifier = z.strictObject({ scheme: line(40), issuer: line(80), value: line(80) })
export type Identifier = z.infer<typeof Identifier>

export const Nationality = z.strictObject({ state: State, standing: z.enum(['stated', 'proven', 'disputed']) })

/** A birth date as precisely as it is known: `1991`, `1991-07` or `1991-07-05`; or only an age at a date. */
export const Birth = z.strictObject({
  date: z
    .string()
    .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/)
    .optional(),
  ageYears: z.int().min(0).max(130).optional(),
  ageAsOf: z.iso.date().optional(),
  ageDisputed: z.boolean().default(false),
})
export type Birth = z.infer<typeof Birth>

export const Language = z.strictObject({
  code: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/),
  ability: z.enum(['speaks', 'understands', 'reads']),
  interpreter: z.boolean().default(false),
})

/** Why somebody is registered without a name; then `description` and a photograph stand for it. */
export const Unnamed = z.strictObject({
  because: z.enum(['refuses', 'unconscious', 'unknown']),
  description: prose(1000),
})

/** What is known of who somebody is. Every part may be missing; `nationalities: []` says 'has none'. */
export const Identity = z.strictObject({
  names: z.array(Name).max(20).optional(),
  unnamed: Unnamed.optional(),
  identifiers: z.array(Identifier).max(20).optional(),
  nationalities: z.array(Nationality).max(10).optional(),
  birth: Birth.optional(),
  sex: z.enum(['F', 'M', 'X', 'not-recorded']).optional(),
  gender: line(80).optional(),
  languages: z.array(Language).max(20).optional(),
})
export type Identity = z.infer<typeof Identity>

const permission = 'person.record'

export const describePerson = defineAct({
  kind: 'person.describe',
  v: 1,
  says: { en: 'Who the person is was recorded', es: 'Se asentó quién es la persona' },
  about: 'custody',
  sort: 'fact',
  permission,
  sections: { person: z.strictObject({ identity: Identity }), act: z.strictObject({ source: line(400).optional() }) },
})

export const photographPerson = defineAct({
  kind: 'person.photograph',
  v: 1,
  says: { en: 'A photograph was taken', es: 'Se tomó una fotografía' },
  about: 'custody',
  sort: 'fact',
  permission,
  sections: {
    person: z.strictObject({
      photograph: Digest,
      mediaType: z.enum(['image/jpeg', 'image/png']),
      bytes: z.int().positive(),
    }),
  },
})

/** Marks serve identification only: no meaning is recorded, and nothing filters or places by them. */
export const markPerson = defineAct({
  kind: 'person.mark',
  v: 1,
  says: { en: 'A mark for identification was recorded', es: 'Se asentó una señal de identificación' },
  about: 'custody',
  sort: 'fact',
  permission,
  sections: { act: z.strictObject({ where: line(80), looks: prose(500) }) },
})

/** Needs and disability: that they exist and what they ask of the place; no diagnosis. */
export const recordNeed = defineAct({
  kind: 'person.need',
  v: 1,
  says: { en: 'A need or disability was recorded', es: 'Se asentó una necesidad o discapacidad' },
  about: 'custody',
  sort: 'fact',
  permission: 'health.record',
  sections: { health: z.strictObject({ need: line(120), asks: prose(500).optional() }) },
})

export const ContactRole = z.enum(['next-of-kin', 'counsel', 'emergency'])

export const recordContact = defineAct({
  kind: 'person.contact',
  v: 1,
  says: { en: 'A contact of the person was recorded', es: 'Se asentó un contacto de la persona' },
  about: 'custody',
  sort: 'fact',
  permission,
  sections: {
    act: z.strictObject({
      role: ContactRole,
      name: line(),
      relation: line(80).optional(),
      reach: line(200).optional(),
    }),
  },
})

/** Two persons found to be one. Reversible: withdrawing the entry parts them again. */
export const linkPerson = defineAct({
  kind: 'person.link',
  v: 1,
  says: { en: 'Two persons were found to be one', es: 'Se constató que dos personas son una' },
  about: 'custody',
  sort: 'fact',
  permission,
  sections: { act: z.strictObject({ same: z.uuid(), evidence: prose(1000), foundAt: OccurredAt.optional() }) },
})

/** Two persons found not to be one, though they share a name or a number. Reversible: withdrawing the entry lists them again. */
export const tellApart = defineAct({
  kind: 'person.differ',
  v: 1,
  says: { en: 'Two persons were found to differ', es: 'Se constató que dos personas son distintas' },
  about: 'custody',
  sort: 'fact',
  permission,
  sections: { act: z.strictObject({ other: z.uuid(), evidence: prose(1000), foundAt: OccurredAt.optional() }) },
})

export const peopleActs = [
  describePerson,
  photographPerson,
  markPerson,
  recordNeed,
  recordContact,
  linkPerson,
  tellApart,
] as const
