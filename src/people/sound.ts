import { normaliseName } from './names.ts'

/**
 * How a word of a name sounds to somebody who writes it down in Spanish: words that are easily written for each other
 * have the same key. Pure, and part of a register: to change it is to change `person_name.search_keys` (replay).
 */
export function soundOf(word: string): string {
  // A letter may have no counterpart of its own (ʿain, the hard sign): a word of such letters alone sounds as itself.
  const latin = romanise(word) || word
  const sound = rules.reduce((text, [pattern, to]) => text.replace(pattern, to), latin)
  return sound === '' ? latin : sound
}

// In this order. A class of sounds becomes one letter, doubled letters one; `!` guards what is settled from later rules.
const rules: readonly (readonly [RegExp, string])[] = [
  [/off$|ow$/, 'ob'],
  [/tsch|sch|sh|tch|ch/g, 'x!'],
  [/kh/g, 'j'],
  [/ph/g, 'f'],
  [/^hu(?=[aeio])/, 'w'],
  [/gu(?=[ao])/g, 'w'],
  [/qu(?=[eiy])/g, 'k'],
  [/gu(?=[eiy])|gh/g, 'g!'],
  [/dj|g(?=[eiy])/g, 'j'],
  [/x(?!!)/g, 'j'],
  [/c(?=[eiy])/g, 's'],
  [/ll/g, 'i'],
  [/[cqk]/g, 'k'],
  [/[zç]/g, 's'],
  [/ts/g, 's'],
  [/v/g, 'b'],
  [/ou|oo|w/g, 'u'],
  [/ee|y/g, 'i'],
  [/[h!]/g, ''],
  [/n(?=[bpm])/g, 'm'],
  [/(.)\1+/g, '$1'],
]

/** The consonants alone: what is left of a name that went through another script. */
export const skeletonOf = (sound: string): string => sound.replace(/[aeiou]/g, '')

// Arabic leaves out short vowels; its skeleton is what meets the transliteration.
const letters: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'ا a|أ a|إ i|آ a|ب b|ت t|ث t|ج j|ح h|خ kh|د d|ذ d|ر r|ز z|س s|ش sh|ص s|ض d|ط t|ظ z|ع |غ g|ف f|ق k|ك k|ل l|م m|ن n|ه h|ة a|و u|ي i|ى a|ئ i|ؤ u|ء |' +
    'а a|б b|в v|г g|д d|е e|ё e|ж j|з z|и i|й i|к k|л l|м m|н n|о o|п p|р r|с s|т t|у u|ф f|х kh|ц ts|ч ch|ш sh|щ sh|ъ |ы i|ь |э e|ю iu|я ia'
  )
    .split('|')
    .map((pair) => {
      const [from = '', to = ''] = pair.split(' ')
      return [from.normalize('NFKD').replace(/\p{M}/gu, ''), to]
    }),
)
const romanise = (word: string): string =>
  /[^\p{sc=Latin}\p{N}]/u.test(word) ? word.replace(/./gu, (c) => letters[c] ?? c) : word

/** A word of a name: as normalised, and as it sounds. */
export type Term = { readonly word: string; readonly sound: string }

const articles = /^(al|el|ul|an|ar|as|ad|at|az|ash)$/
const particles = new Set(
  'de del la las lo los el al ul y e i da das do dos di du van von der den bin ibn bint'.split(' '),
)

/**
 * A name can be cut in two ways: parts and particles each for itself (`al-Hallaq` → hallaq, `de la Cruz` → cruz), or
 * joined as many write them (alhallaq, delacruz). The second is empty where there is nothing to join. Words once each,
 * in their order; a name of particles alone keeps them.
 */
export function cutName(
  text: string,
  sound = soundOf,
): { readonly apart: readonly Term[]; readonly joined: readonly Term[] } {
  const apart: string[] = []
  const joined: string[] = []
  const alone: string[] = []
  let before = ''
  for (const chunk of text.normalize('NFC').split(/[\s,.;]+/u)) {
    const parts = normaliseName(chunk.replace(/['’‘`´ʼʾʿʹ]/gu, ''))
      .split(' ')
      .filter((part) => part !== '')
    if (parts.length === 0) continue
    alone.push(...parts)
    const word = parts.join('')
    if (particles.has(word)) {
      before += word
      continue
    }
    apart.push(...(parts.length > 1 && articles.test(parts[0] as string) ? parts.slice(1) : parts))
    joined.push(before + word)
    before = ''
  }
  const words = apart.length > 0 ? apart : alone
  return { apart: termsOf(words, sound), joined: joined.join() === words.join() ? [] : termsOf(joined, sound) }
}

const termsOf = (words: readonly string[], sound: typeof soundOf): Term[] =>
  [...new Set(words)].map((word) => ({ word, sound: sound(word) }))

/** `soundOf` that remembers: for a search, which meets the same words in a thousand names. */
export function rememberingSound(): typeof soundOf {
  const known = new Map<string, string>()
  return (word) => {
    const earlier = known.get(word)
    if (earlier !== undefined) return earlier
    const sound = soundOf(word)
    known.set(word, sound)
    return sound
  }
}

const DELETIONS_FROM = 4
const SKELETON_FROM = 3
/** Of a word: what a key of an index can hold, whatever somebody types into a name. */
const LETTERS_MAX = 80

/**
 * Two words share a key when they sound alike, when the sounds are one letter apart (missing, added, wrong, two
 * swapped), or when the consonants are the same. Some words two letters apart share one too: ranking tells them apart.
 * Short words have fewer keys, or everything would be like everything.
 */
export function keysOf(term: Term): string[] {
  const letters = [...term.sound].slice(0, LETTERS_MAX)
  const shortened = letters.length < DELETIONS_FROM ? [] : letters.map((_, i) => letters.toSpliced(i, 1).join(''))
  return [...new Set([...soundKeysOf(term), ...shortened])]
}

/** Of these keys, those of the whole word: its sound and its consonants. */
export function soundKeysOf({ sound }: Term): string[] {
  const skeleton = skeletonOf(sound)
  const whole = [sound, ...(skeleton.length >= SKELETON_FROM ? [`~${skeleton}`] : [])]
  return whole.map((key) => [...key].slice(0, LETTERS_MAX).join(''))
}

/** All keys under which a name is found, each once, sorted: in the parts that are known and as on the paper. */
export function searchKeys(texts: readonly string[]): string[] {
  const terms = texts.flatMap((text) => {
    const { apart, joined } = cutName(text)
    return [...apart, ...joined]
  })
  return [...new Set(terms.flatMap(keysOf))].sort()
}
