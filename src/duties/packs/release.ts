import { OVERSIGHT_AFTER_HOURS, RELEASE_HOURS, type ReleaseClock } from '../../law/read.ts'
import { type Done, type Facts, firstDone } from '../facts.ts'
import { hoursAfter, isBefore, latest } from '../instants.ts'
import { defineDuty } from '../rule.ts'
import type { Owed, Pack } from './pack.ts'

/**
 * What an order to let somebody go makes others owe, from its receipt on. The steps to the gate are late within hours;
 * what goes with the person, and who is told, is owed as well, and never holds anybody.
 */

const mandela = (provision: string) => ({ instrument: 'Nelson Mandela Rules', provision })
const icpped = (provision: string) => ({ instrument: 'ICPPED', provision })
const iccpr = { instrument: 'ICCPR', provision: '9(1)' }
const habeas = (provision: string) => ({ instrument: 'Habeas', provision })

const shared = { section: 'legal', owner: 'registrar' } as const

const fromReceipt = (hours: number) => ({
  en: `${hours} h after the order was received`,
  es: `${hours} h desde que se recibió la orden`,
  origin: 'ours' as const,
})

export const orderVerified = defineDuty({
  ...shared,
  id: 'release-verified',
  severity: 'S2',
  citation: [habeas('an order to release is verified at once')],
  says: { en: 'That the order to release is verified', es: 'Que se verifique la orden de libertad' },
  term: fromReceipt(RELEASE_HOURS.verified),
  steps: [
    { afterHours: 0, to: 'director' },
    { afterHours: OVERSIGHT_AFTER_HOURS.verified, to: 'oversight' },
  ],
  acts: ['order.verify'],
  byWord: false,
})

export const checksMade = defineDuty({
  ...shared,
  id: 'release-checked',
  severity: 'S2',
  citation: [habeas('the checks before a release are made at once')],
  says: {
    en: 'That identity and other orders are checked before the release',
    es: 'Que se comprueben la identidad y las demás órdenes antes de la libertad',
  },
  term: fromReceipt(RELEASE_HOURS.checked),
  steps: [
    { afterHours: 0, to: 'director' },
    { afterHours: OVERSIGHT_AFTER_HOURS.checked, to: 'oversight' },
  ],
  acts: ['release.check'],
  byWord: false,
})

export const gonePromptly = defineDuty({
  ...shared,
  id: 'release-gate',
  owner: 'director',
  severity: 'S1',
  citation: [iccpr, { instrument: 'Body of Principles (A/RES/43/173)', provision: '11(3)' }, icpped('21')],
  says: { en: 'To be let out of the gate', es: 'Salir por la puerta' },
  term: fromReceipt(RELEASE_HOURS.gone),
  steps: [{ afterHours: OVERSIGHT_AFTER_HOURS.gone, to: 'oversight' }],
  acts: ['custody.depart'],
  byWord: false,
})

/**
 * It follows from the papers alone: two that contradict each other are on file, whether somebody has asked to authorise
 * the release or not (docs/decisions/0020-conflict-from-the-papers.md). So it cannot be kept from beginning by not
 * asking; and as it is critical, the facility's word does not settle it: the end of the contradiction, or oversight, does.
 */
export const bothIssuersAsked = defineDuty({
  ...shared,
  id: 'release-conflict',
  severity: 'S1',
  citation: [habeas('who is ordered released and ordered held is put before both who ordered')],
  says: {
    en: 'That both orders are put before both issuers',
    es: 'Que se presenten ambas órdenes a quienes las emitieron',
  },
  term: {
    en: `${RELEASE_HOURS.conflict} h after they met`,
    es: `${RELEASE_HOURS.conflict} h desde que coincidieron`,
    origin: 'ours',
  },
  steps: [
    { afterHours: 0, to: 'court' },
    { afterHours: OVERSIGHT_AFTER_HOURS.conflict, to: 'oversight' },
  ],
  acts: ['order.end', 'order.dispute', 'custody.depart'],
  byWord: false,
})

const beside = {
  ...shared,
  term: fromReceipt(RELEASE_HOURS.beside),
  steps: [
    { afterHours: 24, to: 'director' },
    { afterHours: OVERSIGHT_AFTER_HOURS.beside, to: 'oversight' },
  ],
  byWord: true,
  outlives: true,
} as const

export const propertyReturned = defineDuty({
  ...beside,
  id: 'release-property',
  severity: 'S3',
  citation: [mandela('67(2)')],
  says: { en: 'That money and belongings are given back', es: 'Que se devuelvan el dinero y las pertenencias' },
  acts: [],
})

