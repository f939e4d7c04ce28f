/** What a check says to people, for the command and for the page. Words as in CONSOLE.md §13. */

export type Language = 'en' | 'es'

export const WORDS = {
  en: {
    verified: 'VERIFIED: signed under a key that your policy trusts, and every check holds.',
    'unknown-key':
      'UNKNOWN KEY: consistent in itself, but not signed as your policy demands. Anybody could have made it.',
    broken: 'BROKEN: a check does not hold. Believe nothing of this file.',
    unreadable: 'NOT CHECKED',
    agree: 'THE TWO AGREE: the same question, the same answers.',
    disagree: 'THE TWO DISAGREE: keep both, each is proof against whoever signed them.',
    'not-comparable': 'NOT COMPARED',
    checkpoint: 'Checkpoint',
    signed: 'signed by',
    witnesses: 'cosigned by',
    nobody: 'nobody',
    entry: 'Entry',
    vouched: 'signed by the custodian; that it stands in the log is for its receipt to prove',
    promise: {
      verified: 'promise verified',
      unchecked: 'promise not checked: its key was not given',
      none: 'no promise',
    },
    proven: 'PROVEN (in the record under this checkpoint)',
    attested: "ATTESTED (the custodian's signed word; no proof is possible or given)",
    'not-proven': 'NOT PROVEN',
    entries: 'entries',
  },
  es: {
    verified: 'VERIFICADO: firmado con una clave en la que su política confía; todas las comprobaciones se cumplen.',
    'unknown-key':
      'CLAVE DESCONOCIDA: coherente en sí, pero no firmado como exige su política. Cualquiera pudo hacerlo.',
    broken: 'ROTO: una comprobación no se cumple. No crea nada de este archivo.',
    unreadable: 'NO COMPROBADO',
    agree: 'LAS DOS COINCIDEN: la misma pregunta, las mismas respuestas.',
    disagree: 'LAS DOS SE CONTRADICEN: guarde ambas, cada una prueba contra quien las firmó.',
    'not-comparable': 'SIN COMPARAR',
    checkpoint: 'Sello',
    signed: 'firmado por',
    witnesses: 'refrendado por',
    nobody: 'nadie',
    entry: 'Asiento',
    vouched: 'firmado por el custodio; que conste en el registro lo prueba su recibo',
    promise: {
      verified: 'promesa verificada',
      unchecked: 'promesa no comprobada: falta su clave',
      none: 'sin promesa',
    },
    proven: 'PROBADO (está en el registro bajo este sello)',
    attested: 'AFIRMADO (palabra firmada del custodio; sin prueba posible o aportada)',
    'not-proven': 'NO PROBADO',
    entries: 'asientos',
  },
} as const

/** A file from a stranger must not move the cursor of the terminal or turn the direction of what it writes. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\ufffd')
}
