import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { ConfigInvalid, configFileName, loadConfig } from './config.ts'
import { temporaryFolder } from './testing.ts'

async function folderWith(t: TestContext, file?: unknown) {
  const folder = await temporaryFolder(t)
  if (file !== undefined) await writeFile(join(folder, configFileName), JSON.stringify(file))
  return folder
}

const wrong = (words: RegExp) => (error: unknown) => {
  assert.ok(error instanceof ConfigInvalid, String(error))
  assert.match(error.message, words)
  return true
}

test('without file and environment everything has a default', async (t) => {
  const folder = await folderWith(t)
  const { databaseUrl, ...rest } = await loadConfig({}, folder)
  assert.equal(databaseUrl, undefined)
  assert.deepEqual(rest, {
    dataFolder: join(folder, '.habeas'),
    secretsFolder: join(folder, '.habeas', 'secrets'),
    host: '127.0.0.1',
    port: 8472,
    origin: 'habeas.example/tecoluca',
    checkpointIntervalMs: 200,
    promiseSeconds: 10,
    logLevel: 'info',
    bodyLimitBytes: 16_777_216,
    rateLimitPerMinute: 6000,
    noticeSender: 'habeas@localhost.localdomain',
    noticeRecipients: [],
    consoleUrl: 'http://127.0.0.1:8472',
    issuerClientId: 'habeas',
    issuerScope: 'openid',
    roleClaim: 'habeas_role',
    roleValues: [],
    facilityClaim: 'habeas_facility',
    labelClaim: 'habeas_label',
    sessionIdleMinutes: 30,
    sessionHours: 12,
    sessionKeptDays: 90,
    signInsPerMinute: 60,
    trustedProxies: [],
    keyBackupDays: 30,
    zone: 'America/El_Salvador',
  })
})

test('the environment wins over the file, an empty variable does not', async (t) => {
  const folder = await folderWith(t, { port: 1000, host: '0.0.0.0', logLevel: 'warn' })
  const env = { HABEAS_PORT: '2000', HABEAS_HOST: '', HABEAS_DATA: '/data' }
  const config = await loadConfig(env, folder)
  assert.equal(config.port, 2000)
  assert.equal(config.host, '0.0.0.0')
  assert.equal(config.logLevel, 'warn')
  assert.equal(config.dataFolder, '/data')
  assert.equal(config.secretsFolder, '/data/secrets')
  assert.equal((await loadConfig({ ...env, HABEAS_SECRETS: '/keys' }, folder)).secretsFolder, '/keys')
})

test('addresses of databases as they are written in the world', async (t) => {
  const folder = await folderWith(t)
  const good = [
    'postgres://u:p@db.example:5432/habeas?sslmode=verify-full',
    'postgresql://habeas@localhost:5432/habeas?host=%2Ftmp%2Fx',
    'postgresql://10.0.0.1/h',
    'postgresql:///habeas?host=/run/postgresql',
  ]
  for (const DATABASE_URL of good) assert.equal((await loadConfig({ DATABASE_URL }, folder)).databaseUrl, DATABASE_URL)
  for (const DATABASE_URL of ['mysql://x/y', 'habeas', 'http://localhost']) {
    await assert.rejects(loadConfig({ DATABASE_URL }, folder), wrong(/databaseUrl \(DATABASE_URL\)/))
  }
})

test('each wrong key is named with the place it came from, and no value is repeated', async (t) => {
  const folder = await folderWith(t, { promiseSeconds: 0, zone: 'Mars/Olympus', secret: 'hunter2' })
  const env = { HABEAS_PORT: 'hunter2', HABEAS_LOG_LEVEL: 'loud', HABEAS_ORIGIN: 'a b' }
  await assert.rejects(loadConfig(env, folder), (error: Error) => {
    wrong(/port \(HABEAS_PORT\): /)(error)
    wrong(/logLevel \(HABEAS_LOG_LEVEL\): /)(error)
    wrong(/origin \(HABEAS_ORIGIN\): printable ASCII/)(error)
    wrong(/promiseSeconds \(.*habeas\.config\.json\): /)(error)
    wrong(/zone \(.*\): no time zone/)(error)
    wrong(/unknown secret \(known: dataFolder, /)(error)
    assert.doesNotMatch(error.message, /hunter2|Mars/)
    return true
  })
})

test('a file that is not a JSON object is named', async (t) => {
  const folder = await folderWith(t, [1])
  await assert.rejects(loadConfig({}, folder), wrong(/habeas\.config\.json is not a JSON object/))
})

test('recipients of notices: roles of the facility only, each with an address', async (t) => {
  const folder = await folderWith(t)
  const given = 'director=night@prison.example, deputy=https://alarm.example/hook'
  const config = await loadConfig({ HABEAS_NOTICE_RECIPIENTS: given }, folder)
  assert.deepEqual(config.noticeRecipients, given.split(', '))
  for (const wrong of ['oversight=us@prison.example', 'director', 'director=http://far.example/', '=a@b']) {
    await assert.rejects(loadConfig({ HABEAS_NOTICE_RECIPIENTS: wrong }, folder), /noticeRecipients/)
  }
})
