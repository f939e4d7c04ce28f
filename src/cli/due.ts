import type { Act } from '../kernel/act.ts'
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
  const { database, registry, standing, witnesses } = house
  const { unwitnessedSince, contradictedBy } = await witnesses.standing()
  const found = await watchOf(house).due(database, now, {
    ...(standing.signerSilentSince !== undefined && { signerSilentSince: standing.signerSilentSince }),
    ...(unwitnessedSince !== undefined && { unwitnessedSince }),
    contradictedBy,
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
