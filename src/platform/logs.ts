import { type DestinationStream, type Logger, pino } from 'pino'

/**
 * What a log line may carry besides level, time and its fixed words. Everything else is dropped: a list of what is
 * forbidden would miss the field that somebody invents next year. None of these can hold data of a person.
 */
const allowed = {
  act: 'kind of an act, never its id or data',
  added: 'rows that came into a register',
  code: 'code of a refusal, of a system error, or SQLSTATE',
  constraint: 'name of a constraint',
  count: 'how many',
  durationMs: 'how long',
  entries: 'number of entries',
  host: 'address we listen on',
  migration: 'name of a migration',
  method: 'HTTP method',
  n: 'number of an entry in the record',
  origin: 'name of the log',
  permission: 'what was asked for, as a policy names it',
  port: 'port we listen on',
  pid: 'process id',
  register: 'name of a table',
  removed: 'rows that left a register',
  requestId: 'made by us, random',
  role: 'role of whoever asked, never who',
  route: 'pattern of a route, never the address asked for',
  service: 'part of the program',
  size: 'size of the tree',
  status: 'HTTP status',
  version: 'of the program',
  witness: 'what the trust policy calls a witness',
} as const

/** The fields that a log line may carry. */
export type LogFields = { readonly [K in keyof typeof allowed]?: string | number } & { readonly error?: unknown }

/** A log that takes fixed words and allowed fields. `error` is cut down to name, code, constraint and stack lines. */
export type Log = {
  error(words: string, fields?: LogFields): void
  warn(words: string, fields?: LogFields): void
  info(words: string, fields?: LogFields): void
  debug(words: string, fields?: LogFields): void
}

// A word of a program: kinds, codes, route patterns, names of constraints. Not prose, so no names of people.
const plain = /^[\w.:/@{}*-]{1,128}$/

/**
 * What of an error may be logged. The message is left out: PostgreSQL's and the validator's quote values. The frames
 * of the stack name our own files and are safe, its first line is the message again.
 */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error }
  const { code, constraint } = error as { code?: unknown; constraint?: unknown }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at \S/.test(line))
  return {
    name: plain.test(error.name) ? error.name : 'Error',
    ...(typeof code === 'string' && plain.test(code) ? { code } : {}),
    ...(typeof constraint === 'string' && plain.test(constraint) ? { constraint } : {}),
    at: frames.slice(0, 12).map((line) => line.trim()),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  }
}

function permit(fields: LogFields): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(fields)) {
    if (key === 'error') kept.error = describeError(value)
    else if (!Object.hasOwn(allowed, key)) continue
    else if (typeof value === 'number' || (typeof value === 'string' && plain.test(value))) kept[key] = value
  }
  return kept
}

/** A log as JSON lines. @param level the lowest level written; @param destination standard output by default. */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = { level, base: null, timestamp: () => `,"time":"${Temporal.Now.instant()}"` }
  const logger: Logger = destination === undefined ? pino(options) : pino(options, destination)
  const at =
    (name: keyof Log) =>
    (words: string, fields: LogFields = {}) =>
      logger[name](permit(fields), words)
  return { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') }
}
