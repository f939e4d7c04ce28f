import { admit, classify, depart, recordPresence } from '../custody/acts.ts'
import { dataOf, type Entry } from '../kernel/act.ts'
import { defineEvents, defineFold, type Register } from '../kernel/register.ts'
import { completeImport, updateSource } from './acts.ts'
import { identityFields } from './fields-of.ts'
import { dayOf, firstSeenOf, GONE, type OpenHistory, put, ROSTER, SEEN } from './history.ts'

/** What an admission's `source.kept` says beside the fields of the row. */
const asOfKey = 'asOf'

const dayOfEntry = (entry: Entry): string => dayOf(entry.occurredAt.at, entry.occurredAt.zone)

/** Puts what an entry says of the source; resolves to the file it says it from. */
function putEntry(history: OpenHistory, entry: Entry): string | undefined {
  if (entry.kind === classify.kind) {
    const { act } = dataOf(classify, entry)
    if (act?.source) put(history, `custody.${act.field}`, dayOfEntry(entry), act.value)
    return act?.source?.file
  }
  if (entry.kind === updateSource.kind) {
    const { person, legal, act } = dataOf(updateSource, entry)
    const day = dayOfEntry(entry)
    for (const part of [person, legal, act]) {
      for (const [field, value] of Object.entries(part?.changes ?? {})) put(history, field, day, value)
    }
    return act?.source.file
  }
  if (entry.kind === recordPresence.kind) {
    const { act } = dataOf(recordPresence, entry)
    if (!act?.source) return undefined
    if (act.because === 'on-roster') put(history, ROSTER, dayOfEntry(entry), SEEN)
    else if (act.because === 'gone-from-roster') put(history, ROSTER, dayOfEntry(entry), GONE)
    return act.source.file
  }
  return undefined
}

function putAdmission(history: OpenHistory, admission: Entry): { file: string; row: string } | undefined {
  const { person, legal, act } = dataOf(admit, admission)
  const source = act?.source
  if (!source) return undefined
  const { [asOfKey]: asOf, ...kept } = source.kept
  const day = kept.firstSeen ?? asOf ?? dayOfEntry(admission)
  put(history, ROSTER, day, SEEN)
  for (const [field, value] of Object.entries(kept)) put(history, field, day, value)
  for (const { label, value } of source.claims) put(history, `claimed.${label}`, day, value)
  for (const [field, value] of Object.entries(identityFields(person?.identity ?? {}))) put(history, field, day, value)
  if (legal?.grounds !== undefined) put(history, 'legal.charge', day, legal.grounds)
  return source
}

export const sourceRowRegister = defineFold({
  table: 'source_row',
  columns: {
    custody: 'uuid',
    person: 'uuid',
    facility: 'text',
    row_key: 'text',
    admitted: 'timestamptz',
    first_seen: 'date',
    last_seen: 'date',
    on_roster: 'boolean',
    ended: 'boolean',
    departed: 'timestamptz',
    history: 'jsonb',
    file: 'text',
    entry_n: 'bigint',
  },
  key: ['custody'],
  scope: 'custody',
  kinds: [admit.kind, classify.kind, depart.kind, recordPresence.kind, updateSource.kind],
  rows(entries) {
    const admission = entries.find(({ kind }) => kind === admit.kind)
    if (!admission) return []
    const history: OpenHistory = {}
    const source = putAdmission(history, admission)
    if (!source) return []
    let last = { n: admission.n, file: source.file }
    let departed: string | null = null
    for (const entry of entries) {
      if (entry.kind === depart.kind) departed = entry.occurredAt.at
      const file = putEntry(history, entry)
      if (file !== undefined && entry.n > last.n) last = { n: entry.n, file }
    }
    return [
      {
        custody: admission.custody as string,
        person: admission.person ?? null,
        facility: admission.facility,
        row_key: source.row,
        admitted: admission.occurredAt.at,
        first_seen: firstSeenOf(history) ?? null,
        last_seen: history.lastSeen?.at(-1)?.[1] ?? null,
        on_roster: history[ROSTER]?.at(-1)?.[1] === SEEN,
        ended: history.endCensored?.at(-1)?.[1] === 'false',
        departed,
        history,
        file: last.file,
        entry_n: last.n,
      },
    ]
  },
})

export const importFileRegister = defineEvents({
  table: 'import_file',
  columns: {
    entry_n: 'bigint',
    facility: 'text',
    digest: 'text',
    profile: 'text',
    as_of: 'date',
    complete: 'boolean',
    counts: 'jsonb',
    batch: 'uuid',
    at: 'timestamptz',
  },
  key: ['entry_n'],
  rows: {
    [completeImport.kind](entry) {
      const { act } = dataOf(completeImport, entry)
      if (!act) return []
      return [
        {
          entry_n: entry.n,
          facility: entry.facility,
          digest: act.file,
          profile: act.profile,
          as_of: act.asOf ?? null,
          complete: act.complete,
          counts: act.counts,
          batch: entry.batch ?? null,
          at: entry.occurredAt.at,
        },
      ]
    },
  },
})

export const registers: readonly Register[] = [sourceRowRegister, importFileRegister]
