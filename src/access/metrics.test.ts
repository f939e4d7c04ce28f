import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Counters, formatMetrics, METRICS_TYPE } from '../platform/metrics.ts'
import { freshDatabase } from '../platform/testing.ts'
import { expectations } from './expectations.ts'
import { ROLES } from './roles.ts'
import { openTestApi } from './testing.ts'

test('/metrics: from this machine, or by token of those whom the table names; nobody else', async (t) => {
  const counters = new Counters()
  const api = await openTestApi(await freshDatabase(t), [], {
    metrics: async () => counters.families(),
    onAnswered: (...answered) => counters.answered(...answered),
  })
  t.after(() => api.app.close())
  for (const role of ROLES) {
    const { statusCode } = await api.call('GET', '/metrics', role)
    assert.equal(statusCode === 200, expectations['metrics.read']?.roles.includes(role), `${role}: ${statusCode}`)
  }
  await api.call('GET', '/api/sample/roll', 'court')
  const here = await api.app.inject({ url: '/metrics' })
  assert.equal(here.statusCode, 200)
  assert.equal(here.headers['content-type'], METRICS_TYPE)
  assert.match(
    here.body,
    /habeas_request_duration_seconds_count\{method="GET",route="\/api\/sample\/roll",status="2xx"\} 1/,
  )
  const through = await api.app.inject({ url: '/metrics', headers: { 'x-forwarded-for': '203.0.113.9' } })
  assert.equal(through.statusCode, 401, 'behind a proxy everybody seems to be here')
  const outside = await api.app.inject({ url: '/metrics', remoteAddress: '203.0.113.9' })
  assert.equal(outside.statusCode, 401)
  const wrong = await api.call('GET', '/metrics', 'habeas_wrong')
  assert.equal(wrong.statusCode, 401, 'a token that is given is judged')
})

test('the text is what Prometheus reads: buckets grow, labels are quoted', () => {
  const counters = new Counters()
  for (const durationMs of [1, 30, 30, 20_000]) counters.answered('GET', '/a', 200, durationMs)
  counters.acted('note.add', 'accepted')
  const text = formatMetrics([
    ...counters.families(),
    { name: 'x', kind: 'gauge', help: 'two\nlines', samples: [{ labels: { l: 'a"b\\c' }, value: 1 }] },
  ])
  assert.match(text, /le="0\.005"\} 1\n/)
  assert.match(text, /le="0\.05"\} 3\n/)
  assert.match(text, /le="10"\} 3\n/)
  assert.match(text, /le="\+Inf"\} 4\n/)
  assert.match(text, /habeas_acts_total\{kind="note\.add",outcome="accepted"\} 1\n/)
  assert.ok(text.includes('# HELP x two\\nlines\n') && text.includes('x{l="a\\"b\\\\c"} 1\n'))
  for (const line of text.trimEnd().split('\n')) assert.match(line, /^(# (HELP|TYPE) .+|[a-z_]+(\{.*\})? -?[\d.e+-]+)$/)
})
