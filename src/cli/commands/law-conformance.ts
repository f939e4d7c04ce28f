import { crdConformance } from '../../law/packs/gb-eaw/conformance.ts'
import { remandConformance } from '../../law/packs/gb-eaw/remand/conformance.ts'
import type { Context } from '../context.ts'
import type { ConformanceFlags, CrdFlags } from '../flags.ts'
import { count, table } from '../terminal.ts'

const PROBLEMS_SHOWN = 10

type Score = { readonly exact: number; readonly refused: number; readonly wrong: number; readonly skipped: number }
type Result = Score & {
  readonly strata: Readonly<Record<string, Score>>
  /** `wrong …` and `refused …`, a line each. */
  readonly problems: readonly string[]
}

export async function crd(this: Context, flags: CrdFlags, file: string): Promise<void> {
  report(this, flags, await crdConformance(file, flags.level))
}

export async function remand(this: Context, flags: ConformanceFlags, file: string): Promise<void> {
  report(this, flags, await remandConformance(file))
}

function report(context: Context, { json, maxWrong }: ConformanceFlags, result: Result): void {
  const { terminal } = context
  const { exact, refused, wrong, skipped, problems } = result
  const strata = Object.fromEntries(Object.entries(result.strata).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  if (json) terminal.say(JSON.stringify({ exact, refused, wrong, skipped, strata }))
  else {
    terminal.say(
      table([...Object.entries(strata), ['all', result] as const].map(([name, score]) => [name, told(score)])),
    )
    // What is wrong comes first: a refusal is an answer.
    const shown = problems.toSorted((a, b) => Number(b.startsWith('wrong')) - Number(a.startsWith('wrong')))
    for (const problem of shown.slice(0, PROBLEMS_SHOWN)) terminal.note(`  ${problem}`)
    if (shown.length > PROBLEMS_SHOWN) terminal.note(`  … and ${count(shown.length - PROBLEMS_SHOWN)} more`)
  }
  context.end(wrong > maxWrong ? 'broken' : 'done')
}

function told({ exact, refused, wrong, skipped }: Score): string {
  const all = exact + refused + wrong
  const part = (value: number, word: string) => {
    const percent = all === 0 ? '–' : `${((100 * value) / all).toFixed(1)} %`
    return `${count(value).padStart(6)} ${word} ${percent.padStart(7)}`
  }
  return [
    part(exact, 'exact'),
    part(refused, 'refused'),
    part(wrong, 'wrong'),
    ...(skipped === 0 ? [] : [`${count(skipped).padStart(4)} skipped`]),
  ].join('  ')
}
