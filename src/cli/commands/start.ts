import { checkSignIn } from '../../access/sign-in/sign-in.ts'
import type { Words } from '../../kernel/refusal.ts'
import { loadConfig } from '../../platform/config.ts'
import type { Ending } from '../../platform/postgres/server.ts'
import { buildConsoleBeside } from '../console.ts'
import type { Context } from '../context.ts'
import { CommandFailed, explain } from '../failures.ts'
import { type FillResult, fillFacility } from '../fill.ts'
import { entryCount, type House, openHouse } from '../house.ts'
import type { StartFlags } from '../house-flags.ts'
import { reportAt } from '../report.ts'
import { reportText } from '../report-text.ts'
import { serve } from '../serve.ts'
import { count, type Terminal } from '../terminal.ts'
import { openLog } from '../with-house.ts'

export async function start(this: Context, flags: StartFlags): Promise<void> {
  const { terminal } = this
  const begun = performance.now()
  const config = await loadConfig(this.env)
  if (flags.serve) checkSignIn(config)
  const asked = untilAskedToStop()
  // A program that starts this one builds the console itself, once.
  const stopBuild = flags.serve && !flags.json ? buildConsoleBeside(terminal) : undefined
  let house: House | undefined
  try {
    house = await openHouse(config, { log: await openLog(config), mustOwn: true })
    tellRebuilt(house, terminal)
    const filled = await fill(house, terminal, asked)
    if (filled === 'stopped') return this.end('interrupted')
    const server = await serve(house, { listen: flags.serve })
    try {
      await house.settle()
      const report = {
        ...(await reportAt(house.database, house.clock.now().toString())),
        entries: await entryCount(house.database),
        readyMs: Math.round(performance.now() - begun),
        ...(filled && { filled }),
        ...(house.rebuilt.length > 0 && { rebuilt: house.rebuilt }),
        ...(server.url !== undefined && {
          url: server.url,
          console: config.issuerUrl === undefined ? consoleAt(server.url) : config.consoleUrl,
          isDemonstration: config.issuerUrl === undefined,
        }),
      }
      terminal.say(flags.json ? JSON.stringify(report) : reportText(report, terminal.language, config.dataFolder))
      if (!flags.serve) return
      const lost = await Promise.race([asked.to, house.databaseLost])
      // What is on its way cannot end in order without its database; the signer ends with this process.
      if (lost !== undefined) process.exit(explain(databaseEnded(lost, terminal), terminal))
      terminal.note(terminal.words({ en: 'Stopping.', es: 'Deteniendo.' }))
    } finally {
      await server.close()
    }
  } finally {
    stopBuild?.()
    asked.forget()
    await house?.close()
  }
}

/** Which registers a changed program made anew, and how many rows of each differed: never the rows. */
function tellRebuilt({ rebuilt }: House, { note, words }: Terminal): void {
  if (rebuilt.length === 0) return
  const differing = rebuilt.filter(({ removed, added }) => removed + added > 0)
  note(
    words({
      en: `The program has changed: ${rebuilt.length} registers were made anew, ${differing.length} with other rows.`,
      es: `El programa cambió: se rehicieron ${rebuilt.length} registros, ${differing.length} con otras filas.`,
    }),
  )
  for (const { register, removed, added } of differing) {
    note(
      words({
        en: `  ${register}: ${count(removed)} rows went, ${count(added)} came`,
        es: `  ${register}: salieron ${count(removed)} filas, entraron ${count(added)}`,
      }),
    )
  }
}

/** A passkey knows no bare address: on this machine the console is opened by name. */
const consoleAt = (url: string): string => url.replace('//127.0.0.1:', '//localhost:')

/** The first time, or where an earlier start was stopped: the reference facility, with a bar. */
async function fill(house: House, terminal: Terminal, asked: AskedToStop): Promise<FillResult | undefined | 'stopped'> {
  let bar: ReturnType<Terminal['bar']> | undefined
  try {
    return await fillFacility(house, house.config.population, {
      isStopped: () => asked.isAsked,
      onBegin: (total, people) => {
        terminal.note(
          terminal.words({
            en: `Filling the reference facility with ${people.toLocaleString('en-US')} synthetic people. Ctrl-C is safe: the next start goes on.`,
            es: `Llenando el establecimiento de referencia con ${people.toLocaleString('en-US')} personas sintéticas. Ctrl-C es seguro: el próximo arranque continúa.`,
          }),
        )
        bar = terminal.bar('TEC', total, 'entries')
      },
      onProgress: (entries) => bar?.to(entries),
    })
  } finally {
    bar?.stop()
  }
}

const endings: Readonly<Record<Ending, Words>> = {
  ended: {
    en: 'The database server has ended. What was acknowledged stands: start again.',
    es: 'El servidor de base de datos terminó. Lo confirmado queda: arranque otra vez.',
  },
  stuck: {
    en: 'The database server had stopped in the middle of its recovery, as a full disk can make it, and was ended. What was acknowledged stands: make room on the disk, then start again.',
    es: 'El servidor de base de datos se había detenido a mitad de su recuperación, como puede causar un disco lleno, y se le puso fin. Lo confirmado queda: haga sitio en el disco y arranque otra vez.',
  },
}

const databaseEnded = (ending: Ending, { words }: Terminal) => new CommandFailed(words(endings[ending]), 'unavailable')

type AskedToStop = { readonly to: Promise<void>; readonly isAsked: boolean; forget(): void }

/** SIGINT, SIGTERM, SIGHUP: an orderly end. A second signal changes nothing; `kill -9` is safe too. */
function untilAskedToStop(): AskedToStop {
  let isAsked = false
  let stop: () => void = () => undefined
  const to = new Promise<void>((resolve) => {
    stop = () => {
      isAsked = true
      resolve()
    }
  })
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const name of names) process.on(name, stop)
  return {
    to,
    get isAsked() {
      return isAsked
    },
    forget: () => {
      for (const name of names) process.off(name, stop)
    },
  }
}
