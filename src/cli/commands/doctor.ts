import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { systemClock } from '../../kernel/ports.ts'
import { type Config, loadConfig } from '../../platform/config.ts'
import { connectDatabase, type Database } from '../../platform/database.ts'
import { bad, type Check, checkMachine, checkRecord, ok, unknown } from '../../platform/doctor.ts'
import { openSecrets } from '../../platform/secrets.ts'
import { TrustPolicy } from '../../platform/trust-policy.ts'
import { unwitnessedSince } from '../../record/heads.ts'
import { KeyRing } from '../../record/keys.ts'
import { buildRegistry } from '../../record/registry.ts'
import { replaySample } from '../../record/replay.ts'
import { connectSigner } from '../../signer/client.ts'
import { findState } from '../../signer/state.ts'
import type { Context } from '../context.ts'
import type { Json } from '../flags.ts'
import { findRunning, type RunFile, takeInstance } from '../instance.ts'
import { rooms } from '../rooms.ts'

const SAMPLE_PEOPLE = 50

export async function seeDoctor(this: Context, { json }: Json): Promise<void> {
  const { terminal } = this
  const checks = await examine(await loadConfig(this.env))
  const wrong = checks.filter(({ state }) => state !== 'ok')
  if (json) terminal.say(JSON.stringify({ well: wrong.length === 0, checks }))
  else {
    for (const { state, says, remedy } of checks) {
      const sign = state === 'ok' ? '  ' : state === 'bad' ? '✗ ' : '? '
      terminal.say(`${sign}${terminal.words(says)}`)
      if (remedy) terminal.say(`    → ${terminal.words(remedy)}`)
    }
    terminal.say(
      terminal.words(
        wrong.length === 0
          ? { en: 'All is well.', es: 'Todo está bien.' }
          : {
              en: `${wrong.length} of ${checks.length} need somebody.`,
              es: `${wrong.length} de ${checks.length} necesitan atención.`,
            },
      ),
    )
  }
  this.end(wrong.length === 0 ? 'done' : 'broken')
}

async function examine(config: Config): Promise<Check[]> {
  const machine = await checkMachine(config.dataFolder, config.secretsFolder)
  const running = await findRunning(config)
  const runs = await checkRunning(config, running)
  let instance: Awaited<ReturnType<typeof takeInstance>>
  try {
    instance = await takeInstance(config)
  } catch (error) {
    return [...machine, ...runs, noDatabase(error)]
  }
  const database = connectDatabase(config.ownerDatabaseUrl ?? instance.server.connectionString)
  try {
    return [...machine, ...runs, ...(await examineRecord(config, database))]
  } catch (error) {
    return [...machine, ...runs, noDatabase(error)]
  } finally {
    await database.close()
    await instance.release()
  }
}

const noDatabase = (error: unknown): Check => {
  const why = error instanceof Error ? ((error.cause as Error | undefined)?.message ?? error.message) : String(error)
  return bad(
    'database',
    { en: `The database could not be examined: ${why}`, es: `No se pudo examinar la base de datos: ${why}` },
    {
      en: 'Is it running, is DATABASE_URL right, may its role read all tables? For the embedded server see pg.log in the data folder.',
      es: '¿Está en marcha, es correcta DATABASE_URL, puede su rol leer todas las tablas? Para el servidor incluido vea pg.log en la carpeta de datos.',
    },
  )
}

async function examineRecord(config: Config, database: Database): Promise<Check[]> {
  const signed = await findState(join(config.secretsFolder, 'signer'))
  const now = systemClock.now()
  const [server] = await database.rows<{ version: string }>("select current_setting('server_version') as version")
  const checks = [
    ok('database', `PostgreSQL ${server?.version} answers.`, `PostgreSQL ${server?.version} responde.`),
    ...(await checkRecord(database, now, signed)),
  ]
  if (checks.some(({ id, state }) => id === 'migrations' && state !== 'ok')) return checks
  return [...checks, await checkWitnesses(config, database, now), await checkSample(config, database)]
}

