import type { Sql } from '../kernel/ports.ts'

/** What other rooms may ask of oversight. */

/** Whether a court had this custody sealed, and has not had it opened again. */
export async function isSealed(sql: Sql, custody: string): Promise<boolean> {
  const [last] = await sql.rows<{ kind: string }>(
    `select kind from expunge_order where custody = $1 and kind in ('record.seal', 'record.unseal')
     order by entry_n desc limit 1`,
    [custody],
  )
  return last?.kind === 'record.seal'
}

/** Who is told that a custody is sealed: a court, which may have its key, and oversight, which has a copy. */
export const mayKnowSealed = ({ role }: { readonly role: string }): boolean => role === 'court' || role === 'oversight'