export const papersGiven = defineDuty({
  ...beside,
  id: 'release-papers',
  severity: 'S3',
  citation: [mandela('108(1)')],
  says: {
    en: 'That the person gets papers, and a copy of the file that is asked for',
    es: 'Que la persona reciba sus documentos, y la copia del expediente que pida',
  },
  acts: [],
})

export const transportGiven = defineDuty({
  ...beside,
  id: 'release-transport',
  severity: 'S3',
  citation: [mandela('108(1)')],
  says: {
    en: 'That the person has the means to reach the destination',
    es: 'Que la persona tenga medios para llegar a su destino',
  },
  acts: [],
})

export const familyToldOfRelease = defineDuty({
  ...beside,
  id: 'release-family',
  severity: 'S3',
  citation: [icpped('18(1)(e), 21'), mandela('68')],
  says: { en: 'That the family is told of the release', es: 'Que se avise a la familia de la libertad' },
  acts: ['family.notify'],
})

export const consulToldOfRelease = defineDuty({
  ...beside,
  id: 'release-consul',
  severity: 'S3',
  citation: [{ instrument: 'Vienna Convention on Consular Relations', provision: '36(1)' }],
  says: {
    en: 'That the consulate, which the person had told, is told of the release',
    es: 'Que se avise de la libertad al consulado al que la persona hizo avisar',
  },
  acts: ['consul.notify'],
})

/** The order ceased to stand, though nobody left: nothing is owed by it any more. */
const overOf = ({ over }: ReleaseClock): Done | undefined => over && { at: over.at, n: over.n }

function checkedAt({ identity, others }: ReleaseClock): Done | undefined {
  if (!identity || !others) return undefined
  return isBefore(identity.at, others.at) ? { at: others.at, n: others.n } : { at: identity.at, n: identity.n }
}

/** Where two orders have met, from the first time to the last. Each pair is a duty of its own. */
function conflictsOf({ order, conflicts, starts }: ReleaseClock, facts: Facts): Owed[] {
  return [...Map.groupBy(conflicts, (one) => one.order)].map(([other, spans]): Owed => {
    const from = spans[0]?.from ?? starts
    const last = spans.at(-1)
    return {
      rule: bothIssuersAsked.id,
      item: `${order}/${other}`,
      from,
      due: hoursAfter(from, RELEASE_HOURS.conflict),
      source: facts.entryOf(last?.n ?? 0) ?? facts.admission,
      moot: last?.to === undefined ? undefined : { at: last.to, n: last.n },
    }
  })
}

function owedBy(clock: ReleaseClock, facts: Facts): Owed[] {
  const { order, starts, verified, gate, state } = clock
  const { family, consul, asksConsul, admission, entryOf } = facts
  const source = entryOf(state.n) ?? admission
  const owed = (rule: { readonly id: string }, hours: number, more: Partial<Owed> = {}): Owed => ({
    rule: rule.id,
    item: order,
    from: starts,
    due: hoursAfter(starts, hours),
    source,
    moot: overOf(clock),
    ...more,
  })
  const released = gate?.as === 'release' ? { at: gate.at, n: gate.n } : undefined
  // Somebody who was not released after all is owed nothing for the way home.
  const besideMoot = gate && !released ? { at: gate.at, n: gate.n } : overOf(clock)
  const later = (rule: { readonly id: string }, done?: Done) =>
    owed(rule, RELEASE_HOURS.beside, { moot: besideMoot, done })
  return [
    owed(orderVerified, RELEASE_HOURS.verified, { done: verified && atLeast(verified, starts) }),
    owed(checksMade, RELEASE_HOURS.checked, { done: checkedAt(clock) }),
    owed(gonePromptly, RELEASE_HOURS.gone, { done: released }),
    ...conflictsOf(clock, facts),
    later(propertyReturned),
    later(papersGiven),
    later(transportGiven),
    later(
      familyToldOfRelease,
      firstDone(family, ({ of, reached, at }) => of === 'release' && reached && !isBefore(at, starts)),
    ),
    ...(asksConsul
      ? [
          later(
            consulToldOfRelease,
            firstDone(consul, ({ of, at }) => of === 'release' && !isBefore(at, starts)),
          ),
        ]
      : []),
  ]
}

/** A look at the paper before it was due counts from when it was due. */
const atLeast = (done: Done, from: string): Done => ({ at: latest(done.at, from), n: done.n })

export const release: Pack = {
  name: 'release',
  rules: [
    orderVerified,
    checksMade,
    gonePromptly,
    bothIssuersAsked,
    propertyReturned,
    papersGiven,
    transportGiven,
    familyToldOfRelease,
    consulToldOfRelease,
  ],
  owed: (facts) => facts.releases.flatMap((clock) => owedBy(clock, facts)),
}
