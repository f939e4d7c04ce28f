import { readFile } from 'node:fs/promises'
import { ExitCode, run } from '@stricli/core'
import { buildProgram } from './commands.ts'
import type { Context } from './context.ts'
import { type Exit, exitCode } from './exit-codes.ts'
import { explain } from './failures.ts'
import { openTerminal } from './terminal.ts'

/** The habeas command. Each command is loaded when it is asked for: `verify` must not wait for, or touch, a database. */
async function main(args: readonly string[]): Promise<number> {
  const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'))
  const terminal = openTerminal(process.env)
  let ended: number | undefined
  const streams = { stdout: process.stdout, stderr: process.stderr, exitCode: null as number | string | null }
  const context: Context = {
    process: streams,
    terminal,
    env: process.env,
    end: (exit: Exit) => {
      ended = exitCode(exit)
    },
    fail: (error: unknown) => {
      ended = explain(error, terminal)
    },
  }
  await run(buildProgram(version), args.length === 0 ? ['--help'] : args, context)
  if (streams.exitCode === ExitCode.UnknownCommand || streams.exitCode === ExitCode.InvalidArgument) {
    terminal.note('See `habeas --help`, or `habeas COMMAND --help`.')
    return exitCode('usage')
  }
  if (streams.exitCode !== ExitCode.Success) return ended ?? exitCode('fault')
  return ended ?? exitCode('done')
}

// What nobody caught is a fault of ours. Node would end with 1, which says that a check does not hold.
process.on('uncaughtException', (error) => {
  process.exit(explain(error, openTerminal(process.env)))
})
process.exitCode = await main(process.argv.slice(2))
