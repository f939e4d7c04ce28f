import type { Act } from '../kernel/act.ts'
import { serviceActor } from '../record/house-keeping.ts'
import { dueActs } from '../standards/read.ts'
import type { House } from './house.ts'

/** What began or ended by time alone, as acts of the service. Their ids follow from what they say. */
export async function due({ database, registry, standing }: House, now: string): Promise<Act[]> {
  const found = await dueActs(database, now, {
    ...(standing.signerSilentSince !== undefined && { signerSilentSince: standing.signerSilentSince }),
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
