// `npm run check`: what can be said in seconds, while writing: types, style, import directions, tests without database.
import { close, findTestFiles, importDirections, runFiles, tools } from './runner.ts'

const files = (await findTestFiles(process.argv.slice(2))).filter((file) => !file.needsDatabase)
const tallies = []
for (const check of [tools.types, tools.style, importDirections]) tallies.push(await check())
if (files.length > 0) tallies.push(await runFiles(files))
close(tallies)
