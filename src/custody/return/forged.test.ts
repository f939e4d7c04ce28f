import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { verifyCommand } from '../../../verify/main.ts'
import { temporaryFolder } from '../../platform/testing.ts'
import { sha256 } from '../../record/node-crypto.ts'
import { formatPolicy, parsePolicy } from '../../record/policy.ts'
import { addWitness } from '../../record/policy-edit.ts'
import { serveTestWitness } from '../../witness/testing.ts'
import { makeReturn } from '../return.ts'
import { enterAna, made, openReturnHouse } from './testing.ts'

const FIRST_LINE = { en: /^UNKNOWN KEY: /, es: /^CLAVE DESCONOCIDA: / }

test('a return forged end to end: a whole house under the same name, with keys of its own', async (t) => {
  const [honest, forger] = [await openReturnHouse(t), await openReturnHouse(t)]
  const folder = await temporaryFolder(t)
  const { registerNumber } = await enterAna(honest)
  await enterAna(forger)
  const files = { honest: join(folder, 'honest.json'), forged: join(folder, 'forged.json') }
  const bytes = made(await makeReturn(honest.house, { registerNumber })).bytes
  await writeFile(files.honest, bytes)
  await writeFile(files.forged, made(await makeReturn(forger.house, { registerNumber })).bytes)
  const save = async (name: string, text: string) => {
    await writeFile(join(folder, name), text)
    return join(folder, name)
  }
  const trust = await save('policy', honest.policy)

  assert.equal((await verifyCommand(files.honest, trust)).exitCode, 0)
  for (const language of ['en', 'es'] as const) {
    const judged = await verifyCommand(files.forged, trust, language)
    assert.equal(judged.exitCode, 2)
    assert.match(judged.text, FIRST_LINE[language])
    assert.equal(judged.json.problems[0]?.code, 'unknown-log')
    assert.deepEqual(
      judged.json.problems.map(({ code }) => code),
      ['unknown-log'],
      'in itself nothing is wrong with it',
    )
  }

  // The keys of the honest checkpoint are no help: it is of another tree.
  const file = JSON.parse(bytes.toString())
  const stolen = JSON.parse(await readFile(files.forged, 'utf8'))
  stolen.return.checkpoint = file.return.checkpoint
  await save('stolen.json', `${JSON.stringify(stolen)}\n`)
  assert.equal((await verifyCommand(join(folder, 'stolen.json'), trust)).exitCode, 1)
})

test('a policy file that was changed: the true return is then by an unknown key, lacks a quorum, or is not checked', async (t) => {
  const [honest, forger] = [await openReturnHouse(t), await openReturnHouse(t)]
  const folder = await temporaryFolder(t)
  const { registerNumber } = await enterAna(honest)
  const file = join(folder, 'return.json')
  await writeFile(file, made(await makeReturn(honest.house, { registerNumber })).bytes)
  const under = async (policy: string) => {
    await writeFile(join(folder, 'policy'), policy)
    const { exitCode, json } = await verifyCommand(file, join(folder, 'policy'))
    return [exitCode, json.problems[0]?.code]
  }
  assert.deepEqual(await under(honest.policy), [0, undefined])
  assert.deepEqual(await under(forger.policy), [2, 'unknown-log'])
  assert.deepEqual(await under(honest.policy.replace(/(log \S+)A/, '$1B')), [1, 'unreadable'])
  assert.deepEqual(await under(honest.policy.replace('quorum none', 'quorum bar')), [1, 'unreadable'])

  // The house took the quorum out of its own file and shows heads that nobody cosigned; the court kept the true one.
  const parsed = parsePolicy(sha256, honest.policy)
  assert.ok(parsed.ok)
  const logKeys = parsed.value.logs.map(({ key }) => key)
  const { url, witness } = await serveTestWitness(t, logKeys, 'bar')
  const withWitness = addWitness(parsed.value, { name: 'bar', url, keys: witness.keys })
  assert.ok(withWitness.ok)
  assert.deepEqual(await under(formatPolicy(withWitness.value)), [2, 'quorum'])
})
