// What a process does when it dies. Each scenario is work that a client repeats until it is done: the same acts with the
// same ids, the same file, the same backup.
import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { addNote, admit, assignBunk, depart, recordPresence } from '../../src/custody/acts.ts'
import { importFile } from '../../src/intake/import.ts'
import { profileOf, sampleHeader, sampleProfile } from '../../src/intake/testing.ts'
import type { Act, ActKind } from '../../src/kernel/act.ts'
import { derivedId } from '../../src/kernel/ids.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { expunge, proposeExpunge } from '../../src/oversight/acts.ts'
import { bunkId, establishPlace, facilityPlace, openFacility } from '../../src/places/acts.ts'
import { backUp } from '../../src/platform/backup/backup.ts'
import { restore } from '../../src/platform/backup/restore.ts'
import { FileStore } from '../../src/platform/files.ts'
import { correctEntry } from '../../src/record/acts.ts'
import { signHead } from '../../src/record/checkpointer.ts'
import { rebuildChanged } from '../../src/record/rebuild.ts'
import { makeAct } from '../../src/record/testing.ts'
import { connectSigner, type Signer } from '../../src/signer/client.ts'
import { type House, ORIGIN } from './house.ts'

export type Scenario = {
  readonly name: string
  /** Whether the database on which the work is done begins as what `prepare` left; else as a migrated, empty one. */
  readonly onPrepared: boolean
  /** Whether a signer process is there. */
  readonly signs?: boolean
  /** Makes what stands before the work. `now` of the house is `PREPARED`. */
  prepare(house: House): Promise<void>
  /** The work; done again by the next process, from the beginning. `now` of the house is `WORKED`. */
  work(house: House): Promise<void>
  /** What must be true besides the invariants, when it is done. */
  check?(house: House): Promise<readonly string[]>
}

export const PREPARED = '2026-05-01T12:00:00Z'
export const WORKED = '2026-06-10T12:00:00Z'

/** An act that says the same whenever it is made: sending it again repeats it. */
function act(name: string, kind: ActKind, data: object, options: Parameters<typeof makeAct>[2] = {}): Act {
  const id = derivedId('act', 'faults', name)
  return makeAct(kind, data, { id, mac: Buffer.from(id), ...options })
}

const custody = (name: string): string => derivedId('custody', 'faults', name)
const CELL = derivedId('place', 'faults', 'cell')

const admission = (name: string): Act =>
  act(`admit ${name}`, admit, {
    person: {
      custody: custody(name),
      person: derivedId('person', 'faults', name),
      identity: { names: [{ use: 'recorded', given: name, family1: 'Prueba' }], sex: 'F' },
    },
    place: { facility: 'TEC' },
    legal: { ordersStated: true },
  })

const note = (name: string, text: string): Act =>
  act(`note ${name} ${text}`, addNote, { person: { custody: custody(name) }, act: { text } })

const bunk = (name: string, position: string): Act =>
  act(`bunk ${name} ${position}`, assignBunk, {
    person: { custody: custody(name) },
    place: { bunk: bunkId(CELL, position) },
  })

/** A cell with two bunks, and Ana with a note. */
async function prepareAna(house: House): Promise<void> {
  const place = { facility: 'TEC' }
  await house.submit(
    act('facility', openFacility, {
      place: { ...place, name: 'Tecoluca', country: 'SV', zone: 'America/El_Salvador' },
    }),
  )
  await house.submit(
    act('cell', establishPlace, {
      place: {
        ...place,
        place: CELL,
        parent: facilityPlace('TEC'),
        kind: 'cell',
        code: 'C1',
        bunks: [
          { position: 'A1', tier: 1 },
          { position: 'A2', tier: 2 },
        ],
      },
    }),
  )
  await house.submit(admission('Ana'))
  await house.submit(note('Ana', 'first'))
  await house.sequencer.pass()
}

const entryOf = async ({ database }: House, { id }: Act): Promise<{ entry: string; nth: number }> => {
  const [row] = await database.rows<{ entry: string; nth: number }>(
    'select id as entry, nth from entry where act = $1',
    [id],
  )
  if (!row) throw new Error('the scenario was not prepared')
  return row
}

