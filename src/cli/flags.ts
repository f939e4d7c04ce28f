/** Flags of the commands that load nothing else: what they import must not lead to a database. */
export type Json = { readonly json: boolean }
export type VerifyFlags = Json & {
  readonly trust: string
  readonly promiseKey?: string
  readonly custodianKey?: string
}
export type ConformanceFlags = Json & { readonly maxWrong: number }
/** Of the dates of a sentence: length · release and expiry · all but early removal · all. */
export const LEVELS = ['L0', 'L1', 'L2', 'L3'] as const
export type CrdFlags = ConformanceFlags & { readonly level: (typeof LEVELS)[number] }
export type FiguresFlags = ConformanceFlags & { readonly expect?: string }
