import type { Entry, Section } from '../kernel/act.ts'
import type { Tx } from '../kernel/ports.ts'
import type { RecordContext } from './context.ts'
import { fileSubject, keyIdOf, type StoredKey, type WrapPublic, wrapFor } from './keys.ts'
import { disclosuresOf, entryOf, entryWith, openEntry, STORED, type StoredEntry } from './open.ts'
import { changesBetween, writeChanges } from './project.ts'
import { encrypt } from './seal.ts'

/** A file stands in a section as the SHA-256 of what it holds. */
const DIGEST = /(?<=")[0-9a-f]{64}(?=")/g

/** Sections to be expunged, by entry id. */
export type Targets = ReadonlyMap<string, ReadonlySet<Section>>

/**
 * Runs in the transaction that appends `record.expunge`, after it was written: drops the targeted disclosures, seals
 * what remains of the custody under a new key, destroys the old wrapped key, and rewrites the registers as a replay
 * would find them. What is left of a section is a salted digest whose salt is gone. The tree is untouched.
 */
export async function expungeSections(record: RecordContext, tx: Tx, custody: string, targets: Targets): Promise<void> {
  const stored = await entriesOf(tx, custody)
  const { version } = await keyOfCustody(tx, custody)
  const all = withAmendments(stored, targets)
  const remaining = stored.map((entry) => ({
    entry,
    lines: disclosuresOf(entry, record.keys).filter(({ section }) => !all.get(entry.id)?.has(section)),
    keepsStaff: !all.get(entry.id)?.has('staff'),
  }))
  const before = await withPeople(record, tx, stored)

  const { key, wrapped } = record.keys.make()
  record.keys.keep(keyIdOf(custody, version + 1), key)
  await exchangeKey(tx, custody, version + 1, wrapped)
  const dropped = stored.flatMap((entry) =>
    disclosuresOf(entry, record.keys).filter(({ section }) => all.get(entry.id)?.has(section)),
  )
  tx.write('delete from keystore.subject_key where owner = $1 and subject = any($2::uuid[])', [
    custody,
    dropped.flatMap(({ json }) => json.match(DIGEST) ?? []).map((digest) => fileSubject(custody, digest)),
  ])
  const sealed = remaining.map(({ lines }) => encrypt(key, Buffer.from(lines.map(({ json }) => json).join('\n'))))
  tx.write(
    `update entry e set sealed = u.sealed, key_version = $4, staff = case when u.keeps then e.staff else ''::bytea end
     from unnest($1::bigint[], $2::bytea[], $3::boolean[]) u(n, sealed, keeps) where e.n = u.n`,
    [remaining.map(({ entry }) => entry.n), sealed, remaining.map(({ keepsStaff }) => keepsStaff), version + 1],
  )
  const after = remaining.map(({ entry, lines }) => entryWith(entry, lines, record.registry))
  rewrite(record, tx, before, after)
  await tx.settle()
  record.keys.forget(keyIdOf(custody, version))
}

/**
 * Seals a custody that has ended: its key goes from the facility's store to the court's, with a copy for oversight, and
 * its rows leave the registers. The entries stay where they are, closed.
 */
export async function sealCustody(
  record: RecordContext,
  tx: Tx,
  custody: string,
  recipients: { court: WrapPublic; oversight: WrapPublic },
): Promise<void> {
  const stored = await entriesOf(tx, custody)
  const { version } = await keyOfCustody(tx, custody)
  const keyId = keyIdOf(custody, version)
  const key = record.keys.find(keyId)
  if (!key) throw new Error(`no key of custody ${custody}`)
  const before = await withPeople(record, tx, stored)
  const files = await tx.rows<StoredKey>(
    'select subject, version, epoch, wrapped from keystore.subject_key where owner = $1',
    [custody],
  )
  await record.keys.open(tx, files)
  const handed: { subject: string; version: number; owner: string | null; key: Buffer }[] = [
    { subject: custody, version, owner: null, key },
    ...files.map(({ subject }) => ({ subject, version: 0, owner: custody, key: record.keys.find(subject) as Buffer })),
  ]
  for (const { subject, version, owner, key } of handed) {
    tx.write(
      'insert into keystore.sealed_key (subject, version, owner, for_court, for_oversight) values ($1, $2, $3, $4, $5)',
      [subject, version, owner, wrapFor(recipients.court, key), wrapFor(recipients.oversight, key)],
    )
    record.keys.forget(keyIdOf(subject, version))
  }
  tx.write('delete from keystore.subject_key where subject = $1 or owner = $1', [custody])
  rewrite(
    record,
    tx,
    before,
    stored.map((entry) => entryOf(entry, {})),
  )
  await tx.settle()
  record.keys.forget(keyId)
}

