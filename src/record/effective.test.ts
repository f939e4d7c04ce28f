import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Entry } from '../kernel/act.ts'
import { CORRECT, effective, WITHDRAW } from './effective.ts'

const entry = (n: number, day: number, more: Partial<Entry> = {}): Entry => ({
  n,
  id: `e${n}`,
  kind: 'note.add',
  v: 1,
  facility: 'TEC',
  custody: 'c',
  nth: n,
  occurredAt: { at: `2026-01-${String(day).padStart(2, '0')}T00:00:00Z`, precision: 'second', zone: 'UTC' },
  recordedAt: '2026-02-01T00:00:00Z',
  via: 'console',
  sections: { act: { text: `note ${n}` }, person: { custody: 'c', nth: n, registerNumber: 'TEC-26-000001' } },
  ...more,
})
const withdraw = (n: number, target: string) => entry(n, 20, { kind: WITHDRAW, amends: target, sections: { act: {} } })
const correct = (n: number, target: string, act: Record<string, unknown>, more: Partial<Entry> = {}) =>
  entry(n, 21, { kind: CORRECT, amends: target, ...more, sections: { ...more.sections, act } })

const ids = (entries: Entry[]) => entries.map(({ id }) => id)

test('facts come oldest first, by when they happened and then by their place in the record', () => {
  assert.deepEqual(ids(effective([entry(1, 5), entry(2, 3), entry(3, 5)])), ['e2', 'e1', 'e3'])
})

test('a withdrawn fact is gone; when the withdrawal is withdrawn it stands again', () => {
  const facts = [entry(1, 5), entry(2, 6)]
  assert.deepEqual(ids(effective([...facts, withdraw(3, 'e1')])), ['e2'])
  assert.deepEqual(ids(effective([...facts, withdraw(3, 'e1'), withdraw(4, 'e3')])), ['e1', 'e2'])
  const thrice = [...facts, withdraw(3, 'e1'), withdraw(4, 'e3'), withdraw(5, 'e4')]
  assert.deepEqual(ids(effective(thrice)), ['e2'])
})

test('the last standing correction speaks; withdrawing it brings back the one before', () => {
  const first = correct(2, 'e1', { replaces: ['act'], data: { text: 'second thought' } })
  const second = correct(3, 'e1', { replaces: ['act'], data: { text: 'third thought' } })
  const textOf = (entries: Entry[]) => effective(entries)[0]?.sections.act?.text
  assert.equal(textOf([entry(1, 5), first]), 'second thought')
  assert.equal(textOf([entry(1, 5), first, second]), 'third thought')
  assert.equal(textOf([entry(1, 5), first, second, withdraw(4, 'e3')]), 'second thought')
  assert.deepEqual(effective([entry(1, 5), first])[0]?.origins, { act: 'e2' })
})

test('a correction can move a fact in time, and leaves what the runner put into the person section', () => {
  const moved = correct(
    2,
    'e1',
    { replaces: ['person'], moves: true },
    { sections: { person: { custody: 'x', nth: 2, gender: 'n' } } },
  )
  const [fact] = effective([entry(1, 5), moved])
  assert.equal(fact?.occurredAt.at, moved.occurredAt.at)
  assert.deepEqual(fact?.sections.person, { gender: 'n', custody: 'c', nth: 1, registerNumber: 'TEC-26-000001' })
})

test('a correction whose own section was expunged changes nothing', () => {
  const closed = { ...correct(2, 'e1', {}), sections: {} }
  assert.equal(effective([entry(1, 5), closed])[0]?.sections.act?.text, 'note 1')
})
