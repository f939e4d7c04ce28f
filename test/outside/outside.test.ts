import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { verifiers } from './verifiers.ts'

for (const { name, needs, isPresent, run } of verifiers) {
  test(name, async (t) => {
    if (!(await isPresent())) return t.skip(needs) // the closing lines of `npm test` name it
    const folder = await mkdtemp(join(tmpdir(), 'outside-'))
    t.after(() => rm(folder, { recursive: true, force: true }))
    for (const line of await run(folder)) t.diagnostic(line)
  })
}
