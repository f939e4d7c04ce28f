import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { inflateSync } from 'node:zlib'
import { verifyCommand } from '../../../../verify/main.ts'
import { verifyReturn } from '../../../../verify/return.ts'
import { temporaryFolder } from '../../../platform/testing.ts'
import { nodeChecker } from '../../../record/node-crypto.ts'
import { depart } from '../../acts.ts'
import { makeNotHeld, makeReturn } from '../../return.ts'
import { BERTA, enterAna, enterBerta, made, openReturnHouse } from '../testing.ts'
import { printable } from './coverage.ts'
import { describeReturn } from './document.ts'
import { makeReturnPdf } from './make.ts'

/** All streams of a PDF, inflated where they are deflated; enough to look into, no reader of PDFs. */
function streamsOf(pdf: Buffer): Buffer[] {
  const streams: Buffer[] = []
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 1)) {
    if (pdf.subarray(at - 3, at).toString() === 'end') continue
    const end = pdf.indexOf('\nendstream', at)
    const body = pdf.subarray(at + 7, end)
    const head = pdf.subarray(pdf.lastIndexOf(' obj', at), at).toString('latin1')
    streams.push(head.includes('/FlateDecode') ? inflateSync(body) : body)
  }
  return streams
}

test('the PDF of a return: tagged PDF/A-3a, the signed file attached and verifying, the same twice, in both languages', async (t) => {
  const opened = await openReturnHouse(t)
  await enterAna(opened)
  const registerNumber = await enterBerta(opened, 30)
  const { bytes } = made(await makeReturn(opened.house, { registerNumber, at: '2026-05-10T12:00:00Z' }))
  const folder = await temporaryFolder(t)
  await writeFile(join(folder, 'policy'), opened.policy)
  const [spanish, again, english] = await Promise.all([
    makeReturnPdf(bytes, { language: 'es' }),
    makeReturnPdf(bytes, { language: 'es' }),
    makeReturnPdf(bytes, { language: 'en' }),
  ])
  assert.ok(spanish.equals(again), 'the same bytes give the same PDF')
  assert.ok(!spanish.equals(english))
  for (const [pdf, language] of [
    [spanish, 'es'],
    [english, 'en'],
  ] as const) {
    const streams = streamsOf(pdf)
    const text = [pdf, ...streams].map((part) => part.toString('latin1')).join('\n')
    assert.match(text, /<pdfaid:part>3<\/pdfaid:part>\s*<pdfaid:conformance>A<\/pdfaid:conformance>/)
    assert.match(text, /\/MarkInfo\s*<<\s*\/Marked true/)
    assert.match(text, /\/StructTreeRoot/)
    assert.match(text, new RegExp(`/Lang\\s*\\(${language}`))
    assert.match(text, /\/AFRelationship\s*\/Data/)
    const attached = streams.find((stream) => stream.equals(bytes))
    assert.ok(attached, 'the attached file is the return, byte for byte')
    assert.equal((await verifyReturn(attached, opened.policy, nodeChecker)).verdict, 'verified')
    await writeFile(join(folder, 'return.pdf'), pdf)
    const checked = await verifyCommand(join(folder, 'return.pdf'), join(folder, 'policy'), language)
    assert.equal(checked.exitCode, 0, 'the command takes the PDF itself')
    assert.ok(!text.includes('canary-injury') && !text.includes('canary-complaint'), 'the medical section is nowhere')
  }
})

test('what the pages say: the answer first, then the chain; for a not-held answer what was searched', async (t) => {
  const opened = await openReturnHouse(t)
  const { registerNumber } = await enterAna(opened)
  const lapse = made(await makeReturn(opened.house, { registerNumber, at: '2026-06-05T12:00:00Z' }))
  const page = describeReturn(lapse.bytes, 'es')
  assert.equal(page.heading, `PAZ, Ana · ${registerNumber}`)
  assert.deepEqual(
    page.answer.map(({ label, look }) => [label, look]),
    [
      ['Detenida', 'none'],
      ['Dónde', 'none'],
      ['Con qué ley', 'lapse'],
      ['Desde cuándo', 'none'],
      ['No se sabe', 'none'],
    ],
  )
  assert.deepEqual(
    page.band.map(({ state }) => state),
    ['order', 'lapse'],
  )
  assert.match(page.answer[2]?.text ?? '', /^SIN BASE LEGAL/)
  // Every statement of the file stands on the pages once.
  const rows = page.sections.flatMap((section) => section.rows)
  assert.equal(rows.length, lapse.summary.statements.length)

  const nobody = made(
    await makeNotHeld(opened.house, {
      names: ['Álvaro Núñez'],
      numbers: ['TEC-26-999999'],
      at: '2026-04-01T12:00:00Z',
    }),
  )
  const none = describeReturn(nobody.bytes, 'en')
  assert.deepEqual([none.heading, none.answer[0]?.text], ['Álvaro Núñez', 'No'])
  assert.ok((await makeReturnPdf(nobody.bytes, { language: 'en' })).length > 10_000)
})

test('every audience gets its pages, also after a departure; bytes that are no return are refused', async (t) => {
  const opened = await openReturnHouse(t)
  await enterAna(opened)
  const registerNumber = await enterBerta(opened)
  await opened.submit(depart, { person: { custody: BERTA }, legal: { as: 'release' } }, { at: '2026-08-01T15:00:00Z' })
  for (const audience of ['counsel', 'family', 'oversight', 'sending-state'] as const) {
    for (const at of ['2026-02-01T00:00:00Z', '2026-05-10T12:00:00Z', '2026-09-01T12:00:00Z']) {
      const { bytes } = made(await makeReturn(opened.house, { registerNumber, at, audience }))
      assert.ok((await makeReturnPdf(bytes, { language: 'es' })).length > 10_000)
    }
  }
  await assert.rejects(makeReturnPdf(Buffer.from('{}'), { language: 'es' }), /no return file/)
  const after = made(await makeReturn(opened.house, { registerNumber, at: '2026-09-01T12:00:00Z' }))
  assert.ok(
    (await makeReturnPdf(after.bytes, { language: 'en' })).length > 10_000,
    'the thread lives on after a refusal',
  )
})

test('a character that the font lacks, or that turns the line, is written out', () => {
  const latin = (codePoint: number) => codePoint < 0x250
  assert.equal(printable('Ñandú\u202e林\n1', latin), 'Ñandú[U+202E][U+6797] 1')
  assert.equal(printable('e\u0301', latin), 'é')
})
