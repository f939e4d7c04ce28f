import assert from 'node:assert/strict'
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { test } from 'node:test'
import { base64, uint64, utf8 } from '../kernel/bytes.ts'
import { formatCheckpoint, parseCheckpoint } from './checkpoint.ts'
import { nodeChecker, rawPublicKey, sha256 } from './node-crypto.ts'
import {
  formatNote,
  formatSignatureLine,
  formatVerifierKey,
  type KeyType,
  makeVerifierKey,
  openCheckpoint,
  parseNote,
  parseVerifierKey,
  signatureBody,
  signedMessage,
  type VerifierKey,
} from './note.ts'
import { formatPolicy, judgeCheckpoint, parsePolicy, policyKeys } from './policy.ts'
import { formatPromise, parsePromise } from './promise.ts'
import { formatTlogProof, parseTlogProof } from './proof.ts'

const CHECKPOINT = { origin: 'habeas.example/test', size: 20_852_163, root: sha256(utf8('root')) }
const TEXT = formatCheckpoint(CHECKPOINT)
const TIME = 1_679_315_147

type Signing = { key: VerifierKey; line: (text?: string) => string }

function makeSigning(name: string, type: KeyType): Signing {
  const pair: { publicKey: KeyObject; privateKey: KeyObject } =
    type === 'subtree' ? generateKeyPairSync('ml-dsa-44') : generateKeyPairSync('ed25519')
  const key = makeVerifierKey(sha256, name, type, rawPublicKey(pair.publicKey))
  const line = (text = TEXT) => {
    const message = signedMessage(key, CHECKPOINT, text, TIME)
    return formatSignatureLine(key, signatureBody(type, sign(null, message, pair.privateKey), TIME))
  }
  return { key, line }
}

const ed25519 = makeSigning(CHECKPOINT.origin, 'note')
const mlDsa = makeSigning(CHECKPOINT.origin, 'subtree')
const [inspectorate, bar, registry] = ['inspectorate', 'bar', 'registry'].map((name, at) =>
  makeSigning(`${name}.example`, at === 2 ? 'subtree' : 'cosignature'),
) as [Signing, Signing, Signing]

test('a key made by others reads: the example of Go’s sumdb/note has the id that we compute', () => {
  const vkey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
  const key = parseVerifierKey(sha256, vkey)
  assert.ok(key.ok)
  assert.equal(key.value.type, 'note')
  assert.equal(formatVerifierKey(key.value), vkey)
})

test('the ML-DSA-44 message is the cosigned_message of tlog-cosignature, byte for byte', () => {
  const message = signedMessage(mlDsa.key, CHECKPOINT, TEXT, TIME)
  const name = utf8(CHECKPOINT.origin)
  const expected = Buffer.concat([
    Buffer.from('subtree/v1\n\0'),
    Buffer.from([name.length]),
    name,
    uint64(TIME),
    Buffer.from([name.length]),
    name,
    Buffer.alloc(8),
    uint64(CHECKPOINT.size),
    CHECKPOINT.root,
  ])
  assert.equal(Buffer.from(message).toString('hex'), expected.toString('hex'))
  assert.equal(
    new TextDecoder().decode(signedMessage(inspectorate.key, CHECKPOINT, TEXT, TIME)),
    `cosignature/v1\ntime ${TIME}\n${TEXT}`,
  )
})

test('keys have one spelling, and an id that is theirs', () => {
  for (const { key } of [ed25519, mlDsa, inspectorate]) {
    const vkey = formatVerifierKey(key)
    const parsed = parseVerifierKey(sha256, vkey)
    assert.ok(parsed.ok)
    assert.equal(formatVerifierKey(parsed.value), vkey)
    assert.equal(parseVerifierKey(sha256, vkey.replace('habeas', 'habeaz').replace('inspec', 'inspek')).ok, false)
    assert.equal(parseVerifierKey(sha256, `${vkey}=`).ok, false)
    assert.equal(parseVerifierKey(sha256, vkey.replace('+', ' +')).ok, false)
  }
  assert.equal(parseVerifierKey(sha256, `a+00000000+${base64(Uint8Array.of(9, 1, 2))}`).ok, false)
})

