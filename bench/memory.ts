import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { BenchServer } from './house.ts'
import { type Lists, writeLists } from './stays.ts'

/** Alike for both sizes: without a limit the collector lets a heap grow as long as there is memory. */
export const GC = ['--max-old-space-size=256', '--max-semi-space-size=16']

/** Peak resident memory, in MB, of a process of its own that imports the lists into a fresh database. */
export async function peakOfImport(server: BenchServer, name: string, lists: Lists): Promise<number> {
  const folder = join(server.folder, name)
  await mkdir(folder, { mode: 0o700 })
  const { stays, changes } = await writeLists(folder, lists)
  const child = spawn(
    process.execPath,
    [...GC, join(import.meta.dirname, 'import-child.ts'), server.connectionString, folder, name, stays, changes],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`the import of ${name} ended with ${code}`)
  return Number(said)
}
