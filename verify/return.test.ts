import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { findText, utf8 } from '../src/kernel/bytes.ts'
import { type Json, jcs } from '../src/kernel/json.ts'
import { makeVerifierKey } from '../src/record/note.ts'
import type { Statement } from '../src/record/return-format.ts'
import { verifyCommand } from './main.ts'
import { nodePorts } from './node.ts'
import { verifyReturn } from './return.ts'
import {
  ATTESTED,
  custodyEntry,
  HELD,
  idOf,
  keyEntry,
  LOG_SIGNERS,
  logOf,
  makeEntry,
  makeKey,
  makeReturn,
  ORIGIN,
  policyOf,
  smallLog,
  type TestEntry,
  witnessKey,
} from './testing.ts'
import { UnusablePolicy } from './verdict.ts'

const check = (file: Uint8Array, policy = policyOf()) => verifyReturn(file, policy, nodePorts)
const good = () => makeReturn(smallLog(), [HELD, ATTESTED], 2)

async function assertBroken(file: Uint8Array, code: string, detail = /./) {
  const { verdict, problems, statements } = await check(file)
  assert.equal(verdict, 'broken')
  assert.ok(
    problems.some((problem) => problem.code === code && detail.test(problem.detail)),
    `${code} expected: ${JSON.stringify(problems)}`,
  )
  assert.ok(statements.every(({ state }) => state === 'not-proven'))
}

test('a good return is verified, each statement with its state and entries', async () => {
  const judged = await check(good())
  assert.deepEqual(judged.problems, [])
  assert.equal(judged.verdict, 'verified')
  assert.deepEqual(
    judged.statements.map(({ id, state, entries, notes }) => ({ id, state, entries, notes })),
    [
      { id: 'held', state: 'proven', entries: [2], notes: [] },
      { id: 'complete', state: 'attested', entries: [], notes: [] },
    ],
  )
  assert.equal(judged.signedBy?.logKeys.length, 2)
})

test('every single-byte change of a file fails', async (t) => {
  // A small file: one entry, one statement; every byte once with its lowest bit turned, and every byte removed
  // or doubled at a spacing that shares no factor with base64.
  const file = makeReturn([keyEntry()], [ATTESTED], null)
  assert.equal((await check(file)).verdict, 'verified')
  const policy = policyOf()
  for (let at = 0; at < file.length; at++) {
    const changed = file.slice()
    changed[at] = (changed[at] as number) ^ 1
    assert.notEqual((await check(changed, policy)).verdict, 'verified', `byte ${at}`)
  }
  for (let at = 0; at < file.length; at += 7) {
    for (const bit of [2, 32, 128]) {
      const changed = file.slice()
      changed[at] = (changed[at] as number) ^ bit
      assert.notEqual((await check(changed, policy)).verdict, 'verified', `byte ${at} bit ${bit}`)
    }
    const without = new Uint8Array([...file.subarray(0, at), ...file.subarray(at + 1)])
    assert.notEqual((await check(without, policy)).verdict, 'verified', `without byte ${at}`)
  }
  t.diagnostic(`${file.length} bytes`)
})

test('another spelling of the same content is broken', async () => {
  const text = findText(good()) ?? ''
  await assertBroken(utf8(text.trimEnd()), 'form', /canonical/)
  await assertBroken(utf8(`${text}\n`), 'form', /canonical/)
  await assertBroken(utf8(` ${text}`), 'form', /canonical/)
  await assertBroken(utf8(`\ufeff${text}`), 'form')
  await assertBroken(utf8(JSON.stringify(JSON.parse(text), null, 2)), 'form', /canonical/)
  await assertBroken(utf8(text.replace('"format":', '"format":"habeas/return/v1","format":')), 'form', /twice/)
  await assertBroken(new Uint8Array(0), 'form')
})

test('a log that the policy does not name: unknown key, said first; nothing in the file is trusted', async () => {
  const key = makeVerifierKey(nodePorts.sha256, ORIGIN, 'note', makeKey('ed25519').publicKey)
  for (const policy of [policyOf({ logs: [] }), policyOf({ logs: [{ key }] })]) {
    const judged = await check(good(), policy)
    assert.equal(judged.verdict, 'unknown-key')
    assert.equal(judged.problems[0]?.code, 'unknown-log')
  }
  // Inconsistent as well: broken counts more.
  const judged = await check(makeReturn(smallLog(), [HELD], 3), policyOf({ logs: [] }))
  assert.equal(judged.verdict, 'broken')
  await assert.rejects(check(good(), 'quorum'), UnusablePolicy)
  await assert.rejects(check(good(), ''), UnusablePolicy)
})

