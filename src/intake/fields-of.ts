import { createHash } from 'node:crypto'
import type { Identity } from '../people/acts.ts'
import type { TableProfile } from './profile.ts'
import type { Coded, MappedRow } from './row.ts'

/** What a row says, by field: targets of `docs/profiles.md`, claims as `claimed.X`, sealed columns as `column.X`. */
export type Fields = Readonly<Record<string, string>>

/** A text as the record takes it: NFC, one line, at most `max` characters. Sources write what they like. */
export function recordable(text: string, max: number): string {
  const plain = text
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
  return plain.length <= max ? plain : `${plain.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

const textOf = (coded: Coded): string => (coded.known ? coded.value : coded.source)

/** The row's own name within its source; long ones by their digest. */
export function rowKeyOf(row: MappedRow): string {
  const key = recordable(row.identity, 1_000)
  return key.length <= 120 ? key : createHash('sha256').update(row.identity).digest('hex')
}

const sexOf: Readonly<Record<string, 'F' | 'M' | 'X'>> = { female: 'F', male: 'M', other: 'X', F: 'F', M: 'M', X: 'X' }

/** Who the person is by this row. `issuer` names the body whose number it is; `day` is the day of the age. */
export function identityOf(row: MappedRow, issuer: string, day: string): Identity {
  const { sourceId, sex, ageYears, names, birthDate, nationality } = row.person
  const recorded = sex?.known ? sexOf[sex.value] : undefined
  const state = nationality && textOf(nationality)
  const name = names && {
    use: 'recorded' as const,
    ...(names.given !== undefined && { given: recordable(names.given, 200) }),
    ...(names.family1 !== undefined && { family1: recordable(names.family1, 200) }),
    ...(names.family2 !== undefined && { family2: recordable(names.family2, 200) }),
  }
  const hasBirth = birthDate !== undefined || ageYears !== undefined
  return {
    identifiers: [{ scheme: 'source', issuer: recordable(issuer, 80), value: recordable(sourceId, 80) }],
    ...(name && { names: [name] }),
    ...(hasBirth && {
      birth: {
        ...(birthDate !== undefined && { date: birthDate }),
        ...(ageYears !== undefined && { ageYears, ageAsOf: day }),
        ageDisputed: false,
      },
    }),
    ...(recorded && { sex: recorded }),
    ...(state !== undefined && /^[A-Z]{2}$/.test(state) && { nationalities: [{ state, standing: 'stated' as const }] }),
  }
}

/** The fields that an admission carries in `person.identity`. The same function reads them back for the register. */
export function identityFields(identity: Partial<Identity>): Record<string, string> {
  const fields: Record<string, string> = {}
  const set = (field: string, value: string | undefined) => {
    if (value !== undefined) fields[field] = value
  }
  const name = identity.names?.[0]
  set('person.sex', identity.sex)
  set('person.ageYears', identity.birth?.ageYears?.toString())
  set('person.birthDate', identity.birth?.date)
  set('person.nationality', identity.nationalities?.[0]?.state)
  set('person.names.given', name?.given)
  set('person.names.family1', name?.family1)
  set('person.names.family2', name?.family2)
  return fields
}

export const CHARGE = 'legal.charge'
export const classified = ['level', 'status'] as const

/** Every field that a row says, as comparing and the record take it. */
export function fieldsOf(row: MappedRow, identity: Identity): Record<string, string> {
  const fields = identityFields(identity)
  const set = (field: string, value: string | number | boolean | undefined) => {
    if (value !== undefined) fields[field] = recordable(String(value), 1_000)
  }
  // What a list does not know stays as the source wrote it.
  if (row.person.sex && !identity.sex) set('person.sex', textOf(row.person.sex))
  if (row.person.nationality && !identity.nationalities) set('person.nationality', textOf(row.person.nationality))
  if (row.legal.charge !== undefined) fields[CHARGE] = recordable(row.legal.charge, 400)
  set('place.code', row.place.code)
  for (const [name, coded] of Object.entries(row.custody)) {
    if (coded) fields[`custody.${name}`] = recordable(textOf(coded), 80)
  }
  set('departedAt', row.departedAt?.at)
  set('firstSeen', row.seen.first)
  set('lastSeen', row.seen.last)
  set('startCensored', row.seen.startCensored)
  set('endCensored', row.seen.endCensored)
  set('missedDays', row.seen.missedDays)
  for (const [label, claim] of Object.entries(row.claims)) {
    fields[`claimed.${label}`] = recordable(claim.known ? String(claim.claimed) : claim.source, 200)
  }
  for (const [name, text] of Object.entries(row.sealed)) set(`column.${recordable(name, 200)}`, text)
  return fields
}

/** The fields that a profile's file speaks of, and which column says each. */
export type Tracked = {
  readonly fields: readonly string[]
  /** Blank or absent, these say nothing at all: the file may lack the column. */
  readonly optional: ReadonlySet<string>
  readonly fieldOfColumn: ReadonlyMap<string, string>
}

const untracked = new Set(['person.sourceId', 'admittedAt', 'asOf'])

export function trackedOf(profile: TableProfile): Tracked {
  const fieldOfColumn = new Map<string, string>()
  const optional = new Set<string>()
  for (const [name, column] of Object.entries(profile.columns)) {
    const field = column.keep === undefined ? column.to : `column.${recordable(name, 200)}`
    if (field === undefined || untracked.has(field)) continue
    fieldOfColumn.set(name, field)
    if (column.optional) optional.add(field)
  }
  return { fields: [...fieldOfColumn.values()], optional, fieldOfColumn }
}
