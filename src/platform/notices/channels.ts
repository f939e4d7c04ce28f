import { createHmac } from 'node:crypto'
import { createTransport } from 'nodemailer'
import type { Channel } from './address.ts'
import { bodyOf, messageOf, type Notice } from './text.ts'

/** The notice did not get there; `code` names why and no address. Everything may be tried again. */
export class NotDelivered extends Error {
  override readonly name = 'NotDelivered'
  readonly code: string
  constructor(code: string, cause?: unknown) {
    super(`a notice was not delivered: ${code}`, { cause })
    this.code = code
  }
}

/** Sends one notice to one address. @throws NotDelivered */
export type Send = (address: string, notice: Notice, role: string) => Promise<void>

export type ChannelOptions = {
  readonly smtpUrl?: string | undefined
  readonly sender: string
  readonly webhookKey: Buffer
  /** Where the console answers, for the link. */
  readonly consoleUrl: string
  readonly now: () => Temporal.Instant
  readonly timeoutMs?: number
}

const TIMEOUT_MS = 20_000

export function makeChannels(options: ChannelOptions): Readonly<Record<Channel, Send>> & { close(): void } {
  const mail = makeMail(options)
  return { mail: mail.send, webhook: makeWebhook(options), close: mail.close }
}

function makeMail({ smtpUrl, sender, consoleUrl, timeoutMs = TIMEOUT_MS }: ChannelOptions) {
  const timeouts = { connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs }
  const transport =
    smtpUrl === undefined
      ? undefined
      : createTransport({ url: smtpUrl, ...timeouts, disableFileAccess: true, disableUrlAccess: true })
  const send: Send = async (address, notice) => {
    if (!transport) throw new NotDelivered('no-mail-server')
    const { subject, text } = messageOf(notice, consoleUrl)
    const domain = sender.slice(sender.lastIndexOf('@') + 1)
    try {
      await transport.sendMail({
        from: { name: 'Habeas', address: sender },
        to: { name: '', address },
        subject,
        text,
        // The same notice sent twice, after a crash between sending and writing it down, is one message to the reader.
        messageId: `<${notice.id}@${domain}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
      })
    } catch (error) {
      const { code, responseCode } = error as { code?: string; responseCode?: number }
      throw new NotDelivered(responseCode === undefined ? `smtp-${code ?? 'fault'}` : `smtp-${responseCode}`, error)
    }
  }
  return { send, close: () => transport?.close() }
}

/**
 * `POST`, JSON, signed: `habeas-signature: t=SECONDS,v1=HEX`, HEX the HMAC-SHA256 of `SECONDS.BODY` under the key of
 * `secrets/webhook.key`. The receiver computes it over the bytes it got, and refuses a time older than five minutes.
 */
function makeWebhook({ webhookKey, consoleUrl, now, timeoutMs = TIMEOUT_MS }: ChannelOptions): Send {
  return async (address, notice, role) => {
    const body = bodyOf(notice, role, consoleUrl)
    const seconds = Math.floor(now().epochMilliseconds / 1000)
    let status: number
    try {
      const response = await fetch(address, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'habeas-notice': notice.id,
          'habeas-signature': `t=${seconds},v1=${signatureOf(webhookKey, seconds, body)}`,
        },
        body,
        // A redirect would carry the notice somewhere that nobody agreed to.
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      })
      await response.body?.cancel()
      status = response.status
    } catch (error) {
      throw new NotDelivered(
        (error as Error).name === 'TimeoutError' ? 'webhook-timeout' : 'webhook-unreachable',
        error,
      )
    }
    if (status < 200 || status > 299) throw new NotDelivered(`webhook-${status}`)
  }
}

export const signatureOf = (key: Buffer, seconds: number, body: string): string =>
  createHmac('sha256', key).update(`${seconds}.${body}`).digest('hex')
