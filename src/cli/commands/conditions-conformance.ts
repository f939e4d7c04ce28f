import { runComfort } from '../../conditions/conformance/comfort.ts'
import { runHeat } from '../../conditions/conformance/heat.ts'
import { runWeather } from '../../conditions/conformance/weather.ts'
import { InputUnreadable, readWholeFile } from '../../kernel/file-lines.ts'
import { isJsonArray, isJsonObject, type Json, parseJson } from '../../kernel/json.ts'
import type { Words } from '../../kernel/refusal.ts'
import { replayHistory } from '../../telemetry/replay.ts'
import type { Context } from '../context.ts'
import { CommandFailed } from '../failures.ts'
import type { ConformanceFlags, FiguresFlags } from '../flags.ts'
import { count, type Terminal, table } from '../terminal.ts'

const PROBLEMS_SHOWN = 10
const EXPECTED_BYTES_MAX = 16 * 1024 * 1024

type Tally = { exact: number; refused: number; wrong: number }

/** Comfort formulas against reference cases: what is refused is named first, the counts come last. */
export async function comfort(this: Context, { json, maxWrong }: ConformanceFlags, file: string): Promise<void> {
  const { terminal } = this
  const { problems, compared, ...result } = await readable(terminal, file, () => runComfort(file))
  for (const [name, { refused }] of Object.entries(result.strata)) {
    if (refused > 0) terminal.say(terminal.words(refusedWords(name, refused)))
  }
  showProblems(terminal, problems, result.wrong)
  if (json) terminal.say(JSON.stringify(result))
  else {
    const rows = [...Object.entries(result.strata), ['all', result] as const].map(
      ([name, tally]) => [name, terminal.words(tallyWords(tally))] as const,
    )
    terminal.say(table([...rows, ['', terminal.words(comparedWords(compared))]]))
  }
  this.end(result.wrong > maxWrong ? 'broken' : 'done')
}

const refusedWords = (name: string, refused: number): Words => ({
  en: `${name}: refused, a formula that is not ours (${count(refused)} ${refused === 1 ? 'case' : 'cases'})`,
  es: `${name}: rechazado, fórmula que no es nuestra (${count(refused)} ${refused === 1 ? 'caso' : 'casos'})`,
})

const tallyWords = ({ exact, refused, wrong }: Tally): Words => {
  const [e, r, w] = [count(exact).padStart(7), count(refused).padStart(7), count(wrong).padStart(5)]
  return { en: `${e} exact  ${r} refused  ${w} wrong`, es: `${e} exactos  ${r} rechazados  ${w} erróneos` }
}

const comparedWords = (compared: number): Words => ({
  en: `${count(compared)} single values compared, each within the set’s own tolerance unless it is named above`,
  es: `${count(compared)} valores comparados, cada uno dentro de la tolerancia del conjunto salvo los nombrados arriba`,
})

type Figures = { readonly figures: object & { readonly unreadable: number }; readonly problems: readonly string[] }

/** A command that prints what it counts in a file, and holds it against expected figures where some are given. */
const figuresOf = (run: (file: string) => Promise<Figures>) =>
  async function (this: Context, { json, expect, maxWrong }: FiguresFlags, file: string): Promise<void> {
    const { terminal } = this
    const { figures, problems } = await readable(terminal, file, () => run(file))
    const expected = expect === undefined ? undefined : await readExpected(terminal, expect)
    const compared = expected === undefined ? undefined : compareFigures(figures as Leaves, expected)
    showProblems(terminal, problems, figures.unreadable)
    for (const line of compared?.lines ?? []) terminal.note(`  ${terminal.words(line)}`)
    const answer = { ...figures, ...compared?.tally }
    if (json) terminal.say(JSON.stringify(answer))
    else terminal.say(table([...leavesOf(answer as Leaves)].map(([name, value]) => [name, shown(value)])))
    const wrong = figures.unreadable + (compared?.tally.wrong ?? 0)
    this.end(wrong > maxWrong ? 'broken' : 'done')
  }

export const heat = figuresOf(runHeat)
export const sensors = figuresOf(replayHistory)
export const weather = figuresOf(runWeather)

/** A file that is no such file ends the command with what was expected, not with a fault of ours. */
async function readable<T>(terminal: Terminal, file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof InputUnreadable)) throw error
    throw new CommandFailed(`${file}: ${terminal.words(error.says)}`, 'refused')
  }
}

async function readExpected(terminal: Terminal, file: string): Promise<Leaves> {
  const json = parseJson(await readable(terminal, file, () => readWholeFile(file, EXPECTED_BYTES_MAX)), {
    numbers: 'double',
  })
  if (json.ok && isJsonObject(json.value)) return json.value
  const words: Words = {
    en: `a JSON object with the keys that --json prints is expected${json.ok ? '' : `: ${json.reason}`}`,
    es: `se espera un objeto JSON con las claves que imprime --json${json.ok ? '' : `: ${json.reason}`}`,
  }
  throw new CommandFailed(`${file}: ${terminal.words(words)}`, 'refused')
}

type Leaves = { readonly [key: string]: Json }

/** `{a: {b: 1}}` → `a.b` 1. Lists and empty objects are leaves. */
function* leavesOf(value: Leaves, path = ''): Generator<readonly [name: string, value: Json]> {
  for (const [key, inner] of Object.entries(value)) {
    const name = path === '' ? key : `${path}.${key}`
    if (isJsonObject(inner) && Object.keys(inner).length > 0) yield* leavesOf(inner, name)
    else yield [name, inner]
  }
}

/**
 * Each expected figure is exact, wrong, or refused: one that we do not count. Expectations may name only some of ours;
 * `exact`, `refused` and `wrong` of an earlier answer are no figures.
 */
export function compareFigures(figures: Leaves, expected: Leaves): { tally: Tally; lines: Words[] } {
  const ours = new Map(leavesOf(figures))
  const tally = { exact: 0, refused: 0, wrong: 0 }
  const lines: Words[] = []
  for (const [name, value] of leavesOf(expected)) {
    if (['exact', 'refused', 'wrong'].includes(name)) continue
    const own = ours.get(name)
    if (own === undefined) {
      tally.refused++
      lines.push({ en: `${name}: no figure of ours`, es: `${name}: no es cifra nuestra` })
    } else if (JSON.stringify(own) === JSON.stringify(value)) tally.exact++
    else {
      tally.wrong++
      lines.push({
        en: `${name}: ${shown(own)}, expected ${shown(value)}`,
        es: `${name}: ${shown(own)}, se esperaba ${shown(value)}`,
      })
    }
  }
  return { tally, lines }
}

const shown = (value: Json): string =>
  value === null
    ? '–'
    : isJsonArray(value)
      ? value.map(shown).join(', ')
      : typeof value === 'object'
        ? '{}'
        : String(value)

function showProblems(terminal: Terminal, problems: readonly string[], all: number): void {
  for (const problem of problems.slice(0, PROBLEMS_SHOWN)) terminal.note(`  ${problem}`)
  const more = count(all - PROBLEMS_SHOWN)
  if (all > PROBLEMS_SHOWN) terminal.note(`  ${terminal.words({ en: `… and ${more} more`, es: `… y ${more} más` })}`)
}
