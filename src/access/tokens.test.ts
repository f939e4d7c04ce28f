import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import type { Clock } from '../kernel/ports.ts'
import { freshDatabase } from '../platform/testing.ts'
import { openTestApi, testClock } from './testing.ts'
import { createToken, findPrincipal, listTokens, revokeToken } from './tokens.ts'

test('tokens', async (t) => {
  const sql = await freshDatabase(t)
  const later = (days: number): Clock => ({ now: () => testClock.now().add({ hours: 24 * days }) })

  await t.test('a token is 256 bits, and only its hash is kept', async () => {
    const { token, row } = await createToken(sql, testClock, { role: 'court', label: 'Sala 3' })
    assert.match(token, /^habeas_[A-Za-z0-9_-]{43}$/)
    const rows = await sql.rows<{ whole: string; sha256: Buffer }>(
      'select access_token::text as whole, sha256 from access_token where id = $1',
      [row.id],
    )
    assert.ok(!rows[0]?.whole.includes(token.slice(7)))
    assert.deepEqual(rows[0]?.sha256, createHash('sha256').update(token).digest())
    assert.doesNotMatch(JSON.stringify(await listTokens(sql)), new RegExp(token.slice(7)))
  })

  await t.test('it says who asks, and in which facility', async () => {
    const { token, row } = await createToken(sql, testClock, { role: 'registrar', facility: 'TEC' })
    assert.deepEqual(await findPrincipal(sql, testClock, token), {
      officer: row.officer,
      role: 'registrar',
      facility: 'TEC',
    })
  })

  await t.test('the same label keeps the same officer; no label is somebody new', async () => {
    const make = async (label?: string) =>
      (await createToken(sql, testClock, { role: 'court', ...(label !== undefined && { label }) })).row.officer
    assert.equal(await make('Sala 9'), await make('Sala 9'))
    assert.notEqual(await make('Sala 9'), await make('Sala 8'))
    assert.notEqual(await make(), await make())
  })

  await t.test('it ends by its day', async () => {
    const { token } = await createToken(sql, testClock, { role: 'court', days: 2 })
    assert.ok(await findPrincipal(sql, later(1), token))
    assert.equal(await findPrincipal(sql, later(2), token), undefined)
  })

  await t.test('it ends when revoked, once', async () => {
    const { token, row } = await createToken(sql, testClock, { role: 'court' })
    const first = await revokeToken(sql, testClock, row.id)
    assert.equal(await findPrincipal(sql, testClock, token), undefined)
    assert.equal((await revokeToken(sql, later(1), row.id))?.revoked, first?.revoked)
  })

  await t.test('nothing else is a token', async () => {
    const { token } = await createToken(sql, testClock, { role: 'court' })
    for (const other of ['', 'habeas_', token.slice(0, -1), `${token}A`, token.toUpperCase(), "' or true --"]) {
      assert.equal(await findPrincipal(sql, testClock, other), undefined, other)
    }
  })

  await t.test('a role or a length that does not exist is refused when it is made', async () => {
    await assert.rejects(createToken(sql, testClock, { role: 'warden' as 'court' }))
    await assert.rejects(createToken(sql, testClock, { role: 'court', days: 0 }))
    await assert.rejects(createToken(sql, testClock, { role: 'court', days: 367 }))
  })

  await t.test('the working role may mark a token as revoked, and change or delete nothing', async () => {
    const may = async (privilege: string, column?: string) => {
      const [row] = await sql.rows<{ may: boolean }>(
        column === undefined
          ? `select has_table_privilege('habeas_app', 'access_token', $1) as may`
          : `select has_column_privilege('habeas_app', 'access_token', '${column}', $1) as may`,
        [privilege],
      )
      return row?.may
    }
    assert.equal(await may('update', 'revoked'), true)
    for (const column of ['sha256', 'role', 'officer', 'expires']) assert.equal(await may('update', column), false)
    assert.equal(await may('delete'), false)
  })

  await t.test('over HTTP an administrator lists and ends tokens; the ended one is refused at once', async () => {
    const api = await openTestApi(sql, [])
    const { token, row } = await createToken(sql, testClock, { role: 'court' })
    assert.equal((await api.call('GET', '/api/sample/roll', token)).statusCode, 200)
    const listed = await api.call('GET', '/api/tokens', 'administrator')
    assert.ok(listed.json().tokens.some(({ id }: { id: string }) => id === row.id))
    assert.equal((await api.call('POST', `/api/tokens/${row.id}/revoke`, 'administrator')).statusCode, 200)
    assert.equal((await api.call('GET', '/api/sample/roll', token)).statusCode, 401)
    const unknown = await api.call('POST', `/api/tokens/${row.officer}/revoke`, 'administrator')
    assert.equal(unknown.json().code, 'no-such-token')
    await api.app.close()
  })
})
