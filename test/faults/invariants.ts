// What must be true of an instance after every fault (the invariants of the record; their letters are those of §9 of
// the design of the record). Shared by the crash points and the torture.
import type { Sql, Transactions } from '../../src/kernel/ports.ts'
import { audit } from '../../src/record/audit.ts'
import type { RecordContext } from '../../src/record/context.ts'
import type { VerifierKey } from '../../src/record/note.ts'
import { rebuildRegisters, replay } from '../../src/record/replay.ts'

/** An act that was answered as recorded. */
export type Acknowledged = { readonly act: string; readonly entry: string }

export type Looked = {
  readonly record: RecordContext
  readonly database: Sql & Transactions
  /**
   * Builds the registers anew in their place, in a transaction that is undone, instead of beside them: the same
   * projection and the same comparison without making tables, for who looks a thousand times at a few entries.
   */
  readonly isSmall?: boolean
  /** Something may be appended meanwhile, and wait for its place. */
  readonly isAtWork?: boolean
  /** The log's keys, from outside the database; empty where nothing is signed. */
  readonly keys: readonly VerifierKey[]
  readonly acknowledged: readonly Acknowledged[]
}

export type Verdict = {
  readonly entries: number
  readonly checkpoints: number
  /** Acknowledged acts that are not there, or there as another entry. */
  readonly lost: readonly string[]
  /** Holes in the index, the numbering of a custody, or the register numbers. */
  readonly gaps: readonly string[]
  /** Everything else that is not as it must be. */
  readonly wrong: readonly string[]
}

const WAITING = '(b) an entry that still waits for its place after a pass'

/** Lines of SQL that must find nothing. `what` says what a row means. */
const MUST_BE_EMPTY: readonly { readonly what: string; readonly kind: 'gap' | 'wrong'; readonly text: string }[] = [
  {
    what: '(a) an act is there twice',
    kind: 'wrong',
    text: `select act::text || '/' || act_part as row from entry group by act, act_part having count(*) > 1`,
  },
  {
    what: '(b) the index has a hole',
    kind: 'gap',
    text: `select idx::text as row from (select idx, row_number() over (order by idx) - 1 as place from leaf) l
      where idx <> place limit 5`,
  },
  {
    what: '(b) an entry without a place that nobody will give one',
    kind: 'gap',
    text: `select n::text as row from entry e where not exists (select from leaf l where l.n = e.n)
      and not exists (select from pending p where p.n = e.n) limit 5`,
  },
  {
    what: WAITING,
    kind: 'wrong',
    text: 'select n::text as row from pending limit 5',
  },
  {
    what: '(b) a place without an entry, or an entry with two places',
    kind: 'wrong',
    text: `select l.n::text as row from leaf l left join entry e on e.n = l.n
      group by l.n having count(e.n) <> 1 limit 5`,
  },
  {
    what: 'numbering: an entry of a custody is missing',
    kind: 'gap',
    text: `select custody::text as row from entry where custody is not null
      group by custody having count(*) <> max(nth) or min(nth) <> 1 limit 5`,
  },
  {
    what: 'numbering: the counter of a custody is not its last entry',
    kind: 'wrong',
    text: `select s.id::text as row from subject s where s.kind = 'custody'
      and s.nth <> (select coalesce(max(e.nth), 0) from entry e where e.custody = s.id) limit 5`,
  },
  {
    what: 'numbering: a register number was skipped',
    kind: 'gap',
    text: `select facility || '-' || year as row from register_counter c where last <>
      (select count(*) from custody x where x.register_number like c.facility || '-' || lpad((c.year % 100)::text, 2, '0') || '-%') limit 5`,
  },
  {
    what: 'keys: a custody without a key',
    kind: 'wrong',
    text: `select s.id::text as row from subject s where s.kind = 'custody'
      and not exists (select from keystore.subject_key k where k.subject = s.id)
      and not exists (select from keystore.sealed_key k where k.subject = s.id) limit 5`,
  },
  {
    what: '(h) a moment of a custody without a basis',
    kind: 'wrong',
    text: `select c.id::text as row from custody c where not c.held <@
      (select coalesce(range_agg(b.span), '{}'::tstzmultirange) from basis b where b.custody = c.id) limit 5`,
  },
  {
    what: '(h) a moment of a custody without a presence',
    kind: 'wrong',
    text: `select c.id::text as row from custody c where not c.held <@
      (select coalesce(range_agg(p.span), '{}'::tstzmultirange) from presence p where p.custody = c.id) limit 5`,
  },
  {
    what: '(i) a bunk of two',
    kind: 'wrong',
    text: `select a.bunk::text as row from bunk_allocation a join bunk_allocation b
      on a.bunk = b.bunk and a.custody < b.custody and a.held && b.held limit 5`,
  },
  {
    what: '(i) a person of two bunks',
    kind: 'wrong',
    text: `select a.custody::text as row from bunk_allocation a join bunk_allocation b
      on a.custody = b.custody and a.bunk < b.bunk and a.held && b.held limit 5`,
  },
  {
    what: '(c) something is signed that is longer than the tree',
    kind: 'wrong',
    text: 'select size::text as row from checkpoint where size > (select coalesce(max(idx) + 1, 0) from leaf) limit 5',
  },
]

