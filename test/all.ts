// `npm test`: everything. `npm test -- src/record law`: only the test files whose path contains one of the words.
import { close, findTestFiles, importDirections, runFiles, tools } from './runner.ts'

const filters = process.argv.slice(2)
const files = await findTestFiles(filters)
if (files.length === 0) console.log(`There is no test file for: ${filters.join(' ')}`)

const checks = filters.length > 0 ? [] : [tools.types, tools.consoleTypes, tools.style, importDirections, tools.unused]
const tallies = []
for (const check of checks) tallies.push(await check())
if (files.length > 0) tallies.push(await runFiles(files))
close(tallies)
