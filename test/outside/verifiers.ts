// What others wrote and we did not, held against what we make. Each says what it needs; where that is missing it is
// skipped by name, never in silence. `npm run outside` runs them; `npm test` does too.
import assert from 'node:assert/strict'
import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, sign, verify } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ml_dsa44 } from '@noble/post-quantum/ml-dsa.js'
import { SDJwtInstance } from '@sd-jwt/core'
import { base64url, utf8 } from '../../src/kernel/bytes.ts'
import type { Checker } from '../../src/kernel/hash.ts'
import { makeWitnessPost } from '../../src/platform/witness-http.ts'
import { formatCheckpoint } from '../../src/record/checkpoint.ts'
import { nodeChecker, rawPublicKey, sha256, verifySignature } from '../../src/record/node-crypto.ts'
import {
  formatNote,
  formatSignatureLine,
  makeVerifierKey,
  openCheckpoint,
  parseVerifierKey,
} from '../../src/record/note.ts'
import { consistencyProofOf, leafHash, rootOf } from '../../src/record/tree.ts'
import { formatAddCheckpoint } from '../../src/record/witness-protocol.ts'
import { serveWitness } from '../../src/witness/serve.ts'
import { openWitness } from '../../src/witness/witness.ts'
import { makeFixtureLog } from './fixture-log.ts'
import { findGo, freePort, runGo, runProgram, startServer } from './programs.ts'

export type OutsideVerifier = {
  readonly name: string
  /** How to install what it needs. */
  readonly needs: string
  isPresent(): Promise<boolean>
  /** Checks in an empty folder of mode 0700 and tells what it checked. Throws where the outsider disagrees. */
  run(folder: string): Promise<string[]>
}

const tlog = 'tlog.go'
const sigsumClient = 'client.go'

const goTlog: OutsideVerifier = {
  name: 'Go checksum database packages (golang.org/x/mod/sumdb: note, tlog)',
  needs: 'Debian: apt install golang-go golang-golang-x-mod-dev',
  isPresent: async () => (await findGo(tlog)) !== undefined,
  async run(folder) {
    const go = (await findGo(tlog)) as string
    const log = await makeFixtureLog(folder)
    const check = () => runGo(go, tlog, [folder])
    const clean = await check()
    assert.equal(clean.status, 0, clean.words)
    const lines = [clean.words]

    // An outsider that finds nothing wrong with a wrong log would prove nothing.
    const spoil = async (path: string, place: number, finding: RegExp) => {
      const file = join(folder, path)
      const whole = await readFile(file)
      const spoilt = Buffer.from(whole)
      spoilt[place] = (spoilt[place] ?? 0) ^ 1
      await writeFile(file, spoilt)
      const found = await check()
      await writeFile(file, whole)
      assert.equal(found.status, 1, `${path} was changed and it saw nothing`)
      assert.match(found.words, finding)
      lines.push(`one bit of ${path} changed: ${finding.exec(found.words)?.[0]}`)
    }
    await spoil('tile/entries/001', 40, /bad the entries give another root than the checkpoint of size 511/)
    await spoil('tile/entries/000.p/3', 40, /bad entry 0 differs in tile\/entries\/000\.p\/3/)
    await spoil('tile/1/000', 5, /bad tile tile\/1\/000 differs/)
    await spoil('checkpoints/4096', log.origin.length + 2, /bad checkpoint 4096: .*/)
    return lines
  },
}

/** The only origin that sigsum's programs serve. */
const sigsumOrigin = (ed25519: Uint8Array) => `sigsum.org/v1/tree/${hash('sha256', ed25519)}`

