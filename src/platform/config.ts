import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { isAddress, recipientOf } from './notices/address.ts'

const PostgresUrl = z.url({ protocol: /^postgres(ql)?$/, hostname: /.*/ })

/** One configuration key: where it may come from, and what it must look like. */
const settings = {
  dataFolder: { variable: 'HABEAS_DATA', value: z.string().min(1).default('.habeas') },
  // Keys, apart from the data where one wants them on another disk; `secrets` in the data folder when absent.
  secretsFolder: { variable: 'HABEAS_SECRETS', value: z.string().min(1).optional() },
  databaseUrl: { variable: 'DATABASE_URL', value: PostgresUrl.optional() },
  // Logins of the other roles on an external server; the one of databaseUrl where they are absent.
  ownerDatabaseUrl: { variable: 'HABEAS_OWNER_DATABASE_URL', value: PostgresUrl.optional() },
  sequencerDatabaseUrl: { variable: 'HABEAS_SEQUENCER_DATABASE_URL', value: PostgresUrl.optional() },
  expungerDatabaseUrl: { variable: 'HABEAS_EXPUNGER_DATABASE_URL', value: PostgresUrl.optional() },
  host: { variable: 'HABEAS_HOST', value: z.string().min(1).default('127.0.0.1') },
  port: { variable: 'HABEAS_PORT', value: z.int().min(0).max(65_535).default(8472) },
  // Names the log in every checkpoint for ever (C2SP tlog-checkpoint: an origin line, as a schema-less URL).
  origin: {
    variable: 'HABEAS_ORIGIN',
    value: z
      .string()
      .regex(/^[!-*,-~]+$/, 'printable ASCII without spaces and "+"')
      .default('habeas.example/tecoluca'),
  },
  checkpointIntervalMs: { variable: 'HABEAS_CHECKPOINT_INTERVAL_MS', value: z.int().min(10).max(60_000).default(200) },
  promiseSeconds: { variable: 'HABEAS_PROMISE_SECONDS', value: z.int().min(1).max(3600).default(10) },
  logLevel: {
    variable: 'HABEAS_LOG_LEVEL',
    value: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  },
  bodyLimitBytes: {
    variable: 'HABEAS_BODY_LIMIT_BYTES',
    value: z
      .int()
      .min(1024)
      .default(16 * 1024 * 1024),
  },
  rateLimitPerMinute: { variable: 'HABEAS_RATE_LIMIT_PER_MINUTE', value: z.int().min(1).default(6000) },
  // smtp://user:password@host:587; smtps for a connection that is encrypted from its first byte.
  smtpUrl: { variable: 'HABEAS_SMTP_URL', value: z.url({ protocol: /^smtps?$/, hostname: /.*/ }).optional() },
  noticeSender: { variable: 'HABEAS_NOTICE_SENDER', value: z.email().default('habeas@localhost.localdomain') },
  // Whom the facility itself has told; where oversight is reached is for two officers to say (notice.propose).
  noticeRecipients: {
    variable: 'HABEAS_NOTICE_RECIPIENTS',
    value: z
      .array(
        z.string().refine((text) => {
          const { role, channel, address } = recipientOf(text)
          return /^[a-z-]{1,40}$/.test(role) && role !== 'oversight' && isAddress(channel, address)
        }, 'role=name@host or role=https://…; oversight is not set here'),
      )
      .default([]),
  },
  // Where people open the console: its public address, and the one that links in notices have.
  consoleUrl: {
    variable: 'HABEAS_CONSOLE_URL',
    value: z.url({ protocol: /^https?$/, hostname: /.*/ }).default('http://127.0.0.1:8472'),
  },
  // The OpenID Connect issuer that officers sign in at; the demonstration issuer where none is named.
  issuerUrl: { variable: 'HABEAS_ISSUER_URL', value: z.url({ protocol: /^https?$/, hostname: /.*/ }).optional() },
  issuerClientId: { variable: 'HABEAS_ISSUER_CLIENT_ID', value: z.string().min(1).max(200).default('habeas') },
  // A file, so that the secret stands in no environment and no configuration; without one the client is a public one.
  issuerSecretFile: { variable: 'HABEAS_ISSUER_SECRET_FILE', value: z.string().min(1).optional() },
  issuerScope: { variable: 'HABEAS_ISSUER_SCOPE', value: z.string().min(1).max(400).default('openid') },
  roleClaim: { variable: 'HABEAS_ROLE_CLAIM', value: z.string().min(1).default('habeas_role') },
  // value=role: the first in this order that the claim holds. The roles' own names where nothing is said.
  roleValues: {
    variable: 'HABEAS_ROLE_VALUES',
    value: z.array(z.string().regex(/^.{1,200}=[a-z][a-z-]{1,39}$/, 'value=role')).default([]),
  },
  facilityClaim: { variable: 'HABEAS_FACILITY_CLAIM', value: z.string().min(1).default('habeas_facility') },
  // A pseudonym for lists of officers; without the claim one is made from the officer's id.
  labelClaim: { variable: 'HABEAS_LABEL_CLAIM', value: z.string().min(1).default('habeas_label') },
  // Ours: a session that nobody uses ends after the first, any session after the second.
  sessionIdleMinutes: { variable: 'HABEAS_SESSION_IDLE_MINUTES', value: z.int().min(2).max(480).default(30) },
  sessionHours: { variable: 'HABEAS_SESSION_HOURS', value: z.int().min(1).max(24).default(12) },
  // Ours: how long it can still be seen who was signed in, and when.
  sessionKeptDays: { variable: 'HABEAS_SESSION_KEPT_DAYS', value: z.int().min(2).max(3650).default(90) },
  // From one address. A facility may be one, and a shift signs in together.
  signInsPerMinute: { variable: 'HABEAS_SIGN_INS_PER_MINUTE', value: z.int().min(1).default(60) },
  // Who may say for whom they ask (X-Forwarded-For); else every officer behind a proxy would count as one.
  trustedProxies: {
    variable: 'HABEAS_TRUSTED_PROXIES',
    value: z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])).default([]),
  },
  // Ours: what was expunged lives on in an older file of keys until its last day.
  keyBackupDays: { variable: 'HABEAS_KEY_BACKUP_DAYS', value: z.int().min(1).max(366).default(30) },
  // People of the reference facility, 0 for none; the mixture's own number where nothing is said.
  population: { variable: 'HABEAS_POPULATION', value: z.int().min(0).max(1_000_000).optional() },
  // Of the place, for acts that come without one.
  zone: {
    variable: 'HABEAS_ZONE',
    value: z.string().refine(isTimeZone, 'no time zone of the IANA database').default('America/El_Salvador'),
  },
} as const

