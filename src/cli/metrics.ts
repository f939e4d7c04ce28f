import { HELD_SESSIONS } from '../access/sign-in/sessions.ts'
import type { Act, Receipt } from '../kernel/act.ts'
import type { Runner } from '../kernel/ports.ts'
import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import { DatabaseUnavailable } from '../platform/database.ts'
import type { MetricsSource } from '../platform/http/metrics.ts'
import type { Counters, Family } from '../platform/metrics.ts'
import type { House } from './house.ts'

/** The runner, with each outcome counted by kind. */
export function counted(runner: Runner, counters: Counters): Runner {
  const count = (act: Act, outcome: Receipt | Refusal) =>
    counters.acted(act.kind.kind, isRefusal(outcome) ? outcome.code : outcome.repeated ? 'repeated' : 'accepted')
  return {
    async submit(act) {
      const outcome = await runner.submit(act)
      count(act, outcome)
      return outcome
    },
    async submitAll(acts) {
      const outcomes = await runner.submitAll(acts)
      acts.forEach((act, i) => {
        count(act, outcomes[i] as Receipt | Refusal)
      })
      return outcomes
    },
  }
}

type Measured = {
  readonly entries: number
  readonly waiting: number
  readonly size: number
  readonly age: number | null
  readonly held: number
  readonly unconfirmed: number
  readonly notices: number
  readonly connections: number
  readonly sessions: number
}

/** One round trip. Entries are counted by their places: counting a million rows each minute would be a load of its own. */
const MEASURE = `
select (select coalesce(max(idx) + 1, 0) from leaf) as entries,
  (select count(*) from pending) as waiting,
  (select coalesce(max(size), 0) from checkpoint) as size,
  (select extract(epoch from $1::timestamptz - max(at))::float8 from checkpoint) as age,
  (select count(*) from custody where held @> $1::timestamptz) as held,
  (select count(*) from presence where span @> $1::timestamptz and state <> 'at') as unconfirmed,
  (select count(*) from notice where delivered is null) as notices,
  (select count(*) from pg_stat_activity where application_name = 'habeas' and datname = current_database()) as connections,
  (${HELD_SESSIONS}) as sessions`

/** `listeners` answers how many streams are open in this process. */
export function makeMetricsSource(
  { database, clock, standing, config }: House,
  counters: Counters,
  listeners: () => number,
): MetricsSource {
  return async () => [
    ...(await measured(database, clock.now().toString(), config.sessionIdleMinutes)),
    gauge('habeas_listeners', 'Streams of the status strip that are open, in this process.', listeners()),
    ...signerFamilies(standing),
    ...own(),
    ...counters.families(),
  ]
}

async function measured(database: House['database'], now: string, idleMinutes: number): Promise<Family[]> {
  try {
    const [[row], findings] = await Promise.all([
      database.rows<Measured>(MEASURE, [now, idleMinutes]),
      database.rows<{ severity: string; open: number }>(
        'select severity, count(*) as open from finding where closed_n is null group by severity order by severity',
      ),
    ])
    const { entries, waiting, size, age, held, unconfirmed, notices, connections, sessions } = row as Measured
    return [
      gauge('habeas_database_up', 'Whether the database answers.', 1),
      gauge('habeas_entries', 'Entries with a place in the tree.', entries),
      gauge('habeas_entries_waiting', 'Entries that wait for their place.', waiting),
      gauge('habeas_checkpoint_size', 'Size of the newest signed tree.', size),
      ...(age === null
        ? []
        : [gauge('habeas_checkpoint_age_seconds', 'Age of the newest signed tree.', Math.max(0, age))]),
      gauge('habeas_held', 'People held now.', held),
      gauge('habeas_unconfirmed', 'People held whose whereabouts are not confirmed.', unconfirmed),
      gauge('habeas_notices_waiting', 'Notices not yet delivered.', notices),
      gauge('habeas_database_connections', 'Connections of this program, all processes.', connections),
      gauge('habeas_sessions', 'Sessions of officers that hold.', sessions),
      {
        name: 'habeas_findings_open',
        kind: 'gauge',
        help: 'Open findings by severity.',
        samples: ['S1', 'S2', 'S3', 'S4'].map((severity) => ({
          labels: { severity },
          value: findings.find((one) => one.severity === severity)?.open ?? 0,
        })),
      },
    ]
  } catch (error) {
    if (!(error instanceof DatabaseUnavailable)) throw error
    return [gauge('habeas_database_up', 'Whether the database answers.', 0)]
  }
}

const signerFamilies = ({ signerSilentSince, stopped }: House['standing']): Family[] => [
  gauge('habeas_signer_up', 'Whether the signer answers.', signerSilentSince === undefined ? 1 : 0),
  gauge('habeas_signing_stopped', 'The tree is not what was signed: nothing is signed.', stopped === undefined ? 0 : 1),
]

/** This process. Names as exporters of other programs have them, so that ready-made boards work. */
function own(): Family[] {
  const { user, system } = process.cpuUsage()
  return [
    {
      name: 'process_cpu_seconds_total',
      kind: 'counter',
      help: 'Processor time.',
      samples: [{ value: (user + system) / 1e6 }],
    },
    gauge('process_resident_memory_bytes', 'Memory in use.', process.memoryUsage.rss()),
    gauge('process_uptime_seconds', 'Since the process began.', process.uptime()),
  ]
}

const gauge = (name: string, help: string, value: number): Family => ({
  name,
  kind: 'gauge',
  help,
  samples: [{ value }],
})