const append: Scenario = {
  name: 'append of groups: admission, note, presence, bunks, correction',
  onPrepared: true,
  prepare: prepareAna,
  async work(house) {
    await house.submit(admission('Berta'), note('Ana', 'second'))
    const seen = { state: 'at', place: CELL }
    await house.submit(
      bunk('Ana', 'A1'),
      act('seen Berta', recordPresence, {
        person: { custody: custody('Berta') },
        place: seen,
        act: { because: 'seen' },
      }),
    )
    const { entry } = await entryOf(house, note('Ana', 'first'))
    await house.submit(
      bunk('Berta', 'A2'),
      act('correct', correctEntry, {
        person: { custody: custody('Ana') },
        act: { entry, reason: 'spelling', replaces: ['act'], data: { text: 'first, spelled' } },
      }),
    )
  },
}

/** Just below a full tile, so that the work fills one. */
const NOTES = 250

const sequence: Scenario = {
  name: 'sequence and sign: two heads, over the end of a tile',
  onPrepared: true,
  signs: true,
  async prepare(house) {
    await prepareAna(house)
    const notes = Array.from({ length: NOTES }, (_, i) => note('Ana', `before ${i}`))
    const outcomes = await house.runner.submitAll(notes)
    if (outcomes.some(isRefusal)) throw new Error('the notes were refused')
    await house.sequencer.pass()
    await house.submit(note('Ana', 'waits for its place'))
  },
  async work(house) {
    await withSigner(house, async (signer) => {
      await house.sequencer.pass()
      await signHead({ ...house, signer, origin: ORIGIN })
      await house.submit(note('Ana', 'after the first head'))
      await house.submit(admission('Berta'))
      await house.sequencer.pass()
      await signHead({ ...house, signer, origin: ORIGIN })
    })
  },
  async check({ database }) {
    const [row] = await database.rows<{ signed: number; size: number }>(
      'select (select max(size) from checkpoint) as signed, (select count(*) from leaf) as size',
    )
    return row?.signed === row?.size ? [] : [`signed is ${row?.signed} of ${row?.size}`]
  },
}

async function withSigner(house: House, work: (signer: Signer) => Promise<void>): Promise<void> {
  const signer = connectSigner({ socketPath: house.given.signerSocket as string })
  try {
    await work(signer)
  } finally {
    signer.close()
  }
}

const people = {
  ana: '1,2026-03-01 10:00,,30,F,MIN,Ana,,B',
  changed: '1,2026-03-01 10:00,,30,F,MAX,Ana,,B',
  pedro: '2,2026-03-01 11:00,,44,M,,Pedro,note of the source,A',
  luis: '3,2026-02-11 09:30,,51,M,MAX,Luis,,A',
  rosa: '4,2026-03-02 08:15,,27,F,MIN,Rosa,,A',
} as const

const profile = profileOf(sampleProfile)

async function importDay({ given, port }: House, day: string, rows: readonly string[]): Promise<void> {
  const path = join(given.folder, `roster_${day}.csv`)
  await writeFile(path, [sampleHeader, ...rows, ''].join('\n'))
  const result = await importFile(port, path, profile, { limits: { batchRowsMax: 2 } })
  if (isRefusal(result)) throw new Error(`the import was refused: ${result.code}`)
}

const roster: Scenario = {
  name: 'import of the next roster: two batches, a change, somebody new, somebody gone',
  onPrepared: true,
  prepare: (house) => importDay(house, '2026-03-02', [people.ana, people.pedro, people.luis]),
  work: (house) => importDay(house, '2026-03-03', [people.changed, people.pedro, people.rosa]),
  async check({ database }) {
    const [row] = await database.rows<{ held: number; gone: number; files: number }>(
      `select (select count(*) from custody) as held, (select count(*) from import_file) as files,
         (select count(*) from presence where because = 'gone-from-roster') as gone`,
    )
    const seen = `${row?.held} custodies, ${row?.gone} gone, ${row?.files} files`
    return seen === '4 custodies, 1 gone, 2 files' ? [] : [seen]
  },
}

const WORD = 'a word that must go'

