import { z } from 'zod'
import { defineAct, SECTIONS, type Section } from '../kernel/act.ts'
import { Digest, line, prose } from '../kernel/text.ts'
import { Authority } from '../law/acts.ts'
import { EXPUNGE, SEAL, UNSEAL } from '../record/lawful.ts'
import { decideExpunge, decidePropose, decideSeal, decideUnseal, oversightRefusals } from './decide.ts'

/** The order of a court that something be expunged or sealed. */
const CourtOrder = z.strictObject({
  court: Authority,
  document: Digest,
  provision: line(300).optional(),
  caseNumber: line(80).optional(),
})

/** Public halves of the court's key pair, as `habeas` makes it. */
const Pem = z
  .string()
  .max(4000)
  .regex(/^-----BEGIN PUBLIC KEY-----/)

/** Which sections of which entries; no content. */
const Target = z.strictObject({
  entry: z.uuid(),
  nth: z.int().positive(),
  sections: z.array(z.enum(SECTIONS as unknown as [Section, ...Section[]])).min(1),
})
export type Target = z.infer<typeof Target>

/** Puts a court's order to expunge on record, and gives notice of it to oversight. Nothing is expunged by it. */
export const proposeExpunge = defineAct({
  kind: 'expunge.propose',
  v: 1,
  says: { en: 'An order to expunge was put on record', es: 'Se asentó una orden de supresión' },
  about: 'custody',
  sort: 'intention',
  permission: 'expunge.propose',
  sections: { legal: CourtOrder, act: z.strictObject({ targets: z.array(Target).min(1).max(10_000) }) },
  decide: decidePropose,
  refusals: oversightRefusals,
})

/** Expunges what was proposed: by a second person, of the oversight body. */
export const expunge = defineAct({
  kind: EXPUNGE,
  v: 1,
  says: { en: 'Sections of the record were expunged', es: 'Se suprimieron secciones del registro' },
  about: 'custody',
  sort: 'intention',
  permission: 'record.expunge',
  stepUp: true,
  effect: true,
  // What is gone stands where every named audience can read it: else a hole in the numbering would look like a theft.
  sections: {
    person: z.strictObject({ expunged: z.array(Target).min(1).max(10_000) }),
    act: z.strictObject({ proposal: z.uuid() }),
  },
  decide: decideExpunge,
  refusals: oversightRefusals,
})

/** Seals a custody that has ended: its key is wrapped for the court, and no longer for the facility. Reversible. */
export const seal = defineAct({
  kind: SEAL,
  v: 1,
  says: { en: 'A custody was sealed for a court', es: 'Se selló una custodia para un tribunal' },
  about: 'custody',
  sort: 'intention',
  permission: 'record.seal',
  stepUp: true,
  effect: true,
  sections: { legal: CourtOrder, act: z.strictObject({ recipient: z.strictObject({ x25519: Pem, mlkem768: Pem }) }) },
  decide: decideSeal,
  refusals: oversightRefusals,
})

export const unseal = defineAct({
  kind: UNSEAL,
  v: 1,
  says: { en: 'A sealed custody was opened again', es: 'Se abrió de nuevo una custodia sellada' },
  about: 'custody',
  sort: 'intention',
  permission: 'record.seal',
  stepUp: true,
  effect: true,
  sections: { legal: CourtOrder, act: z.strictObject({ reason: prose(500) }) },
  decide: decideUnseal,
  refusals: oversightRefusals,
})

export const oversightActs = [proposeExpunge, expunge, seal, unseal] as const
