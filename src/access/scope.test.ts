import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { randomId } from '../kernel/ids.ts'
import type { Sql } from '../kernel/ports.ts'
import { facilitiesOf } from './scope.ts'

const custody = randomId()
const entry = randomId()
// Answers as the tables would: this custody and this entry are of TEC, others are unknown.
const sql = {
  rows: async (_text: string, values: readonly unknown[] = []) =>
    [custody, entry].includes(String(values[0])) ? [{ facility: 'TEC' }] : [],
} as Sql

const of = (path: string, input: { params?: object; query?: object; body?: unknown }) =>
  facilitiesOf(
    sql,
    { method: 'GET', path, says: { en: '', es: '' }, permission: 'x', personal: true, ok: z.unknown() },
    { params: {}, query: {}, body: undefined, ...input },
  )

test('what a request is about is read from where it says it', async () => {
  assert.deepEqual(await of('/api/roll', { query: { facility: 'TEC' } }), ['TEC'])
  assert.deepEqual(await of('/api/custodies/:id', { params: { id: custody } }), ['TEC'])
  assert.deepEqual(await of('/api/custodies/:id/slip', { params: { id: custody } }), ['TEC'])
  assert.deepEqual(await of('/api/entries/:id', { params: { id: entry } }), ['TEC'])
  assert.deepEqual(await of('/api/custodies/by-number/:number', { params: { number: 'TEC-25-031208' } }), ['TEC'])
  assert.deepEqual(await of('/api/facilities/:code/days/:date', { params: { code: 'TEC', date: '2031-01-01' } }), [
    'TEC',
  ])
  assert.deepEqual(await of('/api/acts/note.add', { body: { data: { person: { custody } } } }), ['TEC'])
  assert.deepEqual(await of('/api/acts/facility.open', { body: { data: { place: { facility: 'TEC' } } } }), ['TEC'])
})

test('who names two facilities is asked for both', async () => {
  const body = { data: { person: { custody }, place: { facility: 'IZA' } } }
  assert.deepEqual((await of('/api/acts/entry.correct', { body })).sort(), ['IZA', 'TEC'])
})

test('what only looks like a limit is none', async () => {
  assert.deepEqual(await of('/api/people/search', { body: { family1: 'TEC-25-031208', code: 'TEC' } }), [])
  assert.deepEqual(await of('/api/people/:id', { params: { id: custody } }), [])
  assert.deepEqual(await of('/api/custodies', { query: { after: 'TEC-25-031208', number: 'TEC-25-1' } }), [])
  assert.deepEqual(await of('/api/custodies/:id', { params: { id: randomId() } }), [])
  assert.deepEqual(await of('/api/acts/note.add', { body: null }), [])
  assert.deepEqual(await of('/api/acts/note.add', { body: { data: [], facility: 'tec; --' } }), [])
})
