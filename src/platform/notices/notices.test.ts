import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, type TestContext, test } from 'node:test'
import { SMTPServer } from 'smtp-server'
import { derivedId, randomId } from '../../kernel/ids.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { replay } from '../../record/replay.ts'
import { makeAct, openTestRecord } from '../../record/testing.ts'
import type { Database } from '../database.ts'
import { createLog } from '../logs.ts'
import { freshDatabase } from '../testing.ts'
import { agreeAddress, proposeAddress } from './acts.ts'
import { isAddress, type Recipient, recipientOf } from './address.ts'
import { makeChannels, signatureOf } from './channels.ts'
import { findUndelivered, Outbox } from './outbox.ts'
import { room } from './room.ts'

const director: Recipient = { role: 'director', channel: 'mail', address: 'night@prison.example' }
const key = Buffer.alloc(32, 7)

/** A mail server on loopback; `answers` says what it does with each message in turn, then takes all. */
async function mailServer(t: Pick<TestContext, 'after'>, answers: readonly number[] = []) {
  const left = [...answers]
  const mails: { to: string[]; text: string }[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const code = left.shift()
        if (code !== undefined) return done(Object.assign(new Error('not now'), { responseCode: code }))
        mails.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          text: Buffer.concat(chunks).toString('utf8'),
        })
        done()
      })
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  const close = () => new Promise<void>((resolve) => void server.close(() => resolve()))
  t.after(close)
  return { url: `smtp://127.0.0.1:${port}`, mails, close }
}

type WorldOptions = { smtpUrl?: string; configured?: readonly Recipient[] }

async function makeWorld(t: TestContext, { smtpUrl, configured = [director] }: WorldOptions) {
  const database = await freshDatabase(t)
  let now = Temporal.Instant.from('2026-03-01T00:00:00Z')
  const clock = { now: () => now }
  const { record, runner } = openTestRecord(database, [room], { clock })
  const log = createLog('silent', process.stderr)
  const through = (url: string | undefined) => {
    const send = makeChannels({
      smtpUrl: url,
      sender: 'habeas@prison.example',
      webhookKey: key,
      consoleUrl: 'https://console.example',
      now: clock.now,
      timeoutMs: 2_000,
    })
    t.after(() => send.close())
    return new Outbox({ database, runner, clock, log, send, configured })
  }
  const outbox = through(smtpUrl)
  t.after(async () => assert.deepEqual((await replay(record, database)).differences, []))
  const later = (minutes: number) => {
    now = now.add({ minutes })
  }
  return { database, runner, outbox, through, later }
}

async function openFindings(database: Database, rule: string, many = 1, severity = 'S1'): Promise<string[]> {
  const ids = Array.from({ length: many }, () => randomId())
  await database.rows(
    `insert into finding_of_facility (finding, rule, severity, state, facility, span, open_evidence, entry_n)
     select f, $2, $3, 'fail', 'TEC', '[2026-03-01,)', '{}', 1 from unnest($1::uuid[]) f`,
    [ids, rule, severity],
  )
  return ids
}

const deliveries = (database: Database) =>
  database.rows<{ outcome: string; attempts: number; role: string }>(
    'select outcome, attempts, role from notice_delivery order by entry_n',
  )

describe('notices by mail', () => {
  test('many findings are one message, told once, without a name; the delivery stands in the record', async (t) => {
    const mail = await mailServer(t)
    const { database, outbox } = await makeWorld(t, { smtpUrl: mail.url })
    const findings = await openFindings(database, 'LAW-02', 30)
    await openFindings(database, 'REG-02', 5, 'S2')
    assert.equal(await outbox.tick(), 1)
    assert.equal(await outbox.tick(), 0)
    const [message] = mail.mails
    assert.deepEqual(message?.to, [director.address])
    const text = message?.text ?? ''
    assert.match(text, /LAW-02: 30/)
    assert.doesNotMatch(text, /REG-02/, 'what is not S1 waits for the console')
    assert.equal(findings.filter((id) => text.includes(id)).length, 20)
    assert.match(text, /https:\/\/console\.example\/findings/)
    assert.deepEqual(await deliveries(database), [{ outcome: 'delivered', attempts: 1, role: 'director' }])
    const entries = await database.rows<{ envelope: Buffer }>('select envelope from entry')
    assert.ok(entries.every(({ envelope }) => !envelope.includes('night@')))

    await openFindings(database, 'sync-refused', 1, 'S2')
    assert.equal(await outbox.tick(), 1, 'what the product cannot do is told whatever its severity')
  })

  test('refused for a while, then taken: tried again, later each time', async (t) => {
    const mail = await mailServer(t, [451, 421])
    const { database, outbox, later } = await makeWorld(t, { smtpUrl: mail.url })
    await openFindings(database, 'LAW-02')
    assert.equal(await outbox.tick(), 0)
    const [row] = await database.rows<{ failure: string }>('select failure from notice')
    assert.equal(row?.failure, 'smtp-451')
    assert.equal(await outbox.tick(), 0, 'not before its time')
    later(1)
    assert.equal(await outbox.tick(), 0)
    later(2)
    assert.equal(await outbox.tick(), 1)
    assert.equal(mail.mails.length, 1)
    assert.deepEqual(await deliveries(database), [{ outcome: 'delivered', attempts: 3, role: 'director' }])
  })

  test('down for an hour: stands in the record once, is one finding a recipient, and goes when the server is back', async (t) => {
    const mail = await mailServer(t)
    await mail.close()
    const world = await makeWorld(t, { smtpUrl: mail.url })
    const { database, outbox, later } = world
    await openFindings(database, 'LAW-02')
    for (let minutes = 0; minutes <= 60; minutes += 10) {
      assert.equal(await outbox.tick(), 0)
      later(10)
    }
    await outbox.tick()
    const undelivered = await deliveries(database)
    assert.deepEqual(
      undelivered.map(({ outcome, role }) => [outcome, role]),
      [['undelivered', 'director']],
    )
    const found = await findUndelivered(database)
    assert.deepEqual(
      found.map(({ recipient }) => recipient),
      ['director-mail'],
    )
    await openFindings(database, 'notice-undelivered')
    later(70)
    await outbox.tick()
    later(70)
    await outbox.tick()
    assert.equal((await findUndelivered(database)).length, 1, 'its own notice, late too, makes no second one')

    const back = await mailServer(t)
    await world.through(back.url).tick()
    later(70)
    await world.through(back.url).tick()
    assert.equal(back.mails.length, 2)
    assert.deepEqual(await findUndelivered(database), [])
  })

  test('without a mail server nothing is lost: it waits and says why', async (t) => {
    const { database, outbox } = await makeWorld(t, {})
    await openFindings(database, 'LAW-02')
    assert.equal(await outbox.tick(), 0)
    const [row] = await database.rows<{ failure: string }>('select failure from notice')
    assert.equal(row?.failure, 'no-mail-server')
  })

  test('two processes at once: each notice is made once and sent by one', async (t) => {
    const mail = await mailServer(t)
    const { database, outbox, through } = await makeWorld(t, { smtpUrl: mail.url })
    await openFindings(database, 'LAW-02', 3)
    const other = through(mail.url)
    await Promise.all([outbox.tick(), other.tick()])
    await outbox.tick()
    assert.equal(mail.mails.length, 1)
  })
})