const sigsumWitness: OutsideVerifier = {
  name: 'a witness written by others (sigsum-witness)',
  needs: 'Debian: apt install sigsum-go (bookworm: from bookworm-backports)',
  isPresent: async () => (await runProgram('sigsum-witness', ['--version'])) !== undefined,
  async run(folder) {
    const log = await makeFixtureLog(folder, { sizes: [1, 10, 200, 300], originFor: sigsumOrigin })
    const at = (name: string) => join(folder, name)
    const key = async (...args: string[]) => {
      const ended = await runProgram('sigsum-key', args)
      assert.ok(ended?.status === 0, ended?.words ?? 'sigsum-key is missing')
      return ended.words
    }
    await key('from-vkey', '-k', at('log.vkey'), '-o', at('log.pub'))
    await key('generate', '-o', at('witness'))
    const name = `sigsum.org/v1/witness/${await key('to-hash', '-k', at('witness.pub'))}`
    const vkey = parseVerifierKey(
      sha256,
      await key('to-vkey', '-k', at('witness.pub'), '-n', name, '-t', 'cosignature/v1'),
    )
    assert.ok(vkey.ok, 'its key reads as a key of ours')

    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    const start = () =>
      startServer(
        'sigsum-witness',
        ['-k', at('witness'), `--log-key=${at('log.pub')}`, `--state-file=${at('state')}`, `127.0.0.1:${port}`],
        url,
        // Debian 12's build answers 404 to everything without it.
        { GODEBUG: 'httpmuxgo121=0' },
      )
    const post = makeWitnessPost()
    const ask = async (
      oldSize: number,
      size: number,
      note = log.notes.get(size) ?? '',
      proof?: readonly Uint8Array[],
    ) => {
      const body = formatAddCheckpoint({ oldSize, proof: proof ?? (await log.proof(oldSize, size)), checkpoint: note })
      const answer = await post(`${url}/add-checkpoint`, body)
      if (answer.status !== 200) return `${answer.status} ${answer.body.trim()}`
      const opened = await openCheckpoint(nodeChecker, note + answer.body, [vkey.value])
      assert.ok(opened.ok && opened.value.signedBy.length === 1, 'its cosignature verifies with our code')
      return '200'
    }
    const lines: string[] = []
    const expect = async (what: string, answer: Promise<string>, expected: RegExp) => {
      const given = await answer
      assert.match(given, expected, what)
      lines.push(`${what}: ${given.split('\n')[0]}`)
    }
    let witness = await start()
    try {
      await expect('first head, size 10', ask(0, 10), /^200$/)
      await expect('grown to 200', ask(10, 200), /^200$/)
      await expect('rollback to 10', ask(0, 10, log.notes.get(10), []), /^409 200$/)
      const forged = await forge(
        folder,
        log.origin,
        log.entries.map(({ envelope }) => envelope),
        300,
      )
      await expect(
        'entry 3 rewritten with the log’s own key, grown to 300',
        ask(200, 300, forged.note, forged.proof(200)),
        /^422/,
      )
      witness.kill('SIGKILL')
      witness = await start()
      await expect('after kill -9 of the witness, 300 from 0', ask(0, 300, log.notes.get(300), []), /^409 200$/)
      await expect('300 from the size that it named', ask(200, 300), /^200$/)
    } finally {
      witness.kill('SIGKILL')
    }
    return lines
  },
}

/** What a thief of the log's key can do, and the signer never would: sign a tree in which entry 3 is another. */
async function forge(folder: string, origin: string, envelopes: readonly Buffer[], size: number) {
  const leaves = envelopes.slice(0, size).map((envelope, at) => leafHash(sha256, at === 3 ? utf8('another') : envelope))
  const text = formatCheckpoint({ origin, size, root: rootOf(sha256, leaves) })
  const privateKey = createPrivateKey(await readFile(join(folder, 'secrets', 'log-ed25519.pem')))
  const key = makeVerifierKey(sha256, origin, 'note', rawPublicKey(createPublicKey(privateKey)))
  return {
    note: formatNote(text, [formatSignatureLine(key, sign(null, utf8(text), privateKey))]),
    proof: (oldSize: number) => consistencyProofOf(sha256, leaves, { start: 0, end: oldSize }),
  }
}

const sigsumLog: OutsideVerifier = {
  name: 'a log written by others against habeas-witness (sigsum-go: client, merkle, checkpoint)',
  needs:
    'Debian: apt install golang-go golang-sigsum-sigsum-go-dev golang-golang-x-net-dev golang-golang-x-text-dev (bookworm: golang-1.23-go and the second from bookworm-backports)',
  isPresent: async () => (await findGo(sigsumClient)) !== undefined,
  async run(folder) {
    const go = (await findGo(sigsumClient)) as string
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const raw = rawPublicKey(publicKey)
    const witness = await openWitness({
      folder,
      name: 'witness.example/outside',
      logs: [makeVerifierKey(sha256, sigsumOrigin(raw), 'note', raw)],
    })
    const server = await serveWitness(witness, { host: '127.0.0.1', port: 0 })
    try {
      const seed = Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url').toString('hex')
      const ed25519 = witness.keys.find(({ type }) => type === 'cosignature')
      const ended = await runGo(go, sigsumClient, [server.url, seed, ed25519?.publicKey.toHex() ?? ''])
      assert.equal(ended.status, 0, ended.words)
      return ended.words.split('\n')
    } finally {
      await server.close()
      await witness.close()
    }
  },
}

