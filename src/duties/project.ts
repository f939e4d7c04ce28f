import { dataOf, type Entry } from '../kernel/act.ts'
import { defineEvents, defineFold, type Register } from '../kernel/register.ts'
import { releaseKinds } from '../law/read.ts'
import { missDuty } from './acts.ts'
import { type Duty, dutiesOfCustody, dutiesOfHouse } from './duties.ts'
import { DISCHARGE, factKinds } from './facts.ts'
import { houseKinds } from './packs/house.ts'

const columns = {
  duty: 'uuid',
  facility: 'text',
  rule: 'text',
  item: 'text',
  owed_from: 'timestamptz',
  due: 'timestamptz',
  settled: 'timestamptz',
  settled_as: 'text',
  settled_n: 'bigint',
  unknown: 'text',
  cause: 'text',
  readings: 'jsonb',
  entry_n: 'bigint',
} as const

const rowOf = (facility: string, duty: Duty) => ({
  duty: duty.duty,
  facility,
  rule: duty.rule,
  item: duty.item,
  owed_from: duty.from,
  due: duty.due,
  settled: duty.settled?.at ?? null,
  settled_as: duty.settled?.as ?? null,
  settled_n: duty.settled?.n ?? null,
  unknown: duty.settled?.as === 'done' ? null : (duty.unknown ?? null),
  cause: duty.cause ?? null,
  readings: duty.readings ?? null,
  entry_n: duty.source.n,
})

/** Neither notes nor presence are among its kinds: what is written most often looks at no duty. */
export const custodyDuties = defineFold({
  table: 'duty_of_custody',
  version: 2,
  columns: { custody: 'uuid', ...columns },
  key: ['custody', 'duty'],
  scope: 'custody',
  kinds: [...new Set([...factKinds, ...releaseKinds])],
  rows: (entries) =>
    dutiesOfCustody(entries).map((duty) => ({
      custody: entries[0]?.custody ?? null,
      ...rowOf(entries[0]?.facility ?? '', duty),
    })),
})

const isAboutHouse = ({ custody }: Entry): boolean => custody === undefined

/** What a facility or the installation owes; entries about a custody fold with that custody. */
export const houseDuties = defineFold({
  table: 'duty_of_facility',
  columns,
  key: ['facility', 'duty'],
  scope: 'facility',
  kinds: [...houseKinds, DISCHARGE],
  rows: (entries) => dutiesOfHouse(entries.filter(isAboutHouse)).map((duty) => rowOf(duty.source.facility, duty)),
})

export const missRegister = defineEvents({
  table: 'duty_miss',
  version: 2,
  columns: {
    entry_n: 'bigint',
    facility: 'text',
    custody: 'uuid',
    rule: 'text',
    duty: 'uuid',
    cause: 'text',
    due: 'timestamptz',
    people: 'integer',
  },
  key: ['entry_n'],
  rows: {
    [missDuty.kind](entry) {
      const { act } = dataOf(missDuty, entry)
      if (!act) return []
      const { rule, duty, cause, due, people } = act
      // One duty, or the cause of many: who names both means the one, who names neither says nothing to keep.
      if (duty === undefined && cause === undefined) return []
      return [
        {
          entry_n: entry.n,
          facility: entry.facility,
          custody: entry.custody ?? null,
          rule,
          duty: duty ?? null,
          cause: duty === undefined ? (cause ?? null) : null,
          due,
          people: people ?? null,
        },
      ]
    },
  },
})

export const registers: readonly Register[] = [custodyDuties, houseDuties, missRegister]
