import { defineRefusals } from '../kernel/refusal.ts'

export const { catalogue: placeRefusals, refuse: refusePlace } = defineRefusals({
  'place-not-found': {
    sort: 'not-found',
    says: {
      en: 'There is no such facility or place at this instant.',
      es: 'No existe tal establecimiento o lugar en ese instante.',
    },
    remedy: {
      en: 'Check the code or id, and whether the place was in use then.',
      es: 'Compruebe el código o identificador, y si el lugar estaba en uso entonces.',
    },
  },
})
