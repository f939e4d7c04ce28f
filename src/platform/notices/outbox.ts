import { derivedId } from '../../kernel/ids.ts'
import type { Clock, Runner, Sql, Transactions } from '../../kernel/ports.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { serviceAct } from '../../record/house-keeping.ts'
import { isAway } from '../http/problems.ts'
import type { Log } from '../logs.ts'
import { deliverNotice } from './acts.ts'
import type { Channel, Recipient } from './address.ts'
import { NotDelivered, type Send } from './channels.ts'

export type OutboxOptions = {
  readonly database: Sql & Transactions
  readonly runner: Runner
  readonly clock: Clock
  readonly log: Log
  readonly send: Readonly<Record<Channel, Send>>
  /** From the configuration: everybody but oversight, whose address stands in the record. */
  readonly configured: readonly Recipient[]
}

/** Ours: a notice that is so late is a finding. */
export const UNDELIVERED_MINUTES_MAX = 60

/** Rules whose findings are told whatever their severity: the product cannot do its work, or somebody outside is to hear. */
export const TOLD_RULES = [
  'sync-refused',
  'signer-silent',
  'checkpoint-unwitnessed',
  'notice-undelivered',
  'glass-broken',
  'duty-escalated',
  'order-after-release',
] as const

const INTERVAL_MS = 5_000
const LISTED_MAX = 20
const CLAIMED_MAX = 10
/** While one process sends, no other does; should it die, another tries after this. */
const LEASE_MINUTES = 5
const BACKOFF_MINUTES = [1, 2, 5, 10, 20, 60] as const

/**
 * The outbox. `tick` writes a notice for each recipient of what is open and was told to nobody, then sends what waits.
 * Both are found by query: whatever is lost in a crash is found again by the next tick, and no commit has to notify.
 */
export class Outbox {
  readonly #options: OutboxOptions
  #timer: NodeJS.Timeout | undefined
  #running: Promise<number> | undefined

