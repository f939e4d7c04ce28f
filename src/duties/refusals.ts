import { defineRefusals } from '../kernel/refusal.ts'

export const { catalogue: dutyRefusals, refuse: refuseDuty } = defineRefusals({
  'duty-unknown': {
    sort: 'not-found',
    says: {
      en: 'This subject has no duty with this id.',
      es: 'Este sujeto no tiene ningún deber con este identificador.',
    },
    remedy: {
      en: 'Look at the duties of the custody or of the facility, and name one of them.',
      es: 'Consulte los deberes de la custodia o del establecimiento, y nombre uno de ellos.',
    },
  },
  'duty-shown-by-its-act': {
    sort: 'not-permitted',
    says: {
      en: 'This duty is not done by the word of the facility.',
      es: 'Este deber no se cumple por la palabra del establecimiento.',
    },
    remedy: {
      en: 'Record the act that does it: `acts` in details names it. Or an oversight body says that it was done.',
      es: 'Asiente el acto que lo cumple: `acts` en details lo nombra. O un órgano de supervisión dice que se cumplió.',
    },
  },
  'no-such-duty-subject': {
    sort: 'not-found',
    says: { en: 'There is no custody with this id.', es: 'No existe una custodia con este identificador.' },
    remedy: { en: 'Check the identifier.', es: 'Compruebe el identificador.' },
  },
})
