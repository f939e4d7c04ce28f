/** The answer of a parser: foreign bytes are expected to be wrong, so a failure is a value with its reason. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; reason: string }

export function parsed<T>(value: T): { ok: true; value: T } {
  return { ok: true, value }
}

export function unparsed(reason: string): { ok: false; reason: string } {
  return { ok: false, reason }
}
