import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { httpRefusals, languageOf, problemOf, refuseHttp, statusOf, wrongFields } from './problems.ts'

test('the title is in the better of the two languages that the reader names', () => {
  const cases: [string | undefined, string][] = [
    [undefined, 'es'],
    ['', 'es'],
    ['*', 'es'],
    ['en', 'en'],
    ['EN-gb', 'en'],
    ['fr, en;q=0.3', 'en'],
    ['en;q=0.3, es-SV;q=0.9', 'es'],
    ['es;q=0.3, en', 'en'],
    ['en;q=0', 'es'],
    ['en;q=x', 'es'],
    [`${'x,'.repeat(5000)}en`, 'es'],
  ]
  for (const [header, expected] of cases) assert.equal(languageOf(header), expected, String(header).slice(0, 40))
})

test('each sort of refusal has one status, and each refusal of the edge both languages', () => {
  assert.deepEqual(new Set(Object.values(statusOf)).size, Object.keys(statusOf).length)
  for (const [code, { sort, says, remedy }] of Object.entries(httpRefusals)) {
    assert.ok(statusOf[sort] >= 400)
    for (const words of [says.en, says.es, remedy.en, remedy.es]) assert.ok(words.length > 0, code)
  }
})

test('a problem has the members of RFC 9457 and ours', () => {
  const problem = problemOf(refuseHttp('unavailable', { after: 'x' }), 'en', 'r-1')
  assert.deepEqual(Object.keys(problem), ['type', 'title', 'status', 'code', 'says', 'remedy', 'details', 'requestId'])
  assert.equal(problem.status, 503)
})

test('wrong fields are paths; a key that somebody made up shows as a star', () => {
  const shape = z.object({ kept: z.record(z.string(), z.int()), list: z.array(z.int()) })
  const { error } = shape.safeParse({ kept: { 'Ana López': 'x' }, list: [1, 'y'] })
  assert.ok(error)
  assert.deepEqual(
    wrongFields(error, 'body').map(({ path }) => path),
    ['body.kept.*', 'body.list.1'],
  )
})
