// `npm run bench -- record|load|import|return|proof|pdf|search|web|law|standards [--rounds N] [--quick]`: one JSON line a figure (DESIGN.md §6).
import { parseArgs } from 'node:util'
import type { Options } from './record.ts'

// Loaded when asked for: what the others hold in memory would be in the figures.
const benches: Record<string, () => Promise<(options: Options) => Promise<void>>> = {
  record: async () => (await import('./record.ts')).benchRecord,
  load: async () => (await import('./load.ts')).benchLoad,
  import: async () => (await import('./import.ts')).benchImport,
  return: async () => (await import('./return.ts')).benchReturn,
  proof: async () => (await import('./proof.ts')).benchProof,
  pdf: async () => (await import('./pdf.ts')).benchPdf,
  web: async () => (await import('./web.ts')).benchWeb,
  search: async () => (await import('./search.ts')).benchSearch,
  law: async () => (await import('./law.ts')).benchLaw,
  standards: async () => (await import('./standards.ts')).benchStandards,
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
for (const load of chosen) await (await load?.())?.({ rounds, quick: values.quick })
