import assert from 'node:assert/strict'
import { test } from 'node:test'
import { verifyReturn } from '../../../verify/return.ts'
import { SECTIONS } from '../../kernel/act.ts'
import { AUDIENCES, openingOf } from '../../kernel/audience.ts'
import type { Json } from '../../kernel/json.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { nodeChecker } from '../../record/node-crypto.ts'
import { disclosuresOf, loadKeys, STORED, type StoredEntry } from '../../record/open.ts'
import { depart } from '../acts.ts'
import { makeNotHeld, makeReturn } from '../return.ts'
import { BERTA, enterAna, enterBerta, made, openReturnHouse } from './testing.ts'

/** What a reader is told out of a section that stays sealed: the facility, and the items of ICPPED 18(1). */
const TOLD = {
  place: [/^TEC$/, /^(between|unknown)$/, /canary-destination/],
  legal: [
    /canary-(deprivation|captors|runner|issuer|cause|circumstances|remains)/,
    /^Juzgado/,
    /^2026-02-27T21:30:00Z$/,
    /^minute$/,
    /^(release|transfer|death)$/,
  ],
} as const

function textsIn(value: Json, into = new Set<string>()): Set<string> {
  if (typeof value === 'string') into.add(value)
  else if (value !== null && typeof value === 'object') for (const part of Object.values(value)) textsIn(part, into)
  return into
}

test('no text of a section that an audience may not open stands anywhere in its return', async (t) => {
  const opened = await openReturnHouse(t)
  await enterAna(opened)
  const registerNumber = await enterBerta(opened)
  await opened.submit(
    depart,
    {
      person: { custody: BERTA },
      place: { destination: 'Hospital canary-destination' },
      legal: {
        as: 'death',
        death: { circumstances: 'canary-circumstances', cause: 'canary-cause', remains: 'canary-remains' },
        verification: 'canary-verification',
      },
      act: { reason: 'canary-departure' },
    },
    { at: '2026-08-01T15:00:00Z' },
  )
  const { database, record } = opened.house
  const stored = await database.rows<StoredEntry>(`select ${STORED} from entry where custody = $1`, [BERTA])
  await loadKeys(database, record.keys, stored, true)
  const texts = new Map(SECTIONS.map((section) => [section, new Set<string>()]))
  for (const entry of stored) {
    for (const { section, value } of disclosuresOf(entry, record.keys, true)) textsIn(value as Json, texts.get(section))
  }
  for (const audience of AUDIENCES) {
    for (const at of ['2026-05-10T12:00:00Z', '2026-09-01T12:00:00Z']) {
      const answer = made(await makeReturn(opened.house, { registerNumber, at, audience }))
      const judged = await verifyReturn(answer.bytes, opened.policy, nodeChecker)
      assert.deepEqual(judged.problems, [], audience)
      // What the file claims is what the checker finds: nobody reads 'proven' here and 'attested' there.
      const claimed = answer.summary.statements.map(({ id, state }) => [id, state])
      assert.deepEqual(
        judged.statements.map(({ id, state }) => [id, state]),
        claimed,
        audience,
      )
      const file = readable(answer.bytes.toString())
      const open = SECTIONS.filter((section) => openingOf(audience, section) === 'open')
      // Ids of entries stand in the public envelopes.
      const allowed = new Set([
        ...stored.map(({ id }) => id),
        ...open.flatMap((section) => [...(texts.get(section) ?? [])]),
      ])
      for (const section of SECTIONS) {
        const opening = openingOf(audience, section)
        if (opening === 'open') continue
        const told: readonly RegExp[] = opening === 'told' ? TOLD[section as keyof typeof TOLD] : []
        for (const text of texts.get(section) ?? []) {
          // Words of fewer than six letters are in every file; the long ones are each of one section.
          if (text.length < 6 || allowed.has(text) || told.some((pattern) => pattern.test(text))) continue
          assert.ok(!file.includes(JSON.stringify(text).slice(1, -1)), `${audience} reads '${text}' of ${section}`)
        }
      }
    }
  }
})

test('each audience is answered what it may know: the family the facility, the authorities and that there is a lapse', async (t) => {
  const opened = await openReturnHouse(t)
  const { registerNumber } = await enterAna(opened)
  const at = '2026-06-05T12:00:00Z'
  const family = made(await makeReturn(opened.house, { registerNumber, at, audience: 'family' }))
  const said = new Map(family.summary.statements.map((statement) => [statement.id, statement]))
  assert.equal(said.get('admitted')?.state, 'proven', 'the envelope proves the facility')
  assert.equal(said.get('where-1-now')?.says.en, 'Is in Tecoluca, since 5 Mar 2026 12:00 −06.')
  assert.equal(said.get('where-1-now')?.state, 'attested')
  assert.equal(said.get('basis-now')?.says.en, 'WITHOUT A BASIS.')
  assert.equal(said.get('authority-ordered-1')?.says.es, 'Ordenó: Juzgado 1 (SV).')
  assert.deepEqual(said.get('bunk')?.value, { withheld: 'place' })
  assert.doesNotMatch(JSON.stringify(family.summary.statements), /C1|A1/)
  const counsel = made(await makeReturn(opened.house, { registerNumber, at, audience: 'counsel' }))
  const order = counsel.summary.statements.find(({ id }) => id === 'order-1')
  assert.equal(order?.state, 'proven')
  assert.match(
    order?.says.es ?? '',
    /^Orden \(prisión provisional\) de Juzgado 1 \(SV\).* hasta el 31 may 2026 inclusive/,
  )
})

test('a correction whose section is closed to the reader still says what it changes: the rest stays proven', async (t) => {
  const opened = await openReturnHouse(t)
  await enterAna(opened)
  const number = await enterBerta(opened)
  const ask = async (audience: 'court' | 'counsel') => {
    const answer = made(
      await makeReturn(opened.house, { registerNumber: number, at: '2026-05-10T12:00:00Z', audience }),
    )
    const judged = await verifyReturn(answer.bytes, opened.policy, nodeChecker)
    assert.deepEqual(judged.problems, [])
    return new Map(judged.statements.map(({ id, state }) => [id, state]))
  }
  const [court, counsel] = [await ask('court'), await ask('counsel')]
  assert.equal(court.get('name-1'), 'proven')
  assert.equal(counsel.get('name-1'), 'proven')
})

test('not held, for a family: what was searched, and nothing of namesakes', async (t) => {
  const opened = await openReturnHouse(t)
  const { registerNumber } = await enterAna(opened)
  const request = { names: ['Ana Paz'], numbers: [], at: '2026-01-02T00:00:00Z' }
  const family = made(await makeNotHeld(opened.house, { ...request, audience: 'family' }))
  assert.ok(!family.bytes.toString().includes(registerNumber))
  assert.equal((await verifyReturn(family.bytes, opened.policy, nodeChecker)).verdict, 'verified')
  const refused = await makeReturn(opened.house, { registerNumber: 'TEC-26-000077', audience: 'family' })
  assert.ok(isRefusal(refused))
})

/** The file with its disclosures opened, so that what is only base64 counts as read. */
function readable(file: string): string {
  const texts = file.match(/"[A-Za-z0-9_-]{40,}"/g) ?? []
  return `${file}\n${texts.map((text) => Buffer.from(text.slice(1, -1), 'base64url').toString()).join('\n')}`
}
