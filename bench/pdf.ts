import { randomUUID } from 'node:crypto'
import { makeReturn } from '../src/custody/return/make.ts'
import { makeReturnPdf } from '../src/custody/return/pdf/make.ts'
import { isRefusal } from '../src/kernel/refusal.ts'
import { print, type Round, timed } from './figure.ts'
import { commitMsOf, countEntries, openHouse, startServer } from './house.ts'
import { admission, note } from './people.ts'
import type { Options } from './record.ts'

const MEGABYTE = 1024 * 1024

/** Returns as PDF, one after another: what a document costs against its JSON, and whether memory stays flat. */
export async function benchPdf({ rounds: wanted, quick }: Options): Promise<void> {
  const server = await startServer()
  const house = await openHouse(server, 'pdf')
  const custody = randomUUID()
  await house.appendBulk([admission(custody), ...Array.from({ length: 10 }, () => note(custody))])
  await house.settle()
  const [row] = await house.database.rows<{ register_number: string }>(
    'select register_number from custody where id = $1',
    [custody],
  )
  const documents = quick ? 4 : 1_000
  const each = Math.ceil(documents / (wanted ?? (quick ? 1 : 10)))
  const facts = { rows: await countEntries(house), commitMs: await commitMsOf(house.database) }
  const times: Round[] = []
  const memory: Round[] = []
  let settled = 0
  for (let done = 0; done < documents; done += each) {
    let pdfMs = 0
    const jsonMs = await timed(async () => {
      for (let i = 0; i < each; i++) {
        const made = await makeReturn(house, { registerNumber: row?.register_number as string })
        if (isRefusal(made)) throw new Error(`a return was refused: ${made.code}`)
        pdfMs += await timed(() => makeReturnPdf(made.bytes, { language: i % 2 === 0 ? 'es' : 'en' }))
      }
    })
    times.push({ value: pdfMs / each, yardstick: (jsonMs - pdfMs) / each })
    // The first round loads fonts and compiler; flat means: no more than after it.
    settled ||= process.memoryUsage.rss() / MEGABYTE
    memory.push({ value: process.memoryUsage.rss() / MEGABYTE, yardstick: settled })
  }
  print({ name: 'pdf/document/json', unit: 'ms', yardstick: 'the JSON of the same return', rounds: times, ...facts })
  print({ name: 'pdf/memory', unit: 'MB', yardstick: 'after the first tenth', rounds: memory, ...facts })
  await house.close()
  await server.stop()
}
