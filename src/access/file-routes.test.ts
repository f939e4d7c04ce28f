import assert from 'node:assert/strict'
import { test } from 'node:test'
import { derivedId } from '../kernel/ids.ts'
import { freshDatabase } from '../platform/testing.ts'
import { openTestApi } from './testing.ts'

const CUSTODY = derivedId('custody', 'pictured')
const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('of nobody')])
const DIGEST = 'ab'.repeat(32)

test('a picture is kept by its bytes and read by those who may', async (t) => {
  const database = await freshDatabase(t)
  await database.rows("insert into subject (id, kind, facility) values ($1, 'custody', 'TEC')", [CUSTODY])
  const kept: Uint8Array[] = []
  const api = await openTestApi(database, [], {
    files: {
      async put(_custody, bytes) {
        kept.push(bytes)
        return DIGEST
      },
      find: async (custody, digest) => (custody === CUSTODY && digest === DIGEST ? png : undefined),
    },
  })
  t.after(() => api.app.close())
  const put = (payload: Buffer, as: keyof typeof api.tokens, type = 'image/png', custody = CUSTODY) =>
    api.app.inject({
      method: 'PUT',
      url: `/api/custodies/${custody}/files`,
      headers: { authorization: `Bearer ${api.tokens[as]}`, 'content-type': type },
      payload,
    })

  const answer = await put(png, 'registrar')
  assert.equal(answer.statusCode, 201)
  assert.deepEqual(answer.json(), { digest: DIGEST, bytes: png.length, mediaType: 'image/png' })
  assert.deepEqual(kept, [png])
  assert.equal((await put(png, 'court')).statusCode, 403)
  assert.equal((await put(Buffer.from('<svg onload=…>'), 'registrar')).json().code, 'not-a-picture')
  assert.equal((await put(Buffer.from('{}'), 'registrar', 'application/json')).json().code, 'not-a-picture')
  assert.equal((await put(png, 'registrar', 'text/html')).statusCode, 400)
  assert.equal((await put(png, 'registrar', 'image/png', derivedId('custody', 'nobody'))).statusCode, 404)
  assert.equal(kept.length, 1)

  const read = await api.call('GET', `/api/custodies/${CUSTODY}/files/${DIGEST}`, 'registrar')
  assert.deepEqual(read.rawPayload, png)
  assert.equal(read.headers['content-type'], 'image/png')
  assert.equal((await api.call('GET', `/api/custodies/${CUSTODY}/files/${DIGEST}`, 'auditor')).statusCode, 403)
  assert.equal(
    (await api.call('GET', `/api/custodies/${CUSTODY}/files/${'cd'.repeat(32)}`, 'registrar')).statusCode,
    404,
  )
  assert.equal((await api.call('GET', `/api/custodies/${CUSTODY}/files/..%2f..%2fetc`, 'registrar')).statusCode, 400)
})
