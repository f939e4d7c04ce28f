// A court orders that something be expunged: afterwards it lies in no byte of the house, and the rest still proves.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { scrubHouse } from '../../src/cli/commands/scrub.ts'
import { openHouse } from '../../src/cli/house.ts'
import { addNote, admit, depart } from '../../src/custody/acts.ts'
import { makeReceiptFile, makeReturn } from '../../src/custody/return.ts'
import { derivedId } from '../../src/kernel/ids.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { expunge, proposeExpunge } from '../../src/oversight/acts.ts'
import { photographPerson, recordContact } from '../../src/people/acts.ts'
import { searchPeople } from '../../src/people/read.ts'
import { openFacility } from '../../src/places/acts.ts'
import { loadConfig } from '../../src/platform/config.ts'
import { FileStore } from '../../src/platform/files.ts'
import { createLog } from '../../src/platform/logs.ts'
import { findBytes } from '../../src/platform/scrub.ts'
import { temporaryFolder } from '../../src/platform/testing.ts'
import { correctEntry } from '../../src/record/acts.ts'
import { audit } from '../../src/record/audit.ts'
import { nodeChecker } from '../../src/record/node-crypto.ts'
import { disclosuresOf, loadKeys, STORED, type StoredEntry } from '../../src/record/open.ts'
import { replay } from '../../src/record/replay.ts'
import { makeAct } from '../../src/record/testing.ts'
import { logVerifierKeys } from '../../src/signer/client.ts'
import { verifyReceipt } from '../../verify/receipt.ts'
import { verifyReturn } from '../../verify/return.ts'

const NAMES = [
  ['Zoraida', 'Quetzalmark'],
  ['Ana', 'Paz'],
  ['Berta', 'Luna'],
  ['Carla', 'Sol'],
  ['Dora', 'Mar'],
] as const
const custodyOf = (i: number) => derivedId('custody', 'byte-search', String(i))
const TARGET = custodyOf(0)

