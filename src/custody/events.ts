import { dataOf, type Entry } from '../kernel/act.ts'
import { defineEvents } from '../kernel/register.ts'
import { addNote, admit, classify, depart, listProperty, recapture, recordHealth, recordPresence } from './acts.ts'
import { admissionOf } from './folds.ts'

/** What every row of an entry about a custody begins with. */
const ofEntry = (entry: Entry) => ({ entry_n: entry.n, custody: entry.custody as string })
const atOf = (entry: Entry) => ({ at: entry.occurredAt.at })

function deprivationRows(entry: Entry) {
  const { legal } = admissionOf(entry)
  if (!legal) return []
  const { at, where, by } = legal.deprivation ?? {}
  if (!at && where === undefined && !by && legal.grounds === undefined) return []
  return [
    {
      ...ofEntry(entry),
      at: at?.at ?? null,
      precision: at?.precision ?? null,
      zone: at?.zone ?? null,
      whereabouts: where ?? null,
      by_authority: by?.name ?? null,
      by_state: by?.state ?? null,
      grounds: legal.grounds ?? null,
    },
  ]
}

export const deprivationRegister = defineEvents({
  table: 'deprivation',
  columns: {
    entry_n: 'bigint',
    custody: 'uuid',
    at: 'timestamptz',
    precision: 'text',
    zone: 'text',
    whereabouts: 'text',
    by_authority: 'text',
    by_state: 'text',
    grounds: 'text',
  },
  key: ['entry_n'],
  rows: { [admit.kind]: deprivationRows, [recapture.kind]: deprivationRows },
})

export const departureRegister = defineEvents({
  table: 'departure',
  columns: {
    entry_n: 'bigint',
    custody: 'uuid',
    at: 'timestamptz',
    precision: 'text',
    zone: 'text',
    departed_as: 'text',
    authority: 'text',
    state: 'text',
    legal_order: 'uuid',
    destination: 'text',
    verification: 'text',
    death: 'jsonb',
    reason: 'text',
    source: 'text',
    recorded: 'timestamptz',
  },
  key: ['entry_n'],
  rows: {
    [depart.kind](entry) {
      const { legal, place, act } = dataOf(depart, entry)
      return [
        {
          ...ofEntry(entry),
          ...atOf(entry),
          precision: entry.occurredAt.precision,
          zone: entry.occurredAt.zone,
          departed_as: legal?.as ?? null,
          authority: legal?.authority?.name ?? null,
          state: legal?.authority?.state ?? null,
          legal_order: legal?.order ?? null,
          destination: place?.destination ?? null,
          verification: legal?.verification ?? null,
          death: legal?.death ?? null,
          reason: act?.reason ?? null,
          source: act?.source?.file ?? null,
          recorded: entry.recordedAt,
        },
      ]
    },
  },
})

function healthRows(entry: Entry) {
  const { health } = entry.kind === recordHealth.kind ? dataOf(recordHealth, entry) : admissionOf(entry)
  if (!health) return []
  const needs = health.needs ?? []
  const { examined, fitness, injuriesRecorded, illTreatmentComplaint } = health
  const isSilent = [examined, fitness, injuriesRecorded, illTreatmentComplaint].every((part) => part === undefined)
  if (isSilent && needs.length === 0) return []
  return [
    {
      ...ofEntry(entry),
      ...atOf(entry),
      examined: examined?.at ?? null,
      fitness: fitness ?? null,
      needs,
      injuries_recorded: injuriesRecorded ?? null,
      ill_treatment_complaint: illTreatmentComplaint ?? null,
    },
  ]
}

export const healthRegister = defineEvents({
  table: 'health_element',
  columns: {
    entry_n: 'bigint',
    custody: 'uuid',
    at: 'timestamptz',
    examined: 'timestamptz',
    fitness: 'text',
    needs: 'text[]',
    injuries_recorded: 'boolean',
    ill_treatment_complaint: 'boolean',
  },
  key: ['entry_n'],
  rows: { [admit.kind]: healthRows, [recapture.kind]: healthRows, [recordHealth.kind]: healthRows },
})

export const propertyRegister = defineEvents({
  table: 'property_item',
  columns: {
    entry_n: 'bigint',
    position: 'integer',
    custody: 'uuid',
    at: 'timestamptz',
    what: 'text',
    quantity: 'integer',
    held: 'text',
  },
  key: ['entry_n', 'position'],
  rows: {
    [listProperty.kind]: (entry) =>
      (dataOf(listProperty, entry).act?.items ?? []).map(({ what, quantity, held }, position) => ({
        ...ofEntry(entry),
        position,
        ...atOf(entry),
        what,
        quantity,
        held,
      })),
  },
})

const childRows = (entry: Entry) =>
  (admissionOf(entry).act?.children ?? []).map(({ ageYears, where, guardian }, position) => ({
    ...ofEntry(entry),
    position,
    age_years: String(ageYears),
    whereabouts: where,
    guardian: guardian ?? null,
  }))

export const childRegister = defineEvents({
  table: 'custody_child',
  columns: {
    entry_n: 'bigint',
    position: 'integer',
    custody: 'uuid',
    age_years: 'numeric',
    whereabouts: 'text',
    guardian: 'text',
  },
  key: ['entry_n', 'position'],
  rows: { [admit.kind]: childRows, [recapture.kind]: childRows },
})

/** An event register, so that a note looks at no earlier entry of its custody. */
export const noteRegister = defineEvents({
  table: 'note',
  columns: { entry_n: 'bigint', custody: 'uuid', at: 'timestamptz', precision: 'text', text: 'text' },
  key: ['entry_n'],
  rows: {
    [addNote.kind](entry) {
      const { act } = dataOf(addNote, entry)
      if (act?.text === undefined) return []
      return [{ ...ofEntry(entry), ...atOf(entry), precision: entry.occurredAt.precision, text: act.text }]
    },
  },
})

type Sourced = { source?: { file: string; claims?: readonly { label: string; value: string }[] } | undefined }

function claimRows(entry: Entry) {
  const source = (entry.sections.act as Sourced | undefined)?.source
  return (source?.claims ?? []).map(({ label, value }, position) => ({
    ...ofEntry(entry),
    position,
    ...atOf(entry),
    label,
    value,
    source: source?.file ?? '',
  }))
}

export const claimRegister = defineEvents({
  table: 'claim',
  columns: {
    entry_n: 'bigint',
    position: 'integer',
    custody: 'uuid',
    at: 'timestamptz',
    label: 'text',
    value: 'text',
    source: 'text',
  },
  key: ['entry_n', 'position'],
  rows: {
    [admit.kind]: claimRows,
    [recapture.kind]: claimRows,
    [depart.kind]: claimRows,
    [recordPresence.kind]: claimRows,
    [classify.kind]: claimRows,
  },
})
