import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomId } from '../kernel/ids.ts'
import type { Sql } from '../kernel/ports.ts'
import { scopeOf } from './scope.ts'

const custody = randomId()
const entry = randomId()
const NUMBER = 'TEC-25-031208'
// Answers as the tables would: this custody, its number and this entry are of TEC, others are unknown.
const sql = {
  rows: async (text: string, values: readonly unknown[] = []) => {
    const asked = (values[0] as readonly string[]).filter((one) => [custody, entry, NUMBER].includes(one))
    return asked.map(() =>
      text.includes('from entry') ? { kind: 'note.add', facility: 'TEC', custody } : { id: custody, facility: 'TEC' },
    )
  },
} as unknown as Sql

const of = (path: string, input: { params?: object; query?: object; body?: unknown }) =>
  scopeOf(sql, { path }, { params: {}, query: {}, body: undefined, ...input })

const nothing = { facilities: [], custodies: [], entries: [], isUnknown: false }
const here = [{ id: custody, facility: 'TEC' }]

test('what a request is about is read from where it says it', async () => {
  assert.deepEqual(await of('/api/roll', { query: { facility: 'TEC' } }), { ...nothing, facilities: ['TEC'] })
  for (const path of ['/api/custodies/:id', '/api/custodies/:id/slip', '/api/custodies/:id/files/:digest'])
    assert.deepEqual(await of(path, { params: { id: custody.toUpperCase() } }), { ...nothing, custodies: here }, path)
  for (const path of ['/api/entries/:id', '/api/entries/:id/receipt'])
    assert.deepEqual(await of(path, { params: { id: entry } }), {
      ...nothing,
      custodies: here,
      entries: [{ kind: 'note.add', facility: 'TEC', custody }],
    })
  for (const path of ['/api/custodies/by-number/:number', '/api/returns/:number'])
    assert.deepEqual(await of(path, { params: { number: NUMBER } }), { ...nothing, custodies: here })
  assert.deepEqual(await of('/api/facilities/:code/days/:date', { params: { code: 'TEC', date: '2031-01-01' } }), {
    ...nothing,
    facilities: ['TEC'],
  })
  assert.deepEqual(await of('/api/acts/note.add', { body: { data: { person: { custody } } } }), {
    ...nothing,
    custodies: here,
  })
  assert.deepEqual(await of('/api/acts/facility.open', { body: { data: { place: { facility: 'TEC' } } } }), {
    ...nothing,
    facilities: ['TEC'],
  })
})

test('who names a facility and a custody is asked for both', async () => {
  const body = { data: { person: { custody }, place: { facility: 'IZA' } } }
  assert.deepEqual(await of('/api/acts/entry.correct', { body }), {
    ...nothing,
    facilities: ['IZA'],
    custodies: here,
  })
})

test('what it names and does not exist is said to be unknown', async () => {
  for (const [path, params] of [
    ['/api/custodies/:id', { id: randomId() }],
    ['/api/entries/:id', { id: randomId() }],
    ['/api/returns/:number', { number: 'TEC-25-000001' }],
  ] as const)
    assert.deepEqual(await of(path, { params }), { ...nothing, isUnknown: true }, path)
  const body = { data: { person: { custody: randomId() } } }
  assert.deepEqual(await of('/api/acts/note.add', { body }), { ...nothing, isUnknown: true })
})

test('what only looks like a limit is none', async () => {
  assert.deepEqual(await of('/api/people/search', { body: { family1: NUMBER, code: 'TEC' } }), nothing)
  assert.deepEqual(await of('/api/people/:id', { params: { id: custody } }), nothing)
  assert.deepEqual(await of('/api/custodies', { query: { after: NUMBER, number: 'TEC-25-1' } }), nothing)
  assert.deepEqual(await of('/api/acts/note.add', { body: null }), nothing)
  assert.deepEqual(await of('/api/acts/note.add', { body: { data: [], facility: 'tec; --' } }), nothing)
})
