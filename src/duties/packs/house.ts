import type { Entry } from '../../kernel/act.ts'
import { refuseSync } from '../../record/acts.ts'
import { closeFinding, openFinding } from '../../standards/acts.ts'
import type { Done } from '../facts.ts'
import { hoursAfter } from '../instants.ts'
import { type DutyRule, defineDuty } from '../rule.ts'
import type { Owed } from './pack.ts'

/** What the house owes to itself: it watches itself, and somebody has to look at what it saw (DESIGN.md §1, principle 12). */

const ours = { citation: [{ instrument: 'Habeas', provision: 'the system watches itself' }], section: 'act' } as const

const LOOK_HOURS = 24
const SIGNER_HOURS = 1
const WITNESS_HOURS = 4

export const refusedActLookedAt = defineDuty({
  ...ours,
  id: 'sync-refused',
  severity: 'S2',
  says: {
    en: 'That somebody looks at what a device was refused',
    es: 'Que alguien revise lo que se rechazó a un dispositivo',
  },
  term: { en: '24 h after it was refused', es: '24 h desde el rechazo', origin: 'ours' },
  owner: 'shift-commander',
  steps: [
    { afterHours: 24, to: 'director' },
    { afterHours: 72, to: 'oversight' },
  ],
  acts: [],
  byWord: true,
  outlives: true,
})

const silentSigner = defineDuty({
  ...ours,
  id: 'signer-silent',
  severity: 'S1',
  says: { en: 'That the signer answers again', es: 'Que el firmante vuelva a responder' },
  term: { en: '1 h after it fell silent', es: '1 h desde que calló', origin: 'ours' },
  owner: 'administrator',
  steps: [{ afterHours: 1, to: 'oversight' }],
  acts: ['finding.close'],
  byWord: false,
})

const unwitnessed = defineDuty({
  ...ours,
  id: 'checkpoint-unwitnessed',
  severity: 'S2',
  says: {
    en: 'That witnesses cosign the checkpoints again',
    es: 'Que los testigos vuelvan a firmar los puntos de control',
  },
  term: {
    en: '4 h after the last cosignature that counts',
    es: '4 h desde la última firma que cuenta',
    origin: 'ours',
  },
  owner: 'administrator',
  steps: [{ afterHours: 4, to: 'oversight' }],
  acts: ['finding.close'],
  byWord: false,
})

export const houseRules: readonly DutyRule[] = [refusedActLookedAt, silentSigner, unwitnessed]
const hoursOf: Readonly<Record<string, number>> = { [silentSigner.id]: SIGNER_HOURS, [unwitnessed.id]: WITNESS_HOURS }

/** A refused act is looked at from when the record has it: that is when somebody can. */
export const lookAt = (refused: Entry): Owed => ({
  rule: refusedActLookedAt.id,
  item: refused.id,
  from: refused.recordedAt,
  due: hoursAfter(refused.recordedAt, LOOK_HOURS),
  source: refused,
})

export const houseKinds = [refuseSync.kind, openFinding.kind, closeFinding.kind] as const

/**
 * What a facility (or the installation) owes itself, from the entries about it alone. The findings of the house are
 * facts here: they say since when a part is silent, and until when.
 */
export function houseOwed(entries: readonly Entry[]): Owed[] {
  const closed = new Map<string, Done>()
  for (const { kind, sections, n } of entries) {
    if (kind !== closeFinding.kind) continue
    const { finding, to } = sections.act ?? {}
    if (typeof finding === 'string' && typeof to === 'string') closed.set(finding, { at: to, n })
  }
  return entries.flatMap((entry): Owed[] => {
    if (entry.kind === refuseSync.kind) return [lookAt(entry)]
    const { finding, rule, from } = entry.sections.act ?? {}
    const hours = entry.kind === openFinding.kind && typeof rule === 'string' ? hoursOf[rule] : undefined
    if (hours === undefined || typeof finding !== 'string' || typeof from !== 'string') return []
    return [
      {
        rule: rule as string,
        item: finding,
        from,
        due: hoursAfter(from, hours),
        source: entry,
        done: closed.get(finding),
      },
    ]
  })
}
