import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newAdmission } from '../admit/values.ts'
import { columnsOf, readTable, splitSurnames, valuesOf } from './list.ts'

test('a list is read as spreadsheets write it: tab, semicolon or comma, with quotes and a byte order mark', () => {
  assert.deepEqual(readTable('\uFEFFApellidos;Nombres\r\n"Muestra; Herradura";"Fabián ""F"""\r\n\r\n'), [
    ['Apellidos', 'Nombres'],
    ['Muestra; Herradura', 'Fabián "F"'],
  ])
  assert.deepEqual(readTable('a\tb\nc, d\te'), [
    ['a', 'b'],
    ['c, d', 'e'],
  ])
  assert.deepEqual(readTable('a,b\n"two\nlines",c'), [
    ['a', 'b'],
    ['two\nlines', 'c'],
  ])
})

test('heads are known in both languages, each column once; what nobody asks for is left alone', () => {
  assert.deepEqual(columnsOf(['Apellidos', 'Nombres', 'Fecha de nacimiento', 'DUI', 'Tatuajes', 'Causa', 'Tribunal']), [
    'surnames',
    'given',
    'birth',
    'number',
    undefined,
    'caseNumber',
    'issuer',
  ])
  assert.deepEqual(columnsOf(['First surname', 'Given names', 'Birth', 'Document', 'Order', 'From', 'Until']), [
    'family1',
    'given',
    'birth',
    'number',
    'caseNumber',
    'from',
    'until',
  ])
})

test('two surnames are parted, and particles stay with theirs', () => {
  assert.deepEqual(splitSurnames('Muestra Herradura'), ['Muestra', 'Herradura'])
  assert.deepEqual(splitSurnames('De la Cruz del Ejemplo'), ['De la Cruz', 'del Ejemplo'])
  assert.deepEqual(splitSurnames('Muestra'), ['Muestra', ''])
  assert.deepEqual(splitSurnames(''), ['', ''])
})

test('a line of the list is an admission: dates as written, an order where there is one, nothing made up', () => {
  const head = ['Apellidos', 'Nombres', 'Nacimiento', 'DUI', 'Tribunal', 'Clase', 'Desde', 'Hasta', 'Sexo']
  const base = newAdmission('America/El_Salvador')
  const read = (cells: readonly string[]) => valuesOf(cells, columnsOf(head), head, base)
  const whole = read([
    'Muestra Prueba',
    'Ana',
    '9/2/1982',
    '0123',
    'Juzgado 3',
    'Prisión provisional',
    '1 mar 2026',
    '1/9/2026',
    'f',
  ])
  assert.deepEqual(
    [whole.family1, whole.family2, whole.birth?.date, whole.scheme, whole.papers, whole.orderKind, whole.sex],
    ['Muestra', 'Prueba', '1982-02-09', 'DUI', 'order', 'remand', 'F'],
  )
  assert.deepEqual([whole.orderFrom?.date, whole.untilAs, whole.orderUntil?.date], ['2026-03-01', 'day', '2026-09-01'])
  const bare = read(['Muestra', 'Ana'])
  assert.deepEqual([bare.birth, bare.number, bare.papers, bare.sex, bare.issuer], [undefined, '', '', '', ''])
})
