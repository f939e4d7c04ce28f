import type { Database } from '../../src/platform/database.ts'

/** Reading the rows of the orders once, as an application that has nothing to work out would. */
export const readOrders = (database: Database): Promise<readonly unknown[]> =>
  database.rows('select * from legal_order')

/** Counting the custodies, the least that a list of people has to look at. */
export const countCustodies = (database: Database): Promise<readonly unknown[]> =>
  database.rows('select count(*) as people from custody')