test('a checkpoint opens under known keys; unknown lines are ignored, a bad line of a known key refuses it', async () => {
  const stranger = makeSigning('stranger.example', 'cosignature')
  const note = formatNote(
    TEXT,
    [ed25519, mlDsa, stranger, inspectorate].map(({ line }) => line()),
  )
  const opened = await openCheckpoint(nodeChecker, note, [ed25519.key, mlDsa.key, inspectorate.key])
  assert.ok(opened.ok)
  assert.deepEqual({ ...opened.value.checkpoint, root: undefined }, { ...CHECKPOINT, root: undefined })
  assert.deepEqual(
    opened.value.signedBy.map(({ key, timeSeconds }) => [key.type, timeSeconds]),
    [
      ['note', undefined],
      ['subtree', TIME],
      ['cosignature', TIME],
    ],
  )
  const none = await openCheckpoint(nodeChecker, note, [])
  assert.ok(none.ok)
  assert.deepEqual(none.value.signedBy, [])
  const changed = note.replace('20852163', '20852164')
  for (const { key } of [ed25519, mlDsa, inspectorate]) {
    assert.equal((await openCheckpoint(nodeChecker, changed, [key])).ok, false, key.type)
  }
  // The same key under another origin: its name does not match, so it is a stranger's.
  const elsewhere = makeVerifierKey(sha256, 'habeas.example/other', 'note', ed25519.key.publicKey)
  const foreign = await openCheckpoint(nodeChecker, note, [elsewhere])
  assert.ok(foreign.ok && foreign.value.signedBy.length === 0)
})

test('malformed notes and checkpoints are refused', () => {
  const line = ed25519.line()
  for (const note of [
    TEXT,
    `${TEXT}\n`,
    `${TEXT}${line}`,
    `${TEXT}\n${line.trimEnd()}`,
    `${TEXT}\n${line.replace('— ', '- ')}`,
    `${TEXT}\n${line.replace(' habeas', '  habeas')}`,
    `${TEXT}\n${line}\n`,
    `${TEXT.replace('\n', '\r\n')}\n${line}`,
    `${TEXT}\n${line.repeat(101)}`,
    `${TEXT}\n— name AAAA\n`,
  ]) {
    assert.equal(parseNote(note).ok, false, JSON.stringify(note.slice(0, 200)))
  }
  const [origin, size, root] = TEXT.split('\n') as [string, string, string]
  assert.ok(parseCheckpoint(TEXT).ok)
  for (const text of [
    `${origin}\n${size}\n${root}\nextension\n`,
    `${origin}\n0${size}\n${root}\n`,
    `${origin}\n+${size}\n${root}\n`,
    `${origin}\n9007199254740993\n${root}\n`,
    `${origin}\n${size}\n${root.slice(0, -1)}\n`,
    `${origin}\n${size}\n${base64(new Uint8Array(31))}\n`,
    `\n${size}\n${root}\n`,
    `a b\n${size}\n${root}\n`,
    `${'o'.repeat(256)}\n${size}\n${root}\n`,
    `${origin}\n${size}\n${root}`,
  ]) {
    assert.equal(parseCheckpoint(text).ok, false, JSON.stringify(text.slice(0, 80)))
  }
})

const policyLines = () => [
  `log ${formatVerifierKey(ed25519.key)}`,
  `log ${formatVerifierKey(mlDsa.key)} https://habeas.example/test`,
  `witness inspectorate ${formatVerifierKey(inspectorate.key)}`,
  `witness bar ${formatVerifierKey(bar.key)}`,
  `witness registry ${formatVerifierKey(registry.key)} https://registry.example`,
  'group independents 2 inspectorate bar registry',
  'quorum independents',
]

test('a policy reads, writes and judges: one of the logs, and the quorum', async () => {
  const text = `${policyLines().join('\n')}\n`
  const policy = parsePolicy(sha256, `# who we trust\n\n \t${text}`)
  assert.ok(policy.ok, policy.ok ? '' : policy.reason)
  assert.equal(formatPolicy(policy.value), text)
  const judge = async (...signers: Signing[]) => {
    const opened = await openCheckpoint(
      nodeChecker,
      formatNote(
        TEXT,
        signers.map(({ line }) => line()),
      ),
      policyKeys(policy.value),
    )
    assert.ok(opened.ok)
    const { logKeys, witnesses, isQuorumMet } = judgeCheckpoint(policy.value, opened.value)
    return [logKeys.length, witnesses.length, isQuorumMet]
  }
  assert.deepEqual(await judge(ed25519, mlDsa, inspectorate, registry), [2, 2, true])
  assert.deepEqual(await judge(ed25519, bar), [1, 1, false])
  assert.deepEqual(await judge(ed25519, bar, bar), [1, 1, false])
  assert.deepEqual(await judge(inspectorate, bar), [0, 2, true])
})

