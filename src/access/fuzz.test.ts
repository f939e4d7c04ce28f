import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { custodyActs } from '../custody/acts.ts'
import { randomId, timeId } from '../kernel/ids.ts'
import { lawActs } from '../law/acts.ts'
import { peopleActs } from '../people/acts.ts'
import { placeActs } from '../places/acts.ts'
import { freshDatabase } from '../platform/testing.ts'
import { standardsActs } from '../standards/acts.ts'
import { type BodyCase, nastyBodies, randomBodies } from './fuzz.testing.ts'
import { openTestApi } from './testing.ts'

const rooms = [...peopleActs, ...placeActs, ...custodyActs, ...lawActs, ...standardsActs]

test('no body brings the server down', async (t) => {
  const api = await openTestApi(await freshDatabase(t), rooms)
  t.after(() => api.app.close())
  const { acts } = api.options

  const send = async (url: string, role: string, body: BodyCase) => {
    const before = api.runner.acts.length
    const answer = await api.call('POST', url, role, body.text)
    assert.ok(answer.statusCode < 500, `${url} ${body.name}: ${answer.statusCode}\n${body.text.slice(0, 2000)}`)
    if (answer.statusCode >= 400) {
      assert.equal(answer.headers['content-type'], 'application/problem+json')
      assert.equal(api.runner.acts.length, before, `${url} ${body.name}: refused, and something was recorded`)
    }
  }
  const roleFor = (permission: string) => api.options.authoriser.rolesWith(permission)[0] ?? 'registrar'

  for (const kind of acts) {
    await t.test(`${kind.kind}: nasty by hand`, async () => {
      for (const body of nastyBodies(kind)) await send(`/api/acts/${kind.kind}`, roleFor(kind.permission), body)
    })
    await t.test(`${kind.kind}: nasty by chance`, () =>
      fc.assert(
        fc.asyncProperty(randomBodies(kind), (body) => send(`/api/acts/${kind.kind}`, roleFor(kind.permission), body)),
        { numRuns: 40 },
      ),
    )
  }

  await t.test('batches: anything among acts, from a device, is answered one by one', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue(), { minLength: 1, maxLength: 8 }), async (items) => {
        const mixed = [...items, { kind: 'note.add', id: timeId(), occurredAt: null, data: items }]
        const body = JSON.stringify({ mode: 'each', via: 'device', acts: mixed })
        const answer = await api.call('POST', '/api/acts', 'registrar', body)
        // A key that stands twice or a text that no JSON can carry is refused as a whole.
        assert.ok([200, 400].includes(answer.statusCode), `${answer.statusCode} ${body}`)
        if (answer.statusCode === 400) return
        for (const { status, kept } of answer.json().answers) {
          assert.equal(status, 'refused')
          assert.ok(kept, body)
        }
      }),
      { numRuns: 60 },
    ),
  )

  await t.test('an address of anything is answered', () =>
    fc.assert(
      fc.asyncProperty(fc.webPath(), fc.webQueryParameters(), async (path, query) => {
        const answer = await api.call('GET', `${path || '/'}?${query}`, 'court')
        assert.ok(answer.statusCode < 500, `${path}?${query}: ${answer.statusCode}`)
      }),
      { numRuns: 100 },
    ),
  )

  await t.test('an Authorization header of anything is a 401', () =>
    fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 300 }), async (token) => {
        const headers = { authorization: token.replaceAll(/[^\x20-\x7e]/g, '?') }
        const answer = await api.app.inject({ method: 'GET', url: `/api/entries/${randomId()}`, headers })
        assert.equal(answer.statusCode, 401)
      }),
      { numRuns: 100 },
    ),
  )
})
