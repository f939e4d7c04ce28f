import type { HeldRow } from '../../src/custody/contract.ts'
import { words } from '../frame/words.ts'

type Basis = NonNullable<HeldRow['basis']>

/** Words for the codes of the registers that more than one page shows. One word per thing, as CONSOLE §13 has them. */

export const basisWords = words({
  order: { en: 'order', es: 'orden' },
  disputed: { en: 'disputed', es: 'disputada' },
  unknown: { en: 'unknown', es: 'desconocida' },
  lapse: { en: 'lapse', es: 'lapso' },
} satisfies Record<Basis['state'], { en: string; es: string }>)

export const causeWords = words({
  covered: { en: 'covered', es: 'amparada' },
  contested: { en: 'orders contradict each other', es: 'las órdenes se contradicen' },
  'end-not-stated': { en: 'the order does not say until when', es: 'la orden no dice hasta cuándo' },
  'orders-not-stated': { en: 'the source does not state its orders', es: 'la fuente no dice sus órdenes' },
  'admitted-without-order': { en: 'admitted without an order', es: 'ingreso sin orden' },
  'order-ended': { en: 'the order ended', es: 'la orden terminó' },
  'release-ordered': { en: 'release was ordered', es: 'se ordenó la libertad' },
  'not-authentic': { en: 'the paper is not authentic', es: 'el documento no es auténtico' },
} satisfies Record<Basis['cause'], { en: string; es: string }>)

export const orderWords = words({
  arrest: { en: 'arrest', es: 'arresto' },
  'administrative-detention': { en: 'administrative detention', es: 'detención administrativa' },
  'judicial-detention': { en: 'judicial detention', es: 'detención judicial' },
  remand: { en: 'remand', es: 'prisión provisional' },
  extension: { en: 'extension', es: 'prórroga' },
  sentence: { en: 'sentence', es: 'condena' },
  recall: { en: 'recall', es: 'revocación' },
  immigration: { en: 'immigration', es: 'migración' },
  transfer: { en: 'transfer', es: 'traslado' },
  'civil-commitment': { en: 'civil commitment', es: 'internamiento civil' },
  release: { en: 'release', es: 'libertad' },
  bail: { en: 'bail', es: 'caución' },
  quashing: { en: 'quashing', es: 'anulación' },
  'appeal-decision': { en: 'decision on appeal', es: 'resolución de apelación' },
  production: { en: 'order to produce', es: 'orden de presentación' },
})

export const presenceWords = words({
  at: { en: 'in a place', es: 'en un lugar' },
  between: { en: 'on the way', es: 'en camino' },
  disputed: { en: 'disputed', es: 'disputada' },
  unknown: { en: 'unknown', es: 'desconocida' },
} satisfies Record<HeldRow['presence']['state'], { en: string; es: string }>)

/** By what it is known where somebody is. */
export const becauseWords = words({
  admitted: { en: 'admission', es: 'ingreso' },
  seen: { en: 'seen', es: 'vista' },
  moved: { en: 'move', es: 'traslado' },
  'on-roster': { en: 'on a list', es: 'en un listado' },
  'gone-from-roster': { en: 'gone from the list', es: 'falta en el listado' },
  'not-found': { en: 'not found', es: 'no se encontró' },
  'departures-differ': { en: 'departures differ', es: 'las salidas difieren' },
  expunged: { en: 'expunged', es: 'suprimido' },
})

/** Short names of the minimum content of the register, for a cell of a table. */
export const missingWords = words({
  name: { en: 'name', es: 'nombre' },
  birth: { en: 'birth', es: 'nacimiento' },
  sex: { en: 'sex', es: 'sexo' },
  nationality: { en: 'nationality', es: 'nacionalidad' },
  identifier: { en: 'document', es: 'documento' },
  likeness: { en: 'photograph', es: 'fotografía' },
  'deprived-at': { en: 'when taken', es: 'cuándo fue detenida' },
  'deprived-where': { en: 'where taken', es: 'dónde fue detenida' },
  'deprived-by': { en: 'taken by', es: 'quién la detuvo' },
  ordered: { en: 'ordering authority', es: 'quién la ordenó' },
  grounds: { en: 'grounds', es: 'motivos' },
  supervises: { en: 'supervising authority', es: 'quién la controla' },
  'admitted-hour': { en: 'hour of admission', es: 'hora de ingreso' },
  runs: { en: 'authority of the place', es: 'quién dirige el lugar' },
  examined: { en: 'medical examination', es: 'examen médico' },
  fitness: { en: 'fitness', es: 'aptitud' },
  injuries: { en: 'injuries', es: 'lesiones' },
  'ill-treatment': { en: 'ill-treatment', es: 'malos tratos' },
  property: { en: 'property', es: 'pertenencias' },
  children: { en: 'children', es: 'hijos' },
  'emergency-contact': { en: 'emergency contact', es: 'contacto de emergencia' },
  'next-of-kin': { en: 'next of kin', es: 'familiar' },
} satisfies Record<HeldRow['missing'][number], { en: string; es: string }>)

export const placeWords = words({
  facility: { en: 'Facility', es: 'Establecimiento' },
  pavilion: { en: 'Pavilion', es: 'Pabellón' },
  level: { en: 'Level', es: 'Nivel' },
  cell: { en: 'Cell', es: 'Celda' },
  yard: { en: 'Yard', es: 'Patio' },
  post: { en: 'Post', es: 'Puesto' },
  vehicle: { en: 'Vehicle', es: 'Vehículo' },
  hospital: { en: 'Hospital', es: 'Hospital' },
  court: { en: 'Court', es: 'Tribunal' },
  bunk: { en: 'Bunk', es: 'Litera' },
})

export const ruleStateWords = words({
  pass: { en: 'holds', es: 'se cumple' },
  fail: { en: 'fails', es: 'no se cumple' },
  unknown: { en: 'unknown', es: 'desconocido' },
  not_applicable: { en: 'does not apply', es: 'no aplica' },
  fail_justified: { en: 'fails, with a reason on file', es: 'no se cumple, con motivo registrado' },
})

export const originWords = words({
  text: { en: 'text of the norm', es: 'texto de la norma' },
  technical: { en: 'technical standard', es: 'norma técnica' },
  ours: { en: 'ours', es: 'nuestro' },
})

/** The word for a code, or the code itself where the register knows one that this page does not. */
export const wordFor = (chosen: Readonly<Record<string, string>>, code: string): string => chosen[code] ?? code
