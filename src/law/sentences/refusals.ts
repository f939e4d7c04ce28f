import { defineRefusals } from '../../kernel/refusal.ts'

export const { catalogue: sentenceRefusals, refuse: refuseSentence } = defineRefusals({
  'case-unknown': {
    sort: 'conflict',
    says: { en: 'No facts of this sentence are on record.', es: 'No constan hechos de esta condena.' },
    remedy: { en: 'Enter the sentence first.', es: 'Asiente antes la condena.' },
    act: 'sentence.enter',
  },
  'reason-needed': {
    sort: 'invalid',
    says: {
      en: 'A date that no pack of law computed, and a disagreement, need their reason in words.',
      es: 'Una fecha que ningún paquete de ley calculó, y un desacuerdo, necesitan su razón en palabras.',
    },
    remedy: { en: 'Say why.', es: 'Diga por qué.' },
  },
  'paper-needed': {
    sort: 'invalid',
    says: {
      en: 'A date that a court set needs the order or the document by which it did.',
      es: 'Una fecha que fijó un tribunal necesita la orden o el documento con que lo hizo.',
    },
    remedy: {
      en: 'Name the order of the ledger, or give the document.',
      es: 'Nombre la orden del libro o aporte el documento.',
    },
  },
  'facts-changed': {
    sort: 'conflict',
    says: {
      en: 'The facts of the sentence are not those that you looked at.',
      es: 'Los hechos de la condena no son los que usted miró.',
    },
    remedy: { en: 'Look at the sentence again, then sign.', es: 'Vuelva a mirar la condena y firme después.' },
  },
  'pack-refuses': {
    sort: 'conflict',
    says: {
      en: 'The pack of law does not compute this date of this case.',
      es: 'El paquete de ley no calcula esta fecha de este caso.',
    },
    remedy: {
      en: 'Work it out and sign it by hand, with the reason; it says so everywhere.',
      es: 'Calcúlela y fírmela a mano, con la razón; así constará en todas partes.',
    },
  },
  'outcome-differs': {
    sort: 'conflict',
    says: {
      en: 'What is to be signed is not what is computed now.',
      es: 'Lo que se va a firmar no es lo que se calcula ahora.',
    },
    remedy: {
      en: 'Look at the steps that differ and sign what is computed; if a fact is wrong, correct it.',
      es: 'Mire los pasos que difieren y firme lo que se calcula; si un hecho está mal, corríjalo.',
    },
  },
  'pack-computes': {
    sort: 'conflict',
    says: {
      en: 'The pack of law computes this date: nobody signs another one by hand.',
      es: 'El paquete de ley calcula esta fecha: nadie firma otra a mano.',
    },
    remedy: {
      en: 'Sign the computed date. If a court has set another one, sign it as the court’s, with its order.',
      es: 'Firme la fecha calculada. Si un tribunal fijó otra, fírmela como del tribunal, con su orden.',
    },
  },
  'signature-unknown': {
    sort: 'conflict',
    says: {
      en: 'There is no such signature of this case, or it was withdrawn, altered or replaced.',
      es: 'No existe tal firma de este caso, o fue retirada, alterada o sustituida.',
    },
    remedy: {
      en: 'Name the entry of the signature that stands.',
      es: 'Nombre el asiento de la firma que rige.',
    },
  },
  'second-person-needed': {
    sort: 'not-permitted',
    says: {
      en: 'You signed these dates. Another person must check them.',
      es: 'Usted firmó estas fechas. Debe revisarlas otra persona.',
    },
    remedy: { en: 'Ask a colleague to check them.', es: 'Pida a otra persona que las revise.' },
  },
  'signature-outdated': {
    sort: 'conflict',
    says: {
      en: 'These dates were signed over facts or law that have changed since: nobody agrees to them any more.',
      es: 'Estas fechas se firmaron sobre hechos o ley que han cambiado: ya nadie puede confirmarlas.',
    },
    remedy: {
      en: 'Sign the dates anew, or disagree with the reason.',
      es: 'Firme las fechas de nuevo, o disienta con la razón.',
    },
    act: 'sentence.sign',
  },
  'sentence-not-found': {
    sort: 'not-found',
    says: { en: 'There is no custody with this id.', es: 'No existe una custodia con este identificador.' },
    remedy: { en: 'Check the identifier.', es: 'Compruebe el identificador.' },
  },
  'law-change-unknown': {
    sort: 'not-found',
    says: { en: 'No pack of law has such a change.', es: 'Ningún paquete de ley tiene tal cambio.' },
    remedy: { en: 'Take it from the list of changes.', es: 'Tómelo de la lista de cambios.' },
  },
})
