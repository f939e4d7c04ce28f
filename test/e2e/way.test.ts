import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { sha256 } from '../../src/record/node-crypto.ts'
import { makeVerifierKey } from '../../src/record/note.ts'
import { formatPolicy } from '../../src/record/policy.ts'
import { ask, custodiesOf, newInstance, noteAbout } from './testing.ts'

const fixture = (name: string) => fileURLToPath(new URL(`../../src/intake/fixtures/${name}`, import.meta.url))
const PEOPLE = 300

type Imported = {
  read: number
  new: number
  same: number
  changed: number
  rejected: number
  registerNumbers: string[]
}

test('from an empty folder to a signed return that anyone can verify', async (t) => {
  const instance = await newInstance(t, PEOPLE)
  const server = await instance.start()
  const { ready, url } = server

  await t.test('the first start fills the facility and says who is held', () => {
    assert.equal(ready.held, PEOPLE)
    assert.equal(ready.filled?.people, PEOPLE)
    assert.equal(
      Object.values(ready.basis).reduce((sum, people) => sum + people),
      PEOPLE,
    )
    assert.equal(ready.try.length, 3)
  })

  const { token } = await instance.json<{ token: string }>(['token', 'create', '--role', 'registrar'])

  await t.test('a roster is imported into the running instance; twice changes nothing', async () => {
    const args = ['import', fixture('DOC_Inmates_InCustody_Daily_20260101.csv'), '--profile', 'nyc-doc']
    const first = await instance.json<Imported>(args)
    assert.equal(first.read, first.new + first.same + first.changed + first.rejected)
    assert.ok(first.new > 0)
    const again = await instance.json<Imported>(args)
    assert.deepEqual([again.new, again.changed], [0, 0])
    const { body } = await ask(url, token, '/api/roll')
    assert.equal((body as { held: number }).held, PEOPLE + first.new)
  })

  await t.test('two starts on one folder: the second says who runs, and ends with 5', async () => {
    const { code, stderr } = await instance.run(['start'])
    assert.equal(code, 5)
    assert.match(stderr, /already runs/)
    assert.ok(stderr.includes(url))
  })

  await t.test('a return: verified, broken by one byte, of an unknown key under another policy', async () => {
    const [number] = ready.try.map(({ registerNumber }) => registerNumber)
    const answered = await instance.json<{ file: string; held: boolean }>([
      'return',
      number as string,
      '--out',
      'writ.json',
    ])
    assert.equal(answered.held, true)
    const verify = (file: string, policy: string) => instance.run(['verify', file, '--trust', policy])
    const verified = await verify('writ.json', instance.policy)
    assert.equal(verified.code, 0, verified.stdout)
    assert.match(verified.stdout, /^VERIFIED/)
    assert.match(verified.stdout, /PROVEN/)

    const bytes = await readFile(instance.path('writ.json'))
    const at = bytes.indexOf('"statements"') + 60
    bytes[at] = (bytes[at] as number) ^ 1
    await writeFile(instance.path('forged.json'), bytes)
    assert.equal((await verify('forged.json', instance.policy)).code, 1)

    await writeFile(instance.path('other.policy'), otherPolicy())
    const unknown = await verify('writ.json', instance.path('other.policy'))
    assert.equal(unknown.code, 2)
    assert.match(unknown.stdout, /^UNKNOWN KEY/)
  })

  await t.test(
    'nobody so called is held: attested, signed, verified; a name never stands in a command line',
    async () => {
      await writeFile(instance.path('writ.txt'), 'Nadie Inexistente Ejemplar\nDUI-00000000-X\n')
      const { file } = await instance.json<{ file: string }>(['return', '--not-held', 'writ.txt'])
      const { code, stdout } = await instance.run(['verify', file, '--trust', instance.policy])
      assert.equal(code, 0, stdout)
      assert.match(stdout, /ATTESTED/)
    },
  )

  await t.test('a refusal is said in the language of the terminal, with its remedy, and ends with 3', async () => {
    const refused = await instance.run(['return', 'TEC-99-999999'], { LANG: 'es_SV.UTF-8' })
    assert.equal(refused.code, 3)
    assert.match(refused.stderr, /No existe/)
  })

  await t.test('an act over HTTP, its receipt, verified offline', async () => {
    const [custody] = await custodiesOf(url, token, 1)
    const sent = await ask(url, token, '/api/acts/note.add', noteAbout(custody as string, 'Asked for a lawyer.'))
    assert.equal(sent.status, 201, JSON.stringify(sent.body))
    const { entry } = sent.body as { entry: string }
    let receipt = await ask(url, token, `/api/entries/${entry}/receipt`)
    for (let tries = 0; receipt.status !== 200 && tries < 100; tries++) {
      await sleep(100)
      receipt = await ask(url, token, `/api/entries/${entry}/receipt`)
    }
    assert.equal(receipt.status, 200)
    await writeFile(instance.path('note.tlog-proof'), receipt.body as string)
    const { code, stdout } = await instance.run(['verify', 'note.tlog-proof', '--trust', instance.policy])
    assert.equal(code, 0, stdout)
    const opened = await ask(url, token, `/api/entries/${entry}`)
    assert.equal((opened.body as { sections: { act: { text: string } } }).sections.act.text, 'Asked for a lawyer.')
  })

  await t.test('an entry is handed out for a reader: by command and over HTTP, as receipt and as SD-JWT', async () => {
    const [custody] = await custodiesOf(url, token, 1)
    const sent = await ask(url, token, '/api/acts/note.add', noteAbout(custody as string, 'Asked for a book.'))
    const { entry, act } = sent.body as { entry: string; act: string }
    for (const key of ['promise-key', 'custodian-key']) assert.equal((await instance.run(['receipt', key])).code, 0)
    const verify = async (file: string) => {
      const keys = ['--promise-key', 'promise-key.tlog-proof', '--custodian-key', 'custodian-key.tlog-proof']
      const { code, stdout } = await instance.run(['verify', file, '--trust', instance.policy, ...keys, '--json'])
      assert.equal(code, 0, stdout)
      return JSON.parse(stdout.trim().split('\n').at(-1) as string) as { sections: object; promise?: string }
    }
    const handOut = async (...args: string[]) =>
      verify((await instance.json<{ files: { file: string }[] }>(['receipt', ...args])).files[0]?.file as string)
    const family = await handOut(act, '--as', 'family')
    assert.deepEqual([Object.keys(family.sections), family.promise], [['person'], 'verified'])
    assert.deepEqual((await handOut(entry)).sections, {})
    assert.deepEqual(Object.keys((await handOut(entry, '--as', 'counsel', '--sd-jwt')).sections), ['person'])
    assert.equal((await instance.run(['receipt', entry, '--as', 'family', '--sections', 'act'])).code, 3)

    const path = `/api/entries/${entry}/receipt`
    for (const form of ['tlog-proof', 'sd-jwt']) {
      const { status, body } = await ask(url, token, path, JSON.stringify({ audience: 'court', form }))
      assert.equal(status, 200)
      await writeFile(instance.path(`by-http.${form}`), body as string)
      assert.ok('act' in (await verify(`by-http.${form}`)).sections)
    }
    assert.equal((await ask(url, token, path, JSON.stringify({ audience: 'family', sections: ['act'] }))).status, 403)
  })

  await t.test('a return over HTTP is the same signed file; a court gets its own alone', async () => {
    const court = (await instance.json<{ token: string }>(['token', 'create', '--role', 'court'])).token
    const [custody] = await custodiesOf(url, token, 1)
    const { body } = await ask(url, token, `/api/custodies/${custody}`)
    const number = (body as { registerNumber: string }).registerNumber
    const answer = await fetch(`${url}/api/returns/${number}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${court}`, 'content-type': 'application/json' },
      body: '{}',
    })
    assert.equal(answer.status, 200)
    await writeFile(instance.path('by-http.json'), Buffer.from(await answer.arrayBuffer()))
    const { code, stdout } = await instance.run(['verify', 'by-http.json', '--trust', instance.policy])
    assert.equal(code, 0, stdout)
    const other = await ask(url, court, `/api/returns/${number}`, JSON.stringify({ audience: 'oversight' }))
    assert.equal(other.status, 403)
  })

  await t.test('the record and the registers hold together, joined', async () => {
    assert.equal((await instance.run(['audit'])).code, 0)
    assert.equal((await instance.run(['replay'])).code, 0)
  })

  await t.test('stopped in order, it starts again as it was', async () => {
    assert.equal((await server.stop('SIGTERM')).code, 0)
    const second = await instance.start()
    assert.equal(second.ready.filled, undefined)
    assert.ok(second.ready.held > PEOPLE)
    assert.equal((await second.stop('SIGINT')).code, 0)
  })

  await t.test('a command without a server starts what it needs and ends it', async () => {
    const { code } = await instance.run(['token', 'list'])
    assert.equal(code, 0)
    await assert.rejects(instance.postmaster(), { code: 'ENOENT' })
  })
})

