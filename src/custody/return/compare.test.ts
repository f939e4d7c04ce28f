import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { compareReturns } from '../../../verify/compare.ts'
import { verifyTwo } from '../../../verify/main.ts'
import { verifyReturn } from '../../../verify/return.ts'
import { AUDIENCES } from '../../kernel/audience.ts'
import type { Json } from '../../kernel/json.ts'
import { temporaryFolder } from '../../platform/testing.ts'
import { nodeChecker } from '../../record/node-crypto.ts'
import { addNote } from '../acts.ts'
import { makeNotHeld, makeReturn } from '../return.ts'
import { signed } from './make.ts'
import { CUSTODY, enterAna, enterBerta, made, openReturnHouse } from './testing.ts'

const at = '2026-04-20T12:00:00Z'

test('returns of one question agree, whoever the readers are; two answers are named, and end with 1', async (t) => {
  const opened = await openReturnHouse(t)
  const { house, policy } = opened
  const { registerNumber } = await enterAna(opened)
  const berta = await enterBerta(opened)
  const judge = (bytes: Uint8Array) => verifyReturn(bytes, policy, nodeChecker)
  const ask = async (request: Partial<Parameters<typeof makeReturn>[1]> = {}) =>
    made(await makeReturn(house, { registerNumber, at, ...request }))

  for (const number of [registerNumber, berta]) {
    const all = await Promise.all(
      AUDIENCES.map(async (audience) => judge((await ask({ registerNumber: number, audience })).bytes)),
    )
    for (const [i, left] of all.entries())
      for (const right of all.slice(i))
        assert.deepEqual(compareReturns(left, right), { outcome: 'agree' }, `${AUDIENCES[i]} ${number}`)
  }

  // The custodian signs whatever it is given: here another answer to the same question.
  const honest = await ask()
  const lie = async (
    change: (body: { statements: { id: string; value: Json }[]; [name: string]: unknown }) => void,
  ) => {
    const body = JSON.parse(honest.bytes.toString()).return
    change(body)
    return signed(house, body)
  }
  const other = await lie(({ statements }) => {
    const held = statements.find(({ id }) => id === 'other-custodies')
    assert.ok(held)
    held.value = ['TEC-26-999999']
  })
  const folder = await temporaryFolder(t)
  const [first, second, trust] = ['a.json', 'b.json', 'policy'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  await Promise.all([writeFile(first, honest.bytes), writeFile(second, other), writeFile(trust, policy)])
  const result = await verifyTwo(first, second, trust)
  assert.deepEqual(
    result.json.files.map(({ verdict }) => verdict),
    ['verified', 'verified'],
    'each by itself holds',
  )
  assert.equal(result.exitCode, 1)
  assert.match(
    result.text,
    /^THE TWO DISAGREE.*\n {2}statement: 'other-custodies' is \[\] in one and \["TEC-26-999999"\]/,
  )
  assert.match((await verifyTwo(first, second, trust, 'es')).text, /^LAS DOS SE CONTRADICEN/)
  assert.equal((await verifyTwo(first, first, trust)).exitCode, 0)

  const left = await judge(honest.bytes)
  const codes = async (bytes: Uint8Array) => {
    const compared = compareReturns(left, await judge(bytes))
    return compared.outcome === 'disagree' ? compared.problems.map(({ code }) => code) : compared.outcome
  }
  const missing = await lie((body) => {
    body.statements.splice(2, 1)
  })
  assert.deepEqual(await codes(missing), ['statement'])

  // 'Not held' of a number that the other return holds.
  const nobody = made(await makeNotHeld(house, { names: [], numbers: ['TEC-26-777777'], at }))
  const denial = JSON.parse(nobody.bytes.toString()).return
  denial.asked.numbers = [registerNumber]
  assert.deepEqual(await codes(await signed(house, denial)), ['held-and-not-held'])

  // Another question: another instant, another person, a larger tree. The same part of a larger tree is the same question.
  assert.equal(await codes((await ask({ at: '2026-04-21T12:00:00Z' })).bytes), 'not-comparable')
  assert.equal(await codes((await ask({ registerNumber: berta })).bytes), 'not-comparable')
  await opened.submit(addNote, { person: { custody: CUSTODY }, act: { text: 'later' } }, { at: '2026-06-11T10:00:00Z' })
  const { size } = honest.summary
  assert.equal(await codes((await ask()).bytes), 'not-comparable')
  assert.equal(await codes((await ask({ known: size })).bytes), 'agree')
})

test('two houses that sign in the name of one log show two trees', async (t) => {
  const [one, other] = [await openReturnHouse(t), await openReturnHouse(t)]
  const numbers = await Promise.all([one, other].map(async (house) => (await enterAna(house)).registerNumber))
  const verdicts = await Promise.all(
    [one, other].map(async ({ house }, i) =>
      verifyReturn(
        made(await makeReturn(house, { registerNumber: numbers[i] as string, at })).bytes,
        one.policy,
        nodeChecker,
      ),
    ),
  )
  const [left, right] = verdicts as [(typeof verdicts)[0], (typeof verdicts)[0]]
  assert.deepEqual([left.verdict, right.verdict], ['verified', 'unknown-key'])
  const compared = compareReturns(left, right)
  assert.ok(compared.outcome === 'disagree')
  assert.ok(compared.problems.some(({ code, detail }) => code === 'two-trees' && /signed two trees/.test(detail)))
})
