import { readFile } from 'node:fs/promises'
import { readCase } from '../../law/sentences/case-file.ts'
import { standingOf } from '../../law/sentences/standing.ts'
import { numbersView, outcomeView, packView } from '../../law/sentences/view.ts'
import type { Context } from '../context.ts'
import { CommandFailed } from '../failures.ts'
import type { Json } from '../flags.ts'
import type { Terminal } from '../terminal.ts'

type Outcome = ReturnType<typeof outcomeView>
type Reading = Outcome['readings'][number]

/** Dates of a case in a file with every step in words: no database, no network. Ends with `refused` where none is given. */
export async function computeSentence(this: Context, { json }: Json, file: string): Promise<void> {
  const { terminal } = this
  const read = readCase(await readFile(file, 'utf8'))
  if (!read.ok) throw new CommandFailed(`${file}: ${read.error}`)
  const standing = standingOf(read.one)
  const { working } = standing
  const outcome = outcomeView(working)
  const numbers = numbersView(standing)
  if (json) {
    const pack = working.pack === undefined ? null : packView(working.pack)
    terminal.say(JSON.stringify({ pack, inputs: read.one.inputs, outcome, numbers }))
  } else {
    if (working.pack !== undefined)
      terminal.say(`${terminal.words(working.pack.says)} · ${working.pack.version} · ${working.pack.hash.slice(0, 16)}`)
    tellOutcome(terminal, outcome, read.names)
    tellLast(terminal, numbers.lastLawfulDay)
  }
  this.end(outcome.kind === 'refused' ? 'refused' : 'done')
}

function tellOutcome(terminal: Terminal, outcome: Outcome, names: ReadonlyMap<string, string>): void {
  if (outcome.kind === 'ambiguous')
    terminal.say(
      terminal.words({
        en: `\nThe law can be read in ${outcome.readings.length} ways; each follows.`,
        es: `\nLa ley puede leerse de ${outcome.readings.length} maneras; sigue cada una.`,
      }),
    )
  for (const [i, reading] of outcome.readings.entries()) {
    if (outcome.readings.length > 1) terminal.say(`\n${i + 1} / ${outcome.readings.length}`)
    tellReading(terminal, reading)
  }
  if (outcome.kind !== 'refused') return
  terminal.say(terminal.words({ en: 'No date is given:', es: 'No se da ninguna fecha:' }))
  for (const { says, about } of outcome.reasons) {
    const whom = about === null ? '' : ` (${names.get(about) ?? about})`
    terminal.say(`  ${terminal.words(says)}${whom}`)
  }
}

function tellReading(terminal: Terminal, { dates, refused, steps, assumptions }: Reading): void {
  terminal.say('')
  for (const { type, says, date, step } of dates) terminal.say(`  ${date}  ${type}  ${terminal.words(says)}  [${step}]`)
  for (const { type, because } of refused) terminal.say(`  ––––––––––  ${type}  ${terminal.words(because)}`)
  terminal.say('')
  for (const { n, says, cite } of steps) {
    const source = cite === null ? '' : `  (${[cite.title, cite.provision].filter(Boolean).join(', ')})`
    terminal.say(`  ${String(n).padStart(3)}. ${terminal.words(says)}${source}`)
  }
  for (const { says } of assumptions) terminal.say(`  · ${terminal.words(says)}`)
}

function tellLast(terminal: Terminal, day: string | null): void {
  if (day === null) return
  terminal.say(
    terminal.words({
      en: `\nLast lawful day under every reading: ${day}`,
      es: `\nÚltimo día lícito según todas las lecturas: ${day}`,
    }),
  )
}
