import type { ActDraft } from './draft.ts'

/**
 * Control totals at an instant, straight from the acts: what a clerk with the papers on the table would count. It
 * shares no code with the registers (no fold, no span, no date helper), so that it can be held against them.
 */
export type Expected = {
  acts: number
  actsByKind: Record<string, number>
  people: number
  custodies: number
  held: number
  departed: Record<string, number>
  /** Of the held, by what covers them; `lapse` is 'without a basis'. */
  basis: { order: number; disputed: number; unknown: number; lapse: number }
  /** Of the held: nothing on file at admission that covered that moment, though the papers are said to be complete. */
  admittedWithoutOrder: number
  withoutBunk: number
  custodyConflicts: number
  /** Of the held, by state; somebody with two nationalities counts in both. */
  nationalities: Record<string, number>
  noNationality: number
  nationalityNotRecorded: number
  unnamed: number
  /** Of the held, whose basis is an order that ends within 30 days. */
  endsWithin30Days: number
}

type LegalDate = { at: string } | { date: string; zone: string; inclusive: boolean }
type Paper = { order: string; kind: string; from: LegalDate; until: LegalDate | 'open' | 'not-stated' }
type Section = Readonly<Record<string, unknown>>
type Statement = { readonly by: string; readonly role: string; readonly names: string }

const millis = (instant: string) => Temporal.Instant.from(instant).epochMilliseconds

function midnight(date: string, zone: string): number {
  return Temporal.ZonedDateTime.from(`${date}T00:00[${zone}]`).epochMilliseconds
}

/** When a paper begins to cover. */
const first = (legal: LegalDate) => ('at' in legal ? millis(legal.at) : midnight(legal.date, legal.zone))

/** When it ceases to: the midnight after the last day held. */
function last(until: Paper['until']): number {
  if (typeof until === 'string') return Number.POSITIVE_INFINITY
  if ('at' in until) return millis(until.at)
  const { date, zone, inclusive } = until
  if (!inclusive) return midnight(date, zone)
  return midnight(Temporal.PlainDate.from(date).add({ days: 1 }).toString(), zone)
}

class File {
  person = ''
  begin = 0
  departed: string | undefined
  stated = true
  bunk = false
  identity: Section = {}
  readonly papers = new Map<string, Paper>()
  readonly ends = new Map<string, number>()
  readonly contests = new Map<string, number>()
  readonly looks = new Map<string, string>()
  /** Orders to let go: from when, and when they were heard of. */
  readonly releases = new Map<string, { readonly from: number; readonly heard: number }>()
  readonly statements: Statement[] = []

  take({ kind, data, occurredAt }: ActDraft): void {
    const legal = (data.legal ?? {}) as Section
    const order = legal.order
    switch (kind.kind) {
      case 'custody.admit':
      case 'custody.recapture':
        this.person = data.person?.person as string
        this.identity = data.person?.identity as Section
        this.begin = millis(occurredAt.at)
        this.stated = legal.ordersStated as boolean
        for (const paper of legal.orders as Paper[]) this.papers.set(paper.order, paper)
        return
      case 'person.describe':
        this.identity = { ...this.identity, ...(data.person?.identity as Section) }
        return
      case 'custody.depart':
        this.departed = legal.as as string
        return
      case 'bunk.assign':
        this.bunk = true
        return
      case 'order.record': {
        const paper = order as Paper
        if (paper.kind === 'release')
          this.releases.set(paper.order, { from: first(paper.from), heard: millis(occurredAt.at) })
        else this.papers.set(paper.order, paper)
        return
      }
      case 'order.verify':
        this.looks.set(order as string, legal.result as string)
        return
      case 'order.end':
        this.ends.set(order as string, first(legal.from as LegalDate))
        return
      case 'order.dispute':
        this.contests.set(order as string, millis(occurredAt.at))
        return
      case 'responsibility.record': {
        const names = (legal.authority as { state: string }).state
        this.statements.push({ by: legal.statedBy as string, role: legal.role as string, names })
      }
    }
  }

  basisAt(at: number): keyof Expected['basis'] {
    let best = 0
    let anyOver = false
    for (const paper of this.papers.values()) {
      const from = first(paper.from)
      const letting = [...this.releases].filter(([, release]) => from < release.from)
      const isFalse = this.looks.get(paper.order) === 'not-authentic'
      const released = letting.filter(([id]) => this.looks.get(id) === 'authentic').map(([, release]) => release.from)
      const ended = isFalse ? from : (this.ends.get(paper.order) ?? Number.POSITIVE_INFINITY)
      const end = Math.min(last(paper.until), ended, ...released)
      if (Math.max(from, end) <= at) anyOver = true
      if (from > at || end <= at) continue
      const doubted = letting.filter(([id]) => this.looks.get(id) === undefined)
      const contests = doubted.map(([, release]) => Math.max(release.from, release.heard))
      const contested = Math.min(this.contests.get(paper.order) ?? Number.POSITIVE_INFINITY, ...contests) <= at
      if (contested) best = Math.max(best, 2)
      else best = Math.max(best, paper.until === 'not-stated' ? 1 : 3)
    }
    if (best === 0) return !this.stated && !anyOver ? 'unknown' : 'lapse'
    return best === 3 ? 'order' : best === 2 ? 'disputed' : 'unknown'
  }

  conflict(): boolean {
    return this.statements.some((one) =>
      this.statements.some(
        (other) => one.role === other.role && one.by !== other.by && one.names === other.by && other.names === one.by,
      ),
    )
  }
}

/** Counts at `asOf` from each person's acts. Acts after `asOf` must not be among them. */
export function expectedTotals(people: Iterable<readonly ActDraft[]>, asOf: string): Expected {
  const at = millis(asOf)
  const total: Expected = {
    acts: 0,
    actsByKind: {},
    people: 0,
    custodies: 0,
    held: 0,
    departed: {},
    basis: { order: 0, disputed: 0, unknown: 0, lapse: 0 },
    admittedWithoutOrder: 0,
    withoutBunk: 0,
    custodyConflicts: 0,
    nationalities: {},
    noNationality: 0,
    nationalityNotRecorded: 0,
    unnamed: 0,
    endsWithin30Days: 0,
  }
  for (const acts of people) {
    total.people++
    const files = new Map<string, File>()
    for (const act of acts) {
      total.acts++
      tick(total.actsByKind, act.kind.kind)
      const custody = act.data.person?.custody as string
      const file = files.get(custody) ?? new File()
      files.set(custody, file)
      file.take(act)
    }
    for (const file of files.values()) {
      total.custodies++
      if (file.departed !== undefined) tick(total.departed, file.departed)
      else countHeld(total, file, at)
    }
  }
  return total
}

const tick = (counts: Record<string, number>, key: string) => {
  counts[key] = (counts[key] ?? 0) + 1
}

const DAYS_30 = 30 * 86_400_000

function countHeld(total: Expected, file: File, at: number): void {
  total.held++
  const basis = file.basisAt(at)
  total.basis[basis]++
  if (file.basisAt(file.begin) === 'lapse') total.admittedWithoutOrder++
  if (basis === 'order' && file.basisAt(at + DAYS_30) !== 'order') total.endsWithin30Days++
  if (!file.bunk) total.withoutBunk++
  if (file.conflict()) total.custodyConflicts++
  if (file.identity.names === undefined) total.unnamed++
  const nationalities = file.identity.nationalities as { state: string }[] | undefined
  if (nationalities === undefined) total.nationalityNotRecorded++
  else if (nationalities.length === 0) total.noNationality++
  for (const { state } of nationalities ?? []) tick(total.nationalities, state)
}
