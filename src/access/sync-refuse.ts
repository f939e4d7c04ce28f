import { type Act, FacilityCode, type Receipt, SECTIONS, type Section } from '../kernel/act.ts'
import { derivedId } from '../kernel/ids.ts'
import { jcs } from '../kernel/json.ts'
import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import { OccurredAt } from '../kernel/time.ts'
import type { EndpointContext } from '../platform/http/endpoint.ts'
import { refuseSync } from '../record/acts.ts'
import type { BatchOptions, Prepared } from './batch-types.ts'
import { buildAct, type Sender } from './build-act.ts'

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i

type Fields = Readonly<Record<string, unknown>>
const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}

/**
 * Keeps an act of a device that was refused, so that nothing an officer did is lost: about its custody where that is
 * known, else about its facility, else about the installation. Each section is kept as its text in the same section,
 * so that nobody opens more of a refused act than of an accepted one. Sending it again keeps it once.
 * @returns its receipt; a refusal only where the record cannot take it now, and then the act is to be sent again.
 */
export async function keepRefused(
  item: Prepared,
  refusal: Refusal,
  sender: Sender,
  { runner }: BatchOptions,
  { principal, now }: EndpointContext,
): Promise<Receipt | Refusal> {
  const given = fieldsOf(item.given)
  const data = fieldsOf(given.data)
  const custody = fieldsOf(data.person).custody
  const code = FacilityCode.safeParse(fieldsOf(data.place).facility)
  const facility = code.success ? code.data : principal.facility
  const addresses: { custody?: string; facility?: string }[] = []
  if (typeof custody === 'string' && UUID.test(custody)) addresses.push({ custody: custody.toLowerCase() })
  if (facility !== undefined) addresses.push({ facility })
  addresses.push({})
  for (const address of addresses) {
    const outcome = await runner.submit(refusedAct(item, given, address, refusal, sender, now))
    if (!isRefusal(outcome) || outcome.sort === 'unavailable') return outcome
  }
  throw new Error('a refused act could not be kept')
}

function refusedAct(
  item: Prepared,
  given: Fields,
  { custody, facility }: { custody?: string; facility?: string },
  refusal: Refusal,
  sender: Sender,
  now: string,
): Act {
  const refusedAct = item.id ?? derivedId('act without an id', jcs(item.given))
  const { data: givenData, ...rest } = given
  const sections: Partial<Record<Section, Record<string, unknown>>> = {
    person: custody === undefined ? {} : { custody },
    place: facility === undefined ? {} : { facility },
  }
  const body: Record<string, string> = { rest: jcs(rest) }
  if (typeof item.given !== 'object' || Array.isArray(item.given)) body.whole = jcs(item.given)
  const isSectioned = typeof givenData === 'object' && givenData !== null && !Array.isArray(givenData)
  if (givenData !== undefined && !isSectioned) body.data = jcs(givenData)
  for (const [key, value] of Object.entries(isSectioned ? fieldsOf(givenData) : {})) {
    const section = SECTIONS.find((name) => name === key)
    if (section !== undefined && section in refuseSync.data.shape && section !== 'act') {
      sections[section] = { ...sections[section], refused: jcs(value) }
    } else body[`data.${key.slice(0, 60)}`] = jcs(value)
  }
  const occurredAt = OccurredAt.safeParse(given.occurredAt)
  const input = {
    id: derivedId('sync.refuse', sender.actor.officer, refusedAct, JSON.stringify({ custody, facility })),
    occurredAt: occurredAt.success ? occurredAt.data : ({ at: now, precision: 'minute', zone: 'UTC' } as const),
    data: { ...sections, act: { refusedAct, refusedKind: item.kind, code: refusal.code, body } },
  }
  // Compared by what was refused, not by when it came: the same act refused twice is kept once.
  return buildAct(refuseSync, input, { occurredAt: given.occurredAt ?? null, data: item.given ?? null }, sender)
}