test('every set of witnesses against a nested group', async () => {
  const nested = parsePolicy(
    sha256,
    [
      ...policyLines().slice(0, 5),
      'group outside any bar registry',
      'group both all inspectorate outside',
      'quorum both',
      '',
    ].join('\n'),
  )
  assert.ok(nested.ok)
  for (let set = 0; set < 8; set++) {
    const present = [inspectorate, bar, registry].filter((_, at) => (set >> at) % 2 === 1)
    const opened = await openCheckpoint(
      nodeChecker,
      formatNote(
        TEXT,
        [ed25519, ...present].map(({ line }) => line()),
      ),
      policyKeys(nested.value),
    )
    assert.ok(opened.ok)
    const expected = present.includes(inspectorate) && (present.includes(bar) || present.includes(registry))
    assert.equal(judgeCheckpoint(nested.value, opened.value).isQuorumMet, expected, `set ${set}`)
  }
})

test('a policy that says two things, or nothing, is refused with its line', () => {
  const lines = policyLines()
  const spoilt: [string[], RegExp][] = [
    [lines.slice(0, 6), /no quorum/],
    [[...lines, 'quorum none'], /line 8: the quorum stands twice/],
    [[lines[0] as string, ...lines], /line 2: the key stands twice/],
    [lines.with(3, (lines[3] as string).replace('bar ', 'inspectorate ')), /line 4: the name is taken/],
    [lines.with(5, 'group independents 4 inspectorate bar registry'), /threshold/],
    [lines.with(5, 'group independents 0 inspectorate'), /threshold/],
    [lines.with(5, 'group independents 1 nobody'), /not defined/],
    [lines.with(5, 'group none any bar'), /taken/],
    [[...lines.slice(0, 6), 'group more any bar', 'quorum independents'], /belongs to a group/],
    [lines.with(2, `witness inspectorate ${formatVerifierKey(ed25519.key)}`), /for logs/],
    [lines.with(0, `log ${formatVerifierKey(inspectorate.key)}`), /for witnesses/],
    [lines.with(6, 'quorum nobody'), /not defined/],
    [lines.with(6, 'require independents'), /no known word/],
    [lines.with(6, 'quorum independents\r'), /control character/],
    [lines.with(0, 'log x'), /line 1/],
  ]
  for (const [text, reason] of spoilt) {
    const policy = parsePolicy(sha256, `${text.join('\n')}\n`)
    assert.match(policy.ok ? 'taken' : policy.reason, reason)
  }
  const none = parsePolicy(sha256, 'quorum none')
  assert.ok(none.ok)
})

test('promises and receipts read back, and nothing malformed does', () => {
  const promise = {
    origin: CHECKPOINT.origin,
    timeSeconds: TIME,
    delaySeconds: 10,
    leafHashes: [CHECKPOINT.root, CHECKPOINT.root],
  }
  const text = formatPromise(promise)
  assert.deepEqual(hexed(parsePromise(text)), hexed({ ok: true, value: promise }))
  for (const spoilt of [
    text.trimEnd(),
    text.replace('v1', 'v2'),
    text.replace('\n10\n', '\n010\n'),
    text.split('\n').slice(0, 4).join('\n').concat('\n'),
  ]) {
    assert.equal(parsePromise(spoilt).ok, false)
  }
  const receipt = {
    extra: utf8('{}'),
    index: 7,
    proof: [CHECKPOINT.root],
    checkpoint: formatNote(TEXT, [ed25519.line()]),
  }
  const written = formatTlogProof(receipt)
  assert.deepEqual(hexed(parseTlogProof(written)), hexed({ ok: true, value: receipt }))
  const { extra: _extra, ...bare } = receipt
  assert.deepEqual(hexed(parseTlogProof(formatTlogProof(bare))), hexed({ ok: true, value: bare }))
  const alone = formatTlogProof({ ...bare, proof: [] })
  assert.deepEqual(hexed(parseTlogProof(alone)), hexed({ ok: true, value: { ...bare, proof: [] } }))
  for (const spoilt of [
    written.replace('@v1', '@v2'),
    written.replace('index 7', 'index 07'),
    written.replace('extra ', 'extra  '),
  ]) {
    assert.equal(parseTlogProof(spoilt).ok, false)
  }
})

/** Bytes as hex, so that a Buffer and a Uint8Array compare. */
function hexed(value: object): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, part) => (ArrayBuffer.isView(part) ? (part as Uint8Array).toHex() : part)),
    (_, part) => (part?.type === 'Buffer' ? Buffer.from(part.data).toString('hex') : part),
  )
}
