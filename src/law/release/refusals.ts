import { defineRefusals } from '../../kernel/refusal.ts'

export const { catalogue: releaseRefusals, refuse: refuseRelease } = defineRefusals({
  'release-order-unknown': {
    sort: 'not-found',
    says: {
      en: 'This custody has no order with this id that lets the person go now: it is not on file, was found not to be authentic, or no longer stands.',
      es: 'Esta custodia no tiene ninguna orden con este identificador que ponga ahora en libertad: no consta, no es auténtica o ya no rige.',
    },
    remedy: {
      en: 'Record the order first, on paper or as told by telephone (order.record).',
      es: 'Asiente antes la orden, en papel o como se dijo por teléfono (order.record).',
    },
    act: 'order.record',
  },
  'identity-unverified': {
    sort: 'conflict',
    says: {
      en: 'Nobody has confirmed by a second means that this is the person whom the order names.',
      es: 'Nadie ha confirmado por un segundo medio que esta es la persona que nombra la orden.',
    },
    remedy: {
      en: 'Compare a photograph, fingerprints or the iris with those of the admission, and record it (release.check).',
      es: 'Compare la fotografía, las huellas o el iris con los del ingreso, y asiéntelo (release.check).',
    },
    act: 'release.check',
  },
  'order-in-force': {
    sort: 'conflict',
    says: {
      en: 'Another order is in force this minute: it was verified, and its issuer is empowered to give it.',
      es: 'Otra orden está en vigor en este minuto: fue verificada y quien la emitió está facultado para ello.',
    },
    remedy: {
      en: 'Put both orders before both issuers now; the time counts as held after the order to release. Record what ends or contests the other order (order.end, order.dispute), or the release order that is against it too.',
      es: 'Presente ahora las dos órdenes a quienes las emitieron; el tiempo cuenta como detención posterior a la orden de libertad. Asiente lo que pone fin a la otra orden o la impugna (order.end, order.dispute), o la orden de libertad que también la comprende.',
    },
    act: 'order.end',
  },
})
