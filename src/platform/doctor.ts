import { readdir, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sql } from '../kernel/ports.ts'
import type { Words } from '../kernel/refusal.ts'
import { backupsHolding } from './backup/made.ts'
import { readMigrations } from './migrate.ts'
import { UNDELIVERED_MINUTES_MAX } from './notices/outbox.ts'

/** `unknown` is not well: what could not be looked at has to be. */
export type Check = {
  readonly id: string
  readonly state: 'ok' | 'bad' | 'unknown'
  readonly says: Words
  /** What would mend it; with every check that is not well. */
  readonly remedy?: Words
}

export const ok = (id: string, en: string, es: string): Check => ({ id, state: 'ok', says: { en, es } })
export const bad = (id: string, says: Words, remedy: Words): Check => ({ id, state: 'bad', says, remedy })
export const unknown = (id: string, says: Words, remedy: Words): Check => ({ id, state: 'unknown', says, remedy })

/** Ours, each a sign that somebody should look before it hurts. */
export const LIMITS = {
  diskFreeFractionMin: 0.1,
  diskFreeBytesMin: 1 << 30,
  queueMax: 10_000,
  checkpointAgeMinutesMax: 5,
  clockAheadSecondsMax: 5,
} as const

/** The machine: what needs no database. */
export async function checkMachine(
  dataFolder: string,
  secretsFolder = join(dataFolder, 'secrets'),
  nodeVersion = process.versions.node,
): Promise<Check[]> {
  const checks: Check[] = []
  const major = Number(nodeVersion.split('.')[0])
  checks.push(
    major >= 26
      ? ok('runtime', `Node ${nodeVersion}.`, `Node ${nodeVersion}.`)
      : bad(
          'runtime',
          { en: `Node ${nodeVersion} is too old.`, es: `Node ${nodeVersion} es demasiado antiguo.` },
          {
            en: 'Start through bin/habeas.mjs, which brings its own.',
            es: 'Arranque con bin/habeas.mjs, que trae el suyo.',
          },
        ),
  )
  checks.push(await checkModes('data-folder', dataFolder, 0o077, false))
  checks.push(await checkModes('secrets', secretsFolder, 0o077, true))
  checks.push(await checkOversightKey(dataFolder))
  checks.push(await checkKeyBackups(dataFolder))
  checks.push(await checkDisk(dataFolder))
  return checks
}

/** The folder, and with `deep` all that lies in it, closed to others. */
async function checkModes(id: string, folder: string, forbidden: number, deep: boolean): Promise<Check> {
  try {
    const inside = deep
      ? (await readdir(folder, { recursive: true, withFileTypes: true }))
          .filter((entry) => !entry.isSocket())
          .map((entry) => join(entry.parentPath, entry.name))
      : []
    const open: string[] = []
    for (const path of [folder, ...inside]) if (((await stat(path)).mode & forbidden) !== 0) open.push(path)
    if (open.length === 0) return ok(id, `${folder} is closed to others.`, `${folder} está cerrada a otros.`)
    return bad(
      id,
      { en: `Others may read ${open.join(', ')}.`, es: `Otros pueden leer ${open.join(', ')}.` },
      { en: `chmod -R go-rwx ${open.join(' ')}`, es: `chmod -R go-rwx ${open.join(' ')}` },
    )
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOENT' && code !== 'EACCES') throw error
    return bad(
      id,
      { en: `${folder} is not there, or not ours to read.`, es: `${folder} no está, o no podemos leerla.` },
      {
        en: 'The first start makes it. If there was one, put it back before anything else: HABEAS_DATA and HABEAS_SECRETS say where.',
        es: 'La crea el primer arranque. Si la hubo, repóngala antes que nada: HABEAS_DATA y HABEAS_SECRETS dicen dónde.',
      },
    )
  }
}

