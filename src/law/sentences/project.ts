import { dataOf, type Entry } from '../../kernel/act.ts'
import { defineEvents, defineFold, type Register } from '../../kernel/register.ts'
import { packsHash } from '../packs/index.ts'
import { reviewLaw } from './acts.ts'
import { casesOf, type SentenceCase } from './cases.ts'
import { type CaseStanding, type DateStanding, standingOf } from './standing.ts'
import { TOLD_KINDS, toldBy } from './told.ts'

const rowsOfEntry = (entry: Entry) =>
  toldBy([entry]).flatMap((told) =>
    entry.custody === undefined
      ? []
      : [
          {
            entry_n: told.n,
            entry: told.entry,
            custody: entry.custody,
            facility: entry.facility,
            case_id: told.legal.case,
            kind: told.kind,
            at: told.at,
            recorded: told.recordedAt,
            officer: told.officer ?? null,
            corrected_by: told.correctedBy ?? null,
            legal: told.legal as unknown,
            birth: (told.kind === 'sentence.enter' ? told.birth : undefined) ?? null,
          },
        ],
  )

export const entryRegister = defineEvents({
  table: 'sentence_entry',
  columns: {
    entry_n: 'bigint',
    entry: 'uuid',
    custody: 'uuid',
    facility: 'text',
    case_id: 'uuid',
    kind: 'text',
    at: 'timestamptz',
    recorded: 'timestamptz',
    officer: 'uuid',
    corrected_by: 'uuid',
    legal: 'jsonb',
    birth: 'date',
  },
  key: ['entry_n'],
  rows: Object.fromEntries(TOLD_KINDS.map((kind) => [kind, rowsOfEntry])),
})

const foldedOf = (entries: readonly Entry[]): { one: SentenceCase; standing: CaseStanding }[] =>
  casesOf(toldBy(entries)).map((one) => ({ one, standing: standingOf(one) }))

export const caseRegister = defineFold({
  table: 'sentence_case',
  madeWith: packsHash,
  columns: {
    custody: 'uuid',
    facility: 'text',
    case_id: 'uuid',
    pack: 'text',
    zone: 'text',
    state: 'text',
    reasons: 'text[]',
    release: 'date',
    release_latest: 'date',
    last_day: 'date',
    free_from: 'timestamptz',
    orders: 'text[]',
    sentences: 'integer',
    inputs: 'text',
    outcome: 'text',
    entry_n: 'bigint',
  },
  key: ['custody', 'case_id'],
  scope: 'custody',
  kinds: TOLD_KINDS,
  rows: (entries) =>
    foldedOf(entries).map(({ one, standing }) => {
      const { facts, sources, inputs } = one
      const { working, lastLawfulDay, freeFrom } = standing
      const orders = new Set(facts.sentences.flatMap(({ order }) => order ?? []))
      return {
        custody: entries[0]?.custody ?? null,
        facility: entries[0]?.facility ?? null,
        case_id: facts.case,
        pack: facts.pack,
        zone: facts.zone,
        state: working.outcome.kind,
        reasons: [...new Set(working.reasons.map(({ code }) => code))].sort(),
        release: working.release?.earliest ?? null,
        release_latest: working.release?.latest ?? null,
        last_day: lastLawfulDay ?? null,
        free_from: freeFrom ?? null,
        orders: [...orders].sort(),
        sentences: facts.sentences.length,
        inputs,
        outcome: working.digest,
        entry_n: sources.get('case')?.n ?? null,
      }
    }),
})

export const dateRegister = defineFold({
  table: 'sentence_date',
  madeWith: packsHash,
  columns: {
    custody: 'uuid',
    facility: 'text',
    case_id: 'uuid',
    type: 'text',
    role: 'text',
    computed: 'date',
    computed_latest: 'date',
    refused: 'text',
    signed: 'date',
    how: 'text',
    why: 'text',
    signed_n: 'bigint',
    signed_by: 'uuid',
    signed_at: 'timestamptz',
    pack_version: 'text',
    pack_hash: 'text',
    checked: 'text',
    checked_n: 'bigint',
    checked_by: 'uuid',
    checked_at: 'timestamptz',
    state: 'text',
    cause: 'text',
    outdated_from: 'timestamptz',
  },
  key: ['custody', 'case_id', 'type'],
  scope: 'custody',
  kinds: TOLD_KINDS,
  rows: (entries) =>
    foldedOf(entries).flatMap(({ one, standing }) =>
      standing.dates.map((date) => ({
        custody: entries[0]?.custody ?? null,
        facility: entries[0]?.facility ?? null,
        case_id: one.facts.case,
        type: date.type,
        role: date.role,
        computed: date.computed ?? null,
        computed_latest: date.computedLatest ?? null,
        refused: date.refused ?? null,
        ...signedColumns(date, entries),
      })),
    ),
})

function signedColumns({ signed }: DateStanding, entries: readonly Entry[]) {
  const by = signed?.by
  const check = signed?.check
  const isByPack = signed?.date.how === 'pack'
  return {
    signed: signed?.date.date ?? null,
    how: signed?.date.how ?? null,
    why: signed?.date.why ?? null,
    signed_n: by?.n ?? null,
    signed_by: by?.officer ?? null,
    signed_at: by?.at ?? null,
    pack_version: isByPack ? (by?.pack?.version ?? null) : null,
    pack_hash: isByPack ? (by?.pack?.hash ?? null) : null,
    checked: check?.result ?? null,
    checked_n: check?.n ?? null,
    checked_by: check?.officer ?? null,
    checked_at: check?.at ?? null,
    state: signed?.state ?? 'unsigned',
    cause: signed?.cause ?? null,
    outdated_from: signed?.state === 'outdated' && by !== undefined ? outdatedFrom(by, entries) : null,
  }
}

/** When the first fact after the signature was recorded; of a change of law nothing in the record says when: as signed. */
function outdatedFrom(by: { readonly n: number; readonly at: string }, entries: readonly Entry[]): string {
  const later = entries.filter(({ n, kind }) => n > by.n && (kind === 'sentence.enter' || kind === 'sentence.adjust'))
  return later.sort((a, b) => a.n - b.n)[0]?.recordedAt ?? by.at
}

export const reviewRegister = defineEvents({
  table: 'law_review',
  columns: {
    entry_n: 'bigint',
    facility: 'text',
    at: 'timestamptz',
    pack: 'text',
    change: 'text',
    commences: 'date',
    before: 'text',
    after: 'text',
    list: 'text',
    examined: 'integer',
    moved: 'integer',
    earlier: 'integer',
    later: 'integer',
    refused: 'integer',
    officer: 'uuid',
  },
  key: ['entry_n'],
  rows: {
    [reviewLaw.kind]: (entry) => {
      const { legal } = dataOf(reviewLaw, entry)
      if (!legal) return []
      const { pack, change = null, commences = null, before = null, after, list, counts } = legal
      return [
        {
          entry_n: entry.n,
          facility: entry.facility,
          at: entry.occurredAt.at,
          pack,
          change,
          commences,
          before,
          after,
          list,
          ...counts,
          officer: entry.officer ?? null,
        },
      ]
    },
  },
})

export const registers: readonly Register[] = [entryRegister, caseRegister, dateRegister, reviewRegister]
