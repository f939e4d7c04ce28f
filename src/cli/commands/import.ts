import { basename } from 'node:path'
import { type FileResult, type ImportResult, importFile } from '../../intake/import.ts'
import { loadProfile } from '../../intake/profile.ts'
import { derivedId } from '../../kernel/ids.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { ServiceClock } from '../clock.ts'
import type { Context } from '../context.ts'
import { due } from '../due.ts'
import { CommandFailed, refusalText } from '../failures.ts'
import type { ImportFlags } from '../house-flags.ts'
import { type Bar, count, type Language, nearPath, type Terminal, table } from '../terminal.ts'
import { withHouse } from '../with-house.ts'

/** Whoever may type commands on this machine acts for the register office. */
const IMPORTER = { officer: derivedId('officer', 'importer'), role: 'registrar' } as const

export async function importRoster(this: Context, flags: ImportFlags, file: string): Promise<void> {
  const { terminal } = this
  const profile = await loadProfile(flags.profile)
  if (!profile.ok) throw new CommandFailed(profile.problems.join('\n'), 'refused')
  const rejects = flags.rejects ?? (flags.dryRun ? undefined : `${basename(file)}.rejects.csv`)
  const begun = performance.now()
  const bars = new Bars(terminal)
  const result = await withHouse(this, async (house) => {
    try {
      const port = { database: house.owner, clock: house.clock, actor: IMPORTER, appendBulk: house.appendBulk }
      const imported = await importFile(port, file, profile.profile, {
        dryRun: flags.dryRun,
        onProgress: (progress) => bars.show(progress),
        ...(flags.with !== undefined && { with: flags.with }),
        ...(rejects !== undefined && { rejectsPath: rejects }),
      })
      if (isRefusal(imported) || flags.dryRun) return imported
      await new ServiceClock(house, due).tick()
      await house.settle()
      return imported
    } finally {
      bars.stop()
    }
  })
  if (isRefusal(result)) {
    if (flags.json) terminal.say(JSON.stringify(result))
    else terminal.note(refusalText(result, terminal))
    return this.end('refused')
  }
  const durationMs = Math.round(performance.now() - begun)
  if (flags.json) return terminal.say(JSON.stringify({ ...result, durationMs }))
  terminal.say(resultText(result, terminal.language, durationMs))
  const turnedAway = result.rejected + result.remarks + (result.with?.rejected ?? 0) + (result.with?.remarks ?? 0)
  if (rejects !== undefined && turnedAway > 0 && !result.repeated) {
    terminal.say(`\n${WORDS[terminal.language].rejects} ${nearPath(rejects)}`)
  }
  const [first] = result.registerNumbers
  if (first !== undefined && !result.dryRun) {
    terminal.say(
      `\n${WORDS[terminal.language].next}\n  npm run habeas -- return ${first}\n    ${WORDS[terminal.language].try} ${result.registerNumbers.join('   ')}`,
    )
  }
}

/** A bar for each part of the work. */
class Bars {
  readonly #terminal: Terminal
  #phase: string | undefined
  #bar: Bar | undefined

  constructor(terminal: Terminal) {
    this.#terminal = terminal
  }

  show({ phase, done, total }: { phase: string; done: number; total?: number }): void {
    if (this.#phase !== phase) {
      this.stop()
      this.#phase = phase
      this.#bar = total === undefined ? undefined : this.#terminal.bar(phase.padEnd(10), total, 'rows')
    }
    this.#bar?.to(done)
  }

  stop(): void {
    this.#bar?.stop()
    this.#bar = undefined
  }
}

function resultText(result: ImportResult, language: Language, durationMs: number): string {
  const words = WORDS[language]
  const head = `${result.facility}${result.asOf === undefined ? '' : ` ${result.asOf}`}${result.dryRun ? `  (${words.dry})` : ''}`
  const lines = [head, ...fileLines(result, language)]
  if (result.with)
    lines.push(
      '',
      `${words.second}${result.with.asOf === undefined ? '' : ` ${result.with.asOf}`}`,
      ...fileLines(result.with, language),
    )
  const rows = result.read + (result.with?.read ?? 0)
  lines.push(
    '',
    `${(durationMs / 1000).toFixed(1)} s, ${count(Math.round(rows / (durationMs / 1000)))} ${words.rows}/s`,
  )
  return lines.join('\n')
}

function fileLines(result: FileResult, language: Language): string[] {
  const words = WORDS[language]
  const number = (value: number) => count(value).padStart(9)
  const fields = Object.entries(result.changedBy)
    .sort(([, a], [, b]) => b - a)
    .map(([field, people]) => `${field} ${count(people)}`)
  const rows: [string, string][] = [
    [words.read, number(result.read)],
    [words.new, number(result.new)],
    [words.same, number(result.same)],
    [words.changed, `${number(result.changed)}${fields.length > 0 ? `   ${fields.join(' · ')}` : ''}`],
    [words.rejected, number(result.rejected)],
    [words.gone, `${number(result.gone)}${result.gone > 0 ? `   ${words.goneIs}` : ''}`],
  ]
  if (result.departed > 0) rows.push([words.departed, number(result.departed)])
  if (result.remarks > 0) rows.push([words.remarks, number(result.remarks)])
  const lines = table(rows).split('\n')
  if (result.repeated) lines.unshift(`  ${words.repeated}`)
  if (result.resumed) lines.unshift(`  ${words.resumed}`)
  if (!result.complete && result.asOf !== undefined) lines.push(`  ${words.incomplete}`)
  return lines
}

const WORDS = {
  en: {
    dry: 'dry run: nothing was changed',
    second: 'Second file',
    rows: 'rows',
    read: 'read',
    new: 'new',
    same: 'same',
    changed: 'changed',
    rejected: 'rejected',
    gone: 'gone',
    goneIs: 'no longer on the list: a finding, not a release',
    departed: 'ended',
    remarks: 'remarks',
    repeated: 'This file had been taken before: nothing was changed.',
    resumed: 'Went on where an earlier import had stopped.',
    incomplete: 'Not complete: nobody was marked gone.',
    rejects: 'Rejected rows and remarks:',
    next: 'What to type next:',
    try: 'Others to try:',
  },
  es: {
    dry: 'prueba: no se cambió nada',
    second: 'Segundo archivo',
    rows: 'filas',
    read: 'leídas',
    new: 'nuevas',
    same: 'iguales',
    changed: 'cambiadas',
    rejected: 'rechazadas',
    gone: 'ausentes',
    goneIs: 'ya no están en la lista: un hallazgo, no una liberación',
    departed: 'terminadas',
    remarks: 'observaciones',
    repeated: 'Este archivo ya se había tomado: no se cambió nada.',
    resumed: 'Continuó donde una importación anterior se detuvo.',
    incomplete: 'No está completo: a nadie se le dio por ausente.',
    rejects: 'Filas rechazadas y observaciones:',
    next: 'Qué escribir después:',
    try: 'Otros para probar:',
  },
} as const
