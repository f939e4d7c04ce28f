import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { compileDateForm, escapeLiteral, patternSource } from './dates.ts'

/** What a column may say. How each is read stands in `map.ts`, one line each. */
export const targets = [
  'person.sourceId',
  'person.sex',
  'person.ageYears',
  'person.names.given',
  'person.names.family1',
  'person.names.family2',
  'person.birthDate',
  'person.nationality',
  'admittedAt',
  'departedAt',
  'custody.level',
  'custody.levelLast',
  'custody.status',
  'custody.statusLast',
  'legal.charge',
  'place.code',
  'firstSeen',
  'lastSeen',
  'startCensored',
  'endCensored',
  'missedDays',
  'change.field',
  'change.from',
  'change.to',
  'change.date',
  'asOf',
] as const
export type Target = (typeof targets)[number] | `claimed.${string}`

const Words = z.strictObject({ es: z.string().min(1), en: z.string().min(1) })
const Reason = z.string().trim().min(3).max(500)
const Name = z.string().min(1).max(200)

/** Source text → what it means; with words where the meaning is not plain from the code. */
const ValueList = z.record(
  z.string(),
  z.union([z.string(), z.boolean(), z.strictObject({ value: z.string(), es: z.string(), en: z.string() })]),
)
export type ValueList = z.infer<typeof ValueList>

const DateForm = z
  .string()
  .max(60)
  .refine((form) => compileDateForm(form) !== undefined, {
    error: 'names year, month and day once each, and no smaller part of the time without the larger',
  })

const Column = z
  .strictObject({
    to: z
      .union([z.enum(targets), z.templateLiteral(['claimed.', z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/)])])
      .optional(),
    keep: z.literal('sealed').optional(),
    drop: Reason.optional(),
    reason: Reason.optional(),
    aliases: z.array(Name).optional(),
    /** The file may lack this column. */
    optional: z.boolean().optional(),
    /** A blank cell rejects the row. Always so for columns of the identity. */
    required: z.boolean().optional(),
    trim: z.boolean().optional(),
    case: z.enum(['upper', 'lower']).optional(),
    pad: z.strictObject({ length: z.int().min(1).max(100), with: z.string().length(1) }).optional(),
    stripLeading: z.string().length(1).optional(),
    /** Texts that mean blank, such as `NULL` or `-`. */
    blank: z.array(z.string()).optional(),
    shape: z.enum(['digits', 'code', 'text']).optional(),
    dates: z.array(DateForm).min(1).optional(),
    values: z.string().optional(),
    valuesBy: z.strictObject({ column: Name, lists: z.record(z.string(), z.string()) }).optional(),
    /** What a value that cannot be read does to its row. */
    onBad: z.enum(['reject', 'keep']).optional(),
  })
  .superRefine((column, context) => {
    const uses = [column.to, column.keep, column.drop].filter((use) => use !== undefined).length
    const say = (message: string) => context.addIssue({ code: 'custom', message })
    if (uses !== 1) say('says exactly one of to, keep, drop')
    if (column.keep !== undefined && column.reason === undefined) say('keep needs a reason')
    if (column.keep === undefined && column.reason !== undefined) say('reason belongs to keep; drop carries its own')
    if (column.values !== undefined && column.valuesBy !== undefined) say('has values or valuesBy, not both')
  })
export type Column = z.infer<typeof Column>

const AsOf = z.union([
  z.strictObject({ column: Name }),
  z.strictObject({
    /** `*` stands for anything; the date form stands in braces: `roster_{YYYYMMDD}.csv*`. */
    fileName: z
      .string()
      .max(200)
      .refine((pattern) => fileNamePattern(pattern) !== undefined, {
        error: 'holds one date form in braces and at most three *',
      }),
  }),
])

const tableKeys = {
  kind: z.enum(['roster', 'stays', 'changes']),
  asOf: AsOf.optional(),
  /** Columns that together say which stay (or, for changes, which change) a row is about. */
  identity: z.array(Name).min(1),
  /** Columns that state an end of custody in words of the source. Empty: the source never does. */
  discharge: z.array(Name),
  columns: z.record(Name, Column),
}

const Table = z.strictObject(tableKeys)
export type Table = z.infer<typeof Table>

const Csv = z.strictObject({
  type: z.literal('csv'),
  delimiter: z.string().regex(/^[,;\t|:]$/, { error: 'is one of , ; tab | :' }),
  quote: z.enum(['"', "'"]),
  headerCase: z.enum(['exact', 'ignore']).optional(),
})
const Ndjson = z.strictObject({ type: z.literal('ndjson'), headerCase: z.enum(['exact', 'ignore']).optional() })

export const Profile = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
    says: Words,
    facility: z.strictObject({
      code: z.string().regex(/^[A-Z]{3}$/, { error: 'is three capital letters, the start of its register numbers' }),
      name: z.string().min(1).max(200),
      zone: z.string().refine(isZone, { error: 'is a time zone of the IANA list, such as America/El_Salvador' }),
      country: z.string().regex(/^[A-Z]{2}$/, { error: 'is an ISO 3166-1 alpha-2 code' }),
    }),
    format: z.discriminatedUnion('type', [Csv, Ndjson]),
    dates: z.array(DateForm).min(1),
    localHour: z
      .strictObject({ repeated: z.enum(['earlier', 'later']), missing: z.enum(['earlier', 'later']) })
      .optional(),
    values: z.record(z.string(), ValueList).optional(),
    ...tableKeys,
    companion: Table.optional(),
  })
  .superRefine((profile, context) => {
    const tables: [Table, (string | number)[]][] = [[profile, []]]
    if (profile.companion) tables.push([profile.companion, ['companion']])
    for (const [table, path] of tables) {
      for (const problem of tableProblems(table, profile.values ?? {})) {
        context.addIssue({ code: 'custom', message: problem.message, path: [...path, ...problem.path] })
      }
    }
  })
