/** What the statements of a return are worth, judged by their evidence and never by what they claim. */
import { findAtPointer, isJsonArray, isJsonObject, type Json, jsonEqual } from '../src/kernel/json.ts'
import type { Evidence, Statement } from '../src/record/return-format.ts'
import type { JudgedStatement, Problem, ProvenEntry } from './verdict.ts'

/**
 * `proven` needs evidence that holds, in entries that no later entry of the return withdrew or corrected, and that
 * covers the whole value; what is less is `attested`, the custodian's word. Evidence that does not hold is a problem:
 * the file then says something other than the record. A statement is never raised above its claim.
 */
export function judgeStatements(
  statements: readonly Statement[],
  proven: ReadonlyMap<number, ProvenEntry>,
  problems: Problem[],
): JudgedStatement[] {
  const findAmendment = readAmendments([...proven.values()])
  const hidden = hiddenAmendments(proven)
  const ids = new Set<string>()
  return statements.map((statement) => {
    const { id, says, value, state: claimed, evidence } = statement
    if (ids.has(id)) problems.push({ code: 'statement-twice', detail: `statement ${id} stands twice` })
    ids.add(id)
    const entries = new Set<number>()
    const notes: string[] = []
    for (const part of evidence) {
      const problem = findEvidenceProblem(value, part, proven)
      if (problem !== undefined) {
        problems.push({ code: 'evidence', detail: `statement ${id}: ${problem}` })
        notes.push(problem)
        continue
      }
      entries.add(part.index)
      const by = findAmendment(part)
      if (by !== undefined) notes.push(`entry ${part.index} was changed later by entry ${by}`)
      const maybe = hidden.find((amendment) => amendment > part.index)
      if (maybe !== undefined) notes.push(`entry ${maybe} changes an earlier entry, and which one is closed to you`)
    }
    if (claimed === 'proven') {
      if (evidence.length === 0) {
        problems.push({ code: 'evidence', detail: `statement ${id} claims to be proven and has no evidence` })
        notes.push('it has no evidence')
      } else {
        const open = uncovered(
          value,
          evidence.map(({ equals }) => equals),
        )
        if (open.length > 0)
          notes.push(
            `without evidence: ${open
              .slice(0, 5)
              .map((pointer) => pointer || 'the whole value')
              .join(', ')}`,
          )
      }
    }
    const state = claimed === 'proven' && notes.length > 0 ? 'attested' : claimed
    return { id, says, value, state, entries: [...entries], notes }
  })
}

function findEvidenceProblem(
  value: Json,
  { index, section, pointer, equals }: Evidence,
  proven: ReadonlyMap<number, ProvenEntry>,
): string | undefined {
  const content = contentOf(proven.get(index), section)
  if (content === undefined) return `section ${section} of entry ${index} is not proven and opened`
  const recorded = findAtPointer(content, pointer)
  const stated = findAtPointer(value, equals)
  if (recorded === undefined) return `entry ${index} has nothing at ${section}${pointer}`
  if (stated === undefined) return `the statement has nothing at ${equals || 'its root'}`
  return jsonEqual(recorded, stated) ? undefined : `entry ${index} says something else at ${section}${pointer}`
}

/** A section of an entry; `envelope` is what is public of it, which no section can be called. */
function contentOf(entry: ProvenEntry | undefined, section: string): Json | undefined {
  if (section !== 'envelope' || entry === undefined) return entry?.sections.get(section)
  const { id, kind, v, facility, at } = entry.envelope
  return { id, kind, v, facility, at }
}

/** Pointers to the parts of a value that no evidence speaks of. */
function uncovered(value: Json, covered: readonly string[], pointer = ''): string[] {
  if (covered.includes(pointer)) return []
  const children: [string, Json][] = isJsonArray(value)
    ? value.map((item, at) => [String(at), item])
    : isJsonObject(value)
      ? Object.entries(value)
      : []
  if (children.length === 0) return [pointer]
  return children.flatMap(([key, child]) =>
    uncovered(child, covered, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  )
}

/** Corrections and withdrawals whose target this reader cannot see. */
function hiddenAmendments(proven: ReadonlyMap<number, ProvenEntry>): number[] {
  return [...proven.values()]
    .filter(({ envelope: { kind }, sections }) => /^entry\.(correct|withdraw)$/.test(kind) && !findAmended(sections))
    .map(({ index }) => index)
    .sort((left, right) => left - right)
}

type Amended = { entry: string; sections: readonly Json[]; isMoved: boolean }

/** What an amendment changes: in `act` in full, and in `person` (`amended`), where every named audience reads it. */
function findAmended(sections: ProvenEntry['sections']): Amended | undefined {
  const act = sections.get('act')
  if (isJsonObject(act) && typeof act.entry === 'string') {
    return { entry: act.entry, sections: isJsonArray(act.replaces) ? act.replaces : [], isMoved: act.moves === true }
  }
  const person = sections.get('person')
  const amended = isJsonObject(person) ? person.amended : undefined
  if (!isJsonObject(amended) || typeof amended.entry !== 'string') return undefined
  const replaced = isJsonArray(amended.sections) ? amended.sections : []
  return { entry: amended.entry, sections: replaced, isMoved: amended.moves === true }
}

/** What the record itself puts into `person`: a correction of the section leaves these of the first entry standing. */
const SYSTEM_FIELDS = ['custody', 'person', 'nth', 'registerNumber', 'occurredAt', 'recordedAt', 'via', 'clockOff']

/**
 * Tells for a piece of evidence the index of the later entry of the return that took it back, if any did. The rules are
 * the record's own (docs/record-format.md, "Amendments"): `entry.withdraw` takes a whole entry back, and may itself be
 * withdrawn; of several `entry.correct` of one entry the last stands alone.
 */
function readAmendments(entries: readonly ProvenEntry[]): (part: Evidence) => number | undefined {
  const withdrawnBy = new Map<string, number>()
  const correctedBy = new Map<string, { index: number; sections: readonly Json[]; isMoved: boolean }>()
  const byIndex = new Map(entries.map((entry) => [entry.index, entry]))
  const targets = new Map<number, string>()
  const outdatedBy = new Map<number, number>()
  // Latest first: what a later standing amendment says is settled before the earlier one is looked at.
  for (const { index, envelope, sections } of entries.toSorted((left, right) => right.index - left.index)) {
    const amended = /^entry\.(correct|withdraw)$/.test(envelope.kind) ? findAmended(sections) : undefined
    if (withdrawnBy.has(envelope.id) || amended === undefined) continue
    if (envelope.kind === 'entry.withdraw') withdrawnBy.set(amended.entry, index)
    if (envelope.kind !== 'entry.correct') continue
    targets.set(index, amended.entry)
    const last = correctedBy.get(amended.entry)
    if (last !== undefined) outdatedBy.set(index, last.index)
    else correctedBy.set(amended.entry, { index, sections: amended.sections, isMoved: amended.isMoved })
  }
  return ({ index, section, pointer }) => {
    const id = byIndex.get(index)?.envelope.id ?? ''
    const by = withdrawnBy.get(id) ?? outdatedBy.get(index) ?? withdrawnBy.get(targets.get(index) ?? '')
    const correction = correctedBy.get(id)
    if (by !== undefined || correction === undefined) return by
    const [, field = ''] = pointer.split('/')
    if (section === 'person' && field === 'occurredAt') return correction.isMoved ? correction.index : undefined
    if (section === 'person' && SYSTEM_FIELDS.includes(field)) return undefined
    return correction.sections.includes(section) ? correction.index : undefined
  }
}
