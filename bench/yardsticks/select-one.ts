import type { Database } from '../../src/platform/database.ts'

/** `select 1`: what one trip to the database costs before anything is asked of it. */
export const selectOne = (database: Database): Promise<unknown> => database.rows('select 1')
