import type { Act, Receipt } from '../kernel/act.ts'
import type { Promiser, Sql } from '../kernel/ports.ts'
import type { Refusal } from '../kernel/refusal.ts'
import { refuseRecord } from './acts.ts'
import type { RecordContext } from './context.ts'
import { disclosuresOf, loadKeys, openEntry, STORED, type StoredEntry } from './open.ts'
import { leafHashOf } from './seal.ts'

type Found = StoredEntry & { act: string; act_part: number; act_mac: Buffer }

/**
 * For acts that could not be appended: were they appended before? A repeat by the same officer with the same body gets
 * the first receipt again, recomputed; with another body `id-reused`; by another officer `not-found`, which says nothing.
 * Looked up only when something is in the way, so that the ordinary act pays nothing for it.
 */
export async function findRepeats(
  { record, database, promiser }: { record: RecordContext; database: Sql; promiser: Promiser },
  acts: readonly Act[],
): Promise<Map<string, Receipt | Refusal>> {
  const found = await database.rows<Found>(
    `select ${STORED}, act, act_part, act_mac from entry where act = any($1::uuid[])`,
    [acts.map(({ id }) => id)],
  )
  await loadKeys(database, record.keys, found)
  const byKey = new Map(found.map((entry) => [`${entry.act}/${entry.act_part}`, entry]))
  const answers = new Map<string, Receipt | Refusal>()
  for (const act of acts) {
    const key = `${act.id}/${act.part}`
    const entry = byKey.get(key)
    if (!entry) continue
    if (entry.officer !== act.actor.officer) answers.set(key, refuseRecord('not-found'))
    else if (!entry.act_mac.equals(act.mac)) answers.set(key, refuseRecord('id-reused'))
    else answers.set(key, await receiptAgain(record, promiser, act, entry))
  }
  return answers
}

async function receiptAgain(
  record: RecordContext,
  promiser: Promiser,
  act: Act,
  stored: StoredEntry,
): Promise<Receipt> {
  const entry = openEntry(stored, record)
  const leaf = leafHashOf(stored.envelope)
  const person = disclosuresOf(stored, record.keys).find(({ section }) => section === 'person')
  const registerNumber = person?.value.registerNumber as string | undefined
  const promise = await promiser.promise([leaf], entry.recordedAt)
  const leafHash = leaf.toString('base64')
  return {
    act: act.id,
    entry: entry.id,
    n: entry.n,
    kind: entry.kind,
    ...(entry.custody !== undefined && { custody: entry.custody }),
    ...(entry.nth !== undefined && { nth: entry.nth }),
    ...(registerNumber !== undefined && { registerNumber }),
    recordedAt: entry.recordedAt,
    leafHash,
    repeated: true,
    promise: promise ? { ...promise, leafHashes: [leafHash] } : 'pending',
  }
}
