import { defineRefusals } from '../../kernel/refusal.ts'

/** What sign-in refuses, in the order in which it looks. */
export const { catalogue: signInRefusals, refuse: refuseSignIn } = defineRefusals({
  'another-origin': {
    sort: 'not-permitted',
    says: {
      en: 'The request does not come from a page of this console.',
      es: 'La petición no viene de una página de esta consola.',
    },
    remedy: {
      en: 'Open the console at its own address and do it there; programs use a token.',
      es: 'Abra la consola en su propia dirección y hágalo allí; los programas usan un token.',
    },
  },
  'issuer-silent': {
    sort: 'unavailable',
    says: {
      en: 'The issuer where officers sign in does not answer.',
      es: 'El emisor donde los funcionarios inician sesión no responde.',
    },
    remedy: {
      en: 'Try again in a moment. Sessions that are open go on; if it stays so, tell whoever runs the issuer.',
      es: 'Intente otra vez en un momento. Las sesiones abiertas siguen; si persiste, avise a quien opera el emisor.',
    },
  },
  'sign-in-interrupted': {
    sort: 'invalid',
    says: {
      en: 'This sign-in was not begun in this browser, or it took too long.',
      es: 'Este inicio de sesión no comenzó en este navegador, o tardó demasiado.',
    },
    remedy: { en: 'Begin again.', es: 'Comience de nuevo.' },
  },
  'sign-in-declined': {
    sort: 'not-permitted',
    says: { en: 'The issuer did not let you sign in.', es: 'El emisor no le permitió iniciar sesión.' },
    remedy: {
      en: 'Begin again, or ask whoever runs the issuer.',
      es: 'Comience de nuevo, o pregunte a quien opera el emisor.',
    },
  },
  'sign-in-not-proven': {
    sort: 'not-permitted',
    says: {
      en: 'What the issuer answered does not prove who you are.',
      es: 'Lo que respondió el emisor no prueba quién es usted.',
    },
    remedy: {
      en: 'Begin again; if it stays so, give the reference to whoever runs Habeas.',
      es: 'Comience de nuevo; si persiste, dé la referencia a quien opera Habeas.',
    },
  },
  'no-role': {
    sort: 'not-permitted',
    says: {
      en: 'The issuer knows you, but names no role that you have here.',
      es: 'El emisor le conoce, pero no indica ningún rol que usted tenga aquí.',
    },
    remedy: {
      en: 'Ask whoever runs the issuer to give you a role for Habeas.',
      es: 'Pida a quien opera el emisor que le dé un rol para Habeas.',
    },
  },
  'officer-disabled': {
    sort: 'not-permitted',
    says: { en: 'This officer has been disabled here.', es: 'Este funcionario fue deshabilitado aquí.' },
    remedy: { en: 'Ask an administrator of Habeas.', es: 'Pregunte a un administrador de Habeas.' },
  },
  'no-session': {
    sort: 'not-found',
    says: {
      en: 'The request came with a token; a token has no session.',
      es: 'La petición vino con un token; un token no tiene sesión.',
    },
    remedy: { en: 'Sign in with a browser.', es: 'Inicie sesión con un navegador.' },
  },
  'step-up-needed': {
    sort: 'unauthenticated',
    says: {
      en: 'This must be confirmed with a passkey, for this one time.',
      es: 'Esto debe confirmarse con una llave de acceso, por esta única vez.',
    },
    remedy: {
      en: 'Confirm what details.for names with POST /api/step-up/options and /api/step-up, then send the same again with habeas-step-up.',
      es: 'Confirme lo que nombra details.for con POST /api/step-up/options y /api/step-up, y envíe lo mismo otra vez con habeas-step-up.',
    },
  },
  'step-up-alone': {
    sort: 'conflict',
    says: {
      en: 'An act that asks for a passkey is not sent in a batch.',
      es: 'Un acto que pide una llave de acceso no se envía en un lote.',
    },
    remedy: { en: 'Send it by itself.', es: 'Envíelo por separado.' },
  },
  'no-passkey': {
    sort: 'conflict',
    says: { en: 'You have registered no passkey here.', es: 'Usted no ha registrado aquí ninguna llave de acceso.' },
    remedy: {
      en: 'Register one with POST /api/passkeys/options and /api/passkeys.',
      es: 'Registre una con POST /api/passkeys/options y /api/passkeys.',
    },
  },
  'sign-in-anew': {
    sort: 'conflict',
    says: {
      en: 'A passkey is registered only just after signing in.',
      es: 'Una llave de acceso solo se registra recién iniciada la sesión.',
    },
    remedy: {
      en: 'Sign in anew at the address in details, then register it.',
      es: 'Inicie sesión de nuevo en la dirección de details y regístrela.',
    },
  },
  'passkey-not-proven': {
    sort: 'not-permitted',
    says: {
      en: 'What the passkey answered does not prove that it was you, for this, now.',
      es: 'Lo que respondió la llave de acceso no prueba que fue usted, para esto, ahora.',
    },
    remedy: {
      en: 'Try again; if it stays so, register another passkey.',
      es: 'Intente otra vez; si persiste, registre otra llave de acceso.',
    },
  },
  'passkey-known': {
    sort: 'conflict',
    says: { en: 'This passkey is registered already.', es: 'Esta llave de acceso ya está registrada.' },
    remedy: { en: 'Use it, or register another one.', es: 'Úsela, o registre otra.' },
  },
  'no-such-passkey': {
    sort: 'not-found',
    says: { en: 'You have no such passkey.', es: 'Usted no tiene tal llave de acceso.' },
    remedy: { en: 'List your passkeys.', es: 'Liste sus llaves de acceso.' },
  },
  'no-such-session': {
    sort: 'not-found',
    says: { en: 'There is no such session.', es: 'No existe tal sesión.' },
    remedy: { en: 'List the sessions.', es: 'Liste las sesiones.' },
  },
})
