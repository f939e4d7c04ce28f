import type { Entry, Section } from '../../kernel/act.ts'
import type { Json } from '../../kernel/json.ts'
import type { Words } from '../../kernel/refusal.ts'
import type { OccurredAt } from '../../kernel/time.ts'
import type { Evidence, Statement } from '../../record/return-format.ts'

/** Where in the tree the entries of a return stand, by entry id. */
export type Places = ReadonlyMap<string, number>

/** Collects the statements of a return; each says its evidence, and is no more than that evidence carries. */
export class Statements {
  readonly list: Statement[] = []
  readonly #places: Places
  readonly #open: ReadonlySet<Section>

  constructor(places: Places, open: ReadonlySet<Section>) {
    this.#places = places
    this.#open = open
  }

  /** Entries prove it, each part of the value. Where a cited section is closed to the reader, nothing is shown. */
  prove(id: string, says: Words, value: Json, evidence: readonly (Evidence | undefined)[]): void {
    const known = evidence.filter((part): part is Evidence => part !== undefined)
    if (known.length === evidence.length) this.list.push({ id, says, value, state: 'proven', evidence: known })
    else this.list.push({ id, says, value: null, state: 'not-proven', evidence: [] })
  }

  /** The custodian's word: absence, completeness, what follows from several entries by a rule. */
  attest(id: string, says: Words, value: Json): void {
    this.list.push({ id, says, value, state: 'attested', evidence: [] })
  }

  /** Nobody knows, and that is said. */
  unknown(id: string, says: Words): void {
    this.list.push({ id, says, value: null, state: 'not-proven', evidence: [] })
  }

  /** Points at a part of a section of an entry; at the correction's section where the fact was corrected. */
  cite(entry: Entry, section: Section, pointer: string, equals: string): Evidence | undefined {
    const origin = entry.origins?.[section]
    const index = this.#places.get(origin ?? entry.id)
    if (index === undefined || !this.#open.has(section)) return undefined
    return { index, section, pointer: origin !== undefined && section === 'act' ? `/data${pointer}` : pointer, equals }
  }

  citeTime(entry: Entry, equals: string): Evidence | undefined {
    const index = this.#places.get(entry.origins?.occurredAt ?? entry.id)
    return index === undefined ? undefined : { index, section: 'person', pointer: '/occurredAt', equals }
  }
}

/** A value as JSON: what was sealed is JSON already, this only drops the type. */
export const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value ?? null)) as Json

const units = { second: 'second', minute: 'minute', hour: 'hour', day: 'day' } as const

/** `2026-03-01 06:00 (America/El_Salvador)`, as precisely as it is known. */
export function timeWords({ at, precision, zone }: OccurredAt): string {
  const local = Temporal.Instant.from(at).toZonedDateTimeISO(zone)
  const date = local.toPlainDate().toString()
  if (precision === 'day') return `${date} (${zone})`
  const smallestUnit = precision === 'hour' ? 'minute' : units[precision]
  return `${date} ${local.toPlainTime().toString({ smallestUnit })} (${zone})`
}

export const instantWords = (at: string, zone: string): string => timeWords({ at, precision: 'minute', zone })

/** The length of a span in whole hours, and in days where it is more than two. */
export function lengthWords(from: string, to: string): Words {
  const hours = Temporal.Instant.from(from).until(to, { largestUnit: 'hours' }).hours
  if (hours < 48) return { en: `${hours} hours`, es: `${hours} horas` }
  const days = Math.floor(hours / 24)
  return { en: `${days} days (${hours} hours)`, es: `${days} días (${hours} horas)` }
}
