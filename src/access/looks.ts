import { createHmac } from 'node:crypto'
import type { Act, ActKind } from '../kernel/act.ts'
import type { Contract } from '../kernel/contract.ts'
import { jcs } from '../kernel/json.ts'
import type { Clock, Runner, Sql } from '../kernel/ports.ts'
import { isRefusal } from '../kernel/refusal.ts'
import type { Input, Principal } from '../platform/http/endpoint.ts'
import type { Log } from '../platform/logs.ts'
import { serviceAct } from '../record/house-keeping.ts'
import { denyAccess, readAccess, readApart } from './acts.ts'
import { FACILITY_ROLES } from './roles.ts'
import { namedIn } from './scope.ts'

/** Ours. Looks alike within the window are one; a first look is written within seconds, the rest when it is over. */
const WINDOW_MS = 5 * 60_000
const FLUSH_MS = 3_000
/** Entered by who hands it out, before it is handed out (`issued.ts`). */
const RETURN_PATH = '/api/returns/:number'

/** Requests that follow each other so quickly are one look: a page opens a file by several of them. */
const ONE_LOOK_MS = 2_000
/** As many different looks are kept while the record cannot be reached; of more it is only known how many. */
const KEPT_MAX = 10_000

export type LooksOptions = {
  readonly runner: Runner
  readonly sql: Sql
  readonly clock: Clock
  readonly log: Log
  /** Key of the digests of what was asked for, 32 bytes. */
  readonly macKey: Buffer
  readonly keptMax?: number
}

type Subject = {
  readonly custody?: string
  readonly entry?: string
  readonly number?: string
  readonly facility?: string
}
type Kept = {
  readonly key: string
  readonly principal: Principal
  readonly route: string
  readonly subject: Subject
  /** A look, or else a denial. */
  readonly look?: { readonly what: 'file' | 'picture' | 'entry' | 'list' | 'search'; readonly filter?: string }
  readonly denial?: { readonly permission: string; readonly code: string }
  readonly since: string
  until: string
  times: number
  people: number | undefined
  /** How often it stands in the record already. */
  written: number
  /** How often, once what is on its way was taken: sent again it is the same act, however many looks came since. */
  sending: number | undefined
}

/** What a guard tells of each request. */
export type Watching = Pick<Looks, 'note' | 'deny'>

/**
 * Who looked and who was denied, on the way to the record: kept in memory for seconds, written by the runner. Without
 * what was seen or typed. A process that dies loses what it had not written (seconds of first looks, minutes of the
 * count of repeated ones); one that stops writes all of it.
 */
export class Looks {
  readonly #options: LooksOptions
  readonly #keptMax: number
  readonly #kept = new Map<string, Kept>()
  #lost = 0
  #timer: NodeJS.Timeout | undefined
  #flushing: Promise<void> | undefined

  constructor(options: LooksOptions) {
    this.#options = options
    this.#keptMax = options.keptMax ?? KEPT_MAX
  }

  start(): void {
    this.#timer = setInterval(() => void this.flush(), FLUSH_MS)
    this.#timer.unref()
  }

