/** Values of chance that a Zod schema mostly takes: what a fuzz needs to get past validation. For tests only. */
import fc from 'fast-check'
import type { z } from 'zod'
import { derivedId, timeId } from '../kernel/ids.ts'

type Def = { readonly type: string; readonly [key: string]: unknown }
const defOf = (schema: z.ZodType): Def => schema._zod.def as unknown as Def
const inner = (def: Def, key = 'innerType'): z.ZodType => def[key] as z.ZodType

/** Ids that come up again and again, so that acts meet. */
export type Pool = { readonly uuids: readonly string[]; readonly facilities: readonly string[] }

export function arbitraryOf(schema: z.ZodType, pool: Pool, field = ''): fc.Arbitrary<unknown> {
  const def = defOf(schema)
  const of = (next: z.ZodType, name = field) => arbitraryOf(next, pool, name)
  switch (def.type) {
    case 'object':
      return objectOf(def.shape as Record<string, z.ZodType>, of)
    case 'optional':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'readonly':
      return of(inner(def))
    case 'nullable':
      return fc.option(of(inner(def)))
    case 'pipe':
      return of(inner(def, 'in'))
    case 'array':
      return fc.array(of(inner(def, 'element')), { maxLength: 3 })
    case 'union':
      return fc.oneof(...(def.options as z.ZodType[]).map((option) => of(option)))
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries as Record<string, string>))
    case 'literal':
      return fc.constantFrom(...(def.values as unknown[]))
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'number':
      return fc.oneof(fc.nat({ max: 4 }), fc.nat({ max: 100_000 }))
    case 'record':
      return fc.dictionary(fc.string({ minLength: 1, maxLength: 12 }), of(inner(def, 'valueType')), { maxKeys: 3 })
    case 'string':
      return stringOf(schema, pool, field)
    default:
      return fc.jsonValue({ maxDepth: 3 })
  }
}

function objectOf(shape: Record<string, z.ZodType>, of: (schema: z.ZodType, name: string) => fc.Arbitrary<unknown>) {
  const fields = Object.fromEntries(Object.entries(shape).map(([name, schema]) => [name, of(schema, name)]))
  const requiredKeys = Object.keys(shape).filter((name) => !(shape[name] as z.ZodType).safeParse(undefined).success)
  return fc.record(fields, { requiredKeys }) as fc.Arbitrary<unknown>
}

// With all that can stand in a name: accents, quotes, other scripts, bidi marks, and the odd control character.
const words = fc.oneof(
  fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }),
  fc.constantFrom("O'Higgins", 'Ñandú', 'محمد', 'a\u202eb', '\ufeffx', 'Z̷a̷l̷g̷o̷', '  ', '\\x00', '%s%n', '{"a":1}'),
)

const zones = fc.constantFrom('America/El_Salvador', 'UTC', 'Europe/London', 'Pacific/Apia', 'Asia/Kathmandu')
const instants = fc
  .oneof(
    fc.date({ min: new Date('2024-01-01'), max: new Date('2026-11-01'), noInvalidDate: true }),
    fc.date({ min: new Date('1800-01-01'), max: new Date('9998-01-01'), noInvalidDate: true }),
  )
  .map((date) => date.toISOString())

function stringOf(schema: z.ZodType, pool: Pool, field: string): fc.Arbitrary<unknown> {
  if (field === 'facility') return fc.constantFrom(...pool.facilities)
  if (field === 'zone') return zones
  const { format } = defOf(schema) as { format?: string }
  const checks = (defOf(schema).checks ?? []) as { _zod: { def: { format?: string; pattern?: RegExp } } }[]
  const pattern = checks.map((check) => check._zod.def).find((check) => check.format === 'regex')?.pattern
  if (pattern !== undefined) return fc.stringMatching(pattern)
  const formats = [format, ...checks.map((check) => check._zod.def.format)]
  if (formats.some((name) => name === 'uuid' || name === 'guid')) return uuidOf(pool, field)
  if (formats.includes('datetime')) return instants
  if (formats.includes('date')) return instants.map((text) => text.slice(0, 10))
  if (formats.some((name) => name?.startsWith('sha256'))) return fc.stringMatching(/^[0-9a-f]{64}$/)
  return words
}

// Mostly each field has ids of its own, so that acts meet; at times one field has the id of another sort of thing.
const uuidOf = (pool: Pool, field: string) =>
  fc.oneof(
    { weight: 15, arbitrary: fc.constantFrom(...pool.uuids.map((id) => derivedId(id, field))) },
    { weight: 1, arbitrary: fc.constantFrom(...pool.uuids.flatMap((id) => [id, derivedId(id, 'custody')])) },
  )

/** A body that its act mostly takes. */
export function validBodies(data: z.ZodType, pool: Pool): fc.Arbitrary<Record<string, unknown>> {
  return fc
    .record({
      occurredAt: fc.record({
        at: instants,
        precision: fc.constantFrom('second', 'minute', 'hour', 'day'),
        zone: zones,
      }),
      data: arbitraryOf(data, pool),
    })
    .map((body) => ({ id: timeId(), ...body }))
}
