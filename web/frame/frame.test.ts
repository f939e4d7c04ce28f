import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ActBody } from '../../src/kernel/act.ts'
import { addressOf, parseSearch, stringifySearch } from './addresses.ts'
import { addressOfCall } from './api.ts'
import { readAt } from './at.ts'
import { timeId } from './ids.ts'
import { keysOf } from './keys.ts'
import { readEvent } from './live.ts'
import { clampAt, ticksOf, windowAround } from './time-window.ts'

test('an address keeps its instant readable and comes back as it went', () => {
  assert.equal(stringifySearch({ at: '2026-04-14T09:00-06:00' }), '?at=2026-04-14T09:00-06:00')
  assert.equal(stringifySearch({ basis: undefined, missing: '' }), '')
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string({ minLength: 1 })), (search) => {
      assert.deepEqual(parseSearch(stringifySearch(search)), { ...search })
    }),
  )
})

test('calls fill their parameters and leave out what is not asked', () => {
  assert.equal(
    addressOfCall('/api/custodies/:id/files/:digest', { id: 'a/b', digest: 'c' }, { at: undefined, limit: 5, x: '' }),
    '/api/custodies/a%2Fb/files/c?limit=5',
  )
  assert.equal(addressOf.return('x'), '/people/x/return')
})

test('an instant after now, or none at all, is now', () => {
  const now = Temporal.Instant.from('2026-04-14T15:00:00Z')
  assert.equal(readAt('2026-04-14T09:00-06:00', now), undefined)
  assert.equal(readAt('2026-04-14T08:59-06:00', now), '2026-04-14T14:59:00Z')
  assert.equal(readAt('2026-04-14T08:59 05:30', now), '2026-04-14T03:29:00Z')
  for (const text of ['yesterday', '', 5, undefined, '2026-04-14']) assert.equal(readAt(text, now), undefined)
})

test('act ids are of version 7, sort by time, and the server takes them', () => {
  const early = timeId(1_000_000_000_000)
  const late = timeId(2_000_000_000_000)
  assert.ok(early < late)
  const body = {
    occurredAt: { at: '2026-04-14T15:00:00Z', precision: 'minute', zone: 'America/El_Salvador' },
    data: {},
  }
  assert.ok(ActBody.safeParse({ id: timeId(), ...body }).success)
})

test('keys are named as the sheet names them', () => {
  const press = (key: string, rest = {}) => keysOf({ key, ctrlKey: false, metaKey: false, altKey: false, ...rest })
  assert.equal(press('k', { ctrlKey: true }), 'Ctrl+K')
  assert.equal(press('k', { metaKey: true }), 'Ctrl+K')
  assert.equal(press('?'), '?')
  assert.equal(press('Enter', { ctrlKey: true }), 'Ctrl+Enter')
})

test('events of the server are read, comments are passed over', () => {
  assert.deepEqual(readEvent('event: status\ndata: {"a":1}'), { event: 'status', data: '{"a":1}' })
  assert.deepEqual(readEvent(': still here'), { event: 'message', data: '' })
  assert.deepEqual(readEvent('data: a\ndata: b'), { event: 'message', data: 'a\nb' })
})

test('the window of the time bar holds its instant and never begins after now', () => {
  const now = 1_800_000_000_000
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 400 * 86_400_000 }),
      fc.constantFrom('24h' as const, '7d' as const, '1m' as const),
      (back, window) => {
        const { from, to } = windowAround(now - back, now, window)
        assert.ok(from <= now - back && now - back <= to)
        for (const { ms } of ticksOf(from, to, window, 'America/El_Salvador')) assert.ok(ms >= from && ms <= to)
      },
    ),
  )
  assert.equal(clampAt(now + 1, now), undefined)
  assert.equal(clampAt(now - 1, now), now - 1)
})
