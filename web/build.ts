/**
 * `npm run console`: the console's files in web/dist, their names made of their content. `web/dist/.built` holds the
 * digest of what they were built from, so that a start knows whether it must build again.
 */
import { createHash } from 'node:crypto'
import { glob, readdir, readFile, writeFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { build } from 'vite'

const here = fileURLToPath(new URL('./', import.meta.url))
const root = join(here, '..')
const dist = join(here, 'dist')
const stamp = join(dist, '.built')

/** What the first page may weigh, compressed: issue 5 §4. */
export const FIRST_PAGE_BYTES_MAX = 250_000

/** What the files are made of: web/ itself, what verify/ takes from the kernel and the record, the locked packages. */
const SOURCES = 'web/**/*.{ts,tsx,css,html,json},{verify,src/kernel,src/record}/**/*.ts,package-lock.json'

/** SHA-256 over the paths and contents of the sources, hex. */
export async function digestOfSources(): Promise<string> {
  const paths: string[] = []
  for await (const path of glob(splitPatterns(SOURCES), { cwd: root })) paths.push(path.split(sep).join('/'))
  const hash = createHash('sha256')
  for (const path of paths.filter((path) => !path.startsWith('web/dist/')).sort()) {
    hash
      .update(`${path}\0`)
      .update(await readFile(join(root, path)))
      .update('\0')
  }
  return hash.digest('hex')
}

const splitPatterns = (text: string): string[] => text.split(/,(?![^{]*\})/)

/** Whether web/dist was built from the sources as they are now. */
export async function isConsoleBuilt(): Promise<boolean> {
  try {
    return (await readFile(stamp, 'utf8')) === (await digestOfSources())
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}

export type BuiltFile = {
  readonly name: string
  readonly bytes: number
  readonly gzipped: number
  readonly isFirst: boolean
}

/** Builds web/dist and answers what lies there; `isFirst` marks what the first page loads. */
export async function buildConsole(): Promise<readonly BuiltFile[]> {
  const digest = await digestOfSources()
  await build({ configFile: join(here, 'vite.config.ts'), mode: 'production', logLevel: 'error' })
  // Last: a build that broke off is no build.
  await writeFile(stamp, digest)
  return readBuilt()
}

/** The files of web/dist by weight. */
export async function readBuilt(): Promise<readonly BuiltFile[]> {
  const index = await readFile(join(dist, 'index.html'), 'utf8')
  const names = await readdir(join(dist, 'assets'))
  const files = await Promise.all(
    names.map(async (name) => {
      const content = await readFile(join(dist, 'assets', name))
      const gzipped = /\.woff2?$/.test(name) ? content.length : (await promisify(gzip)(content)).length
      return { name, bytes: content.length, gzipped, isFirst: index.includes(`/assets/${name}`) }
    }),
  )
  return files.sort((a, b) => Number(b.isFirst) - Number(a.isFirst) || b.gzipped - a.gzipped)
}

/** Scripts and styles that the first page loads, compressed. */
export const firstPageBytes = (files: readonly BuiltFile[]): number =>
  files
    .filter(({ isFirst, name }) => isFirst && /\.(js|css)$/.test(name))
    .reduce((sum, { gzipped }) => sum + gzipped, 0)

if (import.meta.main) {
  const files =
    process.argv.includes('--if-needed') && (await isConsoleBuilt()) ? await readBuilt() : await buildConsole()
  for (const { name, gzipped, isFirst } of files) {
    console.log(`${String(Math.round(gzipped / 100) / 10).padStart(7)} kB  ${isFirst ? 'first ' : '      '}${name}`)
  }
  const first = firstPageBytes(files)
  console.log(`first page: ${Math.round(first / 1000)} kB compressed of at most ${FIRST_PAGE_BYTES_MAX / 1000} kB`)
  if (first > FIRST_PAGE_BYTES_MAX) process.exitCode = 1
}