async function checkRunning(config: Config, running: RunFile | undefined): Promise<Check[]> {
  if (running === undefined) {
    const isLeft = await access(join(config.dataFolder, 'run.json')).then(
      () => true,
      () => false,
    )
    const stale: Check = bad(
      'run-file',
      { en: 'run.json is left from a process that has ended.', es: 'run.json quedó de un proceso que terminó.' },
      { en: 'habeas start puts it right; nothing is lost.', es: 'habeas start lo corrige; no se pierde nada.' },
    )
    const off = unknown(
      'running',
      {
        en: 'Habeas does not run here: nothing is recorded or signed now.',
        es: 'Habeas no está en marcha aquí: ahora no se asienta ni se firma nada.',
      },
      { en: 'habeas start', es: 'habeas start' },
    )
    return isLeft ? [off, stale] : [off]
  }
  const signer = connectSigner({ socketPath: running.signerSocket })
  try {
    await signer.state()
    return [
      ok('running', `Habeas runs (process ${running.pid}).`, `Habeas está en marcha (proceso ${running.pid}).`),
      ok('signer', 'The signer answers.', 'El firmante responde.'),
    ]
  } catch {
    return [
      bad(
        'signer',
        {
          en: 'The signer does not answer: promises and checkpoints wait.',
          es: 'El firmante no responde: esperan promesas y puntos de control.',
        },
        { en: 'Restart habeas; what was recorded stands.', es: 'Reinicie habeas; lo asentado queda.' },
      ),
    ]
  } finally {
    signer.close()
  }
}

async function checkWitnesses(config: Config, database: Database, now: Temporal.Instant): Promise<Check> {
  try {
    const policy = await new TrustPolicy(join(config.dataFolder, 'trust.policy')).get()
    const since = await unwitnessedSince(database, policy, now)
    if (policy.quorum === 'none')
      return bad(
        'witnesses',
        {
          en: 'No witness is asked: nobody outside would see a rewritten record.',
          es: 'No se consulta a ningún testigo: nadie de fuera vería un registro reescrito.',
        },
        { en: 'habeas witness add: docs/witness.md', es: 'habeas witness add: docs/witness.md' },
      )
    if (since === undefined) return ok('witnesses', 'Witnesses have cosigned.', 'Los testigos han firmado.')
    return bad(
      'witnesses',
      {
        en: `Not cosigned by enough witnesses since ${since}.`,
        es: `Sin firma de testigos suficientes desde ${since}.`,
      },
      {
        en: 'Can they be reached? Else exchange by file: docs/witness.md',
        es: '¿Se les alcanza? Si no, intercambie por archivo: docs/witness.md',
      },
    )
  } catch (error) {
    return unknown(
      'witnesses',
      {
        en: `The trust policy cannot be read: ${(error as Error).message}`,
        es: `No se puede leer la política de confianza: ${(error as Error).message}`,
      },
      {
        en: 'Put the true one back; the first start makes one.',
        es: 'Reponga la verdadera; el primer arranque hace una.',
      },
    )
  }
}

/** Registers of some people against the record. `habeas replay` looks at all of them. */
async function checkSample(config: Config, database: Database): Promise<Check> {
  try {
    const folder = config.secretsFolder
    await access(join(folder, 'facility-wrap.json'))
    const secrets = await openSecrets(folder, join(config.dataFolder, 'oversight'))
    const record = {
      registry: buildRegistry(rooms),
      keys: new KeyRing(secrets.facility, secrets.oversight),
      clock: systemClock,
    }
    const { custodies, differing } = await replaySample(record, database, SAMPLE_PEOPLE)
    if (differing.length === 0)
      return ok(
        'replay',
        `The registers of ${custodies} custodies are what the record says.`,
        `Los registros de ${custodies} custodias son lo que dice el registro.`,
      )
    return bad(
      'replay',
      {
        en: `Registers differ from the record: ${differing.join(', ')}.`,
        es: `Hay registros que difieren: ${differing.join(', ')}.`,
      },
      {
        en: 'habeas replay names the rows; habeas audit checks the record itself.',
        es: 'habeas replay nombra las filas; habeas audit comprueba el registro mismo.',
      },
    )
  } catch (error) {
    return unknown(
      'replay',
      {
        en: `No sample could be replayed: ${(error as Error).message}`,
        es: `No se pudo reproducir una muestra: ${(error as Error).message}`,
      },
      {
        en: 'The secrets folder must be the one of this record.',
        es: 'La carpeta de secretos debe ser la de este registro.',
      },
    )
  }
}
