import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock, Runner, Sql } from '../kernel/ports.ts'
import { isRefusal } from '../kernel/refusal.ts'
import { serviceAct } from '../record/house-keeping.ts'
import { changePolicy } from './acts.ts'
import { policiesFolder } from './authorise.ts'

type PolicyHouse = { readonly runner: Runner; readonly database: Sql; readonly clock: Clock }

/**
 * Compares the policies by which this program decides with those that the record knows last, and enters what differs:
 * what came, changed or went. Resolves to the files that did.
 * @throws when the record refuses it
 */
export async function enterPolicies(
  { runner, database, clock }: PolicyHouse,
  folder: string = policiesFolder,
): Promise<readonly string[]> {
  const [known, now] = await Promise.all([
    database.rows<{ file: string; sha256: string | null }>(
      'select distinct on (file) file, sha256 from policy_file order by file, entry_n desc',
    ),
    digestsOf(folder),
  ])
  const then = new Map(known.flatMap(({ file, sha256 }) => (sha256 === null ? [] : [[file, sha256] as const])))
  const files = [...new Set([...then.keys(), ...now.keys()])]
    .filter((file) => then.get(file) !== now.get(file))
    .sort()
    .map((file) => ({ file, sha256: now.get(file) ?? null }))
  if (files.length === 0) return []
  // By the instant too: a policy that is as it once was before has changed again.
  const at = clock.now().toString()
  const outcome = await runner.submit(serviceAct(changePolicy, { act: { files } }, clock, [at, JSON.stringify(files)]))
  if (isRefusal(outcome)) throw new Error(`the policies could not be entered: ${outcome.code}`)
  return files.map(({ file }) => file)
}

async function digestsOf(folder: string): Promise<Map<string, string>> {
  const names = (await readdir(folder)).filter((name) => /\.(cedar|cedarschema)$/.test(name))
  const digests = names.map(async (name) => {
    const bytes = await readFile(join(folder, name))
    return [name, createHash('sha256').update(bytes).digest('hex')] as const
  })
  return new Map(await Promise.all(digests))
}
