/** Constant memory, shown by what the reader holds and not by the clock or the size of the process. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { parserFor, readMapped } from './read-file.ts'
import { openSource, readSource } from './source.ts'
import { folder, now, profileOf, sampleHeader, sampleProfile } from './testing.ts'
import { defaultLimits } from './window.ts'

const profile = profileOf(sampleProfile)
const row = (i: number) => `${i},2026-08-01T10:00:00,,31.0,F,MIN,"Ana ${i}",some note of the source,X\n`

test('five times the rows hold no more bytes, no larger batch and no more days', async (t) => {
  const write = folder(t)
  const held: { bytes: number; items: number }[] = []
  for (const times of [1, 5]) {
    const text = Buffer.from(`${sampleHeader}\n${Array.from({ length: times * 20_000 }, (_, i) => row(i)).join('')}`)
    for (const bytes of [text, gzipSync(text)]) {
      const path = write(`roster_2026-08-12.${times}`, bytes)
      const opened = await openSource(path)
      assert.ok('compression' in opened)
      const parser = parserFor(profile, defaultLimits)
      const most = { bytes: 0, items: 0 }
      let read = 0
      for await (const event of readSource(path, opened, parser, defaultLimits)) {
        if (event.kind !== 'batch') continue
        read += event.items.length
        most.bytes = Math.max(most.bytes, parser.heldBytes)
        most.items = Math.max(most.items, event.items.length)
      }
      assert.equal(read, times * 20_000)
      held.push(most)
    }
  }
  for (const most of held) {
    assert.ok(most.bytes <= defaultLimits.chunkBytes + 200, `${most.bytes} bytes held`)
    assert.ok(most.items <= defaultLimits.batchRowsMax)
  }
})

test('the reader waits for whoever takes the rows: it is never more than a chunk ahead', async (t) => {
  const text = `${sampleHeader}\n${Array.from({ length: 20_000 }, (_, i) => row(i)).join('')}`
  const file = await readMapped(folder(t)('roster_2026-08-12.csv', text), profile, { now })
  assert.ok(file.ok)
  for await (const event of file.events) {
    assert.equal(event.kind, 'batch')
    assert.ok(event.kind === 'batch' && event.rows.length === defaultLimits.batchRowsMax)
    assert.ok(event.byteOffset <= event.rows.length * row(20_000).length + sampleHeader.length)
    // Leaving early closes the file: the test process could not end otherwise.
    break
  }
})
