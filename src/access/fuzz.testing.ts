/** Bodies that no honest client sends. Used by the tests here with a fake runner, and by the whole with the real one. */
import fc from 'fast-check'
import type { ActKind, Section } from '../kernel/act.ts'
import { timeId } from '../kernel/ids.ts'

export type BodyCase = { readonly name: string; readonly text: string }

const occurredAt = { at: '2031-05-06T11:59:00Z', precision: 'minute', zone: 'America/El_Salvador' }

// What has broken servers before: prototypes, NULs, lone surrogates, huge and odd numbers, deep nests, wrong containers.
const nastyTexts = [
  'null',
  'true',
  '0',
  '-0',
  '1e308',
  '1e400',
  '9007199254740993',
  '""',
  '"\\u0000"',
  '"\\ud800"',
  '"\\u202e\\u2028"',
  '"; drop table entry; --"',
  '[]',
  '[[]]',
  '{}',
  '{"__proto__":{"refused":true}}',
  '{"constructor":{"prototype":{}}}',
  '{"toString":1}',
  '{"refused":true,"code":"x"}',
  JSON.stringify('á'.repeat(20_000)),
  `${'['.repeat(31)}${']'.repeat(31)}`,
  `${'{"a":'.repeat(31)}1${'}'.repeat(31)}`,
  '"infinity"',
  '"9999999999-12-31T00:00:00Z"',
  '"0000-01-01T00:00:00Z"',
  '"-271821-04-20T00:00:00Z"',
  '"2016-12-31T23:59:60Z"',
] as const

const nastyOccurredAt = [
  { ...occurredAt, at: '9999-12-31T23:59:59.999999999Z' },
  { ...occurredAt, at: '0000-01-01T00:00:00Z' },
  { ...occurredAt, at: '2031-02-30T00:00:00Z' },
  { ...occurredAt, at: '2031-05-06T11:59:00+23:59' },
  { ...occurredAt, at: '2031-05-06T11:59:00.1234567890123Z' },
  { ...occurredAt, zone: 'Etc/../../passwd' },
  { ...occurredAt, zone: '__proto__' },
  { ...occurredAt, precision: 'toString' },
]

/** Handmade bodies for one act: broken as a whole, broken in each part, and each section as something else. */
export function nastyBodies(kind: ActKind): BodyCase[] {
  const bodies: BodyCase[] = nastyTexts.map((text) => ({ name: `whole ${text.slice(0, 20)}`, text }))
  const id = () => JSON.stringify(timeId())
  const time = JSON.stringify(occurredAt)
  for (const text of nastyTexts) {
    bodies.push({ name: `id ${text.slice(0, 20)}`, text: `{"id":${text},"occurredAt":${time},"data":{}}` })
    bodies.push({ name: `occurredAt ${text.slice(0, 20)}`, text: `{"id":${id()},"occurredAt":${text},"data":{}}` })
    bodies.push({ name: `data ${text.slice(0, 20)}`, text: `{"id":${id()},"occurredAt":${time},"data":${text}}` })
    for (const section of kind.sectionNames) {
      const data = `{${JSON.stringify(section)}:${text}}`
      bodies.push({
        name: `${section} ${text.slice(0, 20)}`,
        text: `{"id":${id()},"occurredAt":${time},"data":${data}}`,
      })
      for (const field of fieldsOf(kind, section)) {
        const data = `{${JSON.stringify(section)}:{${JSON.stringify(field)}:${text}}}`
        bodies.push({
          name: `${section}.${field} ${text.slice(0, 20)}`,
          text: `{"id":${id()},"occurredAt":${time},"data":${data}}`,
        })
      }
    }
  }
  for (const at of nastyOccurredAt) {
    bodies.push({ name: `occurredAt ${at.at}`, text: JSON.stringify({ id: timeId(), occurredAt: at, data: {} }) })
  }
  return bodies
}

function fieldsOf(kind: ActKind, section: Section): string[] {
  const shape = kind.sections[section]?.shape
  return shape === undefined ? [] : Object.keys(shape)
}

/** Random bodies for one act: the right sections and fields with values of chance. */
export function randomBodies(kind: ActKind): fc.Arbitrary<BodyCase> {
  const value = fc.oneof(
    fc.jsonValue(),
    fc.uuid(),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    fc.constantFrom(...(nastyTexts.filter((text) => isPlainJson(text)).map((text) => JSON.parse(text)) as unknown[])),
  )
  const sections = fc.record(
    Object.fromEntries(
      kind.sectionNames.map((section) => [
        section,
        fc.record(
          Object.fromEntries([...fieldsOf(kind, section), 'custody', 'facility'].map((field) => [field, value])),
          { requiredKeys: [] },
        ),
      ]),
    ),
    { requiredKeys: [] },
  )
  return fc
    .record({ occurredAt: fc.oneof({ weight: 4, arbitrary: fc.constant(occurredAt) }, value), data: sections })
    .map((body) => ({ name: 'random', text: JSON.stringify({ id: timeId(), ...body }) }))
}

function isPlainJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