/** The private half that was made for the demonstration must have been carried away. */
async function checkOversightKey(dataFolder: string): Promise<Check> {
  const path = join(dataFolder, 'oversight', 'oversight-wrap.json')
  const isHere = await stat(path).then(
    () => true,
    () => false,
  )
  if (!isHere)
    return ok(
      'oversight-key',
      'The private key of oversight is not here.',
      'La clave privada de la supervisión no está aquí.',
    )
  return bad(
    'oversight-key',
    {
      en: `The private key of oversight lies on this machine: ${path}.`,
      es: `La clave privada de la supervisión está en esta máquina: ${path}.`,
    },
    {
      en: 'Have the oversight body take it away and delete it here, or give its own public key at the first start: docs/operations.md.',
      es: 'Que el órgano de supervisión se la lleve y se borre aquí, o dé su propia clave pública en el primer arranque: docs/operations.md.',
    },
  )
}

/** What was expunged lives on in a file of keys that is kept beyond its last day. */
async function checkKeyBackups(dataFolder: string): Promise<Check> {
  const id = 'key-backups'
  const now = Temporal.Now.instant()
  const today = now.toZonedDateTimeISO('UTC').toPlainDate().toString()
  try {
    const overdue = (await backupsHolding(dataFolder, { expunged: now.toString(), today })).filter((one) => one.overdue)
    if (overdue.length === 0)
      return ok(
        id,
        'No backup of keys lies here beyond its last day.',
        'Ninguna copia de claves está aquí más allá de su último día.',
      )
    const paths = overdue.map(({ keys }) => keys).join(', ')
    return bad(
      id,
      { en: `Kept beyond their last day: ${paths}.`, es: `Conservadas más allá de su último día: ${paths}.` },
      {
        en: 'Destroy them, and every copy of them: what was expunged lives on there.',
        es: 'Destrúyalas, y toda copia de ellas: ahí sigue vivo lo que se suprimió.',
      },
    )
  } catch (error) {
    return unknown(
      id,
      {
        en: `The list of backups could not be read (${(error as Error).message}).`,
        es: 'No se pudo leer la lista de copias.',
      },
      { en: 'Mend or restore backups.ndjson.', es: 'Corrija o reponga backups.ndjson.' },
    )
  }
}

async function checkDisk(folder: string): Promise<Check> {
  try {
    const { bavail, blocks, bsize } = await statfs(folder)
    const gigabytes = Math.floor((bavail * bsize) / 1e8) / 10
    if (bavail / blocks >= LIMITS.diskFreeFractionMin && bavail * bsize >= LIMITS.diskFreeBytesMin)
      return ok('disk', `${gigabytes} GB free.`, `${gigabytes} GB libres.`)
    return bad(
      'disk',
      { en: `Only ${gigabytes} GB free.`, es: `Solo quedan ${gigabytes} GB.` },
      {
        en: 'Make room or move the data: a full disk stops recording. docs/operations.md says how much a year takes.',
        es: 'Haga sitio o mueva los datos: un disco lleno detiene el registro. docs/operations.md dice cuánto ocupa un año.',
      },
    )
  } catch (error) {
    return unknown(
      'disk',
      { en: `The disk could not be asked (${(error as Error).message}).`, es: 'No se pudo consultar el disco.' },
      { en: 'Check the data folder first.', es: 'Revise antes la carpeta de datos.' },
    )
  }
}

export type Signed = { readonly origin: string | null; readonly size: number }

type Row = {
  version: number
  entries: number
  waiting: number
  size: number
  checkpoint_size: number | null
  checkpoint_at: string | null
  now: string
  oversight: number
  analyzed: boolean
  counters: number
  undelivered: number
}

const LOOK = `
select current_setting('server_version_num')::integer as version,
  (select count(*) from entry) as entries,
  (select count(*) from pending) as waiting,
  (select coalesce(max(idx) + 1, 0) from leaf) as size,
  (select max(size) from checkpoint) as checkpoint_size,
  (select max(at) from checkpoint) as checkpoint_at,
  clock_timestamp() as now,
  (select count(*) from notice_address where agreed is not null) as oversight,
  exists (select from pg_stat_user_tables where relname = 'entry' and coalesce(last_analyze, last_autoanalyze) is not null) as analyzed,
  (select count(*) from register_counter r where exists (
     select from custody c where c.facility = r.facility
       and c.register_number ~ ('^[A-Z0-9]+-' || lpad((r.year % 100)::text, 2, '0') || '-[0-9]+$')
       and split_part(c.register_number, '-', 3)::integer > r.last)) as counters,
  (select count(*) from notice where delivered is null and made < clock_timestamp() - make_interval(mins => $1)) as undelivered`

