/** Flags of the commands that load nothing else: what they import must not lead to a database. */
export type Json = { readonly json: boolean }
export type VerifyFlags = Json & {
  readonly trust: string
  readonly promiseKey?: string
  readonly custodianKey?: string
}
export type ConformanceFlags = Json & { readonly maxWrong: number }
