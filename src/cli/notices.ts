import { recipientOf } from '../platform/notices/address.ts'
import { makeChannels } from '../platform/notices/channels.ts'
import { Outbox } from '../platform/notices/outbox.ts'
import type { House } from './house.ts'

/** The notices of an open house: started by who runs it. */
export function openNotices({ config, database, runner, clock, log, secrets }: House): {
  start(): void
  stop(): Promise<void>
} {
  const send = makeChannels({
    smtpUrl: config.smtpUrl,
    sender: config.noticeSender,
    webhookKey: secrets.webhookKey,
    consoleUrl: config.consoleUrl,
    now: () => clock.now(),
  })
  const outbox = new Outbox({
    database,
    runner,
    clock,
    log,
    send,
    configured: config.noticeRecipients.map(recipientOf),
  })
  return {
    start: () => outbox.start(),
    async stop() {
      await outbox.stop()
      send.close()
    },
  }
}
