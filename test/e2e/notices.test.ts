// Notices as people set them up: by configuration for the facility, by two officers for oversight.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { SMTPServer } from 'smtp-server'
import { timeId } from '../../src/kernel/ids.ts'
import { ask, filledInstance } from './testing.ts'

const now = () => ({ at: Temporal.Now.instant().toString(), precision: 'second', zone: 'UTC' })

test('what is open and S1 reaches the director at once, oversight once two officers have said where', async (t) => {
  const mails: { to: string | undefined; text: string }[] = []
  const mail = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      let text = ''
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString('utf8')
      })
      stream.on('end', () => {
        mails.push({ to: session.envelope.rcptTo[0]?.address, text })
        done()
      })
    },
  }).listen(0, '127.0.0.1')
  await once(mail, 'listening')
  t.after(() => new Promise<void>((resolve) => void mail.close(() => resolve())))
  const arrived = async (address: string) => {
    for (let round = 0; round < 400; round++) {
      const found = mails.find(({ to }) => to === address)
      if (found) return found.text
      await sleep(100)
    }
    throw new Error(`nothing came to ${address}`)
  }

  const instance = await filledInstance(t, 60, {
    HABEAS_SMTP_URL: `smtp://127.0.0.1:${(mail.address() as AddressInfo).port}`,
    HABEAS_NOTICE_RECIPIENTS: 'director=night@prison.example',
    HABEAS_CONSOLE_URL: 'https://console.example',
    // A public address starts only with an issuer of its own; nobody signs in here.
    HABEAS_ISSUER_URL: 'https://issuer.example',
  })
  const server = await instance.start()
  const text = await arrived('night@prison.example')
  assert.match(text, /https:\/\/console\.example\/findings/)
  assert.doesNotMatch(text, /TEC-\d\d-/, 'no register number')

  const tokenOf = async (role: string) =>
    (await instance.json<{ token: string }>(['token', 'create', '--role', role, '--label', `e2e ${role}`])).token
  const [administrator, oversight] = [await tokenOf('administrator'), await tokenOf('oversight')]
  const act = (token: string, kind: string, fields: object) =>
    ask(server.url, token, `/api/acts/${kind}`, { id: timeId(), occurredAt: now(), data: { act: fields } })
  const address = 'inspector@oversight.example'
  const proposed = await act(administrator, 'notice.propose', { role: 'oversight', channel: 'mail', address })
  assert.equal(proposed.status, 201, JSON.stringify(proposed.body))
  const { entry } = proposed.body as { entry: string }
  assert.equal((await act(administrator, 'notice.agree', { proposal: entry })).status, 403)
  assert.equal((await act(oversight, 'notice.propose', { role: 'oversight', channel: 'mail', address })).status, 403)
  const agreed = await act(oversight, 'notice.agree', { proposal: entry })
  assert.equal(agreed.status, 201, JSON.stringify(agreed.body))
  await arrived(address)

  // The delivery is written down after the mail server has said yes.
  const database = await instance.database()
  for (let round = 0; ; round++) {
    const rows = await database.rows<{ role: string }>("select role from notice_delivery where outcome = 'delivered'")
    if (rows.some(({ role }) => role === 'oversight') && rows.some(({ role }) => role === 'director')) break
    assert.ok(round < 100, 'no delivery was entered')
    await sleep(100)
  }
  await database.close()
  await server.stop()
  await instance.json(['replay'])
})
