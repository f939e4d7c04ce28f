import { z } from 'zod'
import { defineAct } from '../kernel/act.ts'
import { Digest, line, State } from '../kernel/text.ts'
import { InstantText } from '../kernel/time.ts'
import { Authority } from '../law/acts.ts'
import { Consul, FamilyTold, Informed } from './forms.ts'

export { Consul, FamilyTold, Informed } from './forms.ts'

/**
 * Acts by which somebody gets what they are owed. Each is a fact of its own, and settles whatever duty it answers; the
 * word `duty.discharge` is for what no such fact shows.
 */

const permission = 'duty.record'

export const informPerson = defineAct({
  kind: 'person.inform',
  v: 1,
  says: { en: 'The person was informed', es: 'Se informó a la persona' },
  about: 'custody',
  sort: 'fact',
  permission,
  sections: { legal: z.strictObject({ consul: Consul.optional() }), act: Informed },
})

/** An attempt that reached nobody is recorded too, and settles nothing. */
export const notifyFamily = defineAct({
  kind: 'family.notify',
  v: 1,
  says: { en: 'The family was told', es: 'Se avisó a la familia' },
  about: 'custody',
  sort: 'fact',
  permission,
  sections: {
    act: FamilyTold.extend({ of: z.enum(['admission', 'transfer', 'release', 'illness', 'death', 'other']) }),
  },
})

export const notifyConsul = defineAct({
  kind: 'consul.notify',
  v: 1,
  says: { en: 'A consulate was told', es: 'Se avisó a un consulado' },
  about: 'custody',
  sort: 'fact',
  permission,
  sections: {
    legal: z.strictObject({
      state: State,
      of: z.enum(['detention', 'message', 'release', 'death']).default('detention'),
      post: line(200).optional(),
      document: Digest.optional(),
    }),
  },
})

/** The person before a court, or not: ICCPR 9(3) asks for the body, so the mode is part of the fact. */
export const recordHearing = defineAct({
  kind: 'hearing.record',
  v: 1,
  says: { en: 'A hearing was recorded', es: 'Se asentó una audiencia' },
  about: 'custody',
  sort: 'fact',
  permission,
  sections: {
    legal: z.strictObject({
      court: Authority,
      mode: z.enum(['in-person', 'video', 'absent']),
      of: z.enum(['first-appearance', 'review', 'trial', 'other']),
      document: Digest.optional(),
    }),
  },
})

/** What it says stays with whom it is addressed to: the record keeps that it came, of which sort, and its digest. */
export const receivePetition = defineAct({
  kind: 'petition.receive',
  v: 1,
  says: { en: 'A petition was received', es: 'Se recibió una petición' },
  about: 'custody',
  sort: 'fact',
  permission,
  sections: {
    legal: z.strictObject({
      petition: z.uuid(),
      sort: z.enum(['habeas', 'complaint', 'request']),
      by: z.enum(['person', 'family', 'counsel', 'other']),
      to: line(200).optional(),
      document: Digest.optional(),
    }),
  },
})

export const answerPetition = defineAct({
  kind: 'petition.answer',
  v: 1,
  says: { en: 'A petition was answered', es: 'Se respondió una petición' },
  about: 'custody',
  sort: 'fact',
  permission,
  sections: {
    legal: z.strictObject({
      petition: z.uuid(),
      as: z.enum(['granted', 'partly', 'refused', 'withdrawn']),
      by: Authority.optional(),
      document: Digest.optional(),
    }),
  },
})

/**
 * The instant of a duty went by and it was not done: true by query since then, entered by the service `clock`. About one
 * custody; or about a facility, where an import or a batch shares the cause: then `people` counts them when it was seen.
 */
export const missDuty = defineAct({
  kind: 'duty.miss',
  v: 1,
  says: { en: 'A duty was missed', es: 'Se incumplió un deber' },
  about: 'any',
  sort: 'fact',
  permission: 'service.record',
  sections: {
    act: z.strictObject({
      rule: line(40),
      duty: z.uuid().optional(),
      cause: line(80).optional(),
      due: InstantText,
      people: z.int().positive().optional(),
    }),
  },
})

/** All but `duty.discharge`, which decides by what these leave (discharge.ts). */
export const dutyFacts = [
  informPerson,
  notifyFamily,
  notifyConsul,
  recordHearing,
  receivePetition,
  answerPetition,
  missDuty,
] as const
