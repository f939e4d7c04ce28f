import assert from 'node:assert/strict'
import { test } from 'node:test'
import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { base64, base64url, findBase64, findBase64url, findText, findUint64, uint64, utf8 } from './bytes.ts'
import { findAtPointer, type Json, jcs, jsonEqual, parseJson } from './json.ts'

const reasonOf = (source: string | Uint8Array, rules = {}) => {
  const result = parseJson(source, rules)
  return result.ok ? undefined : result.reason
}
const anyJson = fc
  .jsonValue({ noUnicodeString: false, depthSize: 'small' })
  .filter((value) => {
    const text = JSON.stringify(value)
    return !/\\u0000|\\ud[89a-f]/i.test(text)
  })
  .map((value) => value as Json)

test('what JSON.parse takes and strictness does not mind reads the same', () => {
  fc.assert(
    fc.property(anyJson, (value) => {
      for (const text of [JSON.stringify(value), JSON.stringify(value, null, 2)]) {
        assert.deepEqual(parseJson(text, { numbers: 'double' }), { ok: true, value: JSON.parse(text) })
      }
    }),
  )
})

test('any text: what we take JSON.parse takes too, with the same value', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"',
    '1',
    '-',
    '.5',
    'e9',
    'true',
    'null',
    ' ',
    '\\',
    '\\n',
    '0',
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      const text = parts.join('')
      const ours = parseJson(text)
      if (ours.ok) assert.deepEqual(ours.value, JSON.parse(text))
      else {
        let theirs: unknown
        try {
          theirs = JSON.parse(text)
        } catch {
          return
        }
        assert.match(ours.reason, /twice|2\^53|too large/, `${text} → ${JSON.stringify(theirs)}`)
      }
    }),
    { numRuns: 5_000 },
  )
})

test('what has two meanings is refused, with the place and never the content', () => {
  const cases: [string | Uint8Array, RegExp][] = [
    ['{"a":1,"a":2}', /twice/],
    ['{"a":1,"\\u0061":2}', /twice/],
    ['{"__proto__":1,"__proto__":2}', /twice/],
    ['"\\ud800"', /lone surrogate/],
    ['"\ud800"', /lone surrogate/],
    ['"\\u0000"', /NUL/],
    ['9007199254740993', /2\^53/],
    ['-9007199254740992', /2\^53/],
    ['1e400', /too large/],
    ['NaN', /value is expected/],
    ['Infinity', /value is expected/],
    ['01', /follows/],
    ['.5', /value is expected/],
    ['1.', /follows/],
    ['[1,]', /value is expected/],
    ['{"a":1,}', /key is expected/],
    ['"a\nb"', /control character/],
    ['"abc', /not closed/],
    ['"abc\\', /not closed/],
    ['"\\x41"', /unknown escape/],
    ['', /value is expected/],
    ['\ufeff1', /value is expected/],
    ['1 2', /follows/],
    ["{'a':1}", /key is expected/],
    [Uint8Array.of(0x22, 0xff, 0x22), /UTF-8/],
    [`${'['.repeat(65)}${']'.repeat(65)}`, /nested deeper/],
  ]
  for (const [source, reason] of cases) assert.match(reasonOf(source) ?? 'taken', reason, String(source))
  assert.doesNotMatch(reasonOf('{"secret":1,"secret":2}') ?? '', /secret/)
  assert.equal(reasonOf(`${'['.repeat(64)}${']'.repeat(64)}`), undefined)
})

test('a key called __proto__ is a key', () => {
  const result = parseJson('{"__proto__":{"a":1}}')
  assert.ok(result.ok)
  assert.equal(jcs(result.value), '{"__proto__":{"a":1}}')
})

test('ten megabytes in one string, or a deep text, end in an answer', () => {
  const long = `"${'x'.repeat(10_000_000)}"`
  assert.equal(reasonOf(long), undefined)
  assert.match(reasonOf('['.repeat(1_000_000)) ?? '', /nested/)
})

test('canonical form: sorted by UTF-16, stable, and what has none throws', () => {
  assert.equal(
    jcs({ b: 1, a: [1e21, 0.5, -0], '\u20ac': 'é', '\ud83d\ude00': null }),
    '{"a":[1e+21,0.5,0],"b":1,"€":"é","😀":null}',
  )
  fc.assert(
    fc.property(anyJson, (value) => {
      const text = jcs(value)
      const again = parseJson(text, { numbers: 'double' })
      assert.ok(again.ok)
      assert.equal(jcs(again.value), text)
      assert.ok(jsonEqual(again.value, value))
    }),
  )
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, '\ud800', undefined]) assert.throws(() => jcs(value))
})

test('pointers are those of RFC 6901', () => {
  const value = { foo: ['bar', 'baz'], '': 0, 'a/b': 1, 'm~n': 8, '~1': 9 }
  const answers: [string, Json | undefined][] = [
    ['', value],
    ['/foo', ['bar', 'baz']],
    ['/foo/0', 'bar'],
    ['/', 0],
    ['/a~1b', 1],
    ['/m~0n', 8],
    ['/~01', 9],
    ['/foo/00', undefined],
    ['/foo/-', undefined],
    ['/foo/length', undefined],
    ['/toString', undefined],
    ['foo', undefined],
    ['/m~n', undefined],
  ]
  for (const [pointer, expected] of answers) assert.deepEqual(findAtPointer(value, pointer), expected, pointer)
})

test('equality looks at values, not at the order of keys', () => {
  assert.ok(jsonEqual({ a: 1, b: [null] }, { b: [null], a: 1 }))
  assert.ok(!jsonEqual({ a: 1 }, { a: 1, b: 2 }))
  assert.ok(!jsonEqual([1, 2], [2, 1]))
  assert.ok(!jsonEqual([], {}))
  assert.ok(!jsonEqual({ length: 0 }, []))
  assert.ok(!jsonEqual(null, {}))
  assert.ok(!jsonEqual({ toString: 1 }, { a: 1 }))
})

test('base64 has one spelling: any other is refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      assert.deepEqual(findBase64(base64(bytes)), bytes)
      assert.deepEqual(findBase64url(base64url(bytes)), bytes)
      assert.equal(base64(bytes), Buffer.from(bytes).toString('base64'))
      assert.equal(base64url(bytes), Buffer.from(bytes).toString('base64url'))
    }),
  )
  for (const text of ['QQ', 'QR==', 'QQ= =', 'QQ==\n', 'Q', 'QQ=', '=', 'Q-==', ' QUJD']) {
    assert.equal(findBase64(text), undefined, JSON.stringify(text))
  }
  for (const text of ['QQ==', 'QR', 'Q+', 'Q', ' QQ'])
    assert.equal(findBase64url(text), undefined, JSON.stringify(text))
})

test('text and numbers', () => {
  assert.equal(findText(utf8('né')), 'né')
  assert.equal(findText(Uint8Array.of(0xc3)), undefined)
  assert.equal(findText(Uint8Array.of(0xef, 0xbb, 0xbf, 0x31)), '\ufeff1')
  for (const value of [0, 1, 2 ** 31, 2 ** 32 + 5, Number.MAX_SAFE_INTEGER])
    assert.equal(findUint64(uint64(value), 0), value)
  assert.equal(findUint64(new Uint8Array(8).fill(255), 0), undefined)
})

test('canonical form: what the library canonicalize makes of it, for any JSON value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ depthSize: 'medium', stringUnit: 'grapheme' }), (value) => {
      assert.equal(jcs(value), canonicalize(value))
    }),
    { numRuns: 2_000 },
  )
})
