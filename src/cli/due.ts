import type { Act } from '../kernel/act.ts'
import type { Sql } from '../kernel/ports.ts'
import { findUndelivered } from '../platform/notices/outbox.ts'
import { serviceActor } from '../record/house-keeping.ts'
import { DueWatch } from '../standards/read.ts'
import type { House } from './house.ts'

const watches = new WeakMap<House, DueWatch>()

function watchOf(house: House): DueWatch {
  const known = watches.get(house) ?? new DueWatch()
  watches.set(house, known)
  return known
}

/** What began or ended by time alone, as acts of the service. Their ids follow from what they say. */
export async function due(house: House, now: string): Promise<Act[]> {
  const { database, registry, standing, config } = house
  const unwitnessedSince = config.witnesses.length === 0 ? undefined : await findUnwitnessed(database)
  const found = await watchOf(house).due(database, now, {
    ...(standing.signerSilentSince !== undefined && { signerSilentSince: standing.signerSilentSince }),
    ...(unwitnessedSince !== undefined && { unwitnessedSince }),
    undelivered: await findUndelivered(database),
  })
  return found.map(({ id, kind: name, occurredAt, data }) => {
    const kind = registry.acts.get(name)
    if (!kind) throw new Error(`no room defines ${name}`)
    return {
      id,
      part: 0,
      kind,
      occurredAt,
      data: kind.data.parse(data) as Act['data'],
      via: 'service',
      actor: serviceActor,
      mac: Buffer.from(id),
    }
  })
}

/** Since when the newest head has no witness: the first checkpoint after the last that was cosigned. */
async function findUnwitnessed(sql: Sql): Promise<string | undefined> {
  const [row] = await sql.rows<{ since: string | null }>(
    'select min(at) as since from checkpoint where size > coalesce((select max(size) from cosignature), 0)',
  )
  return row?.since ?? undefined
}
