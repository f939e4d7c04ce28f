import type { Section } from '../kernel/act.ts'
import type { Sql } from '../kernel/ports.ts'
import { loadIntactKeys, type Opener, openEntry, STORED, type StoredEntry } from './open.ts'

/** The acts by which something may lawfully be missing or closed. */
export const EXPUNGE = 'record.expunge'
export const SEAL = 'record.seal'
export const UNSEAL = 'record.unseal'

/** What the record itself says was expunged or sealed: anything else that is missing was taken. */
export type Lawful = {
  readonly expunged: ReadonlyMap<string, ReadonlySet<Section>>
  readonly sealed: ReadonlySet<string>
}

export async function loadLawful(sql: Sql, opener: Opener): Promise<Lawful> {
  const orders = await sql.rows<StoredEntry>(`select ${STORED} from entry where kind = $1`, [EXPUNGE])
  await loadIntactKeys(sql, opener.keys, orders)
  const expunged = new Map<string, Set<Section>>()
  for (const order of orders) {
    const { person } = openEntry(order, opener).sections
    for (const { entry, sections } of (person?.expunged as { entry: string; sections: Section[] }[] | undefined) ??
      []) {
      expunged.set(entry, new Set([...(expunged.get(entry) ?? []), ...sections]))
    }
  }
  const amendments = await sql.rows<{ id: string; amends: string }>(
    'select id, amends from entry where custody = any($1::uuid[]) and amends is not null order by n',
    [[...new Set(orders.map(({ custody }) => custody))]],
  )
  for (const { id, amends } of amendments) {
    const inherited = expunged.get(amends)
    if (inherited) expunged.set(id, new Set([...(expunged.get(id) ?? []), ...inherited]))
  }
  const states = await sql.rows<{ custody: string; kind: string }>(
    'select distinct on (custody) custody, kind from entry where kind = any($1::text[]) order by custody, nth desc',
    [[SEAL, UNSEAL]],
  )
  return { expunged, sealed: new Set(states.filter(({ kind }) => kind === SEAL).map(({ custody }) => custody)) }
}
