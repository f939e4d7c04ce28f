// `npm run bench -- record|load|import|return [--rounds N] [--quick]`: one JSON line a figure (DESIGN.md §6).
import { parseArgs } from 'node:util'
import { benchLoad } from './load.ts'
import { benchRecord, type Options } from './record.ts'
import { benchReturn } from './return.ts'

const benches: Record<string, (options: Options) => Promise<void>> = {
  record: benchRecord,
  load: benchLoad,
  return: benchReturn,
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string' }, quick: { type: 'boolean', default: false } },
})
const rounds = values.rounds === undefined ? undefined : Number(values.rounds)
const chosen = positionals.map((name) => benches[name])
if (chosen.length === 0 || chosen.includes(undefined) || (rounds !== undefined && !(rounds >= 1))) {
  console.error(`usage: npm run bench -- ${Object.keys(benches).join('|')} [--rounds N] [--quick]`)
  process.exit(2)
}
for (const bench of chosen) await bench?.({ rounds, quick: values.quick })
