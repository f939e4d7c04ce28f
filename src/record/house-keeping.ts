import type { Act, ActKind, Actor } from '../kernel/act.ts'
import { derivedId } from '../kernel/ids.ts'
import type { Clock } from '../kernel/ports.ts'
import { SERVICE_OFFICER } from './context.ts'

/** The product itself, when it acts: migrations, its keys, what begins by time alone. */
export const serviceActor: Actor = { officer: SERVICE_OFFICER, role: 'service' }

/**
 * An act of the service. Its id follows from what it says, so that doing it twice changes nothing; its MAC is its own
 * id, since nobody else can send it.
 */
export function serviceAct(
  kind: ActKind,
  data: unknown,
  clock: Clock,
  idParts: readonly string[],
  batch?: string,
): Act {
  const id = derivedId('act', kind.kind, ...idParts)
  return {
    id,
    part: 0,
    kind,
    data: kind.data.parse(data) as Act['data'],
    occurredAt: { at: clock.now().toString({ smallestUnit: 'millisecond' }), precision: 'second', zone: 'UTC' },
    via: 'service',
    actor: serviceActor,
    mac: Buffer.from(id),
    ...(batch !== undefined && { batch }),
  }
}
