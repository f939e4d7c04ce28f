import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createLog, type LogFields } from './logs.ts'

function logged(write: (log: ReturnType<typeof createLog>) => void, level = 'debug') {
  const lines: string[] = []
  write(createLog(level, { write: (line: string) => void lines.push(line) }))
  return lines
}

const only = (lines: string[]) => {
  assert.equal(lines.length, 1)
  return JSON.parse(lines[0] ?? '') as Record<string, unknown>
}

test('a line is JSON with level, time, words and the allowed fields', () => {
  const line = only(
    logged((log) => log.info('act done', { act: 'custody.admit', durationMs: 12, route: '/api/acts/:kind' })),
  )
  assert.equal(line.msg, 'act done')
  assert.equal(line.act, 'custody.admit')
  assert.equal(line.durationMs, 12)
  assert.equal(line.route, '/api/acts/:kind')
  assert.ok(Temporal.Instant.from(String(line.time)))
})

test('levels below the chosen one are not written', () => {
  assert.deepEqual(
    logged((log) => log.debug('small'), 'info'),
    [],
  )
  assert.equal(logged((log) => log.error('large'), 'info').length, 1)
})

test('whatever else is passed is dropped, at any depth and under any name', () => {
  const secret = 'Hannah Example'
  const known = new Set(['level', 'time', 'msg', 'error'])
  fc.assert(
    fc.property(fc.string(), fc.jsonValue(), (key, value) => {
      const fields = {
        [key]: { value, secret },
        body: { name: secret },
        act: secret,
        host: [secret],
      } as unknown as LogFields
      const text = logged((log) => log.warn('words', fields))[0] ?? ''
      assert.doesNotMatch(text, /Hannah/)
      for (const name of Object.keys(JSON.parse(text))) assert.ok(known.has(name), name)
    }),
  )
})

test('of an error the name, codes and places are kept, never the message', () => {
  const cause = Object.assign(new Error('Key (name)=(Hannah Example) already exists'), {
    code: '23505',
    constraint: 'person_once',
    detail: 'Key (name)=(Hannah Example)',
  })
  const line = only(
    logged((log) => log.error('failed', { error: new TypeError('Hannah Example\n    at home', { cause }) })),
  )
  const text = JSON.stringify(line)
  assert.doesNotMatch(text.replaceAll('    at home', ''), /Hannah/)
  const error = line.error as { name: string; at: string[]; cause: { code: string; constraint: string } }
  assert.equal(error.name, 'TypeError')
  assert.equal(error.cause.code, '23505')
  assert.equal(error.cause.constraint, 'person_once')
  assert.ok(error.at.some((frame) => frame.includes('logs.test.ts')))
})

test('what is thrown and is no error is told by its type only', () => {
  assert.deepEqual(only(logged((log) => log.error('failed', { error: 'Hannah Example' }))).error, { name: 'string' })
})