/** The database and what stands in it. `sql` may read everything; `signed` is what the signer remembers, if anything. */
export async function checkRecord(sql: Sql, now: Temporal.Instant, signed: Signed | undefined): Promise<Check[]> {
  const checks = [await checkMigrations(sql)]
  if (checks[0]?.state !== 'ok') return checks
  const [row] = await sql.rows<Row>(LOOK, [UNDELIVERED_MINUTES_MAX])
  if (!row) throw new Error('the database answered nothing')
  return [
    ...checks,
    checkQueue(row),
    checkCheckpoint(row, now),
    checkSigner(row, signed),
    checkClock(row, now),
    row.analyzed || row.entries < LIMITS.queueMax
      ? ok('statistics', 'The planner knows the tables.', 'El planificador conoce las tablas.')
      : bad(
          'statistics',
          {
            en: 'The planner knows nothing of the entries: queries may take minutes.',
            es: 'El planificador no sabe nada de los asientos: las consultas pueden tardar minutos.',
          },
          {
            en: 'In the database: analyze. And see that autovacuum is on.',
            es: 'En la base de datos: analyze. Y compruebe que autovacuum esté activo.',
          },
        ),
    row.counters === 0
      ? ok(
          'register-counter',
          'Register numbers go on where they are.',
          'Los números del registro continúan donde están.',
        )
      : bad(
          'register-counter',
          {
            en: `${row.counters} counters stand below numbers that were given.`,
            es: `${row.counters} contadores están por debajo de números ya dados.`,
          },
          {
            en: 'Stop admissions and restore: the next number would be given twice.',
            es: 'Detenga los ingresos y restaure: el próximo número se daría dos veces.',
          },
        ),
    row.undelivered === 0
      ? ok('notices', 'No notice waits for longer than it should.', 'Ningún aviso espera más de lo debido.')
      : bad(
          'notices',
          {
            en: `${row.undelivered} notices have waited for over an hour.`,
            es: `${row.undelivered} avisos esperan desde hace más de una hora.`,
          },
          {
            en: 'See HABEAS_SMTP_URL and the address; column failure of table notice says why.',
            es: 'Revise HABEAS_SMTP_URL y la dirección; la columna failure de la tabla notice dice por qué.',
          },
        ),
    row.oversight > 0
      ? ok('oversight-address', 'Notices reach oversight.', 'Los avisos llegan a la supervisión.')
      : bad(
          'oversight-address',
          {
            en: 'Nobody told this house where oversight is reached.',
            es: 'Nadie dijo a esta casa dónde se avisa a la supervisión.',
          },
          {
            en: 'An administrator sends notice.propose, an officer of oversight notice.agree: docs/operations.md.',
            es: 'Un administrador envía notice.propose y un funcionario de supervisión notice.agree: docs/operations.md.',
          },
        ),
  ]
}

async function checkMigrations(sql: Sql): Promise<Check> {
  const files = await readMigrations()
  const applied = await sql
    .rows<{ name: string; sha256: string }>('select name, sha256 from migration order by name')
    .catch((error: unknown) => {
      // 42P01: no such table. A database that was never started.
      if ((error as { code?: unknown }).code === '42P01') return []
      throw error
    })
  const byName = new Map(files.map(({ name, sha256 }) => [name, sha256]))
  const strange = applied.filter(({ name, sha256 }) => byName.get(name) !== sha256).map(({ name }) => name)
  if (strange.length > 0)
    return bad(
      'migrations',
      {
        en: `The database has ${strange.join(', ')}, which this program does not.`,
        es: `La base de datos tiene ${strange.join(', ')}, que este programa no tiene.`,
      },
      {
        en: 'Start the program that belongs to it (the newer one).',
        es: 'Arranque el programa que le corresponde (el más nuevo).',
      },
    )
  if (applied.length < files.length)
    return bad(
      'migrations',
      {
        en: `${files.length - applied.length} changes of the tables wait.`,
        es: `Faltan ${files.length - applied.length} cambios de las tablas.`,
      },
      { en: 'Back up, then habeas start: it applies them.', es: 'Haga una copia y luego habeas start: los aplica.' },
    )
  return ok('migrations', `All ${files.length} changes of the tables.`, `Los ${files.length} cambios de las tablas.`)
}

