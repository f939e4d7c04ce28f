import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import { randomId } from '../../kernel/ids.ts'
import { temporaryFolder } from '../testing.ts'
import { BackupDamaged, type Header, type Line, readBackup, writeBackup } from './format.ts'

const header: Header = {
  habeas: 'backup',
  v: 1,
  part: 'record',
  id: randomId(),
  made: '2026-03-01T00:00:00.000Z',
  origin: 'example.org/log',
  migrations: [],
  entries: 3,
  tree: { size: 0, root: '', checkpoint: null },
  registers: [],
  tables: [{ name: 'entry', columns: [{ name: 'n', type: 'bigint' }] }],
}
const given: Line[] = [
  { table: 'entry', rows: [['1'], ['2'], [null]] },
  { file: `${randomId()}/${'a'.repeat(64)}`, part: 0, last: true, bytes: randomBytes(50).toString('base64') },
]
async function* lines() {
  yield* given
}

test('what was written is read again; anything cut, changed, added or left out is refused', async (t) => {
  const path = join(await temporaryFolder(t), 'backup.gz')
  await writeBackup(path, header, lines())
  const read: Line[] = []
  assert.deepEqual(await readBackup(path, async (line) => void read.push(line)), header)
  assert.deepEqual(read, given)

  const bytes = await readFile(path)
  const text = gunzipSync(bytes).toString()
  const parts = text.trimEnd().split('\n')
  const without = (i: number) => gzipSync(`${parts.filter((_, at) => at !== i).join('\n')}\n`)
  const damaged: Record<string, Buffer> = {
    'a changed value': gzipSync(text.replace('"2"', '"7"')),
    'a line left out': without(1),
    'no header': without(0),
    'no end': without(parts.length - 1),
    'a line after the end': gzipSync(`${text}${parts[1]}\n`),
    'no JSON': gzipSync(`${text}x\n`),
    'not gzip': Buffer.from(text),
    empty: Buffer.alloc(0),
  }
  for (let cut = 1; cut < bytes.length; cut += 23) damaged[`cut after ${cut} bytes`] = bytes.subarray(0, cut)
  for (const [what, content] of Object.entries(damaged)) {
    await writeFile(path, content)
    await assert.rejects(readBackup(path), BackupDamaged, what)
  }
  await assert.rejects(readBackup(`${path}.absent`), { code: 'ENOENT' })
})

test('a backup that could not be finished leaves no file', async (t) => {
  const path = join(await temporaryFolder(t), 'backup.gz')
  async function* failing(): AsyncGenerator<Line> {
    yield* given
    throw new Error('the database went away')
  }
  await assert.rejects(writeBackup(path, header, failing()), /went away/)
  await assert.rejects(readFile(path), { code: 'ENOENT' })
  await assert.rejects(readFile(`${path}.part`), { code: 'ENOENT' })
})
