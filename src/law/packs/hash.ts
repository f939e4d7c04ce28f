import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))

/**
 * SHA-256 over the code and the data that a pack computes with, from the files themselves: whoever changes one line of
 * it has another pack, whatever its version says. Tests are left out, and line ends do not count.
 * @param parts folders and files below `src/law`
 */
export function hashOfFiles(parts: readonly string[]): string {
  const hash = createHash('sha256')
  const files = parts.flatMap((part) => filesOf(join(root, part))).sort()
  for (const file of new Set(files)) {
    const text = readFileSync(file, 'utf8').replaceAll('\r\n', '\n')
    const name = relative(root, file).replaceAll('\\', '/')
    hash.update(`${name.length}:${name}${Buffer.byteLength(text)}:${text}`)
  }
  return hash.digest('hex')
}

const COUNTS = /(?<!\.test|\.testing)\.(ts|json)$/

function filesOf(path: string): string[] {
  if (COUNTS.test(path)) return [path]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && COUNTS.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}
