/** The packs of sentence law that this program has. A new one is added here, with its reading in `sentences/readings/`. */
import type { CaseFacts } from '../sentences/facts.ts'
import { readGbEaw } from '../sentences/readings/gb-eaw.ts'
import type { Reading } from '../sentences/readings/reading.ts'
import { readSv } from '../sentences/readings/sv.ts'
import { readTransfer } from '../sentences/readings/transfer.ts'
import { readUsFederal } from '../sentences/readings/us-federal.ts'
import { type LawBook, lawAt40, lawAtHalf, lawInForce, lawOfProgression } from './gb-eaw/law.ts'
import { gbEaw } from './gb-eaw/pack.ts'
import { hashOfFiles } from './hash.ts'
import { dayNumbers } from './kernel/calendar.ts'
import type { Outcome, Pack } from './kernel/pack.ts'
import { gbEawDates } from './names/gb-eaw.ts'
import { svDates } from './names/sv.ts'
import { transferDates } from './names/transfer.ts'
import { usFederalDates } from './names/us-federal.ts'
import type { LawPack } from './registry.ts'
import { sv } from './sv/pack.ts'
import { transfer } from './transfer/pack.ts'
import { usFederal } from './us-federal/pack.ts'

/** Neutral facts through a pack. */
const through =
  <Case>(pack: Pack<Case>, read: Reading<Case>) =>
  (facts: CaseFacts): Outcome => {
    const given = read(facts)
    return 'refused' in given ? { kind: 'refused', reasons: given.refused } : pack.compute(given.read, dayNumbers)
  }

const SHARED = ['packs/kernel', 'packs/index.ts', 'sentences/facts.ts', 'sentences/readings/reading.ts']
const hashOf = (id: string): string =>
  hashOfFiles([...SHARED, `packs/${id}`, `packs/names/${id}.ts`, `sentences/readings/${id}.ts`])

const ofGbEaw = (law: LawBook) => through(gbEaw(law), readGbEaw)

const englandAndWales: LawPack = {
  ...gbEaw(lawInForce),
  says: { en: 'England and Wales', es: 'Inglaterra y Gales' },
  isProvisional: false,
  dates: gbEawDates,
  hash: hashOf('gb-eaw'),
  compute: ofGbEaw(lawInForce),
  changes: [
    {
      id: 'sds40',
      commences: '2024-09-10',
      says: {
        en: 'Standard sentences that qualify: release at two fifths, in tranches from 10 September 2024',
        es: 'Condenas ordinarias que cumplen los requisitos: libertad a los dos quintos, por tramos desde el 10 de septiembre de 2024',
      },
      before: ofGbEaw(lawAtHalf),
      after: ofGbEaw(lawAt40),
    },
    {
      id: 'progression',
      commences: '2026-10-01',
      says: {
        en: 'Progression model of the Sentencing Act 2026: one third and one half, in tranches from 1 October 2026',
        es: 'Modelo de progresión de la Sentencing Act 2026: un tercio y la mitad, por tramos desde el 1 de octubre de 2026',
      },
      before: ofGbEaw(lawAt40),
      after: ofGbEaw(lawOfProgression),
    },
  ],
}

const unitedStates: LawPack = {
  ...usFederal,
  says: { en: 'United States, federal', es: 'Estados Unidos, federal' },
  isProvisional: false,
  dates: usFederalDates,
  hash: hashOf('us-federal'),
  compute: through(usFederal, readUsFederal),
  changes: [
    {
      id: 'first-step-act',
      commences: '2019-07-19',
      says: {
        en: 'First Step Act: good conduct time for each year imposed instead of each year served',
        es: 'First Step Act: buena conducta por cada año impuesto y no por cada año cumplido',
      },
      cite: usFederal.citations['good-time'],
      before: ofLaw('2019-07-18'),
      after: ofLaw('2019-07-19'),
    },
  ],
}

/** As if the law of a day applied to everybody. */
function ofLaw(day: string) {
  return through(usFederal, (facts) => readUsFederal({ ...facts, options: { ...facts.options, 'law-on': day } }))
}

const elSalvador: LawPack = {
  ...sv,
  says: { en: 'El Salvador', es: 'El Salvador (Código Penal)' },
  isProvisional: true,
  dates: svDates,
  hash: hashOf('sv'),
  compute: through(sv, readSv),
  changes: [],
}

const transferred: LawPack = {
  ...transfer,
  says: { en: 'Transferred sentences (ETS 112)', es: 'Condenas trasladadas (STE 112)' },
  isProvisional: false,
  dates: transferDates,
  hash: hashOf('transfer'),
  // What the pack found wrong with a decision is shown beside the date, as what it assumes is.
  compute: through(
    {
      ...transfer,
      compute(given, calendar) {
        const outcome = transfer.compute(given, calendar)
        return outcome.kind === 'dated'
          ? { ...outcome, assumptions: [...outcome.assumptions, ...(outcome.findings ?? [])] }
          : outcome
      },
    },
    readTransfer,
  ),
  changes: [],
}

export const packs: readonly LawPack[] = [elSalvador, englandAndWales, unitedStates, transferred]

const byId = new Map(packs.map((pack) => [pack.id, pack]))

/** The pack of a jurisdiction; undefined where the program has none. */
export const findPack = (id: string): LawPack | undefined => byId.get(id)

/** One text that changes with any pack: whatever is computed by them is then made anew. */
export const packsHash: string = packs.map(({ id, hash }) => `${id} ${hash}`).join(' ')

/** The digest of each pack, by its id. */
export const lawHashes: ReadonlyMap<string, string> = new Map(packs.map(({ id, hash }) => [id, hash]))

/** Every change of law that the packs know of, with the day on which it commences. */
export const lawChangesOf = (): { readonly pack: string; readonly change: string; readonly commences: string }[] =>
  packs.flatMap(({ id, changes }) => changes.map((one) => ({ pack: id, change: one.id, commences: one.commences })))
