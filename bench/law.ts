import { connectDatabase } from '../src/platform/database.ts'
import { print } from './figure.ts'
import { commitMsOf, startServer } from './house.ts'
import { dutyFigures } from './law-duties.ts'
import { compareKernels } from './law-kernels.ts'
import { ledgerFigures } from './law-ledger.ts'
import { sentenceFigure } from './law-sentences.ts'
import { vectorFigures } from './law-vectors.ts'
import type { Options } from './record.ts'

/** What the law computes: two calendars against each other, published cases, records of courts. Counts, not times. */
export async function benchLaw({ quick, rounds = 10 }: Options): Promise<void> {
  const server = await startServer()
  const database = connectDatabase(server.connectionString)
  // Nothing here is written: `rows` is 0, and the commit is measured only so that every line has the same form.
  const facts = { rows: 0, commitMs: await commitMsOf(database) }
  await database.close()

  const { compared, differences } = compareKernels(quick)
  print({
    name: 'law/kernels/differences',
    unit: 'days that differ',
    yardstick: 'days computed by both calendars',
    rounds: [{ value: differences, yardstick: compared }],
    ...facts,
  })
  for (const { round, ...figure } of await vectorFigures()) print({ ...figure, rounds: [round], ...facts })
  print({ ...sentenceFigure(quick ? 3 : rounds, quick), ...facts })
  for (const figure of dutyFigures(quick ? 3 : rounds, quick)) print({ ...figure, ...facts })
  for (const figure of await ledgerFigures(server, rounds, quick)) print(figure)
  await server.stop()
}
