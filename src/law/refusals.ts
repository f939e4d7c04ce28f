import { defineRefusals } from '../kernel/refusal.ts'

export const { catalogue: lawRefusals, refuse: refuseLaw } = defineRefusals({
  'basis-not-found': {
    sort: 'not-found',
    says: { en: 'There is no custody with this id.', es: 'No existe una custodia con este identificador.' },
    remedy: { en: 'Check the identifier.', es: 'Compruebe el identificador.' },
  },
  'order-not-found': {
    sort: 'not-found',
    says: {
      en: 'This custody has no order with this id.',
      es: 'Esta custodia no tiene una orden con este identificador.',
    },
    remedy: { en: 'Look at the orders of the custody.', es: 'Consulte las órdenes de la custodia.' },
  },
})
