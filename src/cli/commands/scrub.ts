import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { FileStore } from '../../platform/files.ts'
import { findBytes, type ScrubStep, scrub } from '../../platform/scrub.ts'
import { backupsHeld, tellBackups } from '../backups-held.ts'
import type { Context } from '../context.ts'
import { CommandFailed } from '../failures.ts'
import type { House } from '../house.ts'
import type { ScrubFlags } from '../house-flags.ts'
import { count } from '../terminal.ts'
import { withHouse } from '../with-house.ts'

export async function scrubFiles(this: Context, flags: ScrubFlags): Promise<void> {
  const { terminal } = this
  // Read from a file: what was expunged shall not stand in the history of a shell either.
  const needles = flags.find === undefined ? [] : await needlesOf(resolve(flags.find))
  if (flags.find !== undefined && needles.length === 0)
    throw new CommandFailed(terminal.words({ en: 'That file holds no text.', es: 'Ese archivo no contiene texto.' }))
  const result = await withHouse(this, async (house) => {
    const { config } = house
    const bar = terminal.bar('scrub', 1, 'tables')
    try {
      const { steps, files } = await scrubHouse(house, (done) => bar.to(done))
      // The files of somebody else's server are not ours to read.
      const folder = config.databaseUrl === undefined ? join(config.dataFolder, 'pg') : undefined
      const found = folder === undefined || needles.length === 0 ? [] : await findBytes(folder, needles)
      const backups = await heldSinceLast(house)
      return { steps, files, found, searched: folder !== undefined && needles.length > 0, ...(backups && { backups }) }
    } finally {
      bar.stop()
    }
  })
  const { steps, found, searched, backups } = result
  const failed = steps.filter(({ done }) => !done)
  if (flags.json) terminal.say(JSON.stringify(result))
  else {
    terminal.say(
      terminal.words({
        en: `${count(steps.length - failed.length)} of ${count(steps.length)} steps done.`,
        es: `${count(steps.length - failed.length)} de ${count(steps.length)} pasos hechos.`,
      }),
    )
    for (const { step, why } of failed) terminal.say(`  ${step}: ${why}`)
    if (searched)
      terminal.say(
        found.length === 0
          ? terminal.words({
              en: 'The byte search found nothing in the data folder.',
              es: 'La búsqueda de bytes no halló nada en la carpeta de datos.',
            })
          : found.map((path) => `  ${path}`).join('\n'),
      )
    if (backups) tellBackups(this, backups)
    terminal.say(
      terminal.words({
        en: 'Mirrors and replicas keep what they have; a disk may keep deleted blocks until they are used again.',
        es: 'Los espejos y las réplicas conservan lo suyo; un disco puede conservar bloques borrados hasta que se reutilicen.',
      }),
    )
  }
  this.end(failed.length + found.length === 0 ? 'done' : 'broken')
}

/** What must be done on the disk after an expungement: files that no key opens any more, then the database. */
export async function scrubHouse(
  { owner, record, config }: Pick<House, 'owner' | 'record' | 'config'>,
  onTable: (done: number) => void = () => undefined,
): Promise<{ steps: ScrubStep[]; files: number }> {
  const files = await new FileStore(join(config.dataFolder, 'files'), owner, record.keys).sweep()
  return { steps: await scrub(owner, onTable), files }
}

/** The backups that hold what was expunged last, and so perhaps what was expunged before; undefined where nothing was. */
async function heldSinceLast(house: House): Promise<Awaited<ReturnType<typeof backupsHeld>> | undefined> {
  const [last] = await house.owner.rows<{ at: string | null }>(
    "select max(at) as at from expunge_order where kind = 'record.expunge'",
  )
  return last?.at == null ? undefined : backupsHeld(house, last.at)
}

/** One text a line; a line `hex:…` is bytes. */
async function needlesOf(path: string): Promise<Buffer[]> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '')
  return lines.map((line) => (line.startsWith('hex:') ? Buffer.from(line.slice(4), 'hex') : Buffer.from(line)))
}
