/**
 * A sentence case as a file, for whoever computes without the database. The form of `sentence.enter`, with the birth
 * beside it, and with names instead of uuids: `{"pack": "us-federal", "zone": "America/Chicago", "sentences": [{"sentence":
 * "first", "kind": "prison", "imposed": "2018-03-08", "terms": [{"months": 46}]}, …], "adjustments": […]}`.
 */
import { z } from 'zod'
import { derivedId } from '../../kernel/ids.ts'
import { parseJson } from '../../kernel/json.ts'
import { casesOf, type SentenceCase } from './cases.ts'
import { Day } from './facts.ts'
import { Entered } from './forms.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const CaseFile = Entered.extend({ birth: Day.optional() })

export type CaseRead =
  | {
      readonly ok: true
      readonly one: SentenceCase
      /** What the file calls each sentence, adjustment and event. */
      readonly names: ReadonlyMap<string, string>
    }
  | { readonly ok: false; readonly error: string }

/** Reads a case file. The error says where, never what stood there. */
export function readCase(text: string): CaseRead {
  const json = parseJson(text)
  if (!json.ok) return { ok: false, error: json.reason }
  const names = new Map<string, string>()
  const parsed = CaseFile.safeParse(withIds(json.value, names))
  if (!parsed.success) return { ok: false, error: z.prettifyError(parsed.error) }
  const { birth, ...legal } = parsed.data
  const [one] = casesOf([
    {
      kind: 'sentence.enter',
      legal,
      ...(birth !== undefined && { birth }),
      n: 1,
      entry: '',
      at: '',
      recordedAt: '',
    },
  ])
  return one === undefined ? { ok: false, error: 'no case' } : { ok: true, one, names }
}

/** Names become ids, the same name the same id; what has none is called by its place. */
function withIds(value: unknown, names: Map<string, string>): unknown {
  if (!isObject(value)) return value
  const idOf = (name: unknown): unknown => {
    if (typeof name !== 'string' || UUID.test(name)) return name
    const id = derivedId('case-file', name)
    names.set(id, name)
    return id
  }
  const list = (of: unknown, key: string): unknown =>
    Array.isArray(of)
      ? of.map((one, i) => {
          if (!isObject(one)) return one
          const named: Record<string, unknown> = { ...one, [key]: idOf(one[key] ?? `${key} ${i + 1}`) }
          for (const link of ['sentence', 'consecutiveTo', 'order'])
            if (link !== key && one[link] !== undefined) named[link] = idOf(one[link])
          return named
        })
      : of
  return {
    zone: 'UTC',
    ...value,
    case: idOf(value.case ?? 'case'),
    sentences: list(value.sentences, 'sentence'),
    ...(value.adjustments !== undefined && { adjustments: list(value.adjustments, 'adjustment') }),
    ...(value.events !== undefined && { events: list(value.events, 'event') }),
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
