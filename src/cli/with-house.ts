import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Config, loadConfig } from '../platform/config.ts'
import { createLog, type Log } from '../platform/logs.ts'
import type { Context } from './context.ts'
import { type House, openHouse } from './house.ts'

/** Log lines go beside the terminal, not into it: to `habeas.log` of the data folder, or to standard error when piped. */
export async function openLog(config: Config): Promise<Log> {
  if (!process.stderr.isTTY) return createLog(config.logLevel, process.stderr)
  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 })
  return createLog(
    config.logLevel,
    createWriteStream(join(config.dataFolder, 'habeas.log'), { flags: 'a', mode: 0o600 }),
  )
}

/**
 * Opens the instance for the run of one command (joins the running server, or starts its database and signer) and
 * closes it whatever happens. Ctrl-C closes it too; what was committed stands, and the command may be given again.
 */
export async function withHouse<T>(context: Context, work: (house: House) => Promise<T>): Promise<T> {
  const config = await loadConfig(context.env)
  const quiet = createLog(config.logLevel === 'info' ? 'warn' : config.logLevel, process.stderr)
  const house = await openHouse(config, { log: quiet })
  const interrupted = new Promise<never>((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => reject(new Interrupted(signal)))
    }
  })
  interrupted.catch(() => undefined) // awaited in the race below
  try {
    return await Promise.race([work(house), interrupted])
  } finally {
    await house.close()
  }
}

/** Somebody stopped the command. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
  readonly signal: NodeJS.Signals
  constructor(signal: NodeJS.Signals) {
    super(`Stopped by ${signal}.`)
    this.signal = signal
  }
}
