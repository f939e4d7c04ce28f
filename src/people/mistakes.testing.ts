// Mistakes that people make in names, by seed. Imported by tests and benches only.
import type { NameParts } from '../simulate/names.ts'
import { type Random, randomOf, weigh } from '../simulate/random.ts'

/** The mix: shares of mistakes. One asker in five makes two. What a name has no place for becomes a wrong letter. */
export const mistakeShares = {
  'accents-dropped': 0.12,
  'letter-wrong': 0.14,
  'letter-missing': 0.14,
  'letter-doubled': 0.08,
  'letters-swapped': 0.1,
  'family-names-swapped': 0.12,
  'family-name-missing': 0.08,
  'as-it-sounds': 0.22,
} as const
export type Mistake = keyof typeof mistakeShares
const SECOND_MISTAKE = 0.2

const shares = weigh<Mistake>(mistakeShares)

/** As somebody writes who heard the name, or took it from another script. */
const sounds: readonly (readonly [RegExp, string])[] = [
  [/v/i, 'b'],
  [/b/i, 'v'],
  [/z/i, 's'],
  [/s/i, 'z'],
  [/c(?=[eií])/i, 's'],
  [/ll/i, 'y'],
  [/y/i, 'll'],
  [/qu(?=[eéií])/i, 'k'],
  [/c(?=[aáoóu])/i, 'k'],
  [/k/i, 'c'],
  [/h(?=[aáeéiíoóu])/i, ''],
  [/g(?=[eéií])/i, 'j'],
  [/j(?=[eéi])/i, 'g'],
  [/gu(?=[aá])/i, 'w'],
  [/w/i, 'gu'],
  [/x/i, 'j'],
  [/ñ/i, 'n'],
  [/^al-/i, 'el '],
  [/^an-/i, 'al-'],
  [/kh/i, 'j'],
  [/ou/i, 'u'],
  [/u(?=[rfs])/i, 'ou'],
  [/i(?=[aáoó])/i, 'y'],
  [/ch/i, 'sh'],
  [/f/i, 'ph'],
  [/q(?!u)/i, 'k'],
  [/['’]/, ''],
  [/-/, ' '],
]

type Draft = { parts: NameParts }

/** The name as somebody asks for it: one line, never what was recorded. */
export function askedFor(name: NameParts, ...path: readonly number[]): { text: string; mistakes: Mistake[] } {
  const random = randomOf(...path)
  const draft: Draft = { parts: name }
  const mistakes = [make(draft, random, random.weighted(shares))]
  const second = random.weighted(shares)
  if (random.chance(SECOND_MISTAKE)) mistakes.push(make(draft, random, second))
  if (lineOf(draft.parts) === lineOf(name)) mistakes.push(make(draft, random, 'letter-wrong'))
  return { text: lineOf(draft.parts), mistakes }
}

export const lineOf = ({ given, family1, family2 }: NameParts): string =>
  [given, family1, family2].filter((part) => part !== undefined).join(' ')

function make(draft: Draft, random: Random, mistake: Mistake): Mistake {
  const changed = change(draft.parts, random, mistake)
  if (changed) {
    draft.parts = changed
    return mistake
  }
  draft.parts = change(draft.parts, random, 'letter-wrong') as NameParts
  return 'letter-wrong'
}

function change(name: NameParts, random: Random, mistake: Mistake): NameParts | undefined {
  const { given, family1, family2 } = name
  switch (mistake) {
    case 'accents-dropped': {
      const bare = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '')
      const plain = {
        given: bare(given),
        family1: bare(family1),
        ...(family2 !== undefined && { family2: bare(family2) }),
      }
      return lineOf(plain) === lineOf(name) ? undefined : plain
    }
    case 'family-names-swapped':
      return family2 === undefined || family2 === family1 ? undefined : { given, family1: family2, family2: family1 }
    case 'family-name-missing':
      return family2 === undefined ? undefined : { given, family1: random.chance(0.7) ? family1 : family2 }
    case 'as-it-sounds': {
      const words = wordsIn(name).flatMap((word) =>
        sounds
          .filter(([pattern]) => pattern.test(word.text))
          .map(([pattern, to]) => ({ word, to: word.text.replace(pattern, to) })),
      )
      if (words.length === 0) return undefined
      const { word, to } = random.pick(words)
      return word.put(to)
    }
    default: {
      const word = random.pick(wordsIn(name).filter(({ text }) => text.length > 2))
      const letters = [...word.text]
      const i = random.int(mistake === 'letter-wrong' ? 0 : 1, letters.length - 1)
      const [before, letter] = [letters[i - 1] as string, letters[i] as string]
      const other = random.pick([...'abcdefghijlmnopqrstuvxyz'].filter((one) => one !== letter.toLowerCase()))
      if (mistake === 'letters-swapped' && before === letter) return undefined
      if (mistake === 'letter-missing') letters.splice(i, 1)
      else if (mistake === 'letter-doubled') letters.splice(i, 0, letter)
      else if (mistake === 'letters-swapped') letters.splice(i - 1, 2, letter, before)
      else letters[i] = other
      return word.put(letters.join(''))
    }
  }
}

/** The words of a name, each with a way to put another in its place. */
function wordsIn(name: NameParts): { text: string; put: (text: string) => NameParts }[] {
  return (['given', 'family1', 'family2'] as const).flatMap((part) => {
    const words = name[part]?.split(' ') ?? []
    return words.map((text, i) => ({ text, put: (to: string) => ({ ...name, [part]: words.with(i, to).join(' ') }) }))
  })
}
