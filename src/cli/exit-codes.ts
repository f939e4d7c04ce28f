import type { Words } from '../kernel/refusal.ts'

/**
 * What a command ends with: one table for the program, its help and `docs/cli.md` (a test compares them). Scripts may
 * rely on these numbers.
 */
export const EXIT_CODES = {
  done: {
    code: 0,
    says: {
      en: 'done; `verify`: verified under a key that your policy trusts',
      es: 'hecho; `verify`: verificado con una clave en la que su política confía',
    },
  },
  broken: {
    code: 1,
    says: {
      en: 'a check does not hold: `verify` broken or two returns that disagree, `audit` or `replay` found a difference, `conformance` judged wrongly, a file of the database is damaged',
      es: 'una comprobación no se cumple: `verify` roto o dos respuestas que se contradicen, `audit` o `replay` hallaron una diferencia, `conformance` juzgó mal, un archivo de la base de datos está dañado',
    },
  },
  unknownKey: {
    code: 2,
    says: {
      en: '`verify`: consistent, but signed by a key that your policy does not name',
      es: '`verify`: coherente, pero firmado con una clave que su política no nombra',
    },
  },
  refused: { code: 3, says: { en: 'refused, with what would make it pass', es: 'rechazado, con lo que haría falta' } },
  unavailable: {
    code: 4,
    says: {
      en: 'the database or the signer is not there; try again',
      es: 'la base de datos o el firmante no está; inténtelo otra vez',
    },
  },
  running: { code: 5, says: { en: 'another process runs this instance', es: 'otro proceso ejecuta esta instancia' } },
  configuration: {
    code: 6,
    says: { en: 'the configuration is wrong; the key is named', es: 'la configuración es errónea; se nombra la clave' },
  },
  migration: {
    code: 7,
    says: {
      en: 'the database and this program do not belong together',
      es: 'la base de datos y este programa no se corresponden',
    },
  },
  stopped: {
    code: 8,
    says: {
      en: 'the tree is not what was signed: nothing more is signed until somebody looks',
      es: 'el árbol no es lo que se firmó: no se firma nada más hasta que alguien lo examine',
    },
  },
  interrupted: {
    code: 9,
    says: {
      en: 'stopped by a signal before it was done; the same command goes on',
      es: 'detenido por una señal antes de terminar; la misma orden continúa',
    },
  },
  usage: {
    code: 64,
    says: { en: 'no such command or flag, or one that is missing', es: 'no hay tal orden u opción, o falta una' },
  },
  fault: { code: 70, says: { en: 'a fault of ours', es: 'un fallo nuestro' } },
} as const satisfies Record<string, { code: number; says: Words }>

export type Exit = keyof typeof EXIT_CODES

export const exitCode = (exit: Exit): number => EXIT_CODES[exit].code
