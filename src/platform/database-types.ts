import pg from 'pg'

type TypeId = Parameters<typeof pg.types.getTypeParser>[0]

// How PostgreSQL's text becomes our values. Object identifiers: `select oid, typname from pg_type`.
const int8 = 20
const int8Array = 1016
const date = 1082
const dateArray = 1182
const timestamp = 1114
const timestampArray = 1115
const timestamptz = 1184
const timestamptzArray = 1185
const interval = 1186
const textArray = 1009 as TypeId // the driver's types know no array of text

/** A bigint as a number. One beyond 2^53 is thrown, never rounded: it would be another entry's number. */
export function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit a number exactly`)
  return value
}

const utcText = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)\+00$/

/**
 * A timestamptz as RFC 3339 text in UTC with `Z`, microseconds kept: `2026-11-24T22:00:00.123456Z`. Never a `Date`,
 * which cuts to milliseconds.
 * @throws RangeError for `infinity`: our tables hold open ranges instead.
 */
export function parseInstant(text: string): string {
  const utc = utcText.exec(text)
  if (utc !== null) return `${utc[1]}T${utc[2]}Z`
  // Another session time zone; years outside 0000-9999 and infinity end in the error.
  return Temporal.Instant.from(text.replace(' ', 'T')).toString()
}

const asIs = (text: string) => text
const texts = pg.types.getTypeParser(textArray) as (text: string) => (string | null)[]
const each =
  <T>(parse: (text: string) => T) =>
  (text: string) =>
    texts(text).map((item) => (item === null ? null : parse(item)))

const parsers = new Map<number, (text: string) => unknown>([
  [int8, parseInt8],
  [int8Array, each(parseInt8)],
  [timestamptz, parseInstant],
  [timestamptzArray, each(parseInstant)],
  // As text: the driver's own parsers make `Date`s of the machine's time zone.
  [date, asIs],
  [dateArray, each(asIs)],
  [timestamp, asIs],
  [timestampArray, each(asIs)],
  [interval, asIs],
])

/** The type parsers of every connection. jsonb is parsed, bytea is a Buffer, ranges and numerics stay text. */
export const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    const own = format === 'binary' ? undefined : parsers.get(oid)
    return own ?? pg.types.getTypeParser(oid, format ?? 'text')
  },
}