test('after record.expunge and a scrub no byte of the data folder holds what is gone; old receipts still verify', async (t) => {
  const folder = await temporaryFolder(t)
  const env = { HABEAS_DATA: join(folder, 'data'), HABEAS_ORIGIN: 'habeas.example/byte-search', HABEAS_POPULATION: '0' }
  const config = await loadConfig(env, folder)
  // Forty days ago; what the test lets pass ends before now.
  let now = Temporal.Now.instant().subtract({ hours: 24 * 40 })
  const house = await openHouse(config, { log: createLog('silent', process.stderr), clock: { now: () => now } })
  t.after(() => house.close())
  const submit = async (...args: Parameters<typeof makeAct>) => {
    const outcome = await house.runner.submit(makeAct(...args))
    assert.ok(!isRefusal(outcome), JSON.stringify(outcome))
    return outcome
  }
  const day = (date: string) => ({ at: `${date}T12:00:00Z` })
  await submit(
    openFacility,
    { place: { facility: 'TEC', name: 'Tecoluca', country: 'SV', zone: 'America/El_Salvador' } },
    day('2026-01-01'),
  )
  const receipts = []
  for (const [i, [given, family1]] of NAMES.entries()) {
    receipts.push(
      await submit(
        admit,
        {
          person: {
            custody: custodyOf(i),
            person: derivedId('person', 'byte-search', String(i)),
            identity: { names: [{ use: 'recorded', given, family1 }], sex: 'F' },
          },
          place: { facility: 'TEC' },
          legal: { ordersStated: false, grounds: `grounds of ${i}` },
        },
        day('2026-02-01'),
      ),
    )
  }
  const person = { custody: TARGET }
  const files = new FileStore(join(config.dataFolder, 'files'), house.database, house.record.keys)
  const picture = Buffer.from('picture-of-her-face-'.repeat(500))
  const digest = await files.put(TARGET, picture)
  const taken = await submit(photographPerson, {
    person: { ...person, photograph: digest, mediaType: 'image/png', bytes: picture.length },
  })
  const stored = await readFile(join(config.dataFolder, 'files', TARGET, digest))
  const note = await submit(addNote, { person, act: { text: 'xylographwordinthenote one' } })
  await submit(correctEntry, {
    person,
    act: { entry: note.entry, reason: 'spelling', replaces: ['act'], data: { text: 'xylographwordinthenote two' } },
  })
  const contact = await submit(recordContact, { person, act: { role: 'next-of-kin', name: 'Quirina Umbelliform' } })
  await submit(depart, { person, legal: { as: 'release' } }, day('2026-03-10'))
  await house.settle()
  const [admission] = receipts
  assert.ok(admission)
  const registerNumber = admission.registerNumber as string
  const policy = await readFile(join(config.dataFolder, 'trust.policy'), 'utf8')
  const receiptOf = async (entry: string, audience: 'court' | 'family' = 'court') => {
    const made = await makeReceiptFile(house, { entry, audience })
    assert.ok(!isRefusal(made), JSON.stringify(made))
    return Buffer.from(made)
  }
  const before = { admission: await receiptOf(admission.entry), other: await receiptOf(receipts[1]?.entry as string) }
  const issued = await makeReturn(house, { registerNumber })
  assert.ok(!isRefusal(issued))

  // The statistics of the planner, and the sound of her name in the index of the search.
  await house.owner.rows('analyze')
  const found = await searchPeople(house.database, { name: 'Zoraida Quetzalmark' }, now.toString(), 10)
  assert.ok(found.length > 0)
  const opened = await house.owner.rows<StoredEntry>(`select ${STORED} from entry where custody = $1 order by n`, [
    TARGET,
  ])
  await loadKeys(house.owner, house.record.keys, opened, true)
  const disclosures = opened.flatMap((entry) => disclosuresOf(entry, house.record.keys, true))
  const isGone = (json: string) => /Quetzalmark|xylograph|Umbelliform|"photograph"/.test(json)
  const salts = disclosures.filter(({ json }) => isGone(json)).map(({ json }) => JSON.parse(json)[0] as string)
  assert.equal(salts.length, 5, 'admission, photograph, note, correction, contact')
  const wrapped = await house.owner.rows<{ wrapped: Buffer }>(
    'select wrapped from keystore.subject_key where subject = $1 or owner = $1',
    [TARGET],
  )
  assert.equal(wrapped.length, 2, 'her key and that of the picture')

  const targets = [
    { entry: admission.entry, nth: 1, sections: ['person'] },
    { entry: taken.entry, nth: taken.nth as number, sections: ['person'] },
    { entry: note.entry, nth: note.nth as number, sections: ['act'] },
    { entry: contact.entry, nth: contact.nth as number, sections: ['act'] },
  ]
  const order = { court: { name: 'Corte Suprema', state: 'SV' }, document: 'ab'.repeat(32) }
  const proposal = await submit(proposeExpunge, { person, legal: order, act: { targets } })
  now = now.add({ hours: 24 * 31 })
  const actor = { officer: derivedId('officer', 'inspector'), role: 'oversight' }
  await submit(
    expunge,
    { person: { ...person, expunged: targets }, act: { proposal: proposal.entry } },
    { actor, at: now.toString() },
  )
  await house.settle()

  // Clear text, as the search writes it, salts in both forms, what opened them, and what lay under it.
  const texts = [
    'Quetzalmark',
    'quetzalmark',
    'Zoraida',
    'zoraida',
    'xylographword',
    'Umbelliform',
    digest,
    registerNumber,
  ]
  const needles = [
    ...texts.map((text) => Buffer.from(text)),
    ...salts.flatMap((salt) => [Buffer.from(salt), Buffer.from(salt, 'base64url')]),
    ...wrapped.map((row) => row.wrapped),
    ...opened.map(({ sealed }) => sealed.subarray(0, 64)),
    picture.subarray(0, 40),
    stored.subarray(0, 64),
    createHash('sha256').update(picture).digest(),
  ]
  await house.owner.rows('checkpoint')
  assert.ok((await findBytes(config.dataFolder, needles)).length > 0, 'before the scrub the disk still has it')
  const { steps, files: swept } = await scrubHouse(house)
  assert.deepEqual(
    steps.filter(({ done }) => !done),
    [],
  )
  assert.equal(swept, 1, 'the picture that no key opens')
  const left = await findBytes(config.dataFolder, needles)
  // Only then each by itself: a search reads the whole folder.
  for (const needle of left.length === 0 ? [] : needles) {
    const where = await findBytes(config.dataFolder, [needle])
    assert.deepEqual(where, [], `${needle.toString('latin1').slice(0, 40)} (${needle.toString('hex').slice(0, 40)})`)
  }

  // The rest stands and proves.
  house.record.keys.forgetAll()
  const keys = logVerifierKeys(config.origin, house.signerKeys)
  assert.deepEqual((await audit(house.record, house.owner, keys)).problems, [])
  assert.deepEqual((await replay(house.record, house.owner)).differences, [])
  for (const bytes of [before.admission, before.other, await receiptOf(admission.entry)]) {
    assert.equal((await verifyReceipt(bytes, policy, nodeChecker)).verdict, 'verified')
  }
  const old = await verifyReceipt(before.admission, policy, nodeChecker)
  assert.match(JSON.stringify(old.sections?.legal), /grounds of 0/, 'another section of the same entry')
  assert.equal(
    (await verifyReturn(issued.bytes, policy, nodeChecker)).verdict,
    'verified',
    'what was issued stays provable',
  )
  assert.deepEqual(await searchPeople(house.database, { name: 'Zoraida Quetzalmark' }, now.toString(), 10), [])
  const rest = await makeReturn(house, { registerNumber: receipts[1]?.registerNumber as string })
  assert.ok(!isRefusal(rest) && (await verifyReturn(rest.bytes, policy, nodeChecker)).verdict === 'verified')

  // And a search that finds something where there is something.
  const planted = join(config.dataFolder, 'planted')
  await writeFile(planted, `…${texts[0]}…`)
  await copyFile(planted, join(config.dataFolder, 'files', 'planted'))
  assert.deepEqual(await findBytes(config.dataFolder, needles), [join(config.dataFolder, 'files', 'planted'), planted])
})
