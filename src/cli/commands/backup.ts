import { access } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { backUp } from '../../platform/backup/backup.ts'
import { lastDayOf, noteBackup } from '../../platform/backup/made.ts'
import type { Context } from '../context.ts'
import { CommandFailed } from '../failures.ts'
import { entryCount } from '../house.ts'
import type { BackupFlags } from '../house-flags.ts'
import { count, nearPath } from '../terminal.ts'
import { withHouse } from '../with-house.ts'

export async function backUpRecord(this: Context, flags: BackupFlags, file: string): Promise<void> {
  const { terminal } = this
  const [path, keysPath] = [resolve(file), resolve(flags.keys)]
  if (path === keysPath)
    throw new CommandFailed(
      terminal.words({ en: 'The keys go to a file of their own.', es: 'Las claves van a un archivo propio.' }),
    )
  for (const each of [path, keysPath]) {
    const isThere = await access(each).then(
      () => true,
      () => false,
    )
    if (isThere) throw Object.assign(new Error('exists'), { code: 'EEXIST', path: each })
  }
  const result = await withHouse(this, async (house) => {
    const { owner: database, registry, config, clock } = house
    const bar = terminal.bar('backup', await entryCount(database), 'entries')
    try {
      const made = await backUp(path, keysPath, {
        database,
        registers: registry.registers,
        filesFolder: join(config.dataFolder, 'files'),
        origin: config.origin,
        clock,
        onProgress: bar.to,
      })
      const keysUntil = lastDayOf(made.made, config.keyBackupDays, config.zone)
      const files = { record: path, keys: keysPath }
      await noteBackup(config.dataFolder, {
        id: made.id,
        made: made.made,
        size: made.tree.size,
        ...files,
        lastDay: keysUntil,
      })
      return { ...made, keysUntil }
    } finally {
      bar.stop()
    }
  })
  if (flags.json) return terminal.say(JSON.stringify(result))
  const { entries, tree, bytes, keysUntil } = result
  terminal.say(
    terminal.words({
      en: `${count(entries)} entries, tree of ${count(tree.size)}, in ${nearPath(path)} (${count(bytes)} bytes); their wrapped keys in ${nearPath(keysPath)}.
Destroy the keys after ${keysUntil}: what is expunged lives on in them until then. Keep the two apart. Neither holds a private key: those are in .habeas/secrets, see docs/operations.md.`,
      es: `${count(entries)} asientos, árbol de ${count(tree.size)}, en ${nearPath(path)} (${count(bytes)} bytes); sus claves envueltas en ${nearPath(keysPath)}.
Destruya las claves después del ${keysUntil}: hasta entonces vive en ellas lo que se suprima. Guárdelos por separado. Ninguno contiene una clave privada: están en .habeas/secrets, véase docs/operations.md.`,
    }),
  )
}