test('a first start that was killed goes on where it was', async (t) => {
  const people = 1_500
  const instance = await newInstance(t, people)
  const { child, ended } = instance.spawn(['start', '--no-serve', '--json'])
  for (let tries = 0; ; tries++) {
    await sleep(50)
    assert.ok(tries < 2_000, 'no batch was entered')
    if ((await entriesSoFar(instance)) > 2_500) break
  }
  child.kill('SIGKILL')
  await ended
  const { code, stdout } = await instance.run(['start', '--no-serve', '--json'])
  assert.equal(code, 0)
  const ready = JSON.parse(stdout) as { held: number; filled: { entries: number } }
  assert.equal(ready.held, people)
  assert.ok(ready.filled.entries < people * 4, 'the first batches were entered twice or looked at again')
  assert.equal((await instance.run(['replay'])).code, 0)
  assert.equal((await instance.run(['audit'])).code, 0)
})

async function entriesSoFar(instance: Awaited<ReturnType<typeof newInstance>>): Promise<number> {
  try {
    const database = await instance.database()
    try {
      const [row] = await database.rows<{ n: number }>('select count(*)::integer as n from leaf')
      return row?.n ?? 0
    } finally {
      await database.close()
    }
  } catch {
    // Not yet there: the server, or the table.
    return 0
  }
}

/** A policy that trusts some other log. */
function otherPolicy(): string {
  const { publicKey } = generateKeyPairSync('ed25519')
  const bytes = Buffer.from(publicKey.export({ format: 'jwk' }).x as string, 'base64url')
  const key = makeVerifierKey(sha256, 'habeas.example/elsewhere', 'note', bytes)
  return formatPolicy({ logs: [{ key }], witnesses: [], groups: [], quorum: 'none' })
}
