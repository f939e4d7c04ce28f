import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { runComfort } from './comfort.ts'
import { runHeat } from './heat.ts'

const SHARED = fileURLToPath(new URL('../../../../shared/data/', import.meta.url))
const hasShared = existsSync(SHARED)

async function withFile<T>(content: string | Uint8Array, use: (file: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'conditions-'))
  try {
    writeFileSync(join(folder, 'file'), content)
    return await use(join(folder, 'file'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const comfort = (summary: string, tolerance: object, data: unknown) =>
  withFile(JSON.stringify({ information: { summary }, tolerance, data }), runComfort)

test('comfort: lists are cases, null is outside the standard, what is not ours is refused by name', async () => {
  const vote = { tdb: 22, tr: 22, rh: 60, vr: 0.1, met: 1.2, clo: 0.5, standard: 'ISO' }
  const cases = [
    { inputs: vote, outputs: { pmv: -0.8, ppd: 16.9 } },
    { inputs: { ...vote, tdb: [22, 31] }, outputs: { pmv: [-0.8, null], ppd: [16.9, null] } },
    { inputs: vote, outputs: { pmv: 0.8 } },
    { inputs: vote, outputs: { pmv: null } },
    { inputs: { ...vote, posture: 'standing' }, outputs: { pmv: -0.8 } },
    { inputs: vote, outputs: { pmv: -0.8, ce: 0 } },
    { inputs: { ...vote, tdb: [1, 2, 3] }, outputs: { pmv: [1, 2] } },
  ]
  const result = await comfort('for pmv_ppd()', { pmv: 0.1, ppd: 1 }, cases)
  assert.deepEqual([result.exact, result.refused, result.wrong], [2, 2, 3])
  assert.deepEqual(Object.keys(result.strata), ['pmv_ppd', 'pmv_ppd(posture="standing")', 'pmv_ppd:ce'])
})

test('comfort: another function is refused whole, whatever its outputs are called; without a name outputs tell', async () => {
  const cases = [{ inputs: { tdb: 30, rh: 80 }, outputs: { hi: 37.7 } }]
  assert.deepEqual((await comfort('heat_index_lu() of a library', { hi: 0.1 }, cases)).strata, {
    heat_index_lu: { exact: 0, refused: 1, wrong: 0 },
  })
  assert.equal((await comfort('', { hi: 0.1 }, cases)).exact, 1)
  assert.equal((await comfort('', {}, cases)).wrong, 1)
  assert.deepEqual(Object.keys((await comfort('', {}, [{ inputs: {}, outputs: { utci: 1 } }])).strata), ['utci'])
  for (const none of ['', '[]', '{"data":1}', '{']) {
    await assert.rejects(withFile(none, runComfort), { name: 'InputUnreadable' })
  }
})

test('comfort sets of others: every output within its tolerance', async (t) => {
  t.diagnostic(hasShared ? `sets of ${SHARED}` : 'shared data is absent: own cases only (above)')
  if (!hasShared) return
  const expected = { wbgt: 10, humidex: 19, pmv_ppd: 35, heat_index: 2 }
  for (const [name, exact] of Object.entries(expected)) {
    const result = await runComfort(join(SHARED, `thermal-comfort-vectors/ts_${name}.json`))
    assert.deepEqual([result.exact, result.refused, result.wrong], [exact, 0, 0], result.problems.join('; '))
  }
})

test('heat: columns in any order, exact sums, a blank is no zero, dirt is named and counted nowhere', async () => {
  const rows = [
    'unit,date,area,index_f,temp_f',
    ...Array.from({ length: 1_000 }, (_, at) => `A,2024-05-01,"Wing, ${at % 10}",90.0,83.1`),
    'A,2024-05-02,Hall,102.9,83',
    'B,2024-05-02,Hall,103,95.0',
    'B,2024-05-03,Hall,,',
    'B,2024-05-32,Hall,1,1',
    'B,2024-05-03,Hall,1,1e999',
    'B,2024-05-03,Hall,1,NaN',
    'B,2024-05-03,Hall,1,34872',
    'B,2024-05-03,Hall',
  ].join('\n')
  for (const content of [rows, gzipSync(rows)]) {
    const { figures, problems } = await withFile(content, runHeat)
    assert.deepEqual([figures.readings, figures.blank, figures.unreadable, problems.length], [1_002, 1, 5, 5])
    assert.deepEqual([figures.days, figures.units, figures.areas, figures.repeated], [3, 2, 12, 990])
    assert.deepEqual(figures.perDay, { min: 0, max: 10, missing: 24 })
    assert.deepEqual(figures.tempF, { min: 83, max: 95, sum: 83_278, above83: 1_001, atLeast85: 1, atLeast95: 1 })
    assert.deepEqual([figures.indexF?.atLeast90, figures.indexF?.atLeast103], [1_002, 1])
  }
})

test('heat: the other two forms, and what is none', async () => {
  const acpac = await withFile(
    'date,unit,area,time,temp_f,index_f\n2024-05-01,A,B,10:00,70.1,\n2024-05-01,A,B,noon,1,1\n',
    runHeat,
  )
  assert.deepEqual([acpac.figures.form, acpac.figures.indexF?.readings, acpac.figures.unreadable], ['acpac', 0, 1])
  const cells = await withFile("\ufeffdate,unit,temp_f,temp_as_written\r\n2024-06-22,M,86.6,86.6'\r\n", runHeat)
  assert.deepEqual([cells.figures.form, cells.figures.areas, cells.figures.indexF], ['sb1r56', null, null])
  for (const none of ['', 'date,unit\n']) await assert.rejects(withFile(none, runHeat), { name: 'InputUnreadable' })
})

test('Texas heat: the totals stated in its SOURCE.md', async (t) => {
  t.diagnostic(hasShared ? `files of ${SHARED}` : 'shared data is absent: own rows only (above)')
  if (!hasShared) return
  const read = async (name: string) => (await runHeat(join(SHARED, `tdcj-indoor-heat-2024/${name}.csv.gz`))).figures
  const cool = await read('cool-bed')
  assert.deepEqual([cool.readings, cool.days, cool.units, cool.areas], [22_080, 26, 60, 856])
  assert.deepEqual([cool.tempF.above83, cool.indexF?.atLeast90, cool.indexF?.atLeast103], [31, 47, 5])
  assert.deepEqual([cool.tempF.min, cool.tempF.max, cool.indexF?.max], [54.6, 91.9, 110.3])
  assert.deepEqual([cool.tempF.sum, cool.indexF?.sum, cool.perDay.min], [1_571_010.1, 1_574_692.5, 848])
  const acpac = await read('acpac')
  assert.deepEqual([acpac.readings, acpac.days, acpac.units, acpac.areas], [19_872, 92, 8, 72])
  assert.deepEqual([acpac.tempF.above83, acpac.indexF?.atLeast90, acpac.indexF?.max], [0, 1, 90.5])
  assert.deepEqual([acpac.tempF.min, acpac.tempF.max, acpac.tempF.sum], [61.9, 80.5, 1_407_565.1])
  const cells = await read('sb1r56')
  assert.deepEqual(
    [cells.readings, cells.units, cells.firstDay, cells.lastDay],
    [8_296, 68, '2024-04-01', '2024-07-31'],
  )
  assert.deepEqual([cells.tempF.atLeast85, cells.tempF.atLeast95, cells.tempF.sum], [4_055, 338, 701_320])
})
