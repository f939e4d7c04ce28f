import { addNote, assignBunk, classify, listProperty, recordHealth, recordPresence } from '../custody/acts.ts'
import { recordContact, recordNeed } from '../people/acts.ts'
import type { Book } from './book.ts'
import { DAY_SECONDS as DAY, instantText } from './days.ts'
import type { Mixture } from './mixture.ts'
import type { NameParts } from './names.ts'
import type { Stay } from './orders.ts'
import { type Random, type Weighted, weigh } from './random.ts'

const HOUR = 3600

const needs = ['insulin', 'medicine twice a day', 'a lower bunk', 'a diet', 'spectacles', 'wound care', 'asthma spray']
const disabilities = [
  { need: 'uses a wheelchair', asks: 'a cell and toilet that can be reached on wheels' },
  { need: 'does not hear', asks: 'announcements in writing or by sign' },
  { need: 'sees little', asks: 'papers read aloud' },
  { need: 'walks with a crutch', asks: 'the lowest bunk' },
]
const things = ['belt', 'wallet', 'telephone', 'shoes', 'watch', 'cash, counted in the envelope', 'keys', 'photograph']
const relations = ['mother', 'father', 'wife', 'brother', 'sister', 'daughter', 'aunt', 'partner']
const contactNames = ['Pariente de Ejemplo', 'Familiar Simulado', 'Persona de Muestra', 'Contacto de Prueba']
const counselNames = ['Lic. Defensa Ejemplo', 'Lic. Abogacía Modelo', 'Defensoría Simulada']
const notes = [
  'Asked for a telephone call; noted for the shift.',
  'Asked when the hearing is; told that no date is on file.',
  'Received a letter.',
  'Asked to see the doctor.',
  'Moved to the end of the cell at own request.',
  'Said that the lamp above the bunk does not go off.',
]

export type LifeTables = { readonly fit: Weighted<'fit' | 'unfit' | 'not-examined'> }
export const lifeTables = ({ life }: Mixture): LifeTables => ({ fit: weigh(life.examinedFit) })

export type Lodging = { readonly cell: string; readonly bunk?: string }

/** What happens during a stay, besides law and departure. Everything lies within it. */
export function live(
  book: Book,
  random: Random,
  { life }: Mixture,
  tables: LifeTables,
  stay: Stay,
  lodging: Lodging,
  name: NameParts,
  held: boolean,
): void {
  const within = (seconds: number) => Math.min(stay.begin + random.int(60, seconds), stay.end)

  if (lodging.bunk !== undefined) book.add(assignBunk, within(4 * HOUR), { place: { bunk: lodging.bunk } })

  const examined = within(3 * DAY)
  if (random.chance(life.examined)) {
    book.add(recordHealth, examined, healthOf(random, life, tables, instantText(examined), stay.zone))
  }
  if (random.chance(life.disability)) book.add(recordNeed, within(5 * DAY), { health: random.pick(disabilities) })

  if (random.chance(life.property)) {
    const items = Array.from({ length: random.int(1, 4) }, () => ({
      what: random.pick(things),
      quantity: random.int(1, 2),
      held: random.pick(['stored', 'with-person', 'given-to-family']),
    }))
    book.add(listProperty, within(2 * HOUR), { act: { items } })
  }

  const kin = { name: `${random.pick(contactNames)} ${name.family1}`, relation: random.pick(relations) }
  if (random.chance(life.contact)) {
    const role = random.chance(0.8) ? 'next-of-kin' : 'emergency'
    book.add(recordContact, within(10 * DAY), {
      act: { role, ...kin, reach: `simulated, no. ${random.int(1, 99_999)}` },
    })
  }
  if (random.chance(life.counsel)) {
    book.add(recordContact, within(60 * DAY), { act: { role: 'counsel', name: random.pick(counselNames) } })
  }
  if (random.chance(life.note)) book.add(addNote, within(365 * DAY), { act: { text: random.pick(notes) } })
  if (random.chance(life.classified)) {
    const value = random.pick(['ordinary', 'protection asked', 'medical'])
    book.add(classify, within(30 * DAY), { act: { field: 'level', value } })
  }
  goToCourt(book, random, life, stay, lodging, held)
}

function healthOf(random: Random, life: Mixture['life'], tables: LifeTables, at: string, zone: string) {
  const fitness = random.weighted(tables.fit)
  const need = random.pick(needs)
  const hasNeed = random.chance(life.need)
  const injured = random.chance(life.injuries)
  const complains = random.chance(life.complaint)
  const looked = fitness !== 'not-examined'
  return {
    health: {
      ...(looked && { examined: { at, precision: 'minute', zone } }),
      fitness,
      needs: hasNeed ? [need] : [],
      ...(looked && { injuriesRecorded: injured }),
      illTreatmentComplaint: complains,
    },
    medical: {
      injuries: looked && injured ? ['Bruises on the left forearm (simulated).'] : [],
      ...(complains && { complaint: 'Says that force was used at arrest (simulated).' }),
    },
  }
}

/** On the way to a hearing and back; a few are out when the counts are taken. */
function goToCourt(
  book: Book,
  random: Random,
  life: Mixture['life'],
  stay: Stay,
  { cell }: Lodging,
  held: boolean,
): void {
  const away = (at: number) =>
    book.add(recordPresence, at, {
      place: { state: 'between', where: 'on the way to a hearing (simulated)' },
      act: { because: 'moved' },
    })
  const [out, back] = [random.int(60, 12 * HOUR), random.int(2 * HOUR, 9 * HOUR)]
  const went = random.chance(life.courtVisit)
  const isOut = random.chance(life.outAtAsOf)
  const room = stay.end - stay.begin - 2 * DAY
  const at = stay.begin + DAY + Math.floor(random.real() * room)
  if (went && room > 0) {
    away(at)
    book.add(recordPresence, at + back, { place: { state: 'at', place: cell }, act: { because: 'moved' } })
  }
  if (isOut && held && room > 0) away(stay.end - out)
}
