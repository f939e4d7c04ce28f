import { defineRefusals } from '../kernel/refusal.ts'

/** What `access` refuses, in the order in which it looks. */
export const { catalogue: accessRefusals, refuse: refuseAccess } = defineRefusals({
  unauthenticated: {
    sort: 'unauthenticated',
    says: {
      en: 'You are not signed in, and no valid token came.',
      es: 'Usted no ha iniciado sesión, y no llegó un token válido.',
    },
    remedy: {
      en: 'Sign in again; programs send "Authorization: Bearer …" with a token that is neither expired nor revoked.',
      es: 'Inicie sesión de nuevo; los programas envían "Authorization: Bearer …" con un token ni vencido ni revocado.',
    },
  },
  'not-permitted': {
    sort: 'not-permitted',
    says: { en: 'This role may not do that.', es: 'Este rol no puede hacer eso.' },
    remedy: {
      en: 'Ask somebody with one of the roles named in details.',
      es: 'Pídalo a quien tenga uno de los roles nombrados en details.',
    },
  },
  'another-facility': {
    sort: 'not-permitted',
    says: {
      en: 'This token is bound to one facility; what was asked for is of another, or names none.',
      es: 'Este token está ligado a un establecimiento; lo pedido es de otro, o no nombra ninguno.',
    },
    remedy: {
      en: 'Name your own facility, or use a token that is not bound.',
      es: 'Nombre su propio establecimiento, o use un token que no esté ligado.',
    },
  },
  'nothing-here': {
    sort: 'not-found',
    says: {
      en: 'There is nothing here that you may see: it does not exist, or it is not yours to see.',
      es: 'Aquí no hay nada que usted pueda ver: no existe, o no le corresponde verlo.',
    },
    remedy: {
      en: 'Check the identifier. Whose people somebody sees, the register office says (access.grant).',
      es: 'Compruebe el identificador. A quién puede ver cada persona lo dice la oficina de registro (access.grant).',
    },
  },
  'no-such-act': {
    sort: 'not-found',
    says: { en: 'There is no act of this kind.', es: 'No existe un acto de este tipo.' },
    remedy: { en: 'See /api/openapi.json for the acts.', es: 'Vea los actos en /api/openapi.json.' },
  },
  'after-unknown': {
    sort: 'invalid',
    says: {
      en: 'The act names one to wait for that does not stand before it in this batch.',
      es: 'El acto nombra uno al que esperar que no está antes en este lote.',
    },
    remedy: {
      en: 'Put acts in the order of their causes; leave out what was answered before.',
      es: 'Ponga los actos en el orden de sus causas; omita lo que ya fue respondido.',
    },
  },
  'after-refused': {
    sort: 'conflict',
    says: {
      en: 'An act that this one depends on was refused.',
      es: 'Un acto del que este depende fue rechazado.',
    },
    remedy: {
      en: 'Mend the act named in details first, then send both with new ids.',
      es: 'Corrija primero el acto nombrado en details y envíe ambos con identificadores nuevos.',
    },
  },
  'not-a-picture': {
    sort: 'invalid',
    says: { en: 'The bytes are no JPEG or PNG picture.', es: 'Los bytes no son una imagen JPEG o PNG.' },
    remedy: {
      en: 'Send the bytes of the picture with content type image/jpeg or image/png.',
      es: 'Envíe los bytes de la imagen con el tipo image/jpeg o image/png.',
    },
  },
  'no-such-file': {
    sort: 'not-found',
    says: { en: 'There is no such custody or picture.', es: 'No existe tal custodia o imagen.' },
    remedy: { en: 'Check the identifiers.', es: 'Compruebe los identificadores.' },
  },
  'no-such-entry': {
    sort: 'not-found',
    says: { en: 'There is no such entry.', es: 'No existe tal asiento.' },
    remedy: { en: 'Check the identifier.', es: 'Compruebe el identificador.' },
  },
  'not-yet-in-tree': {
    sort: 'unavailable',
    says: {
      en: 'The entry is recorded and will soon stand in the tree.',
      es: 'El asiento está registrado y pronto estará en el árbol.',
    },
    remedy: {
      en: 'Ask again in a moment; the promise in the receipt says by when.',
      es: 'Pregunte de nuevo en un momento; la promesa del recibo dice para cuándo.',
    },
  },
  'no-such-tile': {
    sort: 'not-found',
    says: { en: 'The log has no such tile.', es: 'El registro no tiene tal tesela.' },
    remedy: {
      en: 'Read /log/checkpoint for the size of the log.',
      es: 'Lea en /log/checkpoint el tamaño del registro.',
    },
  },
  'no-such-token': {
    sort: 'not-found',
    says: { en: 'There is no such token.', es: 'No existe tal token.' },
    remedy: { en: 'List the tokens.', es: 'Liste los tokens.' },
  },
})