const noble: OutsideVerifier = {
  name: 'ML-DSA-44 written by others (@noble/post-quantum)',
  needs: 'npm ci',
  isPresent: async () => true,
  async run(folder) {
    const log = await makeFixtureLog(join(folder, 'log'), { sizes: [1, 10, 300] })
    const witness = await openWitness({ folder: join(folder, 'w'), name: 'witness.example/outside', logs: log.keys })
    const keys = [...log.keys, ...witness.keys]
    // Ed25519 by OpenSSL as always; ML-DSA-44 by a program that shares no line with it.
    const checker: Checker = {
      sha256,
      verifySignature: (algorithm, publicKey, message, signature) =>
        algorithm === 'ml-dsa-44'
          ? ml_dsa44.verify(signature, message, publicKey)
          : verifySignature(algorithm, publicKey, message, signature),
    }
    const lines: string[] = []
    let oldSize = 0
    for (const [size, note] of log.notes) {
      const request = formatAddCheckpoint({ oldSize, proof: await log.proof(oldSize, size), checkpoint: note })
      const cosigned = note + (await witness.addCheckpoint(request)).body
      const opened = await openCheckpoint(checker, cosigned, keys)
      assert.ok(opened.ok, JSON.stringify(opened))
      assert.deepEqual(
        opened.value.signedBy.map(({ key }) => key.type),
        ['note', 'subtree', 'cosignature', 'subtree'],
      )
      const other = cosigned.replace(`\n${size}\n`, `\n${size + 1}\n`)
      assert.ok(
        !(
          await openCheckpoint(
            checker,
            other,
            keys.filter(({ type }) => type === 'subtree'),
          )
        ).ok,
      )
      lines.push(`size ${size}: the log’s line and the witness’s verify; with another size neither does`)
      oldSize = size
    }
    await witness.close()
    return lines
  },
}

const sdJwt: OutsideVerifier = {
  name: 'SD-JWT written by others (@sd-jwt/core)',
  needs: 'npm ci',
  isPresent: async () => true,
  async run(folder) {
    const { entries } = await makeFixtureLog(folder, { sizes: [3] })
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const outside = new SDJwtInstance({
      hasher: (data: string | ArrayBuffer) =>
        new Uint8Array(hash('sha256', typeof data === 'string' ? data : Buffer.from(data), 'buffer')),
      verifier: async (data: string, signature: string) =>
        verify(null, Buffer.from(data), publicKey, Buffer.from(signature, 'base64url')),
    })
    const open = async (envelope: Buffer, disclosures: readonly string[]) => {
      const signed = `${base64url(utf8('{"alg":"EdDSA","typ":"sd-jwt"}'))}.${base64url(envelope)}`
      const jwt = `${signed}.${base64url(sign(null, utf8(signed), privateKey))}`
      return (await outside.verify(`${[jwt, ...disclosures].join('~')}~`)).payload as Record<string, unknown>
    }
    let sections = 0
    for (const { envelope, opened } of entries) {
      const texts = opened.map(({ json }) => base64url(utf8(json)))
      const all = await open(envelope, texts)
      for (const { section, value } of opened) assert.deepEqual(all[section], value)
      for (const [at, { section }] of opened.entries()) {
        const one = await open(envelope, [texts[at] as string])
        assert.deepEqual(
          opened.map((other) => other.section).filter((name) => name in one),
          [section],
          'one disclosure opens one section',
        )
        sections++
      }
      const others = entries.find((entry) => entry.envelope !== envelope)?.opened ?? []
      const foreign = await open(
        envelope,
        others.map(({ json }) => base64url(utf8(json))),
      ).catch(() => ({}))
      assert.ok(!opened.some(({ section }) => section in foreign), 'those of another entry open nothing')
    }
    return [
      `${entries.length} entries, ${sections} sections: each opens alone and with the others; another entry’s open none`,
    ]
  },
}

export const verifiers: readonly OutsideVerifier[] = [goTlog, sigsumWitness, sigsumLog, noble, sdJwt]
