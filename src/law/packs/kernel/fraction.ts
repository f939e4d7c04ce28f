/** Shares of a sentence as exact pairs of whole numbers: 0.6667 of 9 days is 7, two thirds is 6. */

export type Fraction = { readonly over: number; readonly under: number }

export const fraction = (over: number, under: number): Fraction => {
  if (!Number.isInteger(over) || !Number.isInteger(under) || over < 0 || under < 1) {
    throw new RangeError(`not a share: ${over}/${under}`)
  }
  return { over, under }
}

export const WHOLE = fraction(1, 1)

/** The share of a number of days, a part of a day taken as a whole one. */
export const ceilShare = (days: number, { over, under }: Fraction): number => {
  const product = days * over
  return Math.floor(product / under) + (product % under === 0 ? 0 : 1)
}

/** The share of a number of days, a part of a day dropped. */
export const floorShare = (days: number, { over, under }: Fraction): number => Math.floor((days * over) / under)

export const sameShare = (a: Fraction, b: Fraction): boolean => a.over * b.under === b.over * a.under

export const writeShare = ({ over, under }: Fraction): string => (under === 1 ? String(over) : `${over}/${under}`)