  /** Writes all that is kept; what the record does not take now is said in the log. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#flushing
    await this.#write(true)
    if (this.#kept.size + this.#lost > 0)
      this.#options.log.error('looks were not written down', { count: this.#kept.size + this.#lost })
  }

  /** Notes an answer about persons that was given. */
  note(principal: Principal, contract: Contract, input: Input, answer: unknown): void {
    // A return is entered for itself, before it is handed out.
    if (!contract.personal || contract.path === RETURN_PATH) return
    const named = namedIn(contract, input)
    const body = fieldsOf(answer)
    const custodies = [...named.custodies, ...custodiesIn(body)]
    const rows = rowsIn(body)
    const route = `${contract.method} ${contract.path}`
    const common = { principal, route, times: 1 }
    const [facility] = named.facilities
    if (contract.path.startsWith('/api/entries/:id')) {
      for (const entry of named.entries) this.#keep({ ...common, subject: { entry }, look: { what: 'entry' } })
    } else if (custodies.length > 0) {
      const what = contract.path.includes('/files/') ? 'picture' : 'file'
      for (const custody of new Set(custodies)) this.#keep({ ...common, subject: { custody }, look: { what } })
    } else if (named.numbers.length > 0) {
      for (const number of named.numbers) this.#keep({ ...common, subject: { number }, look: { what: 'file' } })
    } else {
      // The next page of a list is the same list.
      const { after: _after, limit: _limit, ...query } = fieldsOf(input.query)
      const filter = this.#digestOf({ route, params: input.params, query, body: input.body })
      const subject = facility ?? principal.facility
      this.#keep({
        ...common,
        subject: subject === undefined ? {} : { facility: subject },
        look: { what: contract.method === 'POST' ? 'search' : 'list', filter },
        people: rows,
      })
    }
  }

  /** Notes that something was not permitted: who, what, not about whom. */
  deny(principal: Principal, contract: Contract, code: string): void {
    const { permission } = contract
    const route = `${contract.method} ${contract.path}`
    const subject = principal.facility === undefined ? {} : { facility: principal.facility }
    this.#keep({ principal, route, subject, denial: { permission, code }, times: 1 })
  }

  /** Writes what has not been written yet, and what is over. Never two at once. */
  flush(): Promise<void> {
    this.#flushing ??= this.#write(false).finally(() => {
      this.#flushing = undefined
    })
    return this.#flushing
  }

  #keep(
    given: Pick<Kept, 'principal' | 'route' | 'subject' | 'times'> & Partial<Pick<Kept, 'look' | 'denial' | 'people'>>,
  ): void {
    const { principal, subject, look, denial, people } = given
    const key = JSON.stringify([
      principal.officer,
      principal.role,
      look?.what,
      look?.filter,
      denial,
      subject,
      isOne(given),
    ])
    const now = this.#now()
    const known = this.#kept.get(key)
    if (known !== undefined && millisecondsFrom(known.since, now) < WINDOW_MS) {
      // A page asks several times for one file: that is one look.
      if (millisecondsFrom(known.until, now) >= ONE_LOOK_MS) known.times += 1
      known.until = now
      if (people !== undefined) known.people = Math.max(known.people ?? 0, people)
    } else if (known === undefined && this.#kept.size >= this.#keptMax) this.#lost += 1
    else {
      // An older one of the same key that is not written yet goes on under another.
      if (known !== undefined && known.written < known.times) this.#kept.set(`${key} ${known.since}`, known)
      this.#kept.set(key, { ...given, key, people, since: now, until: now, written: 0, sending: undefined })
    }
  }

  async #write(all: boolean): Promise<void> {
    const { runner, log } = this.#options
    const now = this.#now()
    const due = [...this.#kept].filter(
      ([, kept]) =>
        kept.times > kept.written && (all || kept.written === 0 || millisecondsFrom(kept.since, now) >= WINDOW_MS),
    )
    try {
      const places = await this.#placesOf(due.map(([, { subject }]) => subject))
      const lost = this.#lost
      const writing = due.map(async ([, kept], index) => {
        kept.sending ??= kept.times
        const { sending } = kept
        const outcome = await runner.submit(this.#actOf(kept, places, index === 0 ? lost : 0))
        if (isRefusal(outcome)) log.warn('a look was not taken', { code: outcome.code })
        else {
          kept.written = sending
          kept.sending = undefined
          if (index === 0) this.#lost -= lost
        }
      })
      const failed = (await Promise.allSettled(writing)).find((one) => one.status === 'rejected')
      if (failed !== undefined) throw failed.reason
    } catch (error) {
      // Kept, and sent again with the same ids: whatever was taken this time is not taken twice.
      log.warn('looks wait for the record', { error, count: this.#kept.size })
    }
    for (const [key, kept] of this.#kept)
      if (kept.written === kept.times && (all || millisecondsFrom(kept.since, now) >= WINDOW_MS)) this.#kept.delete(key)
  }

  /** Where the custodies and entries that were looked at are: by what was named. */
  async #placesOf(subjects: readonly Subject[]): Promise<Places> {
    const { sql } = this.#options
    const custodies = subjects.flatMap(({ custody }) => custody ?? [])
    const entries = subjects.flatMap(({ entry }) => entry ?? [])
    const numbers = subjects.flatMap(({ number }) => number ?? [])
    const [ofCustodies, ofEntries, ofNumbers] = await Promise.all([
      custodies.length === 0
        ? []
        : sql.rows<{ id: string; facility: string }>(
            "select id, facility from subject where id = any($1::uuid[]) and kind = 'custody'",
            [custodies],
          ),
      entries.length === 0
        ? []
        : sql.rows<{ id: string; facility: string; custody: string | null }>(
            'select id, facility, custody from entry where id = any($1::uuid[])',
            [entries],
          ),
      numbers.length === 0
        ? []
        : sql.rows<{ id: string; facility: string; number: string }>(
            'select id, facility, register_number as number from custody where register_number = any($1::text[])',
            [numbers],
          ),
    ])
    const places = new Map<string, { facility: string; custody: string | null }>()
    for (const { id, facility } of ofCustodies) places.set(id, { facility, custody: id })
    for (const { id, facility, custody } of ofEntries) places.set(id, { facility, custody })
    for (const { id, facility, number } of ofNumbers) places.set(number, { facility, custody: id })
    return places
  }

  #actOf(kept: Kept, places: Places, lost: number): Act {
    const { principal, route, subject, look, denial, since, until, people } = kept
    const place = places.get(subject.custody ?? subject.entry ?? subject.number ?? '')
    const facility = place?.facility ?? subject.facility
    const times = (kept.sending ?? kept.times) - kept.written
    const common = {
      officer: principal.officer,
      role: principal.role,
      route,
      since,
      until,
      ...(lost > 0 && { lost }),
    }
    const custody = place?.custody ?? undefined
    const isOfFacility = (FACILITY_ROLES as readonly string[]).includes(principal.role)
    const kind: ActKind = denial !== undefined ? denyAccess : isOfFacility ? readAccess : readApart
    const act =
      denial !== undefined
        ? { ...common, ...denial, times }
        : { ...common, ...look, looks: times, ...(custody && { custody }), ...(people !== undefined && { people }) }
    const isPlace = facility !== undefined && facility !== 'HOUSE'
    const data = { ...(isPlace && { place: { facility } }), act }
    return serviceAct(kind, data, this.#options.clock, [kept.key, since, String(kept.written)])
  }

  #digestOf(asked: unknown): string {
    return createHmac('sha256', this.#options.macKey)
      .update(jcs(JSON.parse(JSON.stringify(asked))))
      .digest('hex')
  }

  #now(): string {
    return this.#options.clock.now().toString({ smallestUnit: 'millisecond' })
  }
}

type Places = ReadonlyMap<string, { readonly facility: string; readonly custody: string | null }>

/** Looks at one file through its several addresses are one; lists and denials are told apart by theirs. */
const isOne = ({ route, look }: Pick<Kept, 'route'> & Partial<Pick<Kept, 'look'>>) =>
  look !== undefined && look.filter === undefined ? 'file' : route

const millisecondsFrom = (since: string, now: string): number =>
  Temporal.Instant.from(now).epochMilliseconds - Temporal.Instant.from(since).epochMilliseconds

type Fields = Readonly<Record<string, unknown>>
/** Of an answer; of bytes and of what is sent piece by piece nothing is known. */
const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
    ? (value as Fields)
    : {}

/** Whom an answer about one person is about: its custody, or all custodies of the person. */
function custodiesIn(answer: Fields): string[] {
  const own = [answer.custody, fieldsOf(answer.finding).custody]
  const all = answer.person !== undefined && Array.isArray(answer.custodies) ? answer.custodies : []
  return [...own, ...all.map((one) => fieldsOf(one).custody)].filter((id) => typeof id === 'string')
}

/** How many rows a list answered; undefined where that is not known, as of what is sent piece by piece. */
function rowsIn(answer: Fields): number | undefined {
  const lists = Object.values(answer).filter(Array.isArray)
  return lists.length === 0 ? undefined : Math.max(...lists.map((list) => list.length))
}
