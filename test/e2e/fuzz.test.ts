import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { z } from 'zod'
import { expectations } from '../../src/access/expectations.ts'
import { ROLES } from '../../src/access/roles.ts'
import { rooms } from '../../src/cli/rooms.ts'
import type { ActKind } from '../../src/kernel/act.ts'
import { timeId } from '../../src/kernel/ids.ts'
import { ask, custodiesOf, filledInstance } from './testing.ts'

const BODIES_PER_ACT = Number(process.env.HABEAS_FUZZ_BODIES ?? 25)
const PEOPLE = 20

type Schema = {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly format?: string
  readonly pattern?: string
  readonly maxLength?: number
}

/** What no schema asks for, and every server is sent. */
const strange = fc.oneof(
  fc.constantFrom(null, '', '\u0000', '\ud800', '0', -1, 1e308, 2 ** 53, [], {}, true, 'x'.repeat(5_000), '__proto__'),
  fc.jsonValue({ maxDepth: 3 }),
)
/** Mostly the first. */
const mostly = (usual: fc.Arbitrary<unknown>, odd: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 40, arbitrary: usual }, { weight: 1, arbitrary: odd })

const instants = mostly(
  fc.constantFrom('2026-10-01T12:00:00Z', '2026-11-02T01:30:00-05:00', '1902-10-10T00:00:00Z'),
  fc.constantFrom('9999-12-31T23:59:59Z', '2026-02-30T00:00:00Z', '0000-01-01T00:00:00Z'),
)
const dates = mostly(fc.constantFrom('2026-10-01', '2024-02-29'), fc.constantFrom('2026-13-01', '9999-01-01'))
const ZONES = ['America/El_Salvador', 'America/New_York', 'UTC']

/** Values that nearly fit a schema: mostly right, now and then strange, at any depth. */
function nearly(schema: Schema, ids: readonly string[]): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 80, arbitrary: fitting(schema, ids) }, { weight: 1, arbitrary: strange })
}

function fitting(schema: Schema, ids: readonly string[]): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => nearly(one, ids)))
  if (schema.type === 'object') {
    const fields = Object.entries(schema.properties ?? {})
    const required = fields.map(([name]) => name).filter((name) => schema.required?.includes(name))
    const record = Object.fromEntries(fields.map(([name, field]) => [name, nearly(field, ids)]))
    return fc.record(record, { requiredKeys: required })
  }
  if (schema.type === 'array') return fc.array(nearly(schema.items ?? {}, ids), { maxLength: 3 })
  if (schema.type === 'integer') return fc.integer({ min: 0, max: 200 })
  if (schema.type === 'number') return fc.double({ min: 0, max: 100, noNaN: true })
  if (schema.type === 'boolean') return fc.boolean()
  if (schema.type === 'string') return text(schema, ids)
  return strange
}

function text({ format, pattern, maxLength }: Schema, ids: readonly string[]): fc.Arbitrary<unknown> {
  if (format === 'uuid') return fc.oneof(fc.constantFrom(...ids), fc.uuid())
  if (format === 'date-time') return instants
  if (format === 'date') return dates
  if (pattern !== undefined) return mostly(fc.stringMatching(new RegExp(pattern)), fc.constantFrom('TEC', 'ñ', ''))
  const odd = fc.string({ unit: 'binary', maxLength: Math.min(maxLength ?? 40, 40) })
  return mostly(fc.constantFrom(...ZONES), odd)
}

const schemaOf = (kind: ActKind): Schema => z.toJSONSchema(kind.data, { io: 'input', unrepresentable: 'any' }) as Schema

function bodyOf(kind: ActKind, ids: readonly string[]): fc.Arbitrary<unknown> {
  const occurredAt = fc.record({
    at: nearly({ type: 'string', format: 'date-time' }, ids),
    precision: nearly({ enum: ['second', 'minute', 'hour', 'day'] }, ids),
    zone: mostly(fc.constantFrom(...ZONES), fc.constantFrom('Nowhere/At_All', '+25:00')),
  })
  const whole = fc.record({
    id: fc.oneof({ weight: 20, arbitrary: fc.constant('').map(() => timeId()) }, { weight: 1, arbitrary: strange }),
    occurredAt,
    data: nearly(schemaOf(kind), ids),
  })
  return fc.oneof({ weight: 20, arbitrary: whole }, { weight: 1, arbitrary: strange })
}

test(`bodies of chance against every act, ${BODIES_PER_ACT} each: never a fault, never half a state`, async (t) => {
  const instance = await filledInstance(t, PEOPLE)
  const { url, stop } = await instance.start()
  const tokens: Record<string, string> = {}
  for (const role of ROLES) {
    tokens[role] = (await instance.json<{ token: string }>(['token', 'create', '--role', role])).token
  }
  const custodies = await custodiesOf(url, tokens.registrar as string, PEOPLE)
  const [person] = (
    (await ask(url, tokens.registrar as string, `/api/custodies/${custodies[0]}`)).body as { person: string }
  ).person.split(' ')
  const ids = [...custodies, person as string]
  const answers = new Map<number, number>()

  for (const kind of rooms.flatMap(({ acts }) => acts)) {
    const arbitrary = bodyOf(kind, ids)
    await fc.assert(
      fc.asyncProperty(arbitrary, async (body) => {
        const role = expectations[kind.permission]?.roles[0] as string
        const { status, body: answer } = await ask(
          url,
          tokens[role] as string,
          `/api/acts/${kind.kind}`,
          JSON.stringify(body),
        )
        answers.set(status, (answers.get(status) ?? 0) + 1)
        assert.ok(status < 500, `${kind.kind}: ${JSON.stringify(answer)}`)
        assert.notEqual((answer as { code?: string }).code, 'not-permitted', `${role} may not ${kind.permission}`)
      }),
      { numRuns: BODIES_PER_ACT },
    )
  }
  t.diagnostic(`answers by status: ${JSON.stringify(Object.fromEntries([...answers].sort()))}`)
  assert.ok((answers.get(201) ?? 0) > BODIES_PER_ACT, 'hardly any body was taken: the generator is off')

  for (const command of ['replay', 'audit']) {
    const { code, stdout, stderr } = await instance.run([command])
    assert.equal(code, 0, `${command}: ${stdout}${stderr}`)
  }
  assert.equal((await stop()).code, 0)
})
