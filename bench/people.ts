import { randomUUID } from 'node:crypto'
import { addNote, admit } from '../src/custody/acts.ts'
import type { Act } from '../src/kernel/act.ts'
import type { OccurredAt } from '../src/kernel/time.ts'
import { actOf } from './house.ts'

const zone = 'America/El_Salvador'
const court = { name: 'Juzgado Primero (simulated)', state: 'SV' }
const direction = { name: 'Dirección General (simulated)', state: 'SV' }

export const at = (text: string): OccurredAt => ({ at: text, precision: 'minute', zone })

const day = (date: string) => ({ date, zone, inclusive: true })

/** An order as it stands in an admission. */
export const orderOf = (from: string, until: string) => ({
  order: randomUUID(),
  kind: 'remand',
  issuer: court,
  provision: 'Art. 329 CPP (simulated)',
  caseNumber: `${randomUUID().slice(0, 8)}/2025`,
  document: '5f'.repeat(32),
  from: day(from),
  until: day(until),
  provisional: false,
})

/** An admission with every section filled. Always of one shape, so that a yardstick's statement is prepared once. */
export function admission(custody: string = randomUUID(), person: string = randomUUID()): Act {
  return actOf(admit, at('2026-01-05T10:00:00Z'), {
    person: {
      custody,
      person,
      identity: {
        names: [{ use: 'recorded', given: `Ana ${custody.slice(0, 4)}`, family1: 'Paz', family2: 'Luna' }],
        identifiers: [{ scheme: 'DUI', issuer: 'SV', value: custody.slice(0, 9) }],
        nationalities: [{ state: 'SV', standing: 'stated' }],
        birth: { date: '1991-07-05' },
        sex: 'F',
        languages: [{ code: 'es', ability: 'speaks' }],
      },
    },
    place: { facility: 'TEC', place: randomUUID() },
    legal: {
      deprivation: { at: at('2026-01-04T22:10:00Z'), where: 'San Vicente (simulated)', by: direction },
      orders: [orderOf('2026-01-05', '2026-12-31')],
      ordersStated: true,
      authorities: { ordered: court, supervises: court, runs: direction },
      grounds: 'as stated in the order (simulated)',
    },
    act: { manner: 'arrest', children: [] },
    staff: { officials: ['Oficial de Ejemplo'] },
    health: { fitness: 'fit', needs: ['insulin'], injuriesRecorded: true, illTreatmentComplaint: false },
    medical: { injuries: ['Bruise on the left arm (simulated).'] },
  })
}

export const note = (custody: string): Act =>
  actOf(addNote, at('2026-01-06T09:00:00Z'), {
    person: { custody },
    act: { text: 'Asked for a second blanket; given one. Says that the left arm still hurts.' },
  })
