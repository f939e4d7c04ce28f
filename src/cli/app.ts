import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { type Authoriser, openAuthoriser } from '../access/authorise.ts'
import { buildApi } from '../access/compose.ts'
import { Looks } from '../access/looks.ts'
import { enterPolicies } from '../access/policy-change.ts'
import { openSignIn } from '../access/sign-in/sign-in.ts'
import { DatabaseUnavailable } from '../platform/database.ts'
import { FileStore } from '../platform/files.ts'
import type { Health, HealthSource } from '../platform/http/health.ts'
import { makePages } from '../platform/http/pages.ts'
import { Counters } from '../platform/metrics.ts'
import { consoleFolder } from './console.ts'
import { grantDemonstration } from './demonstration-grants.ts'
import { directorRoutes } from './director-routes.ts'
import type { House } from './house.ts'
import { counted, makeMetricsSource } from './metrics.ts'
import { recordRoutes } from './record-routes.ts'
import { returnRoutes } from './return-routes.ts'
import { routes } from './rooms.ts'
import { searchRoutes } from './search-routes.ts'
import { makeEntrySource, makeLogSource } from './sources.ts'
import { statusRoutes } from './status-routes.ts'

/**
 * The whole interface over an open house; `listen` is the caller's. Another authoriser than that of `policies/` is for
 * measuring what that one costs.
 */
export async function openApp(
  house: House,
  given: { readonly authoriser?: Authoriser } = {},
): Promise<FastifyInstance> {
  const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'))
  const { config, database, registry, runner, record, secrets, clock, log } = house
  const counters = new Counters()
  const signIn = await openSignIn({ config, macKey: secrets.macKey, sql: database, clock, runner, log })
  const authoriser = given.authoriser ?? (await openAuthoriser())
  const strip = statusRoutes(house, (principal) => authoriser.mayDo(principal, 'roll.read', principal.facility))
  const looks = new Looks({ runner, sql: database, clock, log, macKey: secrets.macKey })
  looks.start()
  await enterPolicies(house)
  if (signIn.isDemonstration) await grantDemonstration(house)
  return buildApi({
    acts: [...registry.acts.values()],
    routes: [...routes, ...returnRoutes(house), ...recordRoutes(house), ...directorRoutes, ...searchRoutes(house)],
    endpoints: strip.endpoints,
    onClosing: () => strip.live.close(),
    onClose: () => looks.stop(),
    looks,
    runner: counted(runner, counters),
    macKey: secrets.macKey,
    authoriser,
    entries: makeEntrySource(database, record, house.witnesses),
    logSource: makeLogSource(database, house.witnesses),
    files: new FileStore(join(config.dataFolder, 'files'), database, record.keys),
    signIn,
    pages: makePages({ folder: consoleFolder, originOf: signIn.origins.of }),
    trustedProxies: config.trustedProxies,
    health: makeHealthSource(house),
    metrics: makeMetricsSource(house, counters, () => strip.live.listeners),
    onAnswered: (method, route, status, durationMs) => counters.answered(method, route, status, durationMs),
    sql: database,
    clock,
    log,
    version,
    bodyLimitBytes: config.bodyLimitBytes,
    rateLimitPerMinute: config.rateLimitPerMinute,
  })
}

/** What the parts say of themselves now. */
export function makeHealthSource({ database, clock, standing, witnesses }: House): HealthSource {
  const signs = () => ({
    signer: standing.signerSilentSince === undefined,
    signerSilentSince: standing.signerSilentSince ?? null,
    stopped: standing.stopped?.code ?? null,
  })
  return async (): Promise<Health> => {
    try {
      const [row] = await database.rows<{ at: string | null; waiting: number; refused: number }>(
        `select (select max(at) from checkpoint) as at, (select count(*)::integer from pending) as waiting,
           (select count(*)::integer from finding where rule = 'sync-refused' and upper_inf(span)) as refused`,
      )
      return {
        database: true,
        ...signs(),
        checkpointAgeSeconds: row?.at == null ? null : ageSeconds(row.at, clock.now()),
        unsequencedEntries: row?.waiting ?? 0,
        unwitnessedSince: (await witnesses.standing()).unwitnessedSince ?? null,
        refusedSyncs: row?.refused ?? 0,
      }
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable)) throw error
      return {
        database: false,
        ...signs(),
        checkpointAgeSeconds: null,
        unsequencedEntries: 0,
        unwitnessedSince: null,
        refusedSyncs: 0,
      }
    }
  }
}

const ageSeconds = (at: string, now: Temporal.Instant): number =>
  Math.max(0, Math.round((now.epochMilliseconds - Temporal.Instant.from(at).epochMilliseconds) / 1000))
