import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { findTime } from './history.ts'
import { replayHistory } from './replay.ts'

const SHARED = fileURLToPath(new URL('../../../shared/data/prison-bms-sensors/', import.meta.url))

async function replay(content: string | Uint8Array) {
  const folder = mkdtempSync(join(tmpdir(), 'replay-'))
  try {
    writeFileSync(join(folder, 'history'), content)
    return await replayHistory(join(folder, 'history'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const HEADER =
  'history:A/B/Room Temperature\r\n01-Dec-23 to 02-Dec-23\r\n\r\nTimestamp,Trend Flags,Status,Value (°F)\r\n'
const row = (time: string, status: string, value: string) => `"05-Dec-23 ${time} PST","{ }","${status}","${value}"\r\n`

test('a history with status: nothing the source doubts is good, nor what it calls ok beyond the range', async () => {
  const text =
    HEADER +
    row('10:00:00 AM', '{ok}', '68.8 °F') +
    row('10:15:00 AM', '{ok}', '68.6 °F') +
    row('10:30:00 AM', '{fault,down}', '68.6 °F') +
    row('10:45:00 AM', '{down,stale}', '68.6 °F') +
    row('11:00:00 AM', '{ok}', '34872.0 °F') +
    row('11:15:00 AM', '{ok}', 'nan °F') +
    row('11:30:00 AM', '{newWord}', '68.7 °F')
  for (const content of [text, gzipSync(text)]) {
    const { figures } = await replay(content)
    assert.deepEqual([figures.readings, figures.ok, figures.quality.good, figures.unreadable], [7, 4, 1, 0])
    assert.deepEqual(figures.reasons, {
      settling: 1,
      measured: 1,
      fault: 1,
      'not-current': 1,
      'above-range': 1,
      'no-value': 1,
      'by-hand': 1,
    })
    assert.equal(figures.firstAt, '2023-12-05T18:00:00Z')
  }
})

test('return and supply air are two series; lines that are no row are named', async () => {
  const text =
    'Time,Return,Supply\n30-Nov-23 11:00 PM EST,74,83\nnonsense\n01-Dec-23 12:00 AM EST,75,60\n31-Feb-24 1:00 AM EST,7,6\n'
  const { figures, problems } = await replay(text)
  assert.deepEqual([figures.readings, figures.ok, figures.quality.good, figures.supply?.quality.good], [2, null, 1, 1])
  assert.match(problems.join('; '), /line 3: .*line 5: /)
})

test('what is no history in °F says what was expected', async () => {
  for (const text of ['', 'a,b\n1,2\n', 'Time,Return (°C),Supply (°C)\n', 'x\n'.repeat(1_000)]) {
    await assert.rejects(replay(text), { name: 'InputUnreadable' })
  }
})

test('the letters of the zone tell apart the hour that a clock shows twice', () => {
  const [first, second] = [findTime('03-Nov-24 1:30 AM PDT'), findTime('03-Nov-24 1:30 AM PST')]
  assert.equal((second ?? 0) - (first ?? 0), 3_600_000)
  assert.equal(findTime('01-Dec-23 12:00 AM EST'), Temporal.Instant.from('2023-12-01T05:00Z').epochMilliseconds)
  for (const none of ['', '01-Dec-23 13:00 PM EST', '01-Dec-23 1:00 AM XYZ', '01-Foo-23 1:00 AM EST', 'constructor']) {
    assert.equal(findTime(none), undefined)
  }
})

test('histories of two prisons: the totals stated in their SOURCE.md', async (t) => {
  t.diagnostic(existsSync(SHARED) ? `histories of ${SHARED}` : 'shared data is absent: own histories only (above)')
  if (!existsSync(SHARED)) return
  const expected = {
    'pa-RTU_A1_TAC_CEAT': [9464, null, 66, 77, null, 23, 6],
    'pa-RTU_J1_TAC_CEAT_o': [9462, null, 37, 90, null, 23, 7],
    'wa-Hoh_Unit_A-Tier_Temps': [8261, 8172, 66.2, 84.7, 84.7, 5363, 14],
    'wa-Hoh_Unit_C-Tier_Temp': [8254, 8074, 67.6, 85, 85, 5363, 15],
    'wa-Ozette_Unit_B-Tier_Temp': [28999, 6655, -1, 34872, 33858, 652, 30],
    'wa-Ozette_Unit_E.F_Tier_Temp': [28974, 15062, -1, 90, 90, 652, 37],
  }
  for (const [name, totals] of Object.entries(expected)) {
    const { figures, problems } = await replayHistory(join(SHARED, `${name}.csv.gz`))
    const { readings, ok, valueF, okF, gaps, quality } = figures
    assert.deepEqual(
      [readings, ok, valueF.min, valueF.max, okF?.max ?? null, gaps.largestHours, gaps.overOneHour],
      totals,
      name,
    )
    assert.deepEqual(problems, [])
    assert.ok(quality.good <= (ok ?? readings))
    assert.equal(
      Object.values(quality).reduce((sum, count) => sum + count, 0),
      readings,
    )
  }
})
