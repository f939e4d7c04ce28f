import { dataOf, type Entry } from '../kernel/act.ts'
import { defineFold, type Register } from '../kernel/register.ts'
import { spanText } from '../kernel/span.ts'
import { microsOf } from '../kernel/time.ts'
import { closeFinding, openFinding } from './acts.ts'

type Opened = NonNullable<ReturnType<typeof openingOf>>
type Closed = NonNullable<ReturnType<typeof closingOf>>
type FindingState = { readonly opening: Entry; readonly opened: Opened; closing?: { entry: Entry; closed: Closed } }

const openingOf = (entry: Entry) => (entry.kind === openFinding.kind ? dataOf(openFinding, entry).act : undefined)
const closingOf = (entry: Entry) => (entry.kind === closeFinding.kind ? dataOf(closeFinding, entry).act : undefined)

/**
 * Findings as the entries leave them. The order of the record decides, not the time in the world: a finding that is
 * opened today may reach back further than one that was closed yesterday. Opened again after its closing, it is open.
 */
function findingsOf(entries: readonly Entry[]): FindingState[] {
  const findings = new Map<string, FindingState>()
  for (const entry of [...entries].sort((a, b) => a.n - b.n)) {
    const opened = openingOf(entry)
    if (opened) {
      const known = findings.get(opened.finding)
      if (known) delete known.closing
      else findings.set(opened.finding, { opening: entry, opened })
    }
    const closed = closingOf(entry)
    const finding = closed && findings.get(closed.finding)
    if (closed && finding && !finding.closing) finding.closing = { entry, closed }
  }
  return [...findings.values()]
}

const columns = {
  finding: 'uuid',
  rule: 'text',
  severity: 'text',
  state: 'text',
  facility: 'text',
  cause: 'text',
  people: 'integer',
  span: 'tstzrange',
  open_evidence: 'jsonb',
  close_evidence: 'jsonb',
  entry_n: 'bigint',
  closed_n: 'bigint',
} as const

function rowOf({ opening, opened, closing }: FindingState) {
  const { from } = opened
  const to = closing?.closed.to
  return {
    finding: opened.finding,
    rule: opened.rule,
    severity: opened.severity,
    state: opened.state,
    facility: opening.facility,
    cause: opened.cause ?? null,
    people: opened.people ?? null,
    // Closed as never having been so: an empty span, never one that ends before it begins.
    span: spanText(to === undefined ? { from } : { from, to: microsOf(to) < microsOf(from) ? from : to }),
    open_evidence: opened.evidence,
    close_evidence: closing?.closed.evidence ?? null,
    entry_n: opening.n,
    closed_n: closing?.entry.n ?? null,
  }
}

const kinds = [openFinding.kind, closeFinding.kind]

export const custodyFindings = defineFold({
  table: 'finding_of_custody',
  columns: { ...columns, custody: 'uuid' },
  key: ['custody', 'finding'],
  scope: 'custody',
  kinds,
  rows: (entries) =>
    findingsOf(entries.filter(({ custody }) => custody !== undefined)).map((finding) => ({
      ...rowOf(finding),
      custody: finding.opening.custody ?? null,
    })),
})

/** Entries about a custody of the facility are not its own: they fold with their custody. */
export const facilityFindings = defineFold({
  table: 'finding_of_facility',
  columns,
  key: ['facility', 'finding'],
  scope: 'facility',
  kinds,
  rows: (entries) => findingsOf(entries.filter(({ custody }) => custody === undefined)).map(rowOf),
})

export const registers: readonly Register[] = [custodyFindings, facilityFindings]