test('a known key name with a wrong signature is broken, not unknown', async () => {
  const entries = smallLog()
  const forged = logOf(entries, [
    ['note', ORIGIN, { ...(LOG_SIGNERS[0]?.[2] as ReturnType<typeof makeKey>), sign: makeKey('ed25519').sign }],
  ])
  await assertBroken(makeReturn(entries, [HELD], 2, undefined, forged), 'checkpoint', /does not verify/)
})

test('the quorum of the policy is demanded', async () => {
  const key = makeVerifierKey(nodePorts.sha256, 'inspectorate.example', 'cosignature', witnessKey.publicKey)
  const policy = policyOf({ witnesses: [{ name: 'inspectorate', key }], quorum: 'inspectorate' })
  const alone = await check(good(), policy)
  assert.equal(alone.verdict, 'unknown-key')
  assert.equal(alone.problems[0]?.code, 'quorum')
  const entries = smallLog()
  const witnessed = logOf(entries, [...LOG_SIGNERS, ['cosignature', 'inspectorate.example', witnessKey]])
  const judged = await check(makeReturn(entries, [HELD], 2, undefined, witnessed), policy)
  assert.equal(judged.verdict, 'verified')
  assert.deepEqual(judged.signedBy?.witnesses, ['inspectorate'])
})

test('entries: a wrong index, a foreign envelope, a twice-listed entry, a foreign disclosure are named', async () => {
  const spoil = (change: (entries: Record<string, Json>[]) => void) =>
    makeReturn(smallLog(), [HELD], 2, (body) => change(body.entries as unknown as Record<string, Json>[]))
  await assertBroken(
    spoil((entries) => Object.assign(entries[1] as object, { index: 9 })),
    'inclusion',
    /entry 9/,
  )
  await assertBroken(
    spoil((entries) => Object.assign(entries[1] as object, makeEntry('custody.admit', { act: {} }))),
    'inclusion',
  )
  await assertBroken(
    spoil((entries) => entries.push(structuredClone(entries[1] as Record<string, Json>))),
    'entry-twice',
  )
  await assertBroken(
    spoil((entries) =>
      ((entries[1] as Record<string, Json>).disclosures as string[]).push(
        makeEntry('a.b', { health: {} }).disclosures[0] as string,
      ),
    ),
    'disclosure',
  )
  await assertBroken(
    spoil((entries) =>
      ((entries[1] as Record<string, Json>).disclosures as string[]).push(
        ((entries[1] as Record<string, Json>).disclosures as string[])[0] as string,
      ),
    ),
    'disclosure',
    /twice/,
  )
})

test('the keys that signed must stand in a proven entry of the record', async () => {
  const entry = { use: 'custodian', origin: ORIGIN, ed25519: 'AAAA', 'ml-dsa-44': 'AAAA' }
  const other = [makeEntry('key.publish', { act: entry }), ...smallLog().slice(1)]
  await assertBroken(makeReturn(other, [HELD], 2), 'custodian')
  const wrongKind = keyEntry()
  const admission = [
    { ...wrongKind, envelope: wrongKind.envelope.replace('key.publish', 'note.add') },
    ...smallLog().slice(1),
  ]
  await assertBroken(makeReturn(admission, [HELD], 2), 'custodian')
  await assertBroken(
    makeReturn(smallLog(), [HELD], 2, (body) => Object.assign(body.custodian as object, { entry: 1 })),
    'custodian',
  )
})

test('numbering: a hole is named, so is a double, and an entry of another custody', async () => {
  const [key, first, second] = smallLog() as [TestEntry, TestEntry, TestEntry]
  await assertBroken(makeReturn([key, first, second], [HELD], 3), 'hole', /of 3 entries these are missing: 3/)
  const third = custodyEntry(4, 'note.add', { act: {} })
  await assertBroken(makeReturn([key, first, second, third], [HELD], 4), 'hole', /missing: 3$/)
  const again = custodyEntry(2, 'note.add', { act: {} })
  await assertBroken(makeReturn([key, first, second, again], [HELD], 2), 'numbering', /twice: 2/)
  const foreign = custodyEntry(1, 'note.add', { act: {} }, '0192f0c1-0000-7000-8000-000000000002')
  await assertBroken(makeReturn([key, first, second, foreign], [HELD], 2), 'numbering', /several custodies/)
  const custodies = { '0192f0c1-0000-7000-8000-000000000001': 2, '0192f0c1-0000-7000-8000-000000000002': 1 }
  assert.equal((await check(makeReturn([key, first, second, foreign], [HELD], custodies))).verdict, 'verified')
  await assertBroken(makeReturn([key, first, second], [HELD], custodies), 'hole', /of 1 entries these are missing: 1/)
  await assertBroken(makeReturn([key, first, second], [HELD], null), 'numbering', /does not number/)
  await assertBroken(makeReturn([key], [ATTESTED], 2), 'hole', /all are missing/)
})

