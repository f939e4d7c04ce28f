import { createHmac } from 'node:crypto'
import type { z } from 'zod'
import { base64 } from '../kernel/bytes.ts'
import { isDamage } from '../kernel/database-errors.ts'
import type { Sql } from '../kernel/ports.ts'
import type { Words } from '../kernel/refusal.ts'
import { minuteOf } from '../kernel/time.ts'
import type { Visible } from '../kernel/visible.ts'
import { sha256 } from '../record/node-crypto.ts'
import { loadKeys, openEntry, STORED, type StoredEntry } from '../record/open.ts'
import { leafHashOf } from '../record/seal.ts'
import { readTilesFrom } from '../record/tile-store.ts'
import { TileTree } from '../record/tile-tree.ts'
import { nodeHash } from '../record/tree.ts'
import type { House } from './house.ts'
import type { custodyEntriesContract, proofContract } from './record-contract.ts'

export type EntryFilter = {
  readonly facility?: string | undefined
  readonly kind?: string | undefined
  readonly custody?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly after?: number | undefined
  readonly limit: number
  /** Kinds that the reader is not shown. */
  readonly hidden: readonly string[]
  readonly visible: Visible
}

export type EntryLine = {
  readonly n: number
  readonly id: string
  readonly kind: string
  readonly v: number
  readonly says: Words
  readonly facility: string
  readonly recorded: string
  readonly index: number | null
}

type Row = Omit<EntryLine, 'says' | 'recorded'> & { readonly at: string }

const ofNoAct: Words = { en: 'An act that this program does not know', es: 'Un acto que este programa no conoce' }

const saysOf = ({ registry }: Pick<House, 'registry'>, kind: string): Words => registry.acts.get(kind)?.says ?? ofNoAct

/** Entries from the latest back, by what their envelopes say. */
export async function listEntries(
  house: Pick<House, 'database' | 'registry'>,
  filter: EntryFilter,
): Promise<EntryLine[]> {
  const { facility, kind, custody, from, to, after, limit, hidden, visible } = filter
  const values: unknown[] = [hidden]
  const next = (value: unknown) => `$${values.push(value)}`
  const conditions = ['e.kind <> all($1::text[])']
  if (after !== undefined) conditions.push(`e.n < ${next(after)}`)
  if (facility !== undefined) conditions.push(`e.facility = ${next(facility)}`)
  if (custody !== undefined) conditions.push(`e.custody = ${next(custody)}::uuid`)
  if (from !== undefined) conditions.push(`e.recorded >= ${next(from)}::timestamptz`)
  if (to !== undefined) conditions.push(`e.recorded < ${next(to)}::timestamptz`)
  if (kind !== undefined) {
    conditions.push(kind.includes('.') ? `e.kind = ${next(kind)}` : `starts_with(e.kind, ${next(`${kind}.`)})`)
  }
  // Whoever opens no section of anybody (an auditor) learns nothing of a person from an envelope, and needs them all.
  if (!visible.everybody && visible.sections.length > 0) {
    conditions.push(visible.sql(values.length + 1, { custody: 'e.custody', facility: 'e.facility' }))
    values.push(...visible.values)
  }
  const rows = await house.database.rows<Row>(
    `select e.n, e.id, e.kind, e.v, e.facility, e.recorded as at, l.idx as index
     from entry e left join leaf l on l.n = e.n
     where ${conditions.join(' and ')} order by e.n desc limit ${next(limit)}`,
    values,
  )
  return rows.map(({ at, ...row }) => ({ ...row, recorded: minuteOf(at), says: saysOf(house, row.kind) }))
}

export type Proof = z.output<typeof proofContract.ok>

/**
 * The way of an entry up to the root of a signed head, each step with what it makes, so that it can be drawn and
 * followed by hand. `pending`: it has no place under a signed head yet. Undefined: there is no such entry.
 */
export async function proofOf(
  { database, witnesses, trustPolicy }: Pick<House, 'database' | 'witnesses' | 'trustPolicy'>,
  id: string,
): Promise<(Proof & { readonly facility: string }) | 'pending' | undefined> {
  const [entry] = await database.rows<{ kind: string; facility: string; envelope: Buffer; idx: number | null }>(
    'select e.kind, e.facility, e.envelope, l.idx from entry e left join leaf l on l.n = e.n where e.id = $1::uuid',
    [id],
  )
  if (!entry) return undefined
  if (entry.idx === null) return 'pending'
  const head = await witnesses.knownHead(entry.idx + 1)
  if (!head || entry.idx >= head.size) return 'pending'
  const sisters = await new TileTree(sha256, head.size, readTilesFrom(database)).inclusionProof(entry.idx)
  const [signed] = await database.rows<{ at: string; cosigned: string[] }>(
    `select c.at, array(select witness from cosignature s where s.size = c.size order by witness) as cosigned
     from checkpoint c where c.size = $1`,
    [head.size],
  )
  const named = (await trustPolicy.get()).witnesses.map(({ name }) => name)
  const leaf = leafHashOf(entry.envelope)
  const { path, root } = stepsOf(leaf, entry.idx, head.size, sisters)
  return {
    id,
    kind: entry.kind,
    facility: entry.facility,
    envelope: entry.envelope.toString(),
    index: entry.idx,
    treeSize: head.size,
    leafHash: base64(leaf),
    path,
    root: base64(root),
    checkpoint: { note: head.note, at: signed?.at ?? '' },
    witnesses: (signed?.cosigned ?? []).filter((name) => named.includes(name)),
  }
}

