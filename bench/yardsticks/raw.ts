import type { Database } from '../../src/platform/database.ts'
import type { Statement } from './statement.ts'

/** Raw: the register rows of one act in one statement, autocommit. It neither locks nor reads. */
export const rawAct = (database: Database, { text, values }: Statement): Promise<unknown> => database.rows(text, values)
