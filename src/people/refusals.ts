import { defineRefusals } from '../kernel/refusal.ts'

export const { catalogue: peopleRefusals, refuse: refusePeople } = defineRefusals({
  'no-such-person': {
    sort: 'not-found',
    says: { en: 'There is no person with this id.', es: 'No existe persona con ese identificador.' },
    remedy: {
      en: 'Search by name or number with POST /api/people/search.',
      es: 'Busque por nombre o número con POST /api/people/search.',
    },
  },
  'nothing-to-search': {
    sort: 'invalid',
    says: {
      en: 'The search has neither a name nor a number nor a description.',
      es: 'La búsqueda no tiene ni nombre ni número ni descripción.',
    },
    remedy: {
      en: 'Give a part of a name, a number, or words of a description.',
      es: 'Indique una parte del nombre, un número o palabras de una descripción.',
    },
  },
})
