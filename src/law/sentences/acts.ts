import { z } from 'zod'
import { defineAct } from '../../kernel/act.ts'
import { decideCheck, decideSign } from './decide.ts'
import { Day } from './facts.ts'
import { Adjusted, Checked, Entered, Reviewed, Signed } from './forms.ts'
import { sentenceRefusals } from './refusals.ts'

/**
 * What courts imposed, as facts that no pack of law has judged yet: always recordable, also where no pack covers the
 * case. Entered again under the same `case`: new sentences join, those of a known id read as entered last.
 */
export const enterSentence = defineAct({
  kind: 'sentence.enter',
  v: 1,
  says: { en: 'The facts of a sentence were entered', es: 'Se asentaron los hechos de una condena' },
  about: 'custody',
  sort: 'fact',
  permission: 'sentence.record',
  sections: { person: z.strictObject({ birth: Day.optional() }), legal: Entered },
})

/** What is set off against a sentence or added to it: credit, days added and restored, unlawfully at large. As facts. */
export const adjustSentence = defineAct({
  kind: 'sentence.adjust',
  v: 1,
  says: {
    en: 'What changes the dates of a sentence was entered',
    es: 'Se asentó algo que cambia las fechas de una condena',
  },
  about: 'custody',
  sort: 'fact',
  permission: 'sentence.record',
  sections: { legal: Adjusted },
})

/**
 * Somebody answers for dates with a name and a passkey: over these facts, this pack, this working. The working is sealed
 * with the signature, so that what was signed can be held against whatever is computed later.
 */
export const signSentence = defineAct({
  kind: 'sentence.sign',
  v: 1,
  says: { en: 'Dates of a sentence were signed', es: 'Se firmaron fechas de una condena' },
  about: 'custody',
  sort: 'intention',
  permission: 'sentence.sign',
  stepUp: true,
  sections: { legal: Signed },
  decide: decideSign,
  refusals: sentenceRefusals,
})

/** A second person worked it through, and agrees or does not. */
export const checkSentence = defineAct({
  kind: 'sentence.check',
  v: 1,
  says: {
    en: 'Signed dates of a sentence were checked by a second person',
    es: 'Una segunda persona revisó las fechas firmadas de una condena',
  },
  about: 'custody',
  sort: 'intention',
  permission: 'sentence.sign',
  sections: { legal: Checked },
  decide: decideCheck,
  refusals: sentenceRefusals,
})

/** Everybody was recomputed before and after a change of law, and somebody looked at who moves. */
export const reviewLaw = defineAct({
  kind: 'law.review',
  v: 1,
  says: {
    en: 'Who moves by a change of sentence law was reviewed',
    es: 'Se revisó a quién mueve un cambio de la ley de condenas',
  },
  about: 'facility',
  sort: 'fact',
  permission: 'law.review',
  sections: { legal: Reviewed },
})

export const sentenceActs = [enterSentence, adjustSentence, signSentence, checkSentence, reviewLaw] as const
