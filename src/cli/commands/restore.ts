import { access, mkdir, rename } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { systemClock } from '../../kernel/ports.ts'
import type { Words } from '../../kernel/refusal.ts'
import { BackupDamaged } from '../../platform/backup/format.ts'
import { type RestoreOptions, RestoreRefused, type RestoreResult, restore } from '../../platform/backup/restore.ts'
import { type Config, loadConfig } from '../../platform/config.ts'
import { connectDatabase } from '../../platform/database.ts'
import { AlreadyRunning } from '../../platform/postgres/server.ts'
import { openSecrets } from '../../platform/secrets.ts'
import { KeyRing } from '../../record/keys.ts'
import { buildRegistry } from '../../record/registry.ts'
import { findState } from '../../signer/state.ts'
import type { Context } from '../context.ts'
import { CommandFailed } from '../failures.ts'
import type { RestoreFlags } from '../house-flags.ts'
import { takeInstance } from '../instance.ts'
import { rooms } from '../rooms.ts'
import { count, nearPath } from '../terminal.ts'

export async function restoreRecord(this: Context, flags: RestoreFlags, file: string): Promise<void> {
  const { terminal } = this
  const config = await loadConfig(this.env)
  const bars = new Map<string, ReturnType<typeof terminal.bar>>()
  try {
    const result = await restoreInto(config, resolve(file), resolve(flags.keys), {
      ...(flags.newOrigin !== undefined && { newOrigin: flags.newOrigin }),
      onProgress: (step, entries) => {
        if (!bars.has(step)) bars.set(step, terminal.bar(step, entries, 'entries'))
        bars.get(step)?.to(entries)
      },
    })
    const { header, behind, differing } = result
    if (flags.json) terminal.say(JSON.stringify({ ...result, header: { ...header, tables: undefined } }))
    else {
      terminal.say(terminal.words(restored(result)))
      if (differing.length > 0) terminal.say(terminal.words(differ(differing)))
      if (result.forgotten) terminal.say(terminal.words(forgot))
      if (behind) terminal.say(terminal.words(behindWords(behind, header.origin, nearPath(file))))
      if (flags.newOrigin !== undefined) terminal.say(terminal.words(opened(flags.newOrigin)))
    }
    this.end(behind ? 'stopped' : differing.length > 0 ? 'broken' : 'done')
  } catch (error) {
    if (error instanceof BackupDamaged) throw new CommandFailed(error.message, 'broken')
    if (!(error instanceof RestoreRefused)) throw error
    const told = Object.entries(error.details).map(([name, value]) => `${name}: ${value}`)
    const why = told.length === 0 ? '' : ` (${told.join(', ')})`
    throw new CommandFailed(`${terminal.words(refusals[error.code])}${why}`, 'refused')
  } finally {
    for (const bar of bars.values()) bar.stop()
  }
}

async function restoreInto(
  config: Config,
  path: string,
  keysPath: string,
  options: Pick<RestoreOptions, 'newOrigin' | 'onProgress'>,
): Promise<RestoreResult> {
  const secretsFolder = config.secretsFolder
  const signerFolder = join(secretsFolder, 'signer')
  // Made anew they would open nothing of the backup, and hide that the true ones are missing.
  await access(join(secretsFolder, 'facility-wrap.json')).catch(() => {
    throw new RestoreRefused('other-keys', { missing: join(secretsFolder, 'facility-wrap.json') })
  })
  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 })
  const { server, running, release } = await takeInstance(config)
  try {
    if (running)
      throw new AlreadyRunning(`Habeas runs on ${config.dataFolder} (process ${running.pid}): stop it first.`)
    const secrets = await openSecrets(secretsFolder, join(config.dataFolder, 'oversight'))
    const database = connectDatabase(config.ownerDatabaseUrl ?? server.connectionString)
    try {
      const signed = await findState(signerFolder)
      const result = await restore(path, keysPath, {
        ...options,
        database,
        record: {
          registry: buildRegistry(rooms),
          keys: new KeyRing(secrets.facility, secrets.oversight),
          clock: systemClock,
        },
        facilityKey: secrets.facility.privateKey,
        filesFolder: join(config.dataFolder, 'files'),
        origin: config.origin,
        signed,
      })
      // After the loss stands in the record. The closed log's keys and memory are kept: they sign nothing any more.
      if (options.newOrigin !== undefined && signed?.origin === result.header.origin)
        await rename(
          signerFolder,
          join(secretsFolder, `signer-closed-${result.header.origin.replace(/[^\w.-]/g, '_')}`),
        )
      return result
    } finally {
      await database.close()
    }
  } finally {
    await release()
  }
}

