import { type Act, HOUSE } from '../kernel/act.ts'
import { derivedId } from '../kernel/ids.ts'
import type { Clock } from '../kernel/ports.ts'
import type { OccurredAt } from '../kernel/time.ts'
import type { KeyRing } from './keys.ts'
import type { Registry } from './registry.ts'

/** What appending needs of the house. */
export type RecordContext = { readonly registry: Registry; readonly keys: KeyRing; readonly clock: Clock }

/** Where an act is addressed: a custody, or the facility (the installation itself is `HOUSE`). */
export function addressOf(act: Act): { custody?: string; facility: string } {
  const custody = act.data.person?.custody as string | undefined
  const facility = act.kind.about === 'house' ? HOUSE : ((act.data.place?.facility as string | undefined) ?? HOUSE)
  return custody === undefined || act.kind.about === 'facility' ? { facility } : { custody, facility }
}

export const yearOf = (occurredAt: OccurredAt): number =>
  Temporal.Instant.from(occurredAt.at).toZonedDateTimeISO(occurredAt.zone).year

export const counterKey = (facility: string, year: number): string => `${facility}-${String(year).padStart(4, '0')}`

/** The officer under whom the product itself acts. */
export const SERVICE_OFFICER = derivedId('officer', 'service')