const expunging: Scenario = {
  name: 'expunge: sections go, keys are exchanged, registers follow',
  onPrepared: true,
  async prepare(house) {
    await prepareAna(house)
    await house.submit(note('Ana', WORD))
    const { entry } = await entryOf(house, note('Ana', WORD))
    await house.submit(
      act('correct word', correctEntry, {
        person: { custody: custody('Ana') },
        act: { entry, reason: 'spelling', replaces: ['act'], data: { text: `${WORD}, too` } },
      }),
    )
    await house.submit(
      act(
        'depart Ana',
        depart,
        { person: { custody: custody('Ana') }, legal: { as: 'release' } },
        { at: '2026-04-10T00:00:00Z' },
      ),
    )
    await house.submit(await proposal(house))
    await house.sequencer.pass()
  },
  async work(house) {
    const { entry: proposed } = await entryOf(house, await proposal(house))
    const data = { person: { custody: custody('Ana'), expunged: await targets(house) }, act: { proposal: proposed } }
    const actor = { officer: derivedId('officer', 'inspector'), role: 'oversight' }
    await house.submit(act('expunge', expunge, data, { actor }))
    await house.submit(
      act('note after', addNote, {
        person: { custody: custody('Ana') },
        act: { text: 'after it was expunged' },
      }),
    )
    await house.sequencer.pass()
  },
  async check({ database }) {
    const rows = await database.rows<{ text: string }>('select text from note where custody = $1 order by text', [
      custody('Ana'),
    ])
    const texts = rows.map(({ text }) => text).join('; ')
    return texts === 'after it was expunged; first' ? [] : [`the notes are: ${texts}`]
  },
}

const targets = async (house: House) => [{ ...(await entryOf(house, note('Ana', WORD))), sections: ['act'] }]

const proposal = async (house: House): Promise<Act> =>
  act('propose', proposeExpunge, {
    person: { custody: custody('Ana') },
    legal: { court: { name: 'Corte Suprema', state: 'SV' }, document: 'ab'.repeat(32) },
    act: { targets: await targets(house) },
  })

const backupIn = (folder: string) => [join(folder, 'record.gz'), join(folder, 'keys.gz')] as const

const restoring: Scenario = {
  name: 'restore of a backup, with a file, into an empty instance',
  onPrepared: false,
  async prepare(house) {
    await append.prepare(house)
    await append.work(house)
    await house.sequencer.pass()
    const files = join(house.given.folder, 'files-then')
    await new FileStore(files, house.database, house.record.keys).put(custody('Ana'), Buffer.from('a face'))
    const { registers } = house.record.registry
    const options = { database: house.database, registers, filesFolder: files, origin: ORIGIN, clock: house.clock }
    await backUp(...backupIn(house.given.folder), options)
  },
  async work({ database, record, given }) {
    const filesFolder = join(given.folder, 'files')
    await mkdir(filesFolder, { recursive: true })
    const { differing, unreadable } = await restore(...backupIn(given.folder), {
      database,
      record,
      facilityKey: given.wrap.privateKey,
      filesFolder,
      origin: ORIGIN,
      signed: undefined,
    })
    if (differing.length > 0 || unreadable > 0) throw new Error(`restored otherwise: ${differing} ${unreadable}`)
  },
  async check({ database, record, given }) {
    const store = new FileStore(join(given.folder, 'files'), database, record.keys)
    const face = Buffer.from('a face')
    const found = await store.find(custody('Ana'), createHash('sha256').update(face).digest('hex'))
    return found?.equals(face) === true ? [] : ['the file did not come back']
  },
}

const rebuilding: Scenario = {
  name: 'a start of a changed program: two registers made anew',
  onPrepared: true,
  async prepare(house) {
    await append.prepare(house)
    await append.work(house)
    await rebuildChanged(house.record, house.database)
    await house.database.rows(
      "update register_version set digest = repeat('0', 64) where register in ('note', 'presence')",
    )
    // As the old program made it.
    await house.database.rows('update note set text = upper(text)')
  },
  async work({ record, database, sequencer }) {
    await rebuildChanged(record, database)
    await sequencer.pass()
  },
  async check({ database }) {
    const [row] = await database.rows<{ said: number; loud: number }>(
      `select (select count(*)::integer from entry where kind = 'projection.rebuild') as said,
         (select count(*)::integer from note where text = upper(text)) as loud`,
    )
    return row?.said === 2 && row.loud === 0 ? [] : [`said ${row?.said} times, ${row?.loud} notes as they were`]
  },
}

export const scenarios: readonly Scenario[] = [append, sequence, roster, expunging, restoring, rebuilding]
