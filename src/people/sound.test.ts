import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { POOLS } from '../simulate/mixture.ts'
import { makeName } from '../simulate/names.ts'
import { randomOf } from '../simulate/random.ts'
import { bestLikeness, compareNames, compareWords, editsBetween, rememberingComparer, waysOf } from './likeness.ts'
import { askedFor, lineOf } from './mistakes.testing.ts'
import { cutName, keysOf, searchKeys, soundOf } from './sound.ts'

const words = (text: string) => cutName(text).apart.map(({ word }) => word)
const soundOfName = (text: string) =>
  cutName(text)
    .apart.map(({ sound }) => sound)
    .join(' ')

describe('sound', () => {
  test('what is written for each other sounds the same', () => {
    const pairs = [
      'Hernández/Ernandes Chávez/Shabes Castillo/Castiyo Guamán/Huaman Jiménez/Ximenes Quiñones/Kinones Khoury/Juri',
      'Yusuf/Youssouf Ivanoff/Ivanov Philippe/Filipe Gutiérrez/Gutieres Zelaya/Selalla Campos/Canpos Huezo/Weso',
      'Haddad/Hadad Kevin/Quevin Vásquez/Básques Schmid/Shmid al-Hallaq/ul-Hallak Noor/Nur Guerra/Guera',
    ]
    for (const pair of pairs.flatMap((line) => line.split(' '))) {
      const [a, b] = pair.split('/') as [string, string]
      assert.equal(soundOfName(a), soundOfName(b), pair)
    }
  })

  test('what is not does not', () => {
    for (const pair of ['Peña/Piña', 'Luis/Lucía', 'Gómez/Comes', 'Reyes/Rayas']) {
      const [a, b] = pair.split('/') as [string, string]
      assert.notEqual(soundOfName(a), soundOfName(b), pair)
    }
  })

  test('another script meets its transliteration in the consonants', () => {
    for (const pair of ['سمير/Samir', 'مروان/Maruan', 'Ибрагим/Ibraguim', 'Наталья/Natalia']) {
      const [a, b] = pair.split('/') as [string, string]
      const shared = new Set(searchKeys([a])).intersection(new Set(searchKeys([b])))
      assert.ok(shared.size > 0, pair)
    }
  })

  test('a word always has a sound, even of mute letters or signs that we do not know', () => {
    assert.equal(soundOf('h'), 'h')
    assert.equal(soundOf('王'), '王')
    assert.equal(soundOf('ع'), 'ع')
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        for (const way of waysOf(text)) for (const term of way) assert.ok(term.word !== '' && term.sound !== '')
      }),
    )
  })
})

describe('cutting', () => {
  test('particles and articles are left out, apostrophes join, hyphens part', () => {
    assert.deepEqual(words('María de la Cruz'), ['maria', 'cruz'])
    assert.deepEqual(words("al-Hallaq, O'Brien"), ['hallaq', 'obrien'])
    assert.deepEqual(words('Saint-Clair  Saint'), ['saint', 'clair'])
    assert.deepEqual(
      cutName('de la Cruz al-Hallaq').joined.map(({ word }) => word),
      ['delacruz', 'alhallaq'],
    )
    assert.deepEqual(cutName('Ana Paz').joined, [])
  })

  test('a name of particles alone keeps them; nothing has no words', () => {
    assert.deepEqual(words('De Los'), ['de', 'los'])
    assert.deepEqual(words(' - , '), [])
  })
})

describe('keys', () => {
  const sound = fc.string({ unit: fc.constantFrom(...'abdefijklmnoprstu'), minLength: 5, maxLength: 14 })

  test('words whose sounds are one letter apart share a key', () => {
    fc.assert(
      fc.property(
        sound,
        fc.nat(),
        fc.constantFrom(...'abdeu'),
        fc.constantFrom(0, 1, 2, 3),
        (text, at, letter, how) => {
          const i = at % (text.length - 1)
          const other = [
            text.slice(0, i) + text.slice(i + 1),
            text.slice(0, i) + letter + text.slice(i),
            text.slice(0, i) + letter + text.slice(i + 1),
            text.slice(0, i) + text[i + 1] + text[i] + text.slice(i + 2),
          ][how] as string
          const keys = new Set(keysOf({ word: text, sound: text }))
          const shared = keysOf({ word: other, sound: other }).filter((key) => keys.has(key))
          assert.ok(shared.length > 0, `${text} ${other}`)
        },
      ),
    )
  })

  test('are few, sorted, and never break out of a query', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        const keys = searchKeys([text])
        assert.deepEqual(keys, [...new Set(keys)].sort())
        for (const key of keys) assert.match(key, /^~?[\p{L}\p{N}]+$/u)
      }),
    )
    assert.ok(searchKeys(['x'.repeat(200)]).every((key) => key.length <= 81))
  })
})

