import { spawnSync } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/** An account of the operating system by its numbers. */
export type Account = { readonly name: string; readonly uid: number; readonly gid: number }

function findAccount(name: string): Account | undefined {
  const ask = (flag: string) => spawnSync('id', [flag, name], { encoding: 'utf8' })
  const uid = ask('-u')
  const gid = ask('-g')
  if (uid.status !== 0 || gid.status !== 0) return undefined
  return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) }
}

async function findOwner(folder: string): Promise<number | undefined> {
  try {
    return (await stat(folder)).uid
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/**
 * The account that must run the server, or undefined for our own. PostgreSQL refuses root, so root lends it the
 * account `postgres` if there is one, else `nobody`; the owner of data that are already there goes first. The account
 * must have a name: initdb looks it up.
 */
export async function chooseAccount(dataFolder: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const owner = await findOwner(dataFolder)
  if (owner !== undefined && owner !== 0) {
    const account = findAccount(String(owner))
    if (account !== undefined) return account
  }
  const account = findAccount('postgres') ?? findAccount('nobody')
  if (account === undefined) {
    throw new Error('PostgreSQL does not run as root, and there is neither an account "postgres" nor "nobody".')
  }
  return account
}

/** Whether the account may pass through every folder above `path`. Permission bits only: access lists are not read. */
export async function isReachable(path: string, account: Account | undefined): Promise<boolean> {
  if (account === undefined) return true
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    const { mode, uid, gid } = await stat(folder)
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return false
    if (folder === dirname(folder)) return true
  }
}
