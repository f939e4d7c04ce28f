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
  const superseded = findSuperseded([...proven.values()])
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
      const by = superseded.get(`${part.index}/${part.section}`)
      if (by !== undefined) notes.push(`entry ${part.index} was changed later by entry ${by}`)
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
  const content = proven.get(index)?.sections.get(section)
  if (content === undefined) return `section ${section} of entry ${index} is not proven and opened`
  const recorded = findAtPointer(content, pointer)
  const stated = findAtPointer(value, equals)
  if (recorded === undefined) return `entry ${index} has nothing at ${section}${pointer}`
  if (stated === undefined) return `the statement has nothing at ${equals || 'its root'}`
  return jsonEqual(recorded, stated) ? undefined : `entry ${index} says something else at ${section}${pointer}`
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

/**
 * Sections that a later entry of the return withdrew (`entry.withdraw`) or replaced (`entry.correct`): `index/section`
 * → index of the later one. Latest first, because an amendment may itself have been withdrawn.
 */
function findSuperseded(entries: readonly ProvenEntry[]): ReadonlyMap<string, number> {
  const byId = new Map(entries.map((entry) => [entry.envelope.id, entry]))
  const withdrawn = new Set<string>()
  const superseded = new Map<string, number>()
  for (const entry of entries.toSorted((left, right) => right.index - left.index)) {
    const act = entry.sections.get('act')
    if (withdrawn.has(entry.envelope.id) || !isJsonObject(act) || typeof act.entry !== 'string') continue
    const target = byId.get(act.entry)
    if (target === undefined) continue
    if (entry.envelope.kind === 'entry.withdraw') {
      withdrawn.add(act.entry)
      for (const section of target.sections.keys()) superseded.set(`${target.index}/${section}`, entry.index)
    } else if (entry.envelope.kind === 'entry.correct' && isJsonArray(act.replaces)) {
      for (const section of act.replaces) {
        const key = `${target.index}/${String(section)}`
        if (!superseded.has(key)) superseded.set(key, entry.index)
      }
    }
  }
  return superseded
}
