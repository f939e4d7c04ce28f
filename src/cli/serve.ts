import { pruneSessions } from '../access/sign-in/sessions.ts'
import { openApp } from './app.ts'
import { type Chore, ServiceClock } from './clock.ts'
import { due } from './due.ts'
import type { House } from './house.ts'
import { openNotices } from './notices.ts'

/** Sessions are no part of the record: who signed in when is kept for a while, not for ever. */
const pruneEnded: Chore = async ({ database, config, log }, now) => {
  const pruned = await pruneSessions(database, now, config.sessionKeptDays)
  if (pruned > 0) log.info('ended sessions were deleted', { count: pruned, service: 'clock' })
}

export type Serving = { readonly url?: string; close(): Promise<void> }

/** The clock, and HTTP where `listen` says so; announced only when it answers. The clock has ticked once on return. */
export async function serve(house: House, { listen }: { readonly listen: boolean }): Promise<Serving> {
  const clock = new ServiceClock(house, due, pruneEnded)
  await clock.tick()
  if (!listen) return { close: () => clock.stop() }
  const app = await openApp(house)
  const notices = openNotices(house)
  const close = async () => {
    await app.close()
    await clock.stop()
    await notices.stop()
  }
  try {
    const url = await app.listen({ host: house.config.host, port: house.config.port })
    await house.announce(url)
    clock.start()
    notices.start()
    house.log.info('listening', { host: house.config.host, port: Number(new URL(url).port) })
    return { url, close }
  } catch (error) {
    await close()
    throw error
  }
}
