import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import type { Database } from './database.ts'

/** One thing that was done so that deleted bytes are gone from the disk's files; `why` when it could not be. */
export type ScrubStep = { readonly step: string; readonly done: boolean; readonly why?: string }

const SEGMENTS_MAX = 1_000

/**
 * After an expungement, makes what was deleted leave the files of the database: rows that are dead but still lie there,
 * values that the planner's statistics keep, write-ahead log. Tables are rewritten one by one, each locked meanwhile;
 * run it when the house is quiet. It deletes nothing by itself, and can be run again.
 */
export async function scrub(
  database: Database,
  onTable: (done: number, of: number) => void = () => undefined,
): Promise<ScrubStep[]> {
  const client = await database.connect()
  try {
    return await scrubThrough(client, onTable)
  } finally {
    await client.end()
  }
}

async function scrubThrough(client: pg.Client, onTable: (done: number, of: number) => void): Promise<ScrubStep[]> {
  const steps: ScrubStep[] = []
  const attempt = async (step: string, work: () => Promise<unknown>) => {
    try {
      await work()
      steps.push({ step, done: true })
    } catch (error) {
      // Not permitted on somebody else's server, or a lock that was not to be had: said, and the rest is done.
      if ((error as { code?: unknown }).code === undefined) throw error
      steps.push({ step, done: false, why: (error as Error).message })
    }
  }
  await attempt('no transaction still sees what was deleted', async () => {
    const { rows } = await client.query<{ pid: number }>(
      `select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
         and xact_start < now() - interval '5 seconds'`,
    )
    if (rows.length > 0)
      throw Object.assign(new Error(`processes ${rows.map(({ pid }) => pid).join(', ')} are in an older one`), {
        code: 'held',
      })
  })
  const { rows: tables } = await client.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname in ('public', 'keystore') order by c.oid::regclass::text`,
  )
  for (const [i, { name }] of tables.entries()) {
    // Full rewrites the table, its TOAST and every index; the new statistics no longer know the deleted values.
    await attempt(`vacuum ${name}`, () => client.query(`vacuum (full, analyze) ${name}`))
    onTable(i + 1, tables.length)
  }
  // Most common values and histograms are copies of what stood in the tables.
  for (const name of ['pg_catalog.pg_statistic', 'pg_catalog.pg_statistic_ext_data']) {
    await attempt(`vacuum ${name}`, () => client.query(`vacuum full ${name}`))
  }
  await attempt('write-ahead log is deleted, not used again', async () => {
    await client.query('alter system set wal_recycle = off')
    await client.query('select pg_reload_conf()')
  })
  await attempt('checkpoint', () => client.query('checkpoint'))
  await attempt('old write-ahead log is gone', () => replaceWal(client))
  await attempt('write-ahead log may be used again', async () => {
    await client.query('alter system reset wal_recycle')
    await client.query('select pg_reload_conf()')
  })
  return steps
}

/** Segments that were recycled before now carry old bytes under new names: each is used up, then deleted. */
async function replaceWal(client: pg.Client): Promise<void> {
  const segments = async () =>
    (await client.query<{ name: string }>('select name from pg_ls_waldir()')).rows.map(({ name }) => name)
  const old = new Set((await segments()).filter((name) => /^[0-9A-F]{24}$/.test(name)))
  for (let i = 0; i < SEGMENTS_MAX; i++) {
    // Without a record in it a segment is not left.
    await client.query("select pg_logical_emit_message(true, 'habeas', 'scrub')")
    await client.query('select pg_switch_wal()')
    await client.query('checkpoint')
    if (!(await segments()).some((name) => old.has(name))) return
  }
  throw Object.assign(new Error('a replication slot, archiving or wal_keep_size holds older segments'), {
    code: 'held',
  })
}

/** Files below `folder` that hold one of the texts, byte by byte. Memory does not grow with the files. */
export async function findBytes(folder: string, needles: readonly Buffer[]): Promise<string[]> {
  const longest = Math.max(0, ...needles.map(({ length }) => length))
  const found: string[] = []
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    if (await holds(path, needles, longest)) found.push(path)
  }
  return found.sort()
}

async function holds(path: string, needles: readonly Buffer[], longest: number): Promise<boolean> {
  let before = Buffer.alloc(0)
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      const bytes = Buffer.concat([before, chunk as Buffer])
      if (needles.some((needle) => needle.length > 0 && bytes.includes(needle))) return true
      // What lies across two chunks.
      before = bytes.subarray(Math.max(0, bytes.length - longest + 1))
    }
  } catch (error) {
    // Deleted while we walked: then it holds nothing.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  return false
}