describe('likeness', () => {
  const name = fc
    .record({ seed: fc.nat(), pool: fc.constantFrom(...POOLS), woman: fc.boolean() })
    .map(({ seed, pool, woman }) => makeName(randomOf(seed), pool, woman, 0.9))
  const score = (a: string, b: string) => compareNames(a, b).score

  test('edits: known distances, and none above the most that is asked for', () => {
    assert.equal(editsBetween('perez', 'peres', 2), 1)
    assert.equal(editsBetween('juan', 'jaun', 2), 1)
    assert.equal(editsBetween('', 'ab', 2), 2)
    assert.equal(editsBetween('rosa', 'ana', 9), 3)
    assert.equal(editsBetween('rosa', 'quetzal', 2), 3)
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => editsBetween(a, b, 3) === editsBetween(b, a, 3)))
  })

  test('is symmetric, and highest for the name itself, whatever the order of its words', () => {
    fc.assert(
      fc.property(name, name, (a, b) => {
        const [x, y] = [lineOf(a), lineOf(b)]
        assert.equal(score(x, y).toFixed(12), score(y, x).toFixed(12), `${x} / ${y}`)
        assert.equal(score(x, x), 1)
        assert.equal(
          score(x, lineOf({ given: a.family1, family1: a.given, ...(a.family2 && { family2: a.family2 }) })),
          1,
        )
        assert.ok(score(x, y) <= 1)
      }),
    )
  })

  test('a word with one letter wrong ranks above one with two, both below the word', () => {
    const letter = fc.constantFrom(...'adefilmnorstu')
    fc.assert(
      fc.property(fc.string({ unit: letter, minLength: 6, maxLength: 12 }), (word) => {
        const one = { word: `${word}p`, sound: `${word}p` }
        const two = { word: `${word}pk`, sound: `${word}pk` }
        const asked = { word, sound: word }
        const [near, far] = [compareWords(asked, one)?.score ?? 0, compareWords(asked, two)?.score ?? 0]
        assert.ok(near < 1 && near > far, `${near} ${far}`)
      }),
    )
  })

  test('every mistake of the mix leaves the name more like itself than like a stranger', () => {
    fc.assert(
      fc.property(name, fc.nat(), (own, seed) => {
        const { text } = askedFor(own, seed)
        assert.notEqual(text, lineOf(own))
        assert.ok(score(text, lineOf(own)) > score(text, 'Zzyzx Wvwvw'), text)
      }),
    )
  })

  test('a missing family name costs less than a wrong one; the reason names what met what', () => {
    assert.ok(score('Juan Carlos Peres', 'Juan Carlos Pérez García') > score('Juan Carlos Peres', 'Juan Carlos Perla'))
    const { words: matched, missing } = compareNames('Gracía Peres J. Zelaya', 'Juan Pérez García')
    assert.deepEqual(matched, [
      { asked: 'gracia', found: 'garcia', how: 'letters-differ' },
      { asked: 'peres', found: 'perez', how: 'sounds-alike' },
      { asked: 'j', found: 'juan', how: 'initial' },
    ])
    assert.deepEqual(missing, ['zelaya'])
    assert.deepEqual(compareNames('', 'Ana'), { score: 0, words: [], missing: [] })
  })

  test('remembering changes nothing', () => {
    const compare = rememberingComparer()
    fc.assert(
      fc.property(name, name, (a, b) => {
        const [x, y] = [lineOf(a), lineOf(b)]
        assert.deepEqual(bestLikeness(waysOf(x), waysOf(y), compare), compareNames(x, y))
      }),
    )
  })
})
