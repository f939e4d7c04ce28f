import { backupsHolding, type HoldingBackup } from '../platform/backup/made.ts'
import type { Context } from './context.ts'
import type { House } from './house.ts'
import { nearPath } from './terminal.ts'

/** The backups that still hold what was expunged at the instant. */
export function backupsHeld({ config, clock }: House, expunged: string): Promise<HoldingBackup[]> {
  const today = clock.now().toZonedDateTimeISO(config.zone).toPlainDate().toString()
  return backupsHolding(config.dataFolder, { expunged, today })
}

/** Lists them, each with its last day. Copies that were not made here, replicas and mirrors are nobody's to list. */
export function tellBackups({ terminal }: Context, backups: readonly HoldingBackup[]): void {
  if (backups.length === 0) {
    terminal.say(
      terminal.words({
        en: 'No backup that was made here still holds it.',
        es: 'Ninguna copia hecha aquí lo conserva todavía.',
      }),
    )
    return
  }
  terminal.say(
    terminal.words({
      en: 'Backups that still hold it; destroy each file of keys after its last day:',
      es: 'Copias que lo conservan todavía; destruya cada archivo de claves después de su último día:',
    }),
  )
  for (const { made, keys, lastDay, overdue } of backups) {
    const late = overdue ? terminal.words({ en: '  OVERDUE: destroy it now', es: '  VENCIDA: destrúyala ya' }) : ''
    terminal.say(`  ${made.slice(0, 10)}  → ${lastDay}  ${nearPath(keys)}${late}`)
  }
}
