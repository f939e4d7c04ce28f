import { type ConformanceKind, runConformance } from '../../record/conformance.ts'
import type { Context } from '../context.ts'
import type { ConformanceFlags } from '../flags.ts'
import { count, table } from '../terminal.ts'

const PROBLEMS_SHOWN = 10

/** The command for one kind of vectors. */
export const conformance = (kind: ConformanceKind) =>
  async function (this: Context, { json, maxWrong }: ConformanceFlags, file: string): Promise<void> {
    const { terminal } = this
    const { problems, ...result } = await runConformance(kind, file)
    if (json) terminal.say(JSON.stringify(result))
    else {
      const row = (name: string, { exact, refused, wrong }: { exact: number; refused: number; wrong: number }) =>
        [
          name,
          `${count(exact).padStart(7)} exact  ${count(refused).padStart(7)} refused as they must be  ${count(wrong).padStart(5)} wrong`,
        ] as const
      terminal.say(
        table([...Object.entries(result.strata).map(([name, tally]) => row(name, tally)), row('all', result)]),
      )
      for (const problem of problems.slice(0, PROBLEMS_SHOWN)) terminal.note(`  ${problem}`)
      if (result.wrong > PROBLEMS_SHOWN) terminal.note(`  … and ${count(result.wrong - PROBLEMS_SHOWN)} more`)
    }
    this.end(result.wrong > maxWrong ? 'broken' : 'done')
  }