function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name)
    return true
  } catch {
    return false
  }
}

type Key = keyof typeof settings
type Shape = { [K in Key]: (typeof settings)[K]['value'] }

const keys = Object.keys(settings) as Key[]
const Config = z.strictObject(Object.fromEntries(keys.map((key) => [key, settings[key].value])) as Shape)

/** The configuration of this process. Folders are absolute; `databaseUrl` is absent for the embedded server. */
export type Config = z.infer<typeof Config> & { readonly secretsFolder: string }

/** What is wrong with the configuration, by key and by where the value came from. Values are not repeated. */
export class ConfigInvalid extends Error {
  override readonly name = 'ConfigInvalid'
}

export const configFileName = 'habeas.config.json'

/** A variable's text as the value it stands for: numbers and lists are told by the key's default. */
function fromText(key: Key, text: string): unknown {
  const fallback: unknown = settings[key].value.safeParse(undefined).data
  if (typeof fallback === 'number' || key === 'population') return /^\d+$/.test(text) ? Number(text) : text
  if (Array.isArray(fallback))
    return text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '')
  return text
}

function fromEnvironment(env: NodeJS.ProcessEnv): Partial<Record<Key, unknown>> {
  const found: Partial<Record<Key, unknown>> = {}
  for (const key of keys) {
    const text = env[settings[key].variable]
    // An empty variable is how a shell or a compose file says "not set".
    if (text !== undefined && text !== '') found[key] = fromText(key, text)
  }
  return found
}

async function fromFile(path: string): Promise<Record<string, unknown>> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw error
  }
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text))
  } catch (cause) {
    throw new ConfigInvalid(`${path} is not a JSON object.`, { cause })
  }
}

/**
 * The configuration from `habeas.config.json` in `folder`, if there is one, overridden by the environment.
 * @throws ConfigInvalid naming each wrong key.
 */
export async function loadConfig(env: NodeJS.ProcessEnv = process.env, folder = process.cwd()): Promise<Config> {
  const path = resolve(folder, configFileName)
  const file = await fromFile(path)
  const variables = fromEnvironment(env)
  const parsed = Config.safeParse({ ...file, ...variables })
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => {
      if (issue.code === 'unrecognized_keys')
        return `${path}: unknown ${issue.keys.join(', ')} (known: ${keys.join(', ')})`
      const key = issue.path[0] as Key
      const place = key in variables ? `${key} (${settings[key].variable})` : `${key} (${path})`
      return `${place}: ${issue.message}`
    })
    throw new ConfigInvalid(`The configuration is wrong.\n${lines.join('\n')}`)
  }
  const dataFolder = resolve(folder, parsed.data.dataFolder)
  const { secretsFolder } = parsed.data
  return { ...parsed.data, dataFolder, secretsFolder: resolve(folder, secretsFolder ?? join(dataFolder, 'secrets')) }
}