/** Opens a sealed custody with the key that the court gave back; `unseal` was appended with it. */
export async function unsealCustody(record: RecordContext, tx: Tx, custody: string): Promise<void> {
  const { version } = await keyOfCustody(tx, custody)
  const key = record.keys.find(keyIdOf(custody, version))
  if (!key) throw new Error(`no key of custody ${custody}`)
  const stored = await entriesOf(tx, custody)
  // Throws where the key is not the one: AES-GCM opens nothing under another.
  const after = stored.map((entry) => openEntry(entry, record))
  const handed = await tx.rows<{ subject: string; version: number; owner: string | null }>(
    'select subject, version, owner from keystore.sealed_key where subject = $1 or owner = $1',
    [custody],
  )
  for (const { subject, version, owner } of handed) {
    const back = record.keys.find(keyIdOf(subject, version))
    if (!back) throw new Error('a key of the sealed custody was not opened')
    const { epoch, wrapped } = record.keys.wrap(back)
    tx.write('insert into keystore.subject_key (subject, version, epoch, wrapped, owner) values ($1, $2, $3, $4, $5)', [
      subject,
      version,
      epoch,
      wrapped,
      owner,
    ])
  }
  tx.write('delete from keystore.sealed_key where subject = $1 or owner = $1', [custody])
  const last = stored.at(-1)
  // While it was sealed the registers held the custody's entries as closed, and the appended one as open.
  const before = stored.map((entry) => (entry === last ? openEntry(entry, record) : entryOf(entry, {})))
  rewrite(record, tx, await withPeople(record, tx, [], before), after)
  await tx.settle()
}

const entriesOf = (tx: Tx, custody: string): Promise<StoredEntry[]> =>
  tx.rows<StoredEntry>(`select ${STORED} from entry where custody = $1 order by n`, [custody])

async function keyOfCustody(tx: Tx, custody: string): Promise<{ version: number }> {
  const [subject] = await tx.rows<{ version: number }>('select key_version as version from subject where id = $1', [
    custody,
  ])
  if (!subject) throw new Error(`no custody ${custody}`)
  return subject
}

async function exchangeKey(
  tx: Tx,
  custody: string,
  version: number,
  wrapped: { epoch: string; wrapped: Buffer },
): Promise<void> {
  tx.write('delete from keystore.subject_key where subject = $1', [custody])
  tx.write('insert into keystore.subject_key (subject, version, epoch, wrapped) values ($1, $2, $3, $4)', [
    custody,
    version,
    wrapped.epoch,
    wrapped.wrapped,
  ])
  tx.write('update subject set key_version = $2 where id = $1', [custody, version])
}

/** What is expunged of a fact is expunged of every correction of it: those hold the same words. */
function withAmendments(stored: readonly StoredEntry[], targets: Targets): Map<string, Set<Section>> {
  const all = new Map([...targets].map(([id, sections]) => [id, new Set(sections)]))
  for (const entry of stored) {
    const inherited = entry.amends === null ? undefined : all.get(entry.amends)
    if (inherited) all.set(entry.id, new Set([...(all.get(entry.id) ?? []), ...inherited]))
  }
  return all
}

type Opened = { readonly own: readonly Entry[]; readonly others: readonly Entry[] }

/** The custody's entries with those of the same person's other custodies, which share registers with them. */
async function withPeople(
  record: RecordContext,
  tx: Tx,
  stored: readonly StoredEntry[],
  own?: readonly Entry[],
): Promise<Opened> {
  const entries = own ?? stored.map((entry) => openEntry(entry, record))
  const custody = entries[0]?.custody ?? null
  const others = await tx.rows<StoredEntry>(
    `select ${STORED} from entry where custody <> $1 and custody = any(array(
       select o.id from subject s join subject o on o.person = s.person where s.id = $1 and o.kind = 'custody')) order by n`,
    [custody],
  )
  const keyIds = others.map((other) => keyIdOf(other.custody as string, other.key_version))
  await record.keys.load(tx, [...new Set(keyIds)])
  return { own: entries, others: others.map((other) => openEntry(other, record)) }
}

function rewrite(record: RecordContext, tx: Tx, before: Opened, after: readonly Entry[]): void {
  const { registers } = record.registry
  writeChanges(tx, changesBetween(registers, [...before.others, ...before.own], [...before.others, ...after]))
}