const checkQueue = ({ waiting }: Row): Check =>
  waiting <= LIMITS.queueMax
    ? ok('queue', `${waiting} entries wait for their place.`, `${waiting} asientos esperan su lugar.`)
    : bad(
        'queue',
        {
          en: `${waiting} entries wait for their place in the tree.`,
          es: `${waiting} asientos esperan su lugar en el árbol.`,
        },
        {
          en: 'Is habeas start running? Its log says what holds the sequencer.',
          es: '¿Está en marcha habeas start? Su registro dice qué detiene al secuenciador.',
        },
      )

function checkCheckpoint({ size, checkpoint_size, checkpoint_at, waiting }: Row, now: Temporal.Instant): Check {
  const head = checkpoint_size ?? 0
  if (size === 0 && waiting === 0) return ok('checkpoint', 'Nothing to sign yet.', 'Aún no hay nada que firmar.')
  if (head === size && waiting === 0)
    return ok('checkpoint', `All ${size} entries are signed.`, `Los ${size} asientos están firmados.`)
  const since = checkpoint_at === null ? undefined : Temporal.Instant.from(checkpoint_at)
  const minutes = since === undefined ? undefined : Math.floor(now.since(since).total('minutes'))
  if (minutes !== undefined && minutes <= LIMITS.checkpointAgeMinutesMax)
    return ok('checkpoint', `Signed up to ${head} of ${size}.`, `Firmado hasta ${head} de ${size}.`)
  return bad(
    'checkpoint',
    {
      en: `${size - head + waiting} entries are not signed; the last signature is ${minutes ?? 'no'} minutes old.`,
      es: `${size - head + waiting} asientos sin firmar; la última firma tiene ${minutes ?? 'ningún'} minutos.`,
    },
    {
      en: 'habeas start, and read its log: the signer is away, or refuses.',
      es: 'habeas start, y lea su registro: el firmante falta o se niega.',
    },
  )
}

function checkSigner({ size }: Row, signed: Signed | undefined): Check {
  if (signed === undefined)
    return bad(
      'signer-state',
      {
        en: 'The signer remembers nothing: its state.json is not there.',
        es: 'El firmante no recuerda nada: no está su state.json.',
      },
      {
        en: 'Put secrets/signer back whole. Never let it begin anew on a record that was signed.',
        es: 'Reponga entera la carpeta secrets/signer. Nunca deje que empiece de nuevo sobre un registro firmado.',
      },
    )
  if (signed.size <= size)
    return ok('signer-state', `It has signed ${signed.size} of ${size}.`, `Ha firmado ${signed.size} de ${size}.`)
  return bad(
    'signer-state',
    {
      en: `It has signed a tree of ${signed.size}; the database holds ${size}: an older copy.`,
      es: `Firmó un árbol de ${signed.size}; la base de datos tiene ${size}: es una copia anterior.`,
    },
    {
      en: 'Restore a newer backup, or close this log and state the loss: habeas restore … --new-origin NAME.',
      es: 'Restaure una copia más nueva, o cierre este registro y declare la pérdida: habeas restore … --new-origin NOMBRE.',
    },
  )
}

function checkClock({ now: there, checkpoint_at }: Row, now: Temporal.Instant): Check {
  const apart = Math.abs(now.since(Temporal.Instant.from(there)).total('seconds'))
  const ahead = checkpoint_at === null ? 0 : Temporal.Instant.from(checkpoint_at).since(now).total('seconds')
  if (ahead <= LIMITS.clockAheadSecondsMax && apart <= LIMITS.clockAheadSecondsMax)
    return ok(
      'clock',
      'Program, database and last signature agree on the time.',
      'Programa, base de datos y última firma concuerdan en la hora.',
    )
  return bad(
    'clock',
    {
      en: `The clock is ${Math.round(Math.max(ahead, apart))} s away from the database or behind the last signature.`,
      es: `El reloj difiere ${Math.round(Math.max(ahead, apart))} s de la base de datos o va detrás de la última firma.`,
    },
    {
      en: 'Set the time and keep it by NTP: clocks of law run on it.',
      es: 'Ajuste la hora y manténgala por NTP: los plazos legales dependen de ella.',
    },
  )
}
