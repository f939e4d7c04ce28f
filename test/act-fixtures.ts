/**
 * One entry of each (kind, v) as it was sealed, in `test/fixtures/acts`: what a program of ten years from now must still
 * open. `node bin/run.mjs test/act-fixtures.ts --write` adds those of the present versions that are missing, and never
 * touches one that is there.
 */
import assert from 'node:assert/strict'
import { access, readdir, readFile, writeFile } from 'node:fs/promises'
import fc from 'fast-check'
import { arbitraryOf } from '../src/access/schema.testing.ts'
import { rooms } from '../src/cli/rooms.ts'
import type { ActKind, Entry, Section } from '../src/kernel/act.ts'
import { derivedId, randomBytes } from '../src/kernel/ids.ts'
import { parseJson } from '../src/kernel/json.ts'
import { disclosureText, openDisclosures, parseEnvelope } from '../src/record/disclosure.ts'
import { sha256 } from '../src/record/node-crypto.ts'
import { entryOf } from '../src/record/open.ts'
import { seal, unseal } from '../src/record/seal.ts'

export type ActFixture = {
  readonly kind: string
  readonly v: number
  readonly envelope: string
  /** Each disclosure as the JSON that was sealed: salt, section, value. */
  readonly disclosures: readonly string[]
}

const folder = new URL('./fixtures/acts/', import.meta.url)
export const nameOf = ({ kind, v }: Pick<ActFixture, 'kind' | 'v'>): string => `${kind}.v${v}.json`

export async function readFixtures(): Promise<ActFixture[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  return Promise.all(names.map(async (name) => JSON.parse(await readFile(new URL(name, folder), 'utf8')) as ActFixture))
}

/** The entry as it was sealed, each disclosure held against the envelope. */
export function openFixture({ envelope: text, disclosures }: ActFixture): Entry {
  const envelope = parseEnvelope(text)
  assert.ok(envelope.ok)
  const opened = openDisclosures(sha256, envelope.value, disclosures.map(disclosureText))
  assert.ok(opened.ok)
  const { staff: _closed, ...sections } = Object.fromEntries(opened.value) as Entry['sections']
  assert.equal(opened.value.size, envelope.value.digests.length, 'each section is there')
  const { id, kind, v, facility } = envelope.value
  const custody = (sections.person?.custody as string | undefined) ?? null
  const columns = { n: 1, recorded: '2026-11-24T12:00:00Z', officer: id, batch: null, amends: null }
  return entryOf({ id, kind, v, facility, custody, nth: custody === null ? null : 1, ...columns }, sections)
}

const RECORDED_AT = '2026-11-24T12:00:00.000Z'
const POOL = { uuids: [derivedId('person', 'fixture')], facilities: ['TEC'] }
/** Of so many bodies by chance the fullest is kept, within reason. */
const BODIES = 300
const LENGTH_MAX = 3_000

function makeFixture(kind: ActKind): ActFixture {
  const custody = derivedId('custody', 'fixture')
  const system = {
    ...(kind.sectionNames.includes('person') && { custody, person: derivedId('person', 'fixture'), nth: 1 }),
    occurredAt: { at: '2026-11-24T11:58:00Z', precision: 'minute', zone: 'America/El_Salvador' },
    recordedAt: RECORDED_AT,
    via: 'console',
  }
  const home: Section = kind.sectionNames.includes('person') ? 'person' : 'act'
  const data = fullestOf(kind)
  const sections = Object.fromEntries(
    kind.sectionNames.map((name) => [
      name,
      {
        ...(name === home && system),
        ...data[name],
        ...(name === 'staff' && { officer: derivedId('officer', 'fixture'), role: 'registrar' }),
      },
    ]),
  )
  const facts = {
    id: derivedId('entry', kind.kind),
    kind: kind.kind,
    v: kind.v,
    facility: 'TEC',
    recordedAt: RECORDED_AT,
  }
  const keys = [randomBytes(32), randomBytes(32)] as const
  const { envelope, sealed, staff } = seal(facts, sections, ...keys)
  const opened = [...unseal(keys[0], sealed), ...unseal(keys[1], staff)]
  return { kind: kind.kind, v: kind.v, envelope: envelope.toString(), disclosures: opened.map(({ json }) => json) }
}

function fullestOf(kind: ActKind): Record<string, object> {
  const bodies = fc
    .sample(arbitraryOf(kind.data, POOL), { numRuns: BODIES, seed: 1 })
    .flatMap((body) => {
      const parsed = kind.data.safeParse(body)
      return parsed.success ? [parsed.data as Record<string, object>] : []
    })
    // What the interface would not take for JSON (a number beyond 2^53) was never sealed.
    .filter((body) => JSON.stringify(body).length <= LENGTH_MAX && parseJson(JSON.stringify(body)).ok)
    .sort((a, b) => JSON.stringify(b).length - JSON.stringify(a).length)
  const [fullest] = bodies
  if (fullest === undefined)
    throw new Error(`no body of chance passes the schema of ${kind.kind}: write its fixture by hand`)
  return fullest
}

if (import.meta.main && process.argv.includes('--write')) {
  for (const kind of rooms.flatMap((room) => room.acts)) {
    const file = new URL(nameOf(kind), folder)
    if (
      await access(file).then(
        () => true,
        () => false,
      )
    )
      continue
    await writeFile(file, `${JSON.stringify(makeFixture(kind), null, 2)}\n`)
  }
}
