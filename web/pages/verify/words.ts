import { words } from '../../frame/words.ts'

export const verifyWords = words({
  crumb: { en: 'Prove it', es: 'Demuéstralo' },
  own: { en: 'Trust what this house says of itself', es: 'Confiar en lo que esta casa dice de sí misma' },
  ownHelp: {
    en: 'Fetches the trust policy of this house. That is its own word: a court or an inspector brings a policy of their own.',
    es: 'Trae la política de confianza de esta casa. Es su propia palabra: un tribunal o una inspección trae la suya.',
  },
  ownName: { en: 'of this house', es: 'de esta casa' },
  trusts: { en: 'Which keys are trusted', es: 'En qué claves se confía' },
  trustsNobody: {
    en: 'No policy is chosen, so no key is trusted. No key is ever taken from the file itself.',
    es: 'No hay política elegida: no se confía en ninguna clave. Nunca se toma una clave del propio archivo.',
  },
  trustsBroken: { en: 'This file is no trust policy.', es: 'Este archivo no es una política de confianza.' },
  neverFile: {
    en: 'No key is ever taken from the file itself.',
    es: 'Nunca se toma una clave del propio archivo.',
  },
  log: { en: 'Log', es: 'Registro' },
  witness: { en: 'Witness', es: 'Testigo' },
  quorum: { en: 'Quorum', es: 'Quórum' },
  noQuorum: {
    en: 'no witness is asked for: the log alone vouches',
    es: 'no se pide ningún testigo: solo responde el registro',
  },
  offline: {
    en: 'Everything is checked in this page. Unplug the network now if you like.',
    es: 'Todo se comprueba en esta página. Si quiere, desconecte ahora la red.',
  },
})
