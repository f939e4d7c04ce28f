/**
 * Small seeded generators, so that the same seed makes the same people on every machine. Not for secrets.
 *
 * The numbers come from sfc32 ("small fast counting", 32-bit words; C. Doty-Humphrey, PractRand, public domain):
 *     t = a + b + d;  d = d + 1;  a = b ^ (b >>> 9);  b = c + (c << 3);  c = rotl(c, 21) + t;  answer t
 * Its four words are filled by splitmix32 from the seed and a path of whole numbers, and the first 12 answers are
 * thrown away, as its author advises. One person has one stream: nobody's data depend on who was made before.
 */
export type Random = {
  /** A whole number of 32 bits. */
  readonly word: () => number
  /** In [0, 1). */
  readonly real: () => number
  /** A whole number from `from` to `to`, both included. */
  readonly int: (from: number, to: number) => number
  /** True with this probability. Always takes one number, so that changing a share moves nothing else. */
  readonly chance: (share: number) => boolean
  readonly pick: <T>(list: readonly T[]) => T
  /** A key of a table of shares that add up to 1. */
  readonly weighted: <K extends string>(table: Weighted<K>) => K
}

/** A table of shares, made ready for drawing. */
export type Weighted<K extends string = string> = { readonly keys: readonly K[]; readonly upTo: readonly number[] }

export function weigh<K extends string>(shares: Readonly<Partial<Record<K, number>>>): Weighted<K> {
  const keys = Object.keys(shares) as K[]
  let sum = 0
  return { keys, upTo: keys.map((key) => (sum += shares[key] as number)) }
}

/** The generator itself, from its four words. */
export function sfc32(a: number, b: number, c: number, d: number): () => number {
  return () => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + t) | 0
    return t >>> 0
  }
}

/** The stream of numbers for a seed and a path: `randomOf(7, 1, 204)`. All are whole numbers below 2^53. */
export function randomOf(...path: readonly number[]): Random {
  let state = 0
  const mix = () => {
    state = (state + 0x9e3779b9) | 0
    let z = state ^ (state >>> 16)
    z = Math.imul(z, 0x21f0aaad)
    z ^= z >>> 15
    z = Math.imul(z, 0x735a2d97)
    return z ^ (z >>> 15)
  }
  for (const step of path) {
    state = mix() ^ (step | 0)
    state = mix() ^ Math.floor(step / 0x1_0000_0000)
  }
  const word = sfc32(mix(), mix(), mix(), 1)
  for (let i = 0; i < 12; i++) word()
  const real = () => word() / 0x1_0000_0000
  const pick = <T>(list: readonly T[]): T => {
    if (list.length === 0) throw new Error('nothing to pick from')
    return list[Math.floor(real() * list.length)] as T
  }
  return {
    word,
    real,
    int: (from, to) => from + Math.floor(real() * (to - from + 1)),
    chance: (share) => real() < share,
    pick,
    weighted: ({ keys, upTo }) => {
      const at = real()
      const index = upTo.findIndex((limit) => at < limit)
      return (index < 0 ? keys.at(-1) : keys[index]) as (typeof keys)[number]
    },
  }
}
