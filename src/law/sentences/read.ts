import type { Sql } from '../../kernel/ports.ts'
import { seesAll, type Visible } from '../../kernel/visible.ts'
import { casesOf, type SentenceCase } from './cases.ts'
import type { Told } from './told.ts'

const ROW = `entry_n as n, entry, kind, at, recorded as "recordedAt", officer, corrected_by as "correctedBy", legal, birth`

type Row = {
  readonly n: number
  readonly entry: string
  readonly kind: Told['kind']
  readonly at: string
  readonly recordedAt: string
  readonly officer: string | null
  readonly correctedBy: string | null
  readonly legal: unknown
  readonly birth: string | null
}

const toldOfRow = ({ officer, correctedBy, birth, ...row }: Row): Told =>
  ({
    ...row,
    ...(officer !== null && { officer }),
    ...(correctedBy !== null && { correctedBy }),
    ...(birth !== null && { birth }),
  }) as unknown as Told

/** What was told of the sentences of a custody by what had happened at `at`, oldest first. */
export async function toldAt(sql: Sql, custody: string, at: string): Promise<Told[]> {
  const rows = await sql.rows<Row>(
    `select ${ROW} from sentence_entry where custody = $1::uuid and at <= $2::timestamptz order by at, entry_n`,
    [custody, at],
  )
  return rows.map(toldOfRow)
}

/** The cases of a custody as the world stood at `at`. */
export const casesAt = async (sql: Sql, custody: string, at: string): Promise<SentenceCase[]> =>
  casesOf(await toldAt(sql, custody, at))

/** Pseudonyms of officers who have signed in; of others nobody is told here, the entry says it. */
export async function labelsOf(sql: Sql, officers: readonly string[]): Promise<Map<string, string>> {
  const rows = await sql.rows<{ id: string; label: string }>(
    'select id, label from officer where id = any($1::uuid[])',
    [[...new Set(officers)]],
  )
  return new Map(rows.map(({ id, label }) => [id, label]))
}

/** Whether there is a custody of this id at all. */
export async function isCustody(sql: Sql, custody: string): Promise<boolean> {
  const rows = await sql.rows("select from subject where id = $1::uuid and kind = 'custody'", [custody])
  return rows.length > 0
}

export type OrderOf = { readonly order: string; readonly kind: string; readonly ended: boolean }

/** How the orders stand on which the sentences rest; one that the ledger does not know is missing here. */
export function ordersNamed(sql: Sql, custody: string, orders: readonly string[], at: string): Promise<OrderOf[]> {
  return sql.rows<OrderOf>(
    `select order_id as "order", kind, coalesce(greatest(begins, ends) <= $3::timestamptz, false) as ended
     from legal_order where custody = $1::uuid and order_id = any($2::uuid[]) order by order_id`,
    [custody, orders, at],
  )
}

/** A case of somebody who is held, for the review of a change of law. */
export type HeldCase = {
  readonly custody: string
  readonly facility: string
  readonly registerNumber: string | null
  readonly one: SentenceCase
}

/**
 * The cases of the next custodies that are held at `at` and have one under a pack, in the order of the custodies' ids.
 * `last`: where to go on; undefined at the end.
 */
export async function nextHeldCases(
  sql: Sql,
  {
    pack,
    at,
    after,
    limit,
    facility,
    visible = seesAll,
  }: {
    readonly pack: string
    readonly at: string
    readonly after?: string | undefined
    readonly limit: number
    readonly facility?: string | undefined
    readonly visible?: Visible
  },
): Promise<{ readonly cases: readonly HeldCase[]; readonly last: string | undefined }> {
  const custodies = await sql.rows<{ custody: string; facility: string; registerNumber: string | null }>(
    `select c.id as custody, c.facility, c.register_number as "registerNumber"
     from custody c
     where c.held @> $1::timestamptz and ($2::uuid is null or c.id > $2) and ($3::text is null or c.facility = $3)
       and exists (select from sentence_case s where s.custody = c.id and s.pack = $4) and ${visible.sql(6)}
     order by c.id limit $5`,
    [at, after ?? null, facility ?? null, pack, limit, ...visible.values],
  )
  const rows = await sql.rows<Row & { custody: string }>(
    `select custody, ${ROW} from sentence_entry where custody = any($1::uuid[]) and at <= $2::timestamptz
     order by custody, at, entry_n`,
    [custodies.map(({ custody }) => custody), at],
  )
  const told = Map.groupBy(rows, ({ custody }) => custody)
  const cases = custodies.flatMap((held) =>
    casesOf((told.get(held.custody) ?? []).map(({ custody: _custody, ...row }) => toldOfRow(row)))
      .filter(({ facts }) => facts.pack === pack)
      .map((one) => ({ ...held, one })),
  )
  return { cases, last: custodies.length < limit ? undefined : custodies.at(-1)?.custody }
}
