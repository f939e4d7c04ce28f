import type { CommandContext } from '@stricli/core'
import type { Exit } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'

/** What every command is given. `end` sets the exit code; the command then returns. */
export type Context = CommandContext & {
  readonly terminal: Terminal
  readonly env: NodeJS.ProcessEnv
  end(exit: Exit): void
  /** Says what went wrong and sets the exit code that belongs to it. */
  fail(error: unknown): void
}
