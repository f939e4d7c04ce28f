import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import { dayNumbers } from '../kernel/calendar.ts'
import { crdConformance } from './conformance.ts'
import { CrdVector, caseOfVector } from './crd-vector.ts'
import { unitDates } from './pack.ts'

const shared = fileURLToPath(new URL('../../../../../shared/data/crd/', import.meta.url))
const hasShared = existsSync(shared)
console.log(hasShared ? 'gb-eaw: the vectors of shared/data.' : 'gb-eaw: shared/data is not here, own lines only.')

const folder = await mkdtemp(join(tmpdir(), 'crd-'))
after(() => rm(folder, { recursive: true }))

const vector = (id: string, expected: object, more: object = {}) =>
  JSON.stringify({
    id,
    kind: 'dated',
    profile: 'sds-50',
    strata: { stratum: 'A' },
    input: {
      offender: { dateOfBirth: '1985-05-05' },
      sentences: [
        {
          offence: { committedAt: '2019-01-01' },
          duration: { durationElements: { YEARS: 2 } },
          sentencedAt: '2019-05-14',
        },
      ],
    },
    expected,
    ...more,
  })
const right = { CRD: '2020-05-13', SLED: '2021-05-13', ESED: '2021-05-13', HDCED: '2019-11-16' }
const lines = [
  vector('right', { dates: right, effectiveSentenceLength: 'P2Y' }),
  vector('other', { dates: { ...right, CRD: '2020-05-14' } }),
  vector('too-many', { dates: { CRD: right.CRD } }),
  vector('none-expected', {}, { kind: 'refused' }),
  vector('service', {}, { kind: 'error' }),
  '{"id": "cut',
  vector('profile', {}, { profile: 'unheard-of' }),
].join('\n')

test('exact, wrong and skipped are told apart, plain or packed; a line that is no vector is named', async () => {
  await writeFile(join(folder, 'a.jsonl'), lines)
  await writeFile(join(folder, 'a.jsonl.gz'), gzipSync(lines))
  for (const name of ['a.jsonl', 'a.jsonl.gz']) {
    const { exact, refused, wrong, skipped, strata, problems } = await crdConformance(join(folder, name), 'L3')
    assert.deepEqual({ exact, refused, wrong, skipped }, { exact: 1, refused: 2, wrong: 3, skipped: 1 })
    assert.deepEqual(strata.A, { exact: 1, refused: 0, wrong: 3, skipped: 1 })
    assert.ok(problems.some((each) => each.startsWith('line 6: not a vector')))
    assert.ok(problems.some((each) => each.startsWith('line 7: not a vector: profile')))
  }
})

test('a file that is not there, or is cut, is a fault and not a result', async () => {
  await assert.rejects(crdConformance(join(folder, 'none.jsonl'), 'L0'))
  await writeFile(join(folder, 'cut.jsonl.gz'), gzipSync(lines).subarray(0, 80))
  await assert.rejects(crdConformance(join(folder, 'cut.jsonl.gz'), 'L0'))
})

if (hasShared) {
  test('the published vectors: nothing wrong at any level, and the bars of A, B and C', async () => {
    const file = join(shared, 'vectors.jsonl.gz')
    const share = (score: { exact: number; refused: number; wrong: number } | undefined) =>
      score === undefined ? 0 : score.exact / (score.exact + score.refused + score.wrong)
    for (const level of ['L0', 'L1', 'L2', 'L3'] as const) {
      const { wrong, problems } = await crdConformance(file, level)
      assert.equal(wrong, 0, problems.filter((each) => each.startsWith('wrong')).join('\n'))
    }
    const l1 = await crdConformance(file, 'L1')
    assert.ok(share(l1.strata.A) >= 0.95 && share(l1.strata.B) >= 0.9 && share(l1.strata.C) >= 0.9)
    const l3 = await crdConformance(file, 'L3')
    assert.ok(share(l3.strata.A) >= 0.9 && share(l3.strata.B) >= 0.75)
  })

  test('the published breakdowns: each sentence before and after adjustment', async () => {
    const read = async (name: string): Promise<unknown[]> =>
      gunzipSync(await readFile(join(shared, name)))
        .toString()
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    const vectors = (await read('vectors.jsonl.gz')).map((each) => CrdVector.parse(each))
    type Pair = { unadjusted: string; adjusted: string }
    type Part = { dates: Record<string, Pair> }
    type Published = { id: string; breakdown: { concurrentSentences?: Part[]; consecutiveSentence?: Part | null } }
    let compared = 0
    for (const { id, breakdown } of (await read('breakdowns.jsonl.gz')) as Published[]) {
      const found = vectors.find((each) => each.id === id)
      if (found === undefined || !['A', 'B', 'C'].includes(found.strata.stratum)) continue
      const given = caseOfVector(found)
      assert.ok(given.ok)
      const units = unitDates(given.case, dayNumbers, given.law)
      const chain = breakdown.consecutiveSentence
      const parts = [...(breakdown.concurrentSentences ?? []), ...(chain ? [chain] : [])]
      for (const { dates } of parts) {
        const [release, expiry] = [dates.CRD ?? dates.ARD, dates.SLED ?? dates.SED]
        if (release === undefined || expiry === undefined) continue
        // A tranche day holds our release back; the published pair leaves it out.
        const isSame = units.some(
          (unit) =>
            unit.release.unadjusted === release.unadjusted &&
            unit.expiry.unadjusted === expiry.unadjusted &&
            (unit.notBefore !== undefined || unit.release.adjusted === release.adjusted) &&
            unit.expiry.adjusted === expiry.adjusted,
        )
        assert.ok(isSame, `${id}: no unit with ${JSON.stringify({ release, expiry })}`)
        compared += 1
      }
    }
    assert.ok(compared > 0)
  })
}
