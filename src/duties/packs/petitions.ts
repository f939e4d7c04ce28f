import type { Facts } from '../facts.ts'
import { hoursAfter } from '../instants.ts'
import { defineDuty } from '../rule.ts'
import type { Owed, Pack } from './pack.ts'

/** What somebody asked for, and who has to answer. What it says is not in the record; that it waits is. */

const HABEAS_DAYS = 7
const ANSWER_DAYS = 14

export const habeasDecided = defineDuty({
  id: 'LAW-07',
  severity: 'S1',
  citation: [
    { instrument: 'ICCPR', provision: '9(4)' },
    { instrument: 'ICPPED', provision: '17(2)(f)' },
  ],
  says: { en: 'That a court decides on the lawfulness', es: 'Que un tribunal decida sobre la legalidad' },
  term: { en: '7 days after the petition', es: '7 días desde la petición', origin: 'ours' },
  owner: 'court',
  steps: [
    { afterHours: 0, to: 'court' },
    { afterHours: 72, to: 'oversight' },
  ],
  acts: ['petition.answer'],
  byWord: false,
  section: 'legal',
  outlives: true,
})

export const petitionAnswered = defineDuty({
  id: 'CMP-03',
  severity: 'S2',
  citation: [{ instrument: 'Nelson Mandela Rules', provision: '57(1)' }],
  says: { en: 'That a request or complaint is answered', es: 'Que se responda una petición o queja' },
  term: { en: '14 days after it was received', es: '14 días desde que se recibió', origin: 'ours' },
  owner: 'director',
  steps: [{ afterHours: 0, to: 'oversight' }],
  acts: ['petition.answer'],
  byWord: false,
  section: 'legal',
  outlives: true,
})

export const petitions: Pack = {
  name: 'petitions',
  rules: [habeasDecided, petitionAnswered],
  owed: ({ petitions: received, answers }: Facts) =>
    received.map(({ petition, sort, at, entry }): Owed => {
      const isHabeas = sort === 'habeas'
      return {
        rule: isHabeas ? habeasDecided.id : petitionAnswered.id,
        item: petition,
        from: at,
        due: hoursAfter(at, (isHabeas ? HABEAS_DAYS : ANSWER_DAYS) * 24),
        source: entry,
        done: answers.get(petition),
      }
    }),
}