export type Profile = z.infer<typeof Profile>

/** One table of a profile, with what it shares with the other. */
export type TableProfile = Omit<Profile, 'companion'>

export type ProfileRead =
  | { readonly ok: true; readonly profile: Profile }
  /** `key: what is wrong`, one a line; for the person who writes the profile. */
  | { readonly ok: false; readonly problems: readonly string[] }

export function parseProfile(text: string): ProfileRead {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { ok: false, problems: [`not JSON: ${error.message}`] }
  }
  const read = Profile.safeParse(value)
  if (read.success) return { ok: true, profile: read.data }
  const problems = read.error.issues.map((issue) => `${issue.path.join('.') || 'profile'}: ${issue.message}`)
  return { ok: false, problems }
}

/** A built-in profile by its name, or any file by its path (anything with a slash or ending in `.json`). */
export async function loadProfile(nameOrPath: string): Promise<ProfileRead> {
  const isPath = nameOrPath.includes('/') || nameOrPath.endsWith('.json')
  if (!isPath && !/^[a-z][a-z0-9-]*$/.test(nameOrPath)) {
    return { ok: false, problems: [`profile: ${nameOrPath} is neither a name nor a path`] }
  }
  const path = isPath ? nameOrPath : fileURLToPath(new URL(`profiles/${nameOrPath}.json`, import.meta.url))
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    return { ok: false, problems: [`profile: there is none called ${nameOrPath}`] }
  }
  return parseProfile(text)
}

export function companionOf(profile: Profile): TableProfile | undefined {
  const { companion, ...shared } = profile
  return companion && { ...withoutAsOf(shared), ...companion }
}

function withoutAsOf(profile: TableProfile): TableProfile {
  const { asOf: _, ...rest } = profile
  return rest
}

/** `roster_{YYYYMMDD}.csv*` as an expression with the groups year, month and day. */
export function fileNamePattern(pattern: string): RegExp | undefined {
  const found = /^([^{}]*)\{([^{}]+)\}([^{}]*)$/.exec(pattern)
  const [, before = '', form = '', after = ''] = found ?? []
  if (!found || (before + after).split('*').length > 4 || compileDateForm(form) === undefined) return undefined
  const glob = (text: string) => text.split('*').map(escapeLiteral).join('.*')
  return new RegExp(`^${glob(before)}${patternSource(form)}${glob(after)}$`)
}

function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    // As the record wants it: `EST` names no place and follows no law.
    return zone.includes('/') || zone === 'UTC'
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

interface TableProblem {
  readonly path: (string | number)[]
  readonly message: string
}

const neededTargets: Readonly<Record<Table['kind'], readonly Target[]>> = {
  roster: ['person.sourceId', 'admittedAt'],
  stays: ['person.sourceId', 'admittedAt'],
  changes: ['person.sourceId', 'admittedAt', 'change.field', 'change.to', 'change.date'],
}

function* tableProblems(table: Table, lists: Readonly<Record<string, ValueList>>): Generator<TableProblem> {
  const names = new Map<string, string>()
  const byTarget = new Map<string, string>()
  for (const [name, column] of Object.entries(table.columns)) {
    const path = ['columns', name]
    for (const header of [name, ...(column.aliases ?? [])]) {
      const key = header.trim().toLowerCase()
      if (names.has(key)) yield { path, message: `${header} is already a name of ${names.get(key)}` }
      names.set(key, name)
    }
    if (column.to !== undefined) {
      const other = byTarget.get(column.to)
      if (other !== undefined) yield { path, message: `${column.to} is already filled by ${other}` }
      byTarget.set(column.to, name)
    }
    for (const list of [column.values, ...Object.values(column.valuesBy?.lists ?? {})]) {
      if (list !== undefined && !Object.hasOwn(lists, list))
        yield { path, message: `there is no list ${list} in values` }
    }
    const by = column.valuesBy?.column
    if (by !== undefined && table.columns[by]?.to === undefined) {
      yield { path, message: `valuesBy names ${by}, which is not a mapped column` }
    }
  }
  for (const target of neededTargets[table.kind]) {
    if (!byTarget.has(target)) yield { path: ['columns'], message: `kind ${table.kind} needs a column for ${target}` }
  }
  for (const name of table.identity) {
    const column = table.columns[name]
    if (column?.to === undefined) yield { path: ['identity'], message: `${name} is not a mapped column` }
    if (column?.optional) yield { path: ['identity'], message: `${name} cannot be optional` }
  }
  for (const name of table.discharge) {
    const to = table.columns[name]?.to
    if (to !== 'departedAt' && to !== 'endCensored') {
      yield { path: ['discharge'], message: `${name} goes neither to departedAt nor to endCensored` }
    }
  }
  for (const target of ['departedAt', 'endCensored']) {
    const name = byTarget.get(target)
    if (name !== undefined && !table.discharge.includes(name)) {
      yield { path: ['discharge'], message: `${name} goes to ${target} and so has to be named here` }
    }
  }
  if (table.kind === 'roster' && table.asOf === undefined) {
    yield { path: ['asOf'], message: 'a roster has to say where its date stands' }
  }
  const asOf = table.asOf
  if (asOf && 'column' in asOf && table.columns[asOf.column]?.to !== 'asOf') {
    yield { path: ['asOf'], message: `${asOf.column} has to go to asOf` }
  }
}
