import { derivedId } from '../kernel/ids.ts'
import { type Authority, type Order, OrderKind, recordAuthority, recordStatute } from '../law/acts.ts'
import { allBodies } from './bodies.ts'
import { DAY_SECONDS, instantText } from './days.ts'
import { type ActDraft, draft, occurred } from './draft.ts'
import type { Mixture } from './mixture.ts'
import type { Later, Papers, Stay } from './orders.ts'
import type { Random } from './random.ts'

const authorityId = ({ name, state }: Authority) => derivedId('simulated-authority', state, name)
const statuteId = (state: string, which: 'code' | 'repealed') => derivedId('simulated-statute', state, which)

/** A body that may order nobody held, and did all the same. */
const office = (state: string): Authority => ({ name: 'Alcaldía de Villa Ejemplo (simulada)', state })

const HOUR = 3600
const SOURCE = 'simulated'
const ENTERED = '2023-01-01T06:00:00Z'

/** The registers of authorities and statutes: every court may order everything, an office nothing; one law is repealed. */
export function lawbookDrafts(): ActDraft[] {
  const at = occurred(ENTERED, 'America/El_Salvador', 'day')
  const since = (date: string, zone: string) => ({ date, zone, inclusive: true })
  return allBodies.flatMap(({ state, zone, courts }) => {
    const powers = OrderKind.options.map((kind) => ({ kind, from: since('1990-01-01', zone), until: 'open' }))
    const authority = (body: Authority, own: typeof powers) =>
      draft(recordAuthority, ['authority', state, body.name], at, {
        legal: { authority: authorityId(body), ...body, territories: [], powers: own, source: SOURCE },
      })
    const statute = (which: 'code' | 'repealed', title: string, until: unknown) =>
      draft(recordStatute, ['statute', state, which], at, {
        legal: {
          statute: statuteId(state, which),
          state,
          title,
          kinds: [...OrderKind.options],
          inForce: [{ from: since('1990-01-01', zone), until }],
          source: SOURCE,
        },
      })
    return [
      ...courts.map((court) => authority(court, powers)),
      authority(office(state), []),
      statute('code', 'Código de ejemplo (simulado)', 'open'),
      statute('repealed', 'Ley de ejemplo derogada (simulada)', since('2001-12-31', zone)),
    ]
  })
}

/**
 * What the ledger knows beside the papers themselves: who issued them by the registers, whether somebody asked the issuer,
 * whether a judgment is final; and for a few who are held, an order to release that nobody has carried out. From a stream
 * of its own, so that who somebody is does not depend on it.
 */
export function ledgerOf(
  random: Random,
  { law }: Mixture,
  stay: Stay,
  { orders, stated, later }: Papers,
  { held, convicted }: { readonly held: boolean; readonly convicted: boolean },
): Papers {
  const entered = (order: Order): Order => {
    const [linked, registered] = [random.chance(law.authorityLinked), random.chance(law.statuteLinked)]
    const [notEmpowered, repealed] = [random.chance(law.notEmpowered), random.chance(law.provisionRepealed)]
    const isFinal = random.chance(law.finalStated)
    const { state } = order.issuer
    const issuer = notEmpowered ? office(state) : order.issuer
    return {
      ...order,
      issuer,
      ...(linked && { authority: authorityId(issuer) }),
      ...(registered && { statute: statuteId(state, repealed ? 'repealed' : 'code') }),
      ...(order.kind === 'sentence' && (!convicted || isFinal) && { final: true }),
    }
  }
  const own = orders.map(entered)
  const more: Later[] = later.map((one) => (one.does === 'record' ? { ...one, order: entered(one.order) } : one))
  const [asked, isFalse] = [random.chance(law.verified), random.chance(law.notAuthentic)]
  const [waits, isVerified] = [random.chance(law.releaseWaiting), random.chance(law.releaseVerified)]
  const [after, before] = [random.int(1, 72), random.int(2, 20 * 24)]
  const [first] = own
  const isPlain = own.length === 1 && more.length === 0 && first?.provisional === false
  if (first && (asked || (isFalse && isPlain))) {
    const result = isFalse && isPlain ? 'not-authentic' : 'authentic'
    more.push({ does: 'verify', at: stay.begin + after * HOUR, order: first.order, result })
  }
  if (held && waits && isPlain && stay.end - stay.begin > 30 * DAY_SECONDS) {
    const at = stay.end - before * HOUR
    const release = releaseOf(first as Order, stay, at)
    more.push({ does: 'record', at, order: release })
    if (isVerified) more.push({ does: 'verify', at: at + HOUR, order: release.order, result: 'authentic' })
  }
  return { orders: own, stated, later: more }
}

const releaseOf = (order: Order, stay: Stay, at: number): Order => ({
  order: derivedId('simulated-order', stay.custody, 'release'),
  kind: 'release',
  issuer: order.issuer,
  ...(order.authority !== undefined && { authority: order.authority }),
  ...(order.statute !== undefined && { statute: order.statute }),
  from: { at: instantText(at) },
  until: 'open',
  provisional: false,
  against: 'all',
})