describe('notices by webhook', () => {
  test('signed over time and body; refused until it answers 2xx; a redirect is not followed', async (t) => {
    const answers = [500, 302, 204]
    const got: { body: string; signature: string }[] = []
    const server = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk) => {
        body += chunk
      })
      request.on('end', () => {
        got.push({ body, signature: String(request.headers['habeas-signature']) })
        response.writeHead(answers[got.length - 1] ?? 204, { location: '/elsewhere' }).end()
      })
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    t.after(() => server.close())
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
    const { database, outbox, later } = await makeWorld(t, {
      configured: [{ role: 'director', channel: 'webhook', address }],
    })
    const [finding] = await openFindings(database, 'LAW-02')
    assert.equal(await outbox.tick(), 0)
    later(1)
    assert.equal(await outbox.tick(), 0)
    later(2)
    assert.equal(await outbox.tick(), 1)
    assert.equal(got.length, 3)
    for (const { body, signature } of got) {
      const [, seconds, hex] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature) ?? []
      assert.equal(hex, signatureOf(key, Number(seconds), body))
    }
    assert.deepEqual(JSON.parse(got[2]?.body ?? '').findings, [finding])
  })
})

describe('where oversight is reached', () => {
  const [administrator, oversight] = ['administrator', 'oversight'].map((role) => ({
    officer: derivedId('officer', role),
    role,
  })) as [{ officer: string; role: string }, { officer: string; role: string }]

  test('changes when an officer of oversight agrees, and not before', async (t) => {
    const { runner, outbox } = await makeWorld(t, { configured: [] })
    const propose = async (address: string) => {
      const receipt = await runner.submit(
        makeAct(proposeAddress, { act: { role: 'oversight', channel: 'mail', address } }, { actor: administrator }),
      )
      assert.ok(!isRefusal(receipt))
      return receipt.entry
    }
    const agree = (proposal: string, actor = oversight) =>
      runner.submit(makeAct(agreeAddress, { act: { proposal } }, { actor }))
    const first = await propose('inspector@oversight.example')
    assert.deepEqual(await outbox.recipients(), [])
    assert.ok(!isRefusal(await agree(first)))
    await propose('inspector@prison.example')
    const reached = await outbox.recipients()
    assert.deepEqual(reached, [{ role: 'oversight', channel: 'mail', address: 'inspector@oversight.example' }])

    const own = await agree(first, { ...administrator, role: 'oversight' })
    assert.ok(isRefusal(own) && own.code === 'another-must-confirm')
    const nobody = await agree(randomId())
    assert.ok(isRefusal(nobody) && nobody.code === 'proposal-unknown')
    const bad = await runner.submit(
      makeAct(proposeAddress, { act: { role: 'oversight', channel: 'mail', address: 'a@b\nBcc: c@d' } }),
    )
    assert.ok(isRefusal(bad) && bad.code === 'no-address')
  })

  test('is not a matter of the configuration', async (t) => {
    const { outbox } = await makeWorld(t, { configured: [{ ...director, role: 'oversight' }] })
    assert.deepEqual(await outbox.recipients(), [])
  })

  test('addresses: one mailbox; webhooks over TLS, plain only to this machine', () => {
    assert.ok(isAddress('mail', 'a.b+c@example.org'))
    for (const bad of ['a@b,c@d', 'a', '<a@b>', 'a@b c', 'a@b\r\nX: y']) assert.ok(!isAddress('mail', bad), bad)
    assert.ok(isAddress('webhook', 'https://example.org/hook') && isAddress('webhook', 'http://127.0.0.1:9/hook'))
    for (const bad of ['http://example.org/', 'https://u:p@example.org/', 'file:///etc/passwd'])
      assert.ok(!isAddress('webhook', bad), bad)
    assert.deepEqual(recipientOf('director=https://x.example/?a=b'), {
      role: 'director',
      channel: 'webhook',
      address: 'https://x.example/?a=b',
    })
  })
})
