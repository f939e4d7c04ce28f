import type { Database } from '../../src/platform/database.ts'
import type { Statement } from './statement.ts'

/**
 * The plain application: begin, lock, read, write the register rows of one act, commit. Two pipelined round trips, no
 * record. With an audit row in `statement` it is the plain application with a jsonb audit table. It takes its register
 * numbers from somewhere cheap: the counter that ours locks, so that numbers have no gap, is not in it.
 */
export async function plainAct(
  database: Database,
  schema: string,
  { custody, person }: { custody: string; person: string },
  statement: Statement,
): Promise<void> {
  await database.run(async (tx) => {
    const [locked] = await Promise.all([
      tx.rows(`select id from ${schema}.custody where id = $1 for update`, [custody]),
      tx.rows(`select id, facility, held, departed_as from ${schema}.custody where person = $1`, [person]),
    ])
    // Begin, lock and read went together; here an application would decide.
    if (locked.length > 1) throw new Error('one custody was expected')
    tx.write(statement.text, statement.values)
  })
}