  constructor(options: OutboxOptions) {
    this.#options = options
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.tick().catch((error: unknown) => {
        // What is away is said elsewhere; the next tick finds the same again.
        if (!isAway(error)) this.#options.log.error('notices could not be sent', { error, service: 'notices' })
      })
    }, INTERVAL_MS)
    this.#timer.unref()
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#running?.catch(() => undefined)
  }

  /** Resolves to how many were delivered. Never two at once. */
  tick(): Promise<number> {
    this.#running ??= this.#work().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  async #work(): Promise<number> {
    const recipients = await this.recipients()
    for (const recipient of recipients) await this.#write(recipient)
    const claimed = await this.#claim()
    const sent = await Promise.all(claimed.map((notice) => this.#deliver(notice, recipients)))
    await this.#enterLate()
    return sent.filter(Boolean).length
  }

  /** The facility's own from the configuration; that of oversight as two officers agreed. */
  async recipients(): Promise<Recipient[]> {
    const agreed = await this.#options.database.rows<Recipient>(
      `select distinct on (role, channel) role, channel, address from notice_address
       where agreed is not null order by role, channel, agreed desc, entry_n desc`,
    )
    return [...this.#options.configured.filter(({ role }) => role !== 'oversight'), ...agreed]
  }

  /** One notice of everything new, so that an import with 6,509 findings is one message. */
  async #write({ role, channel }: Recipient): Promise<void> {
    const { database, clock } = this.#options
    const now = clock.now().toString({ smallestUnit: 'millisecond' })
    await database.run(async (tx) => {
      // Two who tick at once would each make a notice of the same findings.
      await tx.rows('select pg_advisory_xact_lock(hashtext($1))', [`notice ${role} ${channel}`])
      const fresh = await tx.rows<{ finding: string; rule: string }>(
        `select f.finding, f.rule from finding f
         where f.closed_n is null and (f.severity = 'S1' or f.rule = any($3::text[]))
           and not exists (select from notice_covers c where c.finding = f.finding and c.role = $1 and c.channel = $2)
         order by f.severity, f.rule, f.finding`,
        [role, channel, [...TOLD_RULES]],
      )
      const [first] = fresh
      if (!first) return
      const rules: Record<string, number> = {}
      for (const { rule } of fresh) rules[rule] = (rules[rule] ?? 0) + 1
      const findings = fresh.map(({ finding }) => finding)
      const id = derivedId('notice', role, channel, first.finding, String(fresh.length))
      tx.write(
        `insert into notice (id, role, channel, rules, findings, count, made, next_at)
         values ($1, $2, $3, $4::jsonb, $5::uuid[], $6, $7, $7)`,
        [id, role, channel, JSON.stringify(rules), findings.slice(0, LISTED_MAX), findings.length, now],
      )
      tx.write(
        'insert into notice_covers (finding, role, channel, notice) select f, $2, $3, $4 from unnest($1::uuid[]) f',
        [findings, role, channel, id],
      )
    })
  }

  /** Takes what is due; no row stays locked while the network is slow. */
  async #claim(): Promise<Waiting[]> {
    const { database, clock } = this.#options
    const now = clock.now()
    return database.rows<Waiting>(
      `update notice set attempts = attempts + 1, next_at = $2 where id in (
         select id from notice where delivered is null and next_at <= $1 order by next_at limit ${CLAIMED_MAX}
         for update skip locked)
       returning id, role, channel, rules, findings, count, made, attempts`,
      [now.toString(), now.add({ minutes: LEASE_MINUTES }).toString()],
    )
  }

  async #deliver(notice: Waiting, recipients: readonly Recipient[]): Promise<boolean> {
    const { database, clock, send, log } = this.#options
    const { id, role, channel, attempts } = notice
    try {
      const to = recipients.find((one) => one.role === role && one.channel === channel)
      // Asked for now, not when it was written: an address that was mended takes effect.
      if (!to) throw new NotDelivered('no-address')
      await send[channel](to.address, notice, role)
    } catch (error) {
      if (!(error instanceof NotDelivered)) throw error
      const minutes = BACKOFF_MINUTES[Math.min(attempts, BACKOFF_MINUTES.length) - 1] as number
      await database.rows('update notice set failure = $2, next_at = $3 where id = $1', [
        id,
        error.code,
        clock.now().add({ minutes }).toString(),
      ])
      log.warn('a notice was not delivered', { code: error.code, count: attempts, service: 'notices' })
      return false
    }
    await this.#enter(notice, 'delivered')
    await database.rows('update notice set delivered = $2, failure = null where id = $1', [id, clock.now().toString()])
    return true
  }

  /** What is late stands in the record too, once; it is tried on. */
  async #enterLate(): Promise<void> {
    const { database, clock } = this.#options
    const late = await database.rows<Waiting>(
      `select id, role, channel, rules, findings, count, made, attempts from notice
       where delivered is null and not late and attempts > 0 and made <= $1`,
      [clock.now().subtract({ minutes: UNDELIVERED_MINUTES_MAX }).toString()],
    )
    for (const notice of late) {
      await this.#enter(notice, 'undelivered')
      await database.rows('update notice set late = true where id = $1', [notice.id])
    }
  }

  async #enter({ id, role, channel, attempts, count }: Waiting, outcome: 'delivered' | 'undelivered'): Promise<void> {
    const { runner, clock } = this.#options
    const act = { notice: id, role, channel, outcome, attempts, findings: count }
    const entered = await runner.submit(serviceAct(deliverNotice, { act }, clock, [id, outcome]))
    if (isRefusal(entered)) throw new Error(`a delivery was refused: ${entered.code}`)
  }
}

/** Whom notices have not reached for too long: role and channel, since when. From the register, so that replay agrees. */
export const findUndelivered = (sql: Sql): Promise<{ recipient: string; since: string }[]> =>
  sql.rows(
    `select d.role || '-' || d.channel as recipient, min(d.at) as since from notice_delivery d
     where d.outcome = 'undelivered'
       and not exists (select from notice_delivery x where x.notice = d.notice and x.outcome = 'delivered')
     group by 1 order by 1`,
  )

type Waiting = {
  readonly id: string
  readonly role: string
  readonly channel: Channel
  readonly rules: Readonly<Record<string, number>>
  readonly findings: readonly string[]
  readonly count: number
  readonly made: string
  readonly attempts: number
}