test('statements: a value that the entry does not have, no evidence, a closed section are broken', async () => {
  const say = (statement: Partial<Statement>) => makeReturn(smallLog(), [{ ...HELD, ...statement }], 2)
  await assertBroken(
    say({ value: { cell: '3-15', since: '2026-11-20T10:00Z' } }),
    'evidence',
    /something else at place\/cell/,
  )
  await assertBroken(say({ evidence: [] }), 'evidence', /no evidence/)
  const [evidence] = HELD.evidence
  assert.ok(evidence)
  await assertBroken(say({ evidence: [{ ...evidence, pointer: '/nothing' }] }), 'evidence', /nothing at/)
  await assertBroken(say({ evidence: [{ ...evidence, section: 'medical' }] }), 'evidence', /not proven and opened/)
  await assertBroken(say({ evidence: [{ ...evidence, index: 7 }] }), 'evidence', /not proven and opened/)
  // Also where the file claims less than proven: evidence that contradicts is never quiet.
  await assertBroken(say({ state: 'attested', value: { cell: '9-99', since: '' } }), 'evidence')
  await assertBroken(makeReturn(smallLog(), [HELD, HELD], 2), 'statement-twice')
})

test('the claimed state is not believed: what evidence does not cover, or a later entry changed, is attested', async () => {
  const [evidence] = HELD.evidence
  assert.ok(evidence)
  const partly = await check(makeReturn(smallLog(), [{ ...HELD, evidence: [evidence] }], 2))
  assert.equal(partly.verdict, 'verified')
  assert.equal(partly.statements[0]?.state, 'attested')
  assert.match(partly.statements[0]?.notes[0] ?? '', /\/since/)

  const log = smallLog()
  const move = log[2] as TestEntry
  const withdrawal = custodyEntry(3, 'entry.withdraw', { act: { entry: idOf(move), reason: 'wrong person' } })
  const withdrawn = await check(makeReturn([...log, withdrawal], [HELD], 3))
  assert.equal(withdrawn.verdict, 'verified')
  assert.equal(withdrawn.statements[0]?.state, 'attested')
  const again = custodyEntry(4, 'entry.withdraw', { act: { entry: idOf(withdrawal), reason: 'it was right' } })
  const restored = await check(makeReturn([...log, withdrawal, again], [HELD], 4))
  assert.equal(restored.statements[0]?.state, 'proven')
})

test('a correction whose target is closed to the reader: what is cited from before it is attested, from after it proven', async () => {
  const log = smallLog()
  const full = custodyEntry(3, 'entry.correct', {
    act: { entry: idOf(log[1] as TestEntry), reason: 'x', replaces: [] },
  })
  const [person = ''] = full.disclosures
  const closed = { ...full, disclosures: [person] }
  const later = custodyEntry(4, 'custody.move', { place: { cell: '1-01' }, act: {}, staff: {} })
  const { evidence } = HELD
  const after: Statement = {
    ...HELD,
    id: 'after',
    value: '1-01',
    evidence: [{ index: 4, section: 'place', pointer: '/cell', equals: '' }],
  }
  const judged = await check(makeReturn([...log, closed, later], [{ ...HELD, evidence }, after], 4))
  assert.equal(judged.verdict, 'verified')
  assert.deepEqual(
    judged.statements.map(({ state }) => state),
    ['attested', 'proven'],
  )
  assert.match(judged.statements[0]?.notes[0] ?? '', /closed to you/)
})

test('the public envelope is evidence for the facility, and no section can call itself so', async () => {
  const log = smallLog()
  const fake = makeEntry('note.add', { envelope: { facility: 'ZZZ' }, act: {} })
  const say = (index: number, value: Json): Statement => ({
    ...HELD,
    value,
    evidence: [{ index, section: 'envelope', pointer: '/facility', equals: '' }],
  })
  const proven = await check(makeReturn([...log, fake], [say(2, 'TEC')], 2))
  assert.equal(proven.verdict, 'verified')
  assert.equal(proven.statements[0]?.state, 'proven')
  await assertBroken(makeReturn([...log, fake], [say(3, 'ZZZ')], 2), 'evidence', /something else at envelope/)
  await assertBroken(
    makeReturn(log, [{ ...say(2, ''), evidence: [{ index: 2, section: 'envelope', pointer: '/_sd', equals: '' }] }], 2),
    'evidence',
  )
})

