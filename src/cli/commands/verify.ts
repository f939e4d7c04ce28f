import { verifyCommand } from '../../../verify/main.ts'
import type { VerifyFlags } from '../commands.ts'
import type { Context } from '../context.ts'

/** Loads nothing but the checks: no database, no network, no configuration. */
export async function verify(this: Context, { trust, json }: VerifyFlags, file: string): Promise<void> {
  const { terminal } = this
  const { exitCode, text, json: result } = await verifyCommand(file, trust, terminal.language)
  if (json) terminal.say(JSON.stringify(result))
  else terminal.say(text.trimEnd())
  this.end(exitCode === 0 ? 'done' : exitCode === 2 ? 'unknownKey' : 'broken')
}
