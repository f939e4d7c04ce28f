import type { Section, SystemFields } from '../kernel/act.ts'
import { isDamage } from '../kernel/database-errors.ts'
import type { Checker } from '../kernel/hash.ts'
import type { Sql } from '../kernel/ports.ts'
import { minuteOf } from '../kernel/time.ts'
import type { RecordContext } from './context.ts'
import { type Lawful, loadLawful } from './lawful.ts'
import { nodeChecker, sha256 } from './node-crypto.ts'
import { openCheckpoint, type VerifierKey } from './note.ts'
import { disclosuresOf, keyOf, loadIntactKeys, STORED, type StoredEntry } from './open.ts'
import { digestOfJson, leafHashOf, type Opened } from './seal.ts'
import { appendLeaves, type Edge, EMPTY_EDGE } from './tile-appender.ts'
import type { Tile } from './tiles.ts'

/** Something that is not as it was recorded, with the place in the tree or the entry where it shows. */
export type AuditProblem = {
  readonly what: string
  readonly index?: number
  readonly entry?: string
  readonly details?: string
}

export type AuditResult = {
  readonly entries: number
  readonly checkpoints: number
  readonly problems: readonly AuditProblem[]
}

const BATCH_ENTRIES = 2_000
const PROBLEMS_MAX = 1_000

/**
 * Checks the record against itself: places without a gap, every leaf, every signed checkpoint and its signatures, every
 * tile, every sealed section against its digest, the columns against what is sealed, the numbering of each custody.
 * Registers are `replay`'s part. A page that the database itself cannot read is a finding too (`page-unreadable`).
 * `keys` are the log's verifier keys, from outside the database.
 */
export async function audit(
  record: RecordContext,
  sql: Sql,
  keys: readonly VerifierKey[],
  onProgress: (entries: number) => void = () => {},
): Promise<AuditResult> {
  const auditor = new Auditor(record, sql, keys)
  await auditor.whereReadable(() => auditor.lawful())
  await auditor.whereReadable(() => auditor.checkpoints())
  const entries = await auditor.leaves(onProgress)
  await auditor.whereReadable(() => auditor.numbering())
  return { entries, checkpoints: auditor.checkpointCount, problems: auditor.problems.slice(0, PROBLEMS_MAX) }
}

type LeafRow = StoredEntry & { idx: number }

class Auditor {
  readonly problems: AuditProblem[] = []
  checkpointCount = 0
  readonly #record: RecordContext
  readonly #sql: Sql
  readonly #keys: readonly VerifierKey[]
  readonly #checker: Checker = nodeChecker
  /** Undefined where it cannot be read: then it is not known whether what is missing is missing lawfully. */
  #lawful: Lawful | undefined
  /** Signed roots by size, still to be met while the tree grows. */
  #roots: { size: number; root: Buffer }[] = []

  constructor(record: RecordContext, sql: Sql, keys: readonly VerifierKey[]) {
    this.#record = record
    this.#sql = sql
    this.#keys = keys
  }

  /** A page that the database cannot read is a finding, once, and does not keep the rest from being looked at. */
  async whereReadable(look: () => Promise<void>): Promise<void> {
    try {
      await look()
    } catch (error) {
      if (!isDamage(error)) throw error
      this.#damaged(error as Error)
    }
  }