test('corrections: the last one stands alone, and what the record itself sealed stays the first entry’s', async () => {
  const log = smallLog()
  const move = log[2] as TestEntry
  const correct = (nth: number, act: Record<string, Json>) =>
    custodyEntry(nth, 'entry.correct', { place: { cell: '1-01' }, act: { entry: idOf(move), reason: 'x', ...act } })
  const stateOf = async (entries: TestEntry[], statement: Statement) => {
    const judged = await check(makeReturn([...log, ...entries], [statement], 2 + entries.length))
    assert.equal(judged.verdict, 'verified', JSON.stringify(judged.problems))
    return judged.statements[0]?.state
  }
  const from = (index: number, section: string, pointer: string, value: Json): Statement => ({
    ...HELD,
    value,
    evidence: [{ index, section, pointer, equals: '' }],
  })
  const first = correct(3, { replaces: ['place'] })
  const second = correct(4, { replaces: ['person'] })
  assert.equal(await stateOf([first], HELD), 'attested')
  assert.equal(await stateOf([first], from(3, 'place', '/cell', '1-01')), 'proven')
  assert.equal(await stateOf([first], from(2, 'act', '/at', '2026-11-20T10:00Z')), 'proven')
  assert.equal(await stateOf([first, second], HELD), 'proven')
  assert.equal(await stateOf([first, second], from(3, 'place', '/cell', '1-01')), 'attested')
  assert.equal(await stateOf([first, second], from(2, 'person', '/nth', 2)), 'proven')
  const withdrawn = custodyEntry(4, 'entry.withdraw', { act: { entry: idOf(first), reason: 'x' } })
  assert.equal(await stateOf([first, withdrawn], HELD), 'proven')
  assert.equal(await stateOf([first, withdrawn], from(3, 'place', '/cell', '1-01')), 'attested')
  const gone = custodyEntry(4, 'entry.withdraw', { act: { entry: idOf(move), reason: 'x' } })
  assert.equal(await stateOf([first, gone], from(3, 'place', '/cell', '1-01')), 'attested')
})

test('signatures: both algorithms, by the keys that the return names', async () => {
  const file = JSON.parse(findText(good()) ?? '') as { return: Json; signatures: Json[] }
  const written = (signatures: Json[]) => utf8(`${jcs({ return: file.return, signatures })}\n`)
  assert.equal((await check(written(file.signatures))).verdict, 'verified')
  for (const signatures of [
    [],
    file.signatures.slice(0, 1),
    file.signatures.slice(1),
    [...file.signatures, ...file.signatures],
  ]) {
    await assertBroken(written(signatures), 'signature')
  }
})

test('the command: exit 0, 2 and 1, the verdict first, both languages, no control characters of the file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'verify-'))
  try {
    const [file, spoiled, odd, trust, nobody] = ['a', 'b', 'c', 'd', 'e'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
      string,
      string,
    ]
    await writeFile(file, good())
    const changed = good()
    changed[900] = changed[900] === 0x30 ? 0x31 : 0x30
    await writeFile(spoiled, changed)
    const says = { en: '\u001b[2Jverified \u202e', es: '' }
    await writeFile(odd, makeReturn(smallLog(), [{ ...ATTESTED, says }], 2))
    await writeFile(trust, policyOf())
    await writeFile(nobody, policyOf({ logs: [] }))
    const result = await verifyCommand(file, trust)
    assert.equal(result.exitCode, 0)
    assert.match(result.text, /^VERIFIED[\s\S]*PROVEN[\s\S]*cell 3-14 \[entries 2\][\s\S]*ATTESTED/)
    assert.match((await verifyCommand(file, trust, 'es')).text, /^VERIFICADO[\s\S]*celda 3-14/)
    const unknown = await verifyCommand(file, nobody)
    assert.equal(unknown.exitCode, 2)
    assert.match(unknown.text, /^UNKNOWN KEY/)
    const broken = await verifyCommand(spoiled, trust)
    assert.equal(broken.exitCode, 1)
    assert.match(broken.text, /^BROKEN/)
    assert.doesNotMatch(broken.text, /3-14/)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that there is none is the point
    assert.doesNotMatch((await verifyCommand(odd, trust)).text, /[\u001b\u202e]/)
    assert.equal((await verifyCommand(join(folder, 'none'), trust)).exitCode, 1)
    assert.equal((await verifyCommand(file, file)).json.kind, 'unreadable')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
