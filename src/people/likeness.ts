import { cutName, skeletonOf, soundOf, type Term } from './sound.ts'

/** How a word that was asked for and a word of the name agree. */
export type Agreement = 'same' | 'sounds-alike' | 'letters-differ' | 'same-consonants' | 'initial'
export type WordMatch = { readonly asked: string; readonly found: string; readonly how: Agreement }
export type Likeness = {
  /** 0 (nothing in common) to 1 (the same words, in any order). */
  readonly score: number
  readonly words: readonly WordMatch[]
  /** Words asked for that the name lacks. */
  readonly missing: readonly string[]
}

/** What a word costs that stands on one side only: less than a wrong one, for many papers leave out a family name. */
const ALONE = 0.35
const LEAST = 0.5

/**
 * Edits between two words: a letter more, less or other, or two neighbours swapped (Damerau-Levenshtein, optimal string
 * alignment). Above `max` the answer is `max + 1`.
 */
export function editsBetween(a: string, b: string, max: number): number {
  const [x, y] = [[...a], [...b]]
  if (Math.abs(x.length - y.length) > max) return max + 1
  let beforeLast: number[] = []
  let last = Array.from({ length: y.length + 1 }, (_, j) => j)
  for (let i = 1; i <= x.length; i++) {
    const row = [i]
    for (let j = 1; j <= y.length; j++) {
      const same = x[i - 1] === y[j - 1]
      let cost = Math.min((last[j - 1] as number) + (same ? 0 : 1), (last[j] as number) + 1, (row[j - 1] as number) + 1)
      if (!same && x[i - 1] === y[j - 2] && x[i - 2] === y[j - 1])
        cost = Math.min(cost, (beforeLast[j - 2] as number) + 1)
      row.push(cost)
    }
    beforeLast = last
    last = row
  }
  return Math.min(last[y.length] as number, max + 1)
}

/**
 * How two words agree, if they do. Symmetric. In this order: the same word (1), alike in sound (about 0.95), few edits
 * for the length, the same three consonants or more (0.8), a letter for a word that begins with it (0.6).
 */
export function compareWords(a: Term, b: Term): { readonly score: number; readonly how: Agreement } | undefined {
  if (a.word === b.word) return { score: 1, how: 'same' }
  const written = editsBetween(a.word, b.word, EDITS_MAX)
  // Of two that sound alike, the nearer in writing comes first. One letter has no sound to go by.
  if (a.sound === b.sound && a.sound.length > 1) return { score: 0.97 - 0.01 * written, how: 'sounds-alike' }
  const byEdits = scoreOfEdits(Math.min(written, editsBetween(a.sound, b.sound, EDITS_MAX)), a, b)
  const skeleton = skeletonOf(a.sound)
  const byConsonants = skeleton.length >= 3 && skeleton === skeletonOf(b.sound) ? 0.8 : 0
  if (byEdits >= Math.max(byConsonants, LEAST)) return { score: byEdits, how: 'letters-differ' }
  if (byConsonants > 0) return { score: byConsonants, how: 'same-consonants' }
  const isInitial = (a.word.length === 1) !== (b.word.length === 1) && a.word[0] === b.word[0]
  return isInitial ? { score: 0.6, how: 'initial' } : undefined
}

const EDITS_MAX = 2

/** An edit weighs more in a short word, and most in one of up to four letters. */
function scoreOfEdits(edits: number, a: Term, b: Term): number {
  const length = Math.max(a.sound.length, b.sound.length)
  if (edits > EDITS_MAX || length < 3) return 0
  return Math.min(1 - (0.9 * edits) / (length > 4 ? length : length - 1), 0.92)
}

export type Comparer = typeof compareWords

/** Remembers comparisons: the names of a register are made of few words, each met a hundred times in one search. */
export function rememberingComparer(): Comparer {
  const known = new Map<string, ReturnType<Comparer>>()
  return (a, b) => {
    const pair = `${a.word} ${b.word}`
    const earlier = known.get(pair)
    if (earlier !== undefined || known.has(pair)) return earlier
    const agreement = compareWords(a, b)
    known.set(pair, agreement)
    return agreement
  }
}

/**
 * How like two names are, whatever the order of their words: the best pairs of words, best first, against all words
 * that there are. Symmetric in its score; 1 only for the same words.
 */
export function compareNames(asked: string, name: string, compare: Comparer = compareWords): Likeness {
  return bestLikeness(waysOf(asked), waysOf(name), compare)
}

/** The ways of cutting a name that `compareNames` tries. */
export function waysOf(text: string, sound = soundOf): (readonly Term[])[] {
  const { apart, joined } = cutName(text, sound)
  return joined.length > 0 ? [apart, joined] : [apart]
}

export function bestLikeness(
  asked: readonly (readonly Term[])[],
  name: readonly (readonly Term[])[],
  compare: Comparer,
): Likeness {
  let best: Likeness = { score: 0, words: [], missing: (asked[0] ?? []).map(({ word }) => word) }
  for (const one of asked) {
    for (const other of name) {
      const likeness = align(one, other, compare)
      if (likeness.score > best.score) best = likeness
    }
  }
  return best
}

function align(asked: readonly Term[], name: readonly Term[], compare: Comparer): Likeness {
  const pairs = asked.flatMap((a, i) =>
    name.flatMap((b, j) => {
      const agreement = compare(a, b)
      return agreement ? [{ i, j, asked: a.word, found: b.word, ...agreement }] : []
    }),
  )
  // Of equal pairs the one whose words come first by letter, from either side: so that the score is symmetric.
  pairs.sort((p, q) => q.score - p.score || (keyOf(p) < keyOf(q) ? -1 : 1))
  const [usedAsked, usedFound] = [new Set<number>(), new Set<number>()]
  const words: (WordMatch & { readonly i: number })[] = []
  let sum = 0
  for (const { i, j, score, ...match } of pairs) {
    if (usedAsked.has(i) || usedFound.has(j)) continue
    usedAsked.add(i)
    usedFound.add(j)
    sum += score
    words.push({ i, asked: match.asked, found: match.found, how: match.how })
  }
  const alone = asked.length + name.length - 2 * words.length
  return {
    score: words.length === 0 ? 0 : sum / (words.length + ALONE * alone),
    words: words.sort((p, q) => p.i - q.i).map(({ i: _, ...match }) => match),
    missing: asked.filter((_, i) => !usedAsked.has(i)).map(({ word }) => word),
  }
}

const keyOf = ({ asked, found }: WordMatch): string => (asked < found ? `${asked} ${found}` : `${found} ${asked}`)
