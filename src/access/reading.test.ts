import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SECTIONS, type Section } from '../kernel/act.ts'
import { randomId } from '../kernel/ids.ts'
import { freshDatabase } from '../platform/testing.ts'
import { GRANTED_ROLES, ROLES } from './roles.ts'
import { sectionsFor } from './sections.ts'
import { openTestApi } from './testing.ts'

test('reading the log and entries', async (t) => {
  const entry = randomId()
  const waiting = randomId()
  const asked: (readonly Section[])[] = []
  const api = await openTestApi(await freshDatabase(t), [], {
    logSource: {
      checkpoint: async () => 'habeas.example/tecoluca\n300\n…\n',
      tile: async (level, index, width) => (level === 0 && index < 1 ? new Uint8Array(32 * width).fill(7) : undefined),
      bundle: async (index, width) => (index === 0 ? new Uint8Array(2 * width) : undefined),
    },
    entries: {
      // Opens everything, whatever was asked for: the route must not trust it.
      async find(id, sections) {
        asked.push(sections)
        const all = Object.fromEntries(SECTIONS.map((section) => [section, { secret: section }]))
        const disclosures = Object.fromEntries(SECTIONS.map((section) => [section, `disclosure-${section}`]))
        return id === entry
          ? { id, kind: 'note.add', facility: 'TEC', envelope: '{}', sections: all, disclosures }
          : undefined
      },
      receipt: async (id) => (id === entry ? 'c2sp.org/tlog-proof@v1\n' : id === waiting ? 'pending' : undefined),
    },
  })
  t.after(() => api.app.close())

  await t.test('the checkpoint is for everybody and is not kept by caches', async () => {
    const answer = await api.call('GET', '/log/checkpoint', undefined)
    assert.equal(answer.statusCode, 200)
    assert.match(answer.body, /^habeas\.example\/tecoluca\n300\n/)
    assert.match(String(answer.headers['content-type']), /^text\/plain/)
    assert.equal(answer.headers['cache-control'], 'no-cache')
  })

  await t.test('a full tile may be kept for ever, a partial one for a while', async () => {
    const full = await api.call('GET', '/log/tile/0/000', undefined)
    assert.equal(full.rawPayload.length, 256 * 32)
    assert.equal(full.headers['content-type'], 'application/octet-stream')
    assert.match(String(full.headers['cache-control']), /immutable/)
    const partial = await api.call('GET', '/log/tile/0/000.p/44', undefined)
    assert.equal(partial.rawPayload.length, 44 * 32)
    assert.doesNotMatch(String(partial.headers['cache-control']), /immutable/)
  })

  await t.test('a path that the specification does not write is not found', async () => {
    for (const path of [
      '0/0',
      '0/001',
      '0/000.p/256',
      '0/000.p/0',
      '0/x000/000',
      '64/000',

      '0/000/',
    ]) {
      const answer = await api.call('GET', `/log/tile/${path}`, undefined)
      assert.ok([400, 404].includes(answer.statusCode), `${path}: ${answer.statusCode}`)
    }
  })

  await t.test('entry bundles want a credential, and no shared cache keeps them', async () => {
    assert.equal((await api.call('GET', '/log/tile/entries/000', undefined)).statusCode, 401)
    assert.equal((await api.call('GET', '/log/tile/entries/000', 'registrar')).statusCode, 403)
    const answer = await api.call('GET', '/log/tile/entries/000.p/3', 'auditor')
    assert.equal(answer.rawPayload.length, 6)
    assert.match(String(answer.headers['cache-control']), /^private/)
    assert.equal((await api.call('GET', '/log/tile/entries/001', 'oversight')).statusCode, 404)
    assert.equal((await api.call('GET', '/log/tile//entries/000', undefined)).statusCode, 404)
    assert.equal((await api.call('GET', '/log/tile/%65ntries/000', undefined)).statusCode, 401)
  })

  await t.test('an entry opens by role, and the answer says what is closed', async () => {
    for (const role of ROLES) {
      const answer = await api.call('GET', `/api/entries/${entry}`, role)
      // Who sees only some people is not shown what is about none of them.
      if (answer.statusCode === 403 || (GRANTED_ROLES as readonly string[]).includes(role)) continue
      const { sections, disclosures, closed } = answer.json()
      const open = sectionsFor(role)
      assert.deepEqual(Object.keys(sections).sort(), [...open].sort(), role)
      assert.deepEqual(Object.keys(disclosures).sort(), [...open].sort(), role)
      assert.deepEqual(
        closed,
        SECTIONS.filter((section) => !open.includes(section)),
      )
      assert.deepEqual(asked.at(-1), open)
      if (role !== 'health') assert.doesNotMatch(answer.body, /"secret":"medical"|disclosure-medical/)
    }
    assert.equal((await api.call('GET', `/api/entries/${entry}`, 'administrator')).statusCode, 403)
    assert.equal((await api.call('GET', `/api/entries/${randomId()}`, 'court')).json().code, 'no-such-entry')
  })

  await t.test('a receipt is a text; before the sequencer it is a 503 that says when', async () => {
    const answer = await api.call('GET', `/api/entries/${entry}/receipt`, 'auditor')
    assert.match(answer.body, /^c2sp\.org\/tlog-proof@v1\n/)
    assert.match(String(answer.headers['content-type']), /^text\/plain/)
    const pending = await api.call('GET', `/api/entries/${waiting}/receipt`, 'auditor')
    assert.deepEqual([pending.statusCode, pending.json().code], [503, 'not-yet-in-tree'])
    assert.equal((await api.call('GET', `/api/entries/${randomId()}/receipt`, 'auditor')).statusCode, 404)
  })
})
