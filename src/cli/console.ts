import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Terminal } from './terminal.ts'

/** Where `npm run console` puts the built console. */
export const consoleFolder = fileURLToPath(new URL('../../web/dist', import.meta.url))

const build = fileURLToPath(new URL('../../web/build.ts', import.meta.url))

/**
 * Builds the console where it is missing or older than its sources, in a process of its own: whoever opens a page
 * meanwhile is told to wait. What is returned stops it.
 */
export function buildConsoleBeside({ note, words }: Pick<Terminal, 'note' | 'words'>): () => void {
  const child = spawn(process.execPath, [build, '--if-needed'], { stdio: 'ignore' })
  let isOver = false
  const end = (code: number | null) => {
    if (isOver) return
    isOver = true
    if (code === 0) return
    note(
      words({
        en: 'The console could not be built; everything else works. `npm run console` says why.',
        es: 'No se pudo construir la consola; todo lo demás funciona. `npm run console` dice por qué.',
      }),
    )
  }
  child.once('error', () => end(null))
  child.once('exit', end)
  return () => {
    isOver = true
    child.kill()
  }
}
