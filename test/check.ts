// `npm run check`: what can be said in seconds, while writing: types, style, import directions, tests without database.
import { close, findTestFiles, importDirections, runFiles, tools } from './runner.ts'

/** They start processes, browsers or other people's programs, or exhaust small worlds: `npm test` runs them. */
const SLOW =
  /^(bench|bin|test\/(outside|faults|e2e|runner)|verify\/(page|return)|src\/(signer|witness|simulate))|\/pdf\/|\/tree\.test|real-files|memory/

const filters = process.argv.slice(2)
const all = (await findTestFiles(filters)).filter((file) => !file.needsDatabase)
const files = filters.length > 0 ? all : all.filter(({ path }) => !SLOW.test(path))
const tallies = []
for (const check of [tools.types, tools.consoleTypes, tools.style, importDirections]) tallies.push(await check())
if (files.length > 0) tallies.push(await runFiles(files))
close(tallies)