/**
 * Looks at everything, each time as of one instant, so that a house at work can be looked at too. Keys that were opened
 * before are forgotten.
 */
export async function look({ record, database, keys, acknowledged, ...how }: Looked): Promise<Verdict> {
  const [lost, gaps, wrong] = [[] as string[], [] as string[], [] as string[]]
  record.keys.forgetAll()
  const audited = await database.run(async (tx) => {
    tx.write('set transaction isolation level repeatable read, read only')
    await tx.settle()
    const rows = await tx.rows<{ act: string; id: string }>('select act, id from entry where act = any($1::uuid[])', [
      acknowledged.map(({ act }) => act),
    ])
    const found = new Map(rows.map(({ act, id }) => [act, id]))
    for (const { act, entry } of acknowledged) if (found.get(act) !== entry) lost.push(act)

    for (const { what, kind, text } of MUST_BE_EMPTY) {
      if (how.isAtWork === true && what === WAITING) continue
      for (const { row } of await tx.rows<{ row: string }>(text)) {
        if (kind === 'gap') gaps.push(`${what}: ${row}`)
        else wrong.push(`${what}: ${row}`)
      }
    }
    // (c): leaves, tiles, every signed size and its signatures, what is sealed.
    return audit(record, tx, keys)
  })
  for (const problem of audited.problems) wrong.push(`audit: ${JSON.stringify(problem)}`)
  // (d)
  const { differences, unreadable } = await (how.isSmall === true ? replayInPlace : replay)(record, database)
  for (const difference of differences) wrong.push(`(d) register differs from replay: ${JSON.stringify(difference)}`)
  for (const entry of unreadable) wrong.push(`(d) an entry does not open: ${entry}`)
  return { entries: audited.entries, checkpoints: audited.checkpoints, lost, gaps, wrong }
}

class Undo extends Error {}

async function replayInPlace(record: RecordContext, database: Transactions) {
  const differences: { onlyInRegister: string[]; onlyInReplay: string[] }[] = []
  let unreadable: readonly string[] = []
  const text = record.registry.registers
    .map(({ table }) => `select '${table} ' || r::text as row from ${table} r`)
    .join(' union all ')
  await database
    .run(async (tx) => {
      const dump = async () => (await tx.rows<{ row: string }>(text)).map(({ row }) => row).sort()
      const stored = await dump()
      ;({ unreadable } = await rebuildRegisters(record, tx))
      await tx.settle()
      const rebuilt = await dump()
      if (JSON.stringify(stored) !== JSON.stringify(rebuilt)) {
        const [inRegister, inReplay] = [new Set(stored), new Set(rebuilt)]
        differences.push({
          onlyInRegister: stored.filter((row) => !inReplay.has(row)),
          onlyInReplay: rebuilt.filter((row) => !inRegister.has(row)),
        })
      }
      throw new Undo()
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error
    })
  return { differences, unreadable }
}

/** Everything that is not as it must be, for a test to compare with nothing. */
export const breachesOf = ({ lost, gaps, wrong }: Verdict): string[] => [
  ...lost.map((act) => `(a) acknowledged and lost: ${act}`),
  ...gaps,
  ...wrong,
]
