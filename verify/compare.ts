/**
 * Two returns side by side. Each was verified by itself; together they can show what neither shows alone: that the
 * custodian gave two answers to one question, or that the log shows two trees. Pure.
 */
import { isJsonArray, isJsonObject, type Json, jcs } from '../src/kernel/json.ts'
import type { JudgedStatement, Problem, ReturnVerdict } from './verdict.ts'

/**
 * `agree`: the same question, the same answers. `disagree`: both files are proof against whoever signed them.
 * `not-comparable`: nothing in them can contradict the other; `reason` says why.
 */
export type Comparison =
  | { readonly outcome: 'agree' }
  | { readonly outcome: 'disagree'; readonly problems: readonly Problem[] }
  | { readonly outcome: 'not-comparable'; readonly reason: string }

/** What was asked: of whom, about which instant, out of which part of the record. */
type Question = {
  readonly registerNumber: string | undefined
  readonly numbers: readonly string[]
  readonly at: Json | undefined
  /** A size of the tree, or an instant; where nothing was said, the size of the checkpoint. */
  readonly known: Json | undefined
  readonly audience: Json | undefined
}

/** Compares two returns that `verifyReturn` did not find broken. */
export function compareReturns(left: ReturnVerdict, right: ReturnVerdict): Comparison {
  const [one, other] = [left.checkpoint, right.checkpoint]
  if (left.verdict === 'broken' || right.verdict === 'broken' || one === undefined || other === undefined)
    return { outcome: 'not-comparable', reason: 'one of the two is broken' }
  if (one.origin !== other.origin) return { outcome: 'not-comparable', reason: 'they are of two logs' }
  const problems: Problem[] = []
  if (one.size === other.size && one.root !== other.root) {
    const detail = `the log ${one.origin} signed two trees of size ${one.size}: ${one.root} and ${other.root}`
    problems.push({ code: 'two-trees', detail })
  }
  problems.push(...foreignEntries(left, right))
  const [asked, askedToo] = [questionOf(left), questionOf(right)]
  const isSameTime = asked.at !== undefined && asked.at === askedToo.at && asked.known === askedToo.known
  const isSameQuestion =
    isSameTime && asked.registerNumber !== undefined && asked.registerNumber === askedToo.registerNumber
  if (isSameQuestion) {
    if (numbersOf(left) !== numbersOf(right)) {
      const detail = `one says that the custody has ${numbersOf(left)} entries, the other ${numbersOf(right)}`
      problems.push({ code: 'numbering', detail })
    }
    problems.push(...otherStatements(left, right, asked.audience === askedToo.audience))
  }
  const isDenied = isSameTime && (denies(right, askedToo, left, asked) || denies(left, asked, right, askedToo))
  if (isDenied) {
    problems.push({
      code: 'held-and-not-held',
      detail: 'one says that nobody so numbered was held, the other that one was',
    })
  }
  if (problems.length > 0) return { outcome: 'disagree', problems }
  if (isSameQuestion) return { outcome: 'agree' }
  return {
    outcome: 'not-comparable',
    reason: 'they answer two questions: person, instant or part of the record differ',
  }
}

/** One place of one log holds one entry, whatever the size of the tree: two envelopes at one place are two trees. */
function foreignEntries(left: ReturnVerdict, right: ReturnVerdict): Problem[] {
  const envelopes = new Map(entriesOf(left).map(({ index, envelope }) => [index, envelope]))
  return entriesOf(right)
    .filter(({ index, envelope }) => envelopes.has(index) && envelopes.get(index) !== envelope)
    .map(({ index }) => ({ code: 'two-trees', detail: `place ${String(index)} holds another entry in each` }))
}

/** Statements by their id; what is closed to one of the two readers is no contradiction. */
function otherStatements(left: ReturnVerdict, right: ReturnVerdict, isSameReader: boolean): Problem[] {
  const said = new Map(right.statements.map((statement) => [statement.id, statement]))
  const problems: Problem[] = []
  for (const statement of left.statements) {
    const twin = said.get(statement.id)
    said.delete(statement.id)
    if (twin === undefined) {
      if (isSameReader) problems.push(onlyOne(statement))
    } else if (isSameReader ? jcs(statement.value) !== jcs(twin.value) : !isCompatible(statement.value, twin.value)) {
      const detail = `'${statement.id}' is ${jcs(statement.value)} in one and ${jcs(twin.value)} in the other`
      problems.push({ code: 'statement', detail })
    }
  }
  if (isSameReader) problems.push(...[...said.values()].map(onlyOne))
  return problems
}

const onlyOne = ({ id }: JudgedStatement): Problem => ({
  code: 'statement',
  detail: `'${id}' stands in one of the two`,
})

/** For two readers: what both are told must be the same. `null` and what is withheld tell nothing, a list may be shorter. */
function isCompatible(left: Json, right: Json): boolean {
  if (left === null || right === null || isWithheld(left) || isWithheld(right)) return true
  if (isJsonArray(left) && isJsonArray(right)) {
    const [few, many] = left.length <= right.length ? [left, right] : [right, left]
    return few.every((one) => many.some((another) => isCompatible(one, another)))
  }
  if (isJsonObject(left) && isJsonObject(right)) {
    const both = Object.keys(left).filter((key) => Object.hasOwn(right, key))
    return both.every((key) => isCompatible(left[key] as Json, right[key] as Json))
  }
  return jcs(left) === jcs(right)
}

const isWithheld = (value: Json): boolean => isJsonObject(value) && value.withheld !== undefined

/** Whether the first searched a number and found nobody, whom the second holds. */
function denies(denial: ReturnVerdict, asked: Question, holding: ReturnVerdict, held: Question): boolean {
  if (held.registerNumber === undefined || !asked.numbers.includes(held.registerNumber)) return false
  return heldIn(denial, 'not-held') === false && heldIn(holding, 'held') === true
}

function heldIn({ statements }: ReturnVerdict, id: string): boolean | undefined {
  const value = statements.find((statement) => statement.id === id)?.value
  if (typeof value === 'boolean') return value
  return isJsonObject(value) && typeof value.held === 'boolean' ? value.held : undefined
}

function bodyOf(judged: ReturnVerdict): { readonly [name: string]: Json } {
  return isJsonObject(judged.return) ? (judged.return as { readonly [name: string]: Json }) : {}
}

const numbersOf = (judged: ReturnVerdict): string => jcs(bodyOf(judged).highestNth ?? null)

function entriesOf(judged: ReturnVerdict): { index: Json; envelope: Json }[] {
  const { entries } = bodyOf(judged)
  return (isJsonArray(entries) ? entries : []).flatMap((entry) =>
    isJsonObject(entry) ? [{ index: entry.index ?? null, envelope: entry.envelope ?? null }] : [],
  )
}

function questionOf(judged: ReturnVerdict): Question {
  const { asked, audience } = bodyOf(judged)
  const { registerNumber, numbers, at, known } = isJsonObject(asked) ? asked : {}
  return {
    registerNumber: typeof registerNumber === 'string' ? registerNumber : undefined,
    numbers: isJsonArray(numbers) ? numbers.filter((one) => typeof one === 'string') : [],
    at,
    known: known ?? judged.checkpoint?.size,
    audience,
  }
}