/** RFC 9162 §2.1.3.2, with the side of each sister. */
export function stepsOf(leaf: Uint8Array, index: number, size: number, sisters: readonly Uint8Array[]) {
  let node = leaf
  let fn = index
  let sn = size - 1
  const path = sisters.map((sister) => {
    const isLeft = fn % 2 === 1 || fn === sn
    node = isLeft ? nodeHash(sha256, sister, node) : nodeHash(sha256, node, sister)
    if (isLeft) {
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2)
        sn = Math.floor(sn / 2)
      }
    }
    fn = Math.floor(fn / 2)
    sn = Math.floor(sn / 2)
    return { side: isLeft ? ('left' as const) : ('right' as const), sister: base64(sister), makes: base64(node) }
  })
  return { path, root: node }
}

export type CustodyEntry = z.output<typeof custodyEntriesContract.ok>['entries'][number]

/** Acts of a custody from the latest back, with both times. Of what was expunged the envelope's facts are left. */
export async function custodyEntries(
  house: Pick<House, 'database' | 'record' | 'registry' | 'secrets'>,
  custody: string,
  {
    after,
    limit,
    hidden,
  }: { readonly after?: number | undefined; readonly limit: number; readonly hidden: readonly string[] },
): Promise<CustodyEntry[]> {
  const { database, record, registry } = house
  const rows = await database.rows<StoredEntry & { idx: number | null }>(
    `select ${STORED.replace(/^n,/, 'e.n,')}, l.idx from entry e left join leaf l on l.n = e.n
     where e.custody = $1::uuid and e.nth < $2 and e.kind <> all($4::text[]) order by e.nth desc limit $3`,
    [custody, after ?? 2 ** 31 - 1, limit, hidden],
  )
  const ids = rows.map(({ id }) => id)
  const [amendments, names] = await Promise.all([
    database.rows<{ id: string; kind: string; amends: string }>(
      'select id, kind, amends from entry where amends = any($1::uuid[]) order by n',
      [ids],
    ),
    pseudonyms(
      house,
      rows.map(({ officer }) => officer),
    ),
    loadKeys(database, record.keys, rows),
  ])
  return rows.map((row) => {
    const opened = findOpened(row, { keys: record.keys, registry })
    const isKnown = opened !== undefined && Object.keys(opened.sections).length > 0
    return {
      n: row.n,
      id: row.id,
      kind: row.kind,
      v: row.v,
      says: saysOf(house, row.kind),
      facility: row.facility,
      recorded: minuteOf(row.recorded),
      index: row.idx,
      nth: row.nth ?? 0,
      occurredAt: isKnown ? opened.occurredAt : null,
      recordedAt: isKnown ? opened.recordedAt : row.recorded,
      via: opened?.via ?? 'service',
      by: names.get(row.officer) ?? '',
      amends: row.amends,
      amendedBy: amendments.filter(({ amends }) => amends === row.id).map(({ id, kind }) => ({ id, kind })),
    }
  })
}

/** A blob that does not open is the audit's finding; the line stays, with what its columns say. */
function findOpened(row: StoredEntry, opener: Parameters<typeof openEntry>[1]) {
  try {
    return openEntry(row, opener)
  } catch (error) {
    if (isDamage(error)) throw error
    return undefined
  }
}

/** How officers are called on screens: as the issuer's label says, else by four digits that mean nothing outside. */
async function pseudonyms(
  { database, secrets }: Pick<House, 'database' | 'secrets'>,
  officers: readonly string[],
): Promise<Map<string, string>> {
  const distinct = [...new Set(officers)]
  const labels = await database.rows<{ id: string; label: string }>(
    'select id, label from officer where id = any($1::uuid[])',
    [distinct],
  )
  const known = new Map(labels.map(({ id, label }) => [id, label]))
  return new Map(distinct.map((officer) => [officer, known.get(officer) ?? digitsOf(secrets.macKey, officer)]))
}

const digitsOf = (key: Buffer, officer: string): string => {
  const number = createHmac('sha256', key).update(`pseudonym ${officer}`).digest().readUInt32BE() % 10_000
  return `of. ${String(number).padStart(4, '0')}`
}

export type CheckpointRow = {
  readonly size: number
  readonly root: string
  readonly at: string
  readonly cosigned: { readonly witness: string; readonly at: string }[]
}

/** Signed heads from the latest back. */
export async function listCheckpoints(
  sql: Sql,
  { at, witnessed, after, limit }: { at: string; witnessed: boolean; after?: number | undefined; limit: number },
): Promise<CheckpointRow[]> {
  const heads = await sql.rows<{ size: number; root: Buffer; at: string }>(
    `select size, root, at from checkpoint c
     where at <= $1::timestamptz and size < $2 and (not $3 or exists (select from cosignature s where s.size = c.size))
     order by size desc limit $4`,
    [at, after ?? Number.MAX_SAFE_INTEGER, witnessed, limit],
  )
  const lines = await sql.rows<{ size: number; witness: string; at: string }>(
    'select size, witness, at from cosignature where size = any($1::bigint[]) order by witness',
    [heads.map(({ size }) => size)],
  )
  return heads.map(({ size, root, at: signed }) => ({
    size,
    root: base64(root),
    at: signed,
    cosigned: lines.filter((line) => line.size === size).map(({ witness, at: said }) => ({ witness, at: said })),
  }))
}
