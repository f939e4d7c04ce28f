import { access } from 'node:fs/promises'
import { verifyCommand, verifyTwo } from '../../../verify/main.ts'
import type { Context } from '../context.ts'
import { explain } from '../failures.ts'
import type { VerifyFlags } from '../flags.ts'

/** Loads nothing but the checks: no database, no network, no configuration. */
export async function verify(this: Context, flags: VerifyFlags, file: string, other?: string): Promise<void> {
  const { trust, promiseKey, custodianKey, json } = flags
  const { terminal } = this
  try {
    await Promise.all([file, trust, other].map((path) => path !== undefined && access(path)))
  } catch (error) {
    explain(error, terminal)
    return this.end('broken')
  }
  const {
    exitCode,
    text,
    json: result,
  } = other !== undefined
    ? await verifyTwo(file, other, trust, terminal.language)
    : await verifyCommand(file, trust, terminal.language, {
        ...(promiseKey !== undefined && { promiseKey }),
        ...(custodianKey !== undefined && { custodianKey }),
      })
  if (json) terminal.say(JSON.stringify(result))
  else terminal.say(text.trimEnd())
  this.end(exitCode === 0 ? 'done' : exitCode === 2 ? 'unknownKey' : 'broken')
}
