// `npm run outside`: verifiers written by others. What is not installed is named with `skipped:` and fails nothing.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { verifiers } from './verifiers.ts'

let failed = 0
let passed = 0
for (const { name, needs, isPresent, run } of verifiers) {
  if (!(await isPresent())) {
    console.log(`skipped: ${name}\n  ${needs}`)
    continue
  }
  const folder = await mkdtemp(join(tmpdir(), 'outside-'))
  try {
    const lines = await run(folder)
    passed++
    console.log(`✔ ${name}`)
    for (const line of lines) console.log(`  ${line}`)
  } catch (error) {
    failed++
    console.log(`✖ ${name}\n  ${error instanceof Error ? error.message : String(error)}`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
console.log(`${passed} agree, ${failed} disagree, ${verifiers.length - passed - failed} skipped`)
process.exitCode = failed === 0 ? 0 : 1