const restored = ({ header, already, files, unreadable }: RestoreResult): Words => {
  const what = {
    en: `${count(header.entries)} entries of ${header.made}, ${count(files)} files`,
    es: `${count(header.entries)} asientos del ${header.made}, ${count(files)} archivos`,
  }
  if (already) return { en: `Already there: ${what.en}.`, es: `Ya estaba: ${what.es}.` }
  return {
    en: `Restored and replayed: ${what.en}; the tree of ${count(header.tree.size)} is the one that was signed. ${count(unreadable)} entries do not open (expunged before).`,
    es: `Restaurado y reproducido: ${what.es}; el árbol de ${count(header.tree.size)} es el que se firmó. ${count(unreadable)} asientos no se abren (suprimidos antes).`,
  }
}

const forgot: Words = {
  en: 'The signer here has no memory of this log: it cannot tell whether something newer was signed. Ask the witnesses what they saw last before you start.',
  es: 'El firmante de aquí no recuerda este registro: no puede decir si se firmó algo más nuevo. Pregunte a los testigos qué vieron por último antes de arrancar.',
}

const differ = (tables: readonly string[]): Words => ({
  en: `Not as when the backup was made (a newer program may be why): ${tables.join(', ')}.`,
  es: `No como cuando se hizo la copia (quizá por un programa más nuevo): ${tables.join(', ')}.`,
})

const behindWords = (
  { signed, restored }: { signed: number; restored: number },
  origin: string,
  file: string,
): Words => ({
  en: `The signer will refuse: it has signed a tree of ${count(signed)} of ${origin}, and this is one of ${count(restored)}. Two ways out:
1. Empty the database and restore a newer backup.
2. If nothing newer exists, close this log and say so for ever: habeas restore ${file} --keys FILE --new-origin NAME
Never delete the signer's state.`,
  es: `El firmante se negará: firmó un árbol de ${count(signed)} de ${origin}, y este es de ${count(restored)}. Dos salidas:
1. Vacíe la base de datos y restaure una copia más nueva.
2. Si no hay nada más nuevo, cierre este registro y déjelo dicho para siempre: habeas restore ${file} --keys ARCHIVO --new-origin NOMBRE
Nunca borre el estado del firmante.`,
})

const opened = (name: string): Words => ({
  en: `The old log is closed. Start with HABEAS_ORIGIN=${name}; the first entry says what is lost. Tell the witnesses and give out the new trust policy.`,
  es: `El registro anterior queda cerrado. Arranque con HABEAS_ORIGIN=${name}; el primer asiento dice qué se perdió. Avise a los testigos y entregue la nueva política de confianza.`,
})

const refusals: Readonly<Record<RestoreRefused['code'], Words>> = {
  'not-two-parts': {
    en: 'These two files are not record and keys of one backup.',
    es: 'Estos dos archivos no son registro y claves de una misma copia.',
  },
  'newer-program': {
    en: 'This backup was made by a newer program: restore it with that one.',
    es: 'Esta copia la hizo un programa más nuevo: restáurela con él.',
  },
  'another-origin': {
    en: 'This backup is of another log: set HABEAS_ORIGIN to its name.',
    es: 'Esta copia es de otro registro: ponga su nombre en HABEAS_ORIGIN.',
  },
  'not-empty': {
    en: 'There is a record here already: a backup is restored into an empty instance only. Move the database away first.',
    es: 'Aquí ya hay un registro: una copia solo se restaura en una instancia vacía. Aparte primero la base de datos.',
  },
  'other-keys': {
    en: 'The facility key here does not open this backup: put the secrets folder of that instance in place first.',
    es: 'La clave del establecimiento no abre esta copia: ponga antes en su sitio la carpeta de secretos de esa instancia.',
  },
  'tree-differs': {
    en: 'The entries do not make the tree that was signed: this backup was changed. Nothing was restored.',
    es: 'Los asientos no forman el árbol que se firmó: esta copia fue alterada. No se restauró nada.',
  },
  'nothing-lost': {
    en: 'Nothing that was signed is missing from this backup: restore it without --new-origin.',
    es: 'A esta copia no le falta nada de lo firmado: restáurela sin --new-origin.',
  },
  'same-origin': {
    en: 'A new log needs a name that was never used.',
    es: 'Un registro nuevo necesita un nombre que no se haya usado.',
  },
}
