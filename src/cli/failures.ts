import type { Refusal, Words } from '../kernel/refusal.ts'
import { type Exit, exitCode } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'

/**
 * Faults that somebody at a keyboard can do something about, by the name of their class: a name needs no import, so
 * `verify` can end well without loading a database driver. Their messages quote no data of people.
 */
const known: Readonly<Record<string, { exit: Exit; says: Words }>> = {
  ConfigInvalid: {
    exit: 'configuration',
    says: { en: 'Mend the keys named above and start again.', es: 'Corrija las claves nombradas y empiece otra vez.' },
  },
  MigrationRefused: {
    exit: 'migration',
    says: { en: 'Nothing was changed.', es: 'No se cambió nada.' },
  },
  AlreadyRunning: {
    exit: 'running',
    says: {
      en: 'Use it, stop it, or choose another folder with HABEAS_DATA.',
      es: 'Úsela, deténgala o elija otra carpeta con HABEAS_DATA.',
    },
  },
  DatabaseUnavailable: {
    exit: 'unavailable',
    says: {
      en: 'Is it running, and is DATABASE_URL right? The same command may be given again: nothing is done twice.',
      es: '¿Está en marcha, y es correcta DATABASE_URL? Puede repetir la misma orden: nada se hace dos veces.',
    },
  },
  DatabaseDamaged: {
    exit: 'broken',
    says: {
      en: 'A file of the database is not what it wrote. Stop, keep a copy of the files, run `habeas audit` to see how far it goes, and restore a backup (docs/operations.md).',
      es: 'Un archivo de la base de datos no es lo que ella escribió. Deténgase, guarde copia de los archivos, ejecute `habeas audit` para ver hasta dónde llega y restaure una copia (docs/operations.md).',
    },
  },
  SignerUnavailable: {
    exit: 'unavailable',
    says: {
      en: 'What was recorded stands; only signatures wait. Try again; if it stays, restart Habeas.',
      es: 'Lo asentado queda; solo esperan las firmas. Inténtelo otra vez; si persiste, reinicie Habeas.',
    },
  },
  CheckpointRefused: {
    exit: 'stopped',
    says: {
      en: 'The database is older than, or other than, what was signed. After a restore: a newer backup, or a new log that states the loss (docs/operations.md). Else run `habeas audit`. Never delete the signer’s state.',
      es: 'La base de datos es anterior, o distinta, a lo firmado. Tras una restauración: una copia más nueva, o un registro nuevo que declare la pérdida (docs/operations.md). Si no, ejecute `habeas audit`. Nunca borre el estado del firmante.',
    },
  },
  Interrupted: {
    exit: 'interrupted',
    says: {
      en: 'What was recorded stands; the same command goes on from there.',
      es: 'Lo asentado queda; la misma orden continúa desde ahí.',
    },
  },
  TreeBroken: {
    exit: 'stopped',
    says: {
      en: 'Somebody or something changed the record. Run `habeas audit`: it names the place.',
      es: 'Alguien o algo cambió el registro. Ejecute `habeas audit`: nombra el lugar.',
    },
  },
}

/** Words of a command that it ends with, where the world is not as the command needs it: no file, a flag that says nothing. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed'
  readonly exit: Exit
  constructor(message: string, exit: Exit = 'usage') {
    super(message)
    this.exit = exit
  }
}

const systemErrors: Readonly<Record<string, Words>> = {
  ENOENT: { en: 'There is no such file', es: 'No hay tal archivo' },
  EACCES: { en: 'No permission to open', es: 'Sin permiso para abrir' },
  EISDIR: { en: 'This is a folder, not a file', es: 'Es una carpeta, no un archivo' },
  EEXIST: { en: 'The file is already there', es: 'El archivo ya existe' },
  ENOSPC: { en: 'The disk is full', es: 'El disco está lleno' },
  EADDRINUSE: {
    en: 'The address is in use by another program; choose another port with HABEAS_PORT',
    es: 'Otro programa usa la dirección; elija otro puerto con HABEAS_PORT',
  },
}

/** Says what went wrong and what would help, and answers what to end with. */
export function explain(error: unknown, terminal: Terminal): number {
  if (error instanceof CommandFailed) {
    terminal.note(error.message)
    return exitCode(error.exit)
  }
  if (error instanceof Error) {
    const fault = known[error.name]
    if (fault) {
      terminal.note(`${error.message}\n${terminal.words(fault.says)}`)
      return exitCode(fault.exit)
    }
    const { code, path, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number }
    const words = systemErrors[code ?? '']
    if (words) {
      terminal.note(`${terminal.words(words)}: ${path ?? (port === undefined ? '' : `${address}:${port}`)}`)
      return exitCode('refused')
    }
  }
  const says: Words = {
    en: 'Something went wrong on our side. What was acknowledged stands. Please report:',
    es: 'Algo falló de nuestro lado. Lo confirmado queda asentado. Comuníquelo, por favor:',
  }
  terminal.note(`${terminal.words(says)}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  return exitCode('fault')
}

/** A refusal as a sentence and what would make it pass. */
export function refusalText({ code, says, remedy, details }: Refusal, { language }: Terminal): string {
  const told = Object.entries(details)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ')
  return `${says[language]} (${code}${told === '' ? '' : `; ${told}`})\n${remedy[language]}`
}
