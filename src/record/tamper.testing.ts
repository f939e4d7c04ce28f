/** For the tamper tests: a small signed record, and hands that own its database and perhaps its signing key. */
import assert from 'node:assert/strict'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { addNote, admit } from '../custody/acts.ts'
import { room as custody } from '../custody/room.ts'
import { derivedId } from '../kernel/ids.ts'
import { systemClock } from '../kernel/ports.ts'
import { isRefusal } from '../kernel/refusal.ts'
import { room as law } from '../law/room.ts'
import { room as people } from '../people/room.ts'
import type { Database } from '../platform/database.ts'
import { freshDatabase, temporaryFolder } from '../platform/testing.ts'
import { connectSigner, logVerifierKeys, startSigner } from '../signer/client.ts'
import { FIRST_STATE, writeState } from '../signer/state.ts'
import { audit } from './audit.ts'
import { type CheckpointSigner, signHead } from './checkpointer.ts'
import type { RecordContext } from './context.ts'
import { keyIdOf } from './keys.ts'
import { STORED, type StoredEntry } from './open.ts'
import { replay } from './replay.ts'
import { digestOfJson, encrypt, unseal } from './seal.ts'
import { Sequencer } from './sequencer.ts'
import { makeAct, openTestRecord } from './testing.ts'

export const ORIGIN = 'habeas.example/tamper'
const PEOPLE = 20
const zone = 'America/El_Salvador'
export const custodyOf = (i: number) => derivedId('custody', 'tamper', String(i))

async function openSigner(t: TestContext, secretsFolder: string) {
  const socketPath = join(await temporaryFolder(t), 'run', 's.sock')
  const child = await startSigner({ secretsFolder, socketPath })
  const signer = connectSigner({ socketPath })
  t.after(async () => {
    signer.close()
    await child.stop()
  })
  return signer
}

/** Twenty people and sixty notes under four signed heads: eighty places in the tree. */
export async function openSigned(t: TestContext) {
  const database = await freshDatabase(t)
  const secretsFolder = join(await temporaryFolder(t), 'signer')
  const signer = await openSigner(t, secretsFolder)
  const { record, runner } = openTestRecord(database, [people, custody, law])
  // Each time as a process that starts now: it remembers no edge of the tree.
  const settleWith = async (signer: CheckpointSigner) => {
    const sequencer = new Sequencer(database)
    await sequencer.pass()
    return signHead({ database, sequencer, signer, origin: ORIGIN, clock: systemClock })
  }
  const settle = () => settleWith(signer)
  const until = { date: '2027-01-01', zone, inclusive: true }
  const order = (i: number) => ({
    order: derivedId('o', String(i)),
    kind: 'remand',
    issuer: { name: 'Court', state: 'SV' },
    from: { at: '2026-01-01T00:00:00Z' },
    until,
  })
  const admissions = Array.from({ length: PEOPLE }, (_, i) =>
    makeAct(admit, {
      person: { custody: custodyOf(i), person: derivedId('person', 'tamper', String(i)) },
      place: { facility: 'TEC' },
      legal: { ordersStated: true, orders: [order(i)] },
    }),
  )
  for (const act of admissions) assert.ok(!isRefusal(await runner.submit(act)))
  await settle()
  const note = async (i: number, text: string) =>
    runner.submit(makeAct(addNote, { person: { custody: custodyOf(i) }, act: { text } }))
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < PEOPLE; i++) await note(i, `round ${round}`)
    await settle()
  }
  const keys = logVerifierKeys(ORIGIN, await signer.keys())
  const found = async () => {
    record.keys.forgetAll()
    const { problems } = await audit(record, database, keys)
    const { differences } = await replay(record, database)
    return [
      ...problems.flatMap(({ what, index, details }) => [
        index === undefined ? what : `${what}@${index}`,
        ...(details === undefined ? [] : [`${what} ${details}`]),
      ]),
      ...differences.map(({ table }) => `register ${table}`),
    ]
  }
  /** Who has copied the keys out of the secrets folder, and not the memory of what was signed. */
  const openThief = async () => {
    const folder = join(await temporaryFolder(t), 'signer')
    await cp(secretsFolder, folder, { recursive: true, filter: (path) => !path.endsWith('.sock') })
    await writeState(folder, FIRST_STATE)
    const thief = await openSigner(t, folder)
    return () => settleWith(thief)
  }
  return { database, record, settle, found, signer, keys, note, openThief }
}

/** A second pair of hands in the database, as its owner; triggers are off. */
export type Hand = (database: Database, record: RecordContext) => Promise<unknown>

/** The number in the record of the entry at a place of the tree, as SQL. */
export const nOf = (index: number) => `(select n from leaf where idx = ${index})`

/** Cuts off all that came after the first forty, with the heads that knew of it, and leaves no loose end. */
export const cutToForty: Hand = async (database) => {
  await database.rows('delete from checkpoint where size > 40')
  const cut = '(select n from leaf where idx >= 40)'
  await database.rows(`delete from note where entry_n in ${cut}`)
  await database.rows(
    `update subject s set nth = s.nth - c.k from (select custody, count(*) k from entry where n in ${cut} group by custody) c where c.custody = s.id`,
  )
  await database.rows(`delete from entry where n in ${cut}`)
  await database.rows('delete from leaf where idx >= 40')
  await database.rows('update tile set hashes = substring(hashes for 40 * 32) where level = 0 and idx = 0')
}

/** Takes the tree down and puts every entry back into the queue: whoever has the log's key grows a new one. */
export const takeTreeDown: Hand = async (database) => {
  await database.rows('insert into pending (n) select n from leaf order by idx')
  for (const table of ['checkpoint', 'cosignature', 'leaf', 'tile']) await database.rows(`delete from ${table}`)
}

/** Makes a note say something else, in envelope, sealed section and register, so that all three agree. */
export const rewriteNote: Hand = async (database, record) => {
  const [entry] = await database.rows<StoredEntry>(`select ${STORED} from entry where n = ${nOf(25)}`)
  assert.ok(entry?.custody)
  await record.keys.load(database, [entry.custody])
  const key = record.keys.find(keyIdOf(entry.custody, entry.key_version))
  assert.ok(key)
  const opened = unseal(key, entry.sealed)
  const act = opened.find(({ section }) => section === 'act')
  assert.ok(act)
  const forged = act.json.replace('round 0', 'she signed')
  assert.notEqual(forged, act.json)
  const envelope = entry.envelope.toString().replace(digestOfJson(act.json), digestOfJson(forged))
  const lines = opened.map(({ json }) => (json === act.json ? forged : json))
  await database.rows('update entry set envelope = $2, sealed = $3 where n = $1', [
    entry.n,
    Buffer.from(envelope),
    encrypt(key, Buffer.from(lines.join('\n'))),
  ])
  await database.rows("update note set text = 'she signed' where entry_n = $1", [entry.n])
}
