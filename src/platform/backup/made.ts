import { open, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** A backup that was made here: where its two files were written, and the last day on which its keys may still exist. */
const MadeBackup = z.strictObject({
  id: z.uuid(),
  made: z.string(),
  /** How many places of the tree it holds: an entry at a later place is not in it. */
  size: z.int().nonnegative(),
  record: z.string(),
  keys: z.string(),
  /** `YYYY-MM-DD`, this day included. */
  lastDay: z.iso.date(),
})
export type MadeBackup = z.infer<typeof MadeBackup>

const LIST = 'backups.ndjson'

/** The day after which the file of keys must be gone, in the zone of the house. */
export const lastDayOf = (made: string, days: number, zone: string): string =>
  Temporal.Instant.from(made).toZonedDateTimeISO(zone).toPlainDate().add({ days }).toString()

/** Adds a backup to the list of the instance. The list is only ever added to: it outlives the files. */
export async function noteBackup(dataFolder: string, backup: MadeBackup): Promise<void> {
  const file = await open(join(dataFolder, LIST), 'a', 0o600)
  try {
    await file.writeFile(`${JSON.stringify(backup)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Every backup that was made here, oldest first; none where the list was never begun. Throws where it is damaged. */
export async function listBackups(dataFolder: string): Promise<MadeBackup[]> {
  const path = join(dataFolder, LIST)
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
  const lines = text.split('\n').filter((line) => line !== '')
  return lines.map((line, i) => {
    try {
      return MadeBackup.parse(JSON.parse(line))
    } catch (cause) {
      throw new Error(`${path} is damaged in line ${i + 1}`, { cause })
    }
  })
}

export type HoldingBackup = MadeBackup & {
  /** Its last day is over, and the keys still lie where they were written. */
  readonly overdue: boolean
}

/**
 * The backups that still hold what is expunged at `expunged`, an instant: made before it, and not yet past their last
 * day, or past it and still there. Whether a file that was carried elsewhere was destroyed is for people to know.
 */
export async function backupsHolding(
  dataFolder: string,
  { expunged, today }: { readonly expunged: string; readonly today: string },
): Promise<HoldingBackup[]> {
  const holding: HoldingBackup[] = []
  for (const backup of await listBackups(dataFolder)) {
    if (Temporal.Instant.compare(backup.made, expunged) > 0) continue
    const overdue = backup.lastDay < today
    if (!overdue || (await isThere(backup.keys))) holding.push({ ...backup, overdue })
  }
  return holding
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
