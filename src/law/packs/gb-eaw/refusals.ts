/** Why a case, or a type of date in it, is not computed: a catalogue, in the order in which the pack looks. */
import type { Words } from '../../../kernel/refusal.ts'
import type { PackRefusal } from '../kernel/pack.ts'
import type { DateType } from './case.ts'

const catalogue = {
  'no-sentence': {
    en: 'There is no sentence to compute from.',
    es: 'No hay ninguna condena de la que calcular.',
  },
  'chain-broken': {
    en: 'A sentence is consecutive to one that is not in the case.',
    es: 'Una condena es consecutiva a otra que no está en el caso.',
  },
  'chain-circular': {
    en: 'Consecutive sentences lead back to themselves: nobody can say which is served first.',
    es: 'Las condenas consecutivas vuelven sobre sí mismas: no se sabe cuál se cumple primero.',
  },
  'chain-too-branched': {
    en: 'The consecutive sentences branch too often to be sure which chain was meant.',
    es: 'Las condenas consecutivas se ramifican demasiado para saber qué cadena se quiso decir.',
  },
  'no-term': {
    en: 'A sentence has no length.',
    es: 'Una condena no tiene duración.',
  },
  'offence-date-missing': {
    en: 'The date of an offence is missing, and the law depends on it.',
    es: 'Falta la fecha de un delito y la ley depende de ella.',
  },
  'kind-not-covered': {
    en: 'This kind of sentence is not covered yet.',
    es: 'Esta clase de condena aún no está cubierta.',
  },
  'recall-not-covered': {
    en: 'Recalls are not covered yet.',
    es: 'Los retornos a prisión (recall) aún no están cubiertos.',
  },
  'law-not-covered': {
    en: 'The law of the 2026 progression model is not covered yet.',
    es: 'La ley del modelo de progresión de 2026 aún no está cubierta.',
  },
  'order-breach-unclear': {
    en: 'A breach of a sexual harm prevention order is marked as a sexual offence: which release rule applies must be decided by a person.',
    es: 'El incumplimiento de una orden de prevención de daño sexual figura como delito sexual: qué regla de libertad se aplica debe decidirlo una persona.',
  },
  'exclusion-unknown': {
    en: 'A code that shuts a sentence out of early release is not known to the pack.',
    es: 'El pack no conoce un código que excluye una condena de la libertad anticipada.',
  },
  'extension-not-lawful': {
    en: 'The length of the extension is not one the law allows for this sentence.',
    es: 'La duración de la extensión no es la que la ley permite para esta condena.',
  },
  'credit-overlaps': {
    en: 'The same days are credited twice.',
    es: 'Los mismos días se abonan dos veces.',
  },
  'credit-in-sentence': {
    en: 'Days on remand lie within a sentence already being served.',
    es: 'Hay días de prisión preventiva dentro de una condena que ya se cumplía.',
  },
  'credit-longer-than-sentence': {
    en: 'The credit is longer than the whole sentence.',
    es: 'El abono es mayor que toda la condena.',
  },
  'credit-and-added-days': {
    en: 'Credit has used up the part in custody and days were added: which of them count must be decided by a person.',
    es: 'El abono agota la parte en prisión y se añadieron días: cuáles cuentan debe decidirlo una persona.',
  },
  'credit-reach-unclear': {
    en: 'Credit given with a later sentence may or may not count for the earlier ones.',
    es: 'El abono dado con una condena posterior puede contar o no para las anteriores.',
  },
  'consecutive-to-released': {
    en: 'A sentence is consecutive to one from which the person was already released.',
    es: 'Una condena es consecutiva a otra de la que la persona ya había salido.',
  },
  'added-while-released': {
    en: 'Additional days are dated after the computed release: the facts do not fit together.',
    es: 'Hay días adicionales posteriores a la salida calculada: los hechos no encajan.',
  },
  'tranche-unclear': {
    en: 'Which tranche of the early-release scheme the sentences fall in can be read in two ways.',
    es: 'El tramo del plan de libertad anticipada en que caen las condenas puede leerse de dos maneras.',
  },
  'exclusion-unclear': {
    en: 'Whether an exclusion of December 2024 reaches this sentence is not certain.',
    es: 'No es seguro que una exclusión de diciembre de 2024 alcance a esta condena.',
  },
  'out-at-tranche': {
    en: 'The person was out of prison on the day of the tranche; whether it applies is not certain.',
    es: 'La persona estaba fuera de prisión el día del tramo; no es seguro que se aplique.',
  },
  'imposed-between-tranches': {
    en: 'A sentence imposed between the days of two tranches is consecutive to one imposed before them.',
    es: 'Una condena impuesta entre los días de dos tramos es consecutiva a otra anterior a ellos.',
  },
  'out-at-commencement': {
    en: 'The person was out of custody when the new law commenced.',
    es: 'La persona estaba fuera de prisión cuando empezó a regir la nueva ley.',
  },
  'at-large-before-sentence': {
    en: 'Days at large are dated before the first sentence.',
    es: 'Hay días de fuga anteriores a la primera condena.',
  },
  'sentence-since-tranche': {
    en: 'A sentence was added to the chain after the tranche had moved it.',
    es: 'Se añadió una condena a la cadena después de que el tramo la adelantara.',
  },
  'curfew-unclear': {
    en: 'Which rule of home detention curfew applies can be read in two ways.',
    es: 'La regla de arresto domiciliario aplicable puede leerse de dos maneras.',
  },
  'removal-unclear': {
    en: 'The early removal date of this combination is not computed.',
    es: 'La fecha de expulsión anticipada de esta combinación no se calcula.',
  },
  'supervision-unclear': {
    en: 'Supervision after an earlier release may run longer than that of this sentence.',
    es: 'La supervisión tras una salida anterior puede durar más que la de esta condena.',
  },
  'licence-unclear': {
    en: 'The licence of sentences for offences before and after February 2015 can be counted in two ways.',
    es: 'La libertad vigilada de condenas por delitos anteriores y posteriores a febrero de 2015 puede contarse de dos maneras.',
  },
} as const satisfies Record<string, Words>

export type RefusalCode = keyof typeof catalogue

export const refuse = (code: RefusalCode, about?: string): PackRefusal => ({
  code,
  says: catalogue[code],
  ...(about === undefined ? {} : { about }),
})

/** A refusal and the types of date that hang on it; `all` means the case. */
export type Doubt = { readonly types: readonly DateType[] | 'all'; readonly refusal: PackRefusal }

export const doubts = {
  consecutiveToReleased: (id: string): Doubt => ({ types: 'all', refusal: refuse('consecutive-to-released', id) }),
  addedWhileReleased: (id: string): Doubt => ({ types: 'all', refusal: refuse('added-while-released', id) }),
  creditLongerThanSentence: (): Doubt => ({ types: 'all', refusal: refuse('credit-longer-than-sentence') }),
  creditInSentence: (id: string): Doubt => ({ types: 'all', refusal: refuse('credit-in-sentence', id) }),
  sentenceSinceTranche: (): Doubt => ({ types: ['HDCED', 'PED', 'ERSED'], refusal: refuse('sentence-since-tranche') }),
  one: (type: DateType, code: RefusalCode): Doubt => ({ types: [type], refusal: refuse(code) }),
} as const