  #damaged({ message }: Error, index?: number): void {
    const known = this.problems.findIndex(({ what, details }) => what === 'page-unreadable' && details === message)
    const problem = { what: 'page-unreadable', ...(index !== undefined && { index }), details: message }
    if (known < 0) this.problems.push(problem)
    else if (index !== undefined) this.problems[known] = problem
  }

  /** What the record says is lawfully gone or closed. */
  async lawful(): Promise<void> {
    this.#lawful = await loadLawful(this.#sql, this.#record)
  }

  async checkpoints(): Promise<void> {
    const rows = await this.#sql.rows<{ size: number; root: Buffer; note: string }>(
      'select size, root, note from checkpoint order by size',
    )
    this.checkpointCount = rows.length
    // Up to the opening of the present log, heads carry the name and keys of those that were closed: their roots count.
    const [opened] = await this.#sql.rows<{ idx: number | null }>(
      "select max(l.idx) as idx from entry e join leaf l using (n) where e.kind = 'origin.open'",
    )
    const closed = rows.filter(({ size, note }) => size <= (opened?.idx ?? -1) && !this.#names(note))
    for (const { size, root, note } of rows) {
      if (closed.some((row) => row.size === size)) continue
      const opened = await openCheckpoint(this.#checker, note, this.#keys)
      if (!opened.ok) this.problems.push({ what: 'checkpoint-unsigned', index: size, details: opened.reason })
      else if (opened.value.checkpoint.size !== size || !root.equals(opened.value.checkpoint.root)) {
        this.problems.push({ what: 'checkpoint-differs', index: size })
      } else if (opened.value.signedBy.length < this.#keys.length) {
        this.problems.push({ what: 'checkpoint-signature-missing', index: size })
      }
    }
    this.#roots = rows.map(({ size, root }) => ({ size, root }))
  }

  #names(note: string): boolean {
    return this.#keys.some(({ name }) => note.startsWith(`${name}\n`))
  }

  async leaves(onProgress: (entries: number) => void): Promise<number> {
    let edge: Edge = EMPTY_EDGE
    let limit = BATCH_ENTRIES
    for (;;) {
      const rows = await this.#readable(edge.size, limit)
      if (rows === undefined) {
        if (limit > 1) {
          limit = Math.ceil(limit / 2)
          continue
        }
        // What comes after it hangs on what it held: of later heads nothing can be said.
        this.#roots = []
        break
      }
      if (rows.length === 0) break
      const gap = rows.findIndex((row, i) => row.idx !== edge.size + i)
      if (gap >= 0) {
        this.problems.push({ what: 'place-missing', index: edge.size + gap })
        break
      }
      const lost = rows.findIndex((row) => row.envelope === null)
      if (lost >= 0) {
        this.problems.push({ what: 'entry-missing', index: edge.size + lost })
        break
      }
      await this.whereReadable(async () => {
        for (const row of await loadIntactKeys(this.#sql, this.#record.keys, rows, true)) {
          this.problems.push({ what: 'key-unreadable', index: (row as LeafRow).idx, entry: row.id })
        }
        for (const row of rows) this.#entry(row)
      })
      edge = await this.#grow(edge, rows)
      onProgress(edge.size)
    }
    for (const { size } of this.#roots) this.problems.push({ what: 'checkpoint-beyond-the-tree', index: size })
    return edge.size
  }

  /** The next leaves with their entries; undefined where a page among them cannot be read, which is named with limit 1. */
  async #readable(from: number, limit: number): Promise<LeafRow[] | undefined> {
    try {
      return await this.#sql.rows<LeafRow>(
        `select l.idx, ${STORED.replace(/\bn\b/, 'e.n')} from leaf l left join entry e on e.n = l.n
         where l.idx >= $1 order by l.idx limit ${limit}`,
        [from],
      )
    } catch (error) {
      if (!isDamage(error)) throw error
      if (limit === 1) this.#damaged(error as Error, from)
      return undefined
    }
  }

  /** Grows the tree over the batch, stopping at each signed size on the way. */
  async #grow(from: Edge, rows: readonly LeafRow[]): Promise<Edge> {
    let edge = from
    const tiles = new Map<string, Tile>()
    let taken = 0
    const end = from.size + rows.length
    while (taken < rows.length) {
      const next = this.#roots[0]
      const until = next && next.size <= end ? next.size : end
      const leaves = rows.slice(taken, until - from.size).map(({ envelope }) => leafHashOf(envelope))
      taken = until - from.size
      const grown = appendLeaves(sha256, edge, leaves)
      edge = grown.edge
      for (const tile of [...grown.fullTiles, ...grown.partialTiles]) tiles.set(`${tile.level}/${tile.index}`, tile)
      if (next?.size === until) {
        this.#roots.shift()
        if (!next.root.equals(grown.root)) this.problems.push({ what: 'root-differs', index: until })
      }
    }
    await this.whereReadable(() => this.#compareTiles([...tiles.values()]))
    return edge
  }

  async #compareTiles(tiles: readonly Tile[]): Promise<void> {
    const stored = await this.#sql.rows<{ level: number; idx: number; hashes: Buffer }>(
      'select t.level, t.idx, t.hashes from unnest($1::smallint[], $2::bigint[]) u(level, idx) join tile t using (level, idx)',
      [tiles.map(({ level }) => level), tiles.map(({ index }) => index)],
    )
    const byPlace = new Map(stored.map(({ level, idx, hashes }) => [`${level}/${idx}`, hashes]))
    for (const { level, index, hashes } of tiles) {
      const own = byPlace.get(`${level}/${index}`)
      if (!own?.subarray(0, hashes.length).equals(hashes)) {
        this.problems.push({ what: 'tile-differs', index, details: `level ${level}` })
      }
    }
  }

  #entry(row: LeafRow): void {
    const problem = (what: string, details?: string) =>
      this.problems.push({ what, index: row.idx, entry: row.id, ...(details !== undefined && { details }) })
    let envelope: Record<string, unknown>
    let opened: Opened[]
    try {
      envelope = JSON.parse(row.envelope.toString()) as Record<string, unknown>
    } catch {
      problem('envelope-unreadable')
      return
    }
    for (const name of ['id', 'kind', 'v', 'facility'] as const) {
      if (envelope[name] !== row[name]) problem('column-differs', name)
    }
    if (envelope.at !== minuteOf(row.recorded)) problem('column-differs', 'recorded')
    try {
      opened = disclosuresOf(row, this.#record.keys, true)
    } catch {
      problem('section-unreadable')
      return
    }
    const lawful = this.#lawful
    const isSealed = row.custody !== null && lawful?.sealed.has(row.custody) === true
    if (!isSealed && !this.#record.keys.find(keyOf(row))) {
      if (lawful) problem('key-missing')
      return
    }
    const all = envelope._sd as string[]
    const digests = new Set(all)
    for (const { json, section } of opened) if (!digests.delete(digestOfJson(json))) problem('section-differs', section)
    // Every section of the kind stands in the envelope, in the kind's own order.
    const names = this.#record.registry.acts.get(row.kind)?.sectionNames ?? []
    for (const digest of digests) {
      const name = names[all.indexOf(digest)]
      const isLawful = name !== undefined && lawful?.expunged.get(row.id)?.has(name) === true
      if (lawful && !isLawful && !(isSealed && name !== 'staff')) problem('section-missing', name)
    }
    this.#columns(row, opened, problem)
  }

  /** What the columns say must be what is sealed: they are what reads are made with. */
  #columns(row: LeafRow, opened: readonly Opened[], problem: (what: string, details?: string) => void): void {
    const section = (name: Section) => opened.find((one) => one.section === name)?.value
    const system = section(row.custody === null ? 'act' : 'person') as Partial<SystemFields> | undefined
    if (!system) return
    if (row.custody !== null && (system.custody !== row.custody || system.nth !== row.nth))
      problem('column-differs', 'nth')
    if (system.recordedAt !== undefined && microsEqual(system.recordedAt, row.recorded) === false)
      problem('column-differs', 'recorded')
    const act = section('act')
    if (act && (act.batch ?? null) !== row.batch) problem('column-differs', 'batch')
    if (act && (act.amends ?? null) !== row.amends) problem('column-differs', 'amends')
    const staff = section('staff')
    if (staff && staff.officer !== row.officer) problem('column-differs', 'officer')
  }

  async numbering(): Promise<void> {
    const holes = await this.#sql.rows<{ custody: string; nth: number }>(
      `select e.custody, greatest(s.nth, max(e.nth)) as nth from entry e left join subject s on s.id = e.custody
       where e.custody is not null group by e.custody, s.nth
       having s.nth is null or count(*) <> s.nth or min(e.nth) <> 1 or max(e.nth) <> s.nth limit 100`,
    )
    for (const { custody, nth } of holes) {
      const [missing] = await this.#sql.rows<{ number: number }>(
        `select i as number from generate_series(1, $2::integer) i
         where not exists (select from entry where custody = $1 and nth = i) order by i limit 1`,
        [custody, nth],
      )
      const number = missing === undefined ? '' : `, number ${missing.number}`
      this.problems.push({ what: 'numbering-has-a-hole', details: `custody ${custody}${number}` })
    }
    const unplaced = await this.#sql.rows<{ id: string }>(
      `select e.id from entry e where not exists (select from leaf l where l.n = e.n)
         and not exists (select from pending p where p.n = e.n) limit 100`,
    )
    for (const { id } of unplaced) this.problems.push({ what: 'entry-without-a-place', entry: id })
  }
}

const microsEqual = (a: string, b: string): boolean => Temporal.Instant.compare(a, b) === 0
