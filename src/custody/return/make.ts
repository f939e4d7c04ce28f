import { type Entry, HOUSE, SECTIONS, type Section } from '../../kernel/act.ts'
import { type Audience, type Opening, openingOf, sectionsOpenTo } from '../../kernel/audience.ts'
import { base64 } from '../../kernel/bytes.ts'
import { type Json, jcs } from '../../kernel/json.ts'
import type { Clock, Sql } from '../../kernel/ports.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { microsOf } from '../../kernel/time.ts'
import { facilityPlace } from '../../places/acts.ts'
import { placePaths } from '../../places/read.ts'
import { correctEntry, publishKey, refuseRecord, withdrawEntry } from '../../record/acts.ts'
import type { RecordContext } from '../../record/context.ts'
import { disclosureText } from '../../record/disclosure.ts'
import { effective } from '../../record/effective.ts'
import { sha256 } from '../../record/node-crypto.ts'
import { disclosuresOf, entryWith, loadKeys, openEntry, STORED, type StoredEntry } from '../../record/open.ts'
import type { Statement } from '../../record/return-format.ts'
import { RETURN_KIND } from '../../record/return-signature.ts'
import type { Opened } from '../../record/seal.ts'
import { findSealed } from '../../record/sealed.ts'
import { readTilesFrom } from '../../record/tile-store.ts'
import { TileCache, TileTree } from '../../record/tile-tree.ts'
import { refuseCustody } from '../refusals.ts'
import { type Answer, answer } from './answer.ts'
import type { PlaceName } from './question.ts'
import { Statements } from './statements.ts'

/** What a return needs of the house. */
export type ReturnHouse = {
  readonly database: Sql
  readonly record: RecordContext
  readonly clock: Clock
  readonly config: { readonly origin: string }
  readonly signerKeys: { readonly custodian: { readonly ed25519: Uint8Array; readonly 'ml-dsa-44': Uint8Array } }
  readonly signer: { signReturn(digest: Uint8Array): Promise<readonly { alg: string; key: string; sig: string }[]> }
  /** Places what waits and has the head signed: a return waits for the sequencer. */
  settle(): Promise<number>
  /** The head for a paper over so many entries, cosigned where the trust policy asks for it; else the newest signed. */
  bestHead?(minSize: number): Promise<Head | undefined>
}

export type ReturnRequest = {
  readonly registerNumber: string
  /** The instant asked about; now when absent. */
  readonly at?: string
  /** What the record held: a size of the tree, or an instant; everything when absent. */
  readonly known?: number | string
  /** For whom: it says which sections are opened. The court when absent. */
  readonly audience?: Audience
  /** The court or oversight asks: they are told that a custody is sealed. To all others it does not exist. */
  readonly mayKnowSealed?: boolean
}

export type Return = {
  readonly bytes: Buffer
  readonly summary: Answer & {
    readonly registerNumber: string
    readonly at: string
    readonly size: number
    readonly statements: readonly Statement[]
  }
}

/** Inner nodes of full tiles, for each log: 500 tiles are 8 MB and cover 128,000 entries. */
const TILES_CACHED = 500
const caches = new WeakMap<Sql, TileCache>()

export function tilesOf(database: Sql): TileCache {
  const cache = caches.get(database) ?? new TileCache(TILES_CACHED)
  caches.set(database, cache)
  return cache
}

type PlacedEntry = StoredEntry & { readonly idx: number | null }

/** A return that nobody has signed yet. */
type Draft = {
  readonly body: Readonly<Record<string, Json>>
  readonly summary: Return['summary']
  /** What the entries of the file are, by their place in the tree. */
  readonly about: ReadonlyMap<number, { readonly id: string; readonly kind: string }>
}

/** The signed answer to a writ for one person. Every entry of the custody stands in it, so that a left-out one shows. */
export async function makeReturn(house: ReturnHouse, request: ReturnRequest): Promise<Return | Refusal> {
  const draft = await draftReturn(house, request)
  if (isRefusal(draft)) return draft
  return { bytes: await signed(house, draft.body), summary: draft.summary }
}

/** What a return would say, for whoever is about to sign it: no signature, no proof, no disclosure goes along. */
export type Preview = {
  readonly signed: false
  readonly registerNumber: string
  readonly at: string
  readonly known: number | string | null
  readonly audience: Audience
  readonly held: boolean
  readonly basis: string
  readonly checkpoint: { readonly origin: string; readonly size: number; readonly note: string }
  readonly highestNth: number | null
  readonly statements: (Omit<Statement, 'evidence'> & { entries: { index: number; id: string; kind: string }[] })[]
  readonly sections: { readonly section: Section; readonly opening: Opening }[]
}

export async function previewReturn(house: ReturnHouse, request: ReturnRequest): Promise<Preview | Refusal> {
  const draft = await draftReturn(house, request)
  if (isRefusal(draft)) return draft
  const { body, summary, about } = draft
  const audience = request.audience ?? 'court'
  return {
    signed: false,
    registerNumber: summary.registerNumber,
    at: summary.at,
    known: request.known ?? null,
    audience,
    held: summary.held,
    basis: summary.basis,
    checkpoint: { origin: house.config.origin, size: summary.size, note: body.checkpoint as string },
    highestNth: body.highestNth as number | null,
    statements: summary.statements.map(({ evidence, ...statement }) => ({
      ...statement,
      entries: [...new Set(evidence.map(({ index }) => index))].flatMap((index) => {
        const entry = about.get(index)
        return entry === undefined ? [] : [{ index, ...entry }]
      }),
    })),
    sections: SECTIONS.map((section) => ({ section, opening: openingOf(audience, section) })),
  }
}

async function draftReturn(house: ReturnHouse, request: ReturnRequest): Promise<Draft | Refusal> {
  const now = house.clock.now().toString()
  const at = request.at ?? now
  if (microsOf(at) > microsOf(now)) return refuseCustody('instant-in-future')
  const { registerNumber } = request
  // An empty number is what expunging leaves behind, and is nobody's.
  if (registerNumber === '') return refuseCustody('no-such-custody')
  const [isThere, others, { head, placed, custodian }] = await Promise.all([
    hasCustody(house.database, registerNumber),
    otherCustodies(house.database, registerNumber),
    loadPlaced(house, registerNumber),
  ])
  if (!isThere) return sealedOrUnknown(house, request)
  const known = placed.filter((entry) => isKnown(entry, request.known))
  await loadKeys(house.database, house.record.keys, [...known, custodian], true)
  const opened = openAll(house, [...known, custodian])
  const entries = opened
    .slice(0, -1)
    .map(({ stored, disclosures }) => entryWith(stored, disclosures, house.record.registry))
  const audience = request.audience ?? 'court'
  const indexes = new Map(known.map(({ id, idx }) => [id, idx as number]))
  const statements = new Statements(indexes, audience, hiddenAmendments(entries, indexes, audience))
  const facts = effective(entries)
  const [places, proven] = await Promise.all([
    namePlaces(house.database, facts, at),
    proveEntries(house, opened, head.size, audience),
  ])
  const summary = answer({ at, registerNumber, entries: facts, places, others }, statements)
  const body = {
    format: RETURN_KIND,
    origin: house.config.origin,
    asked: { registerNumber, at, known: request.known ?? null, made: now },
    audience,
    custodian: { keys: keysOf(house), entry: custodian.idx as number },
    checkpoint: head.note,
    entries: proven,
    statements: statements.list,
    highestNth: known.at(-1)?.nth ?? null,
  }
  return {
    body: body as unknown as Draft['body'],
    summary: { ...summary, registerNumber, at, size: head.size, statements: statements.list },
    about: new Map(entries.map(({ id, kind }) => [indexes.get(id) as number, { id, kind }])),
  }
}

/** No register row has this number: whoever may know is told that a court had it sealed, and under which id it opens. */
async function sealedOrUnknown(
  { database, record }: ReturnHouse,
  { registerNumber, mayKnowSealed = false }: ReturnRequest,
): Promise<Refusal> {
  const sealed = mayKnowSealed ? await findSealed(database, record.keys, registerNumber) : undefined
  return sealed ? refuseRecord('custody-sealed', { ...sealed }) : refuseCustody('no-such-custody')
}

/** The custodian's signatures over the canonical bytes; the file is canonical as a whole (`return` sorts first). */
export async function signed(house: ReturnHouse, body: Json): Promise<Buffer> {
  const text = jcs(body)
  const signatures = await house.signer.signReturn(sha256(Buffer.from(text)))
  return Buffer.from(`{"return":${text},"signatures":${jcs(signatures)}}\n`)
}

export const keysOf = ({ signerKeys: { custodian } }: ReturnHouse) => ({
  ed25519: base64(custodian.ed25519),
  'ml-dsa-44': base64(custodian['ml-dsa-44']),
})

export type Head = { readonly size: number; readonly note: string }

/** The newest signed head with the cosignatures of its witnesses: a policy may demand their quorum. */
export async function findHead(sql: Sql): Promise<Head | undefined> {
  const [head] = await sql.rows<Head>(
    `select c.size, c.note || coalesce((select string_agg(line, '' order by witness) from cosignature where size = c.size), '') as note
     from checkpoint c order by c.size desc limit 1`,
  )
  return head
}

/** The signed head and the entry of the custodian's keys beneath it; waits for the sequencer once. */
export async function getHead(house: ReturnHouse): Promise<{ head: Head; custodian: PlacedEntry }> {
  const { head, custodian } = await loadPlaced(house, undefined)
  return { head, custodian }
}

/** All entries of the custody with their places under one signed head; waits for the sequencer once where one has none. */
async function loadPlaced(
  house: ReturnHouse,
  registerNumber: string | undefined,
): Promise<{ head: Head; placed: PlacedEntry[]; custodian: PlacedEntry }> {
  for (let attempt = 1; ; attempt++) {
    const [placed, head, custodian] = await Promise.all([
      registerNumber === undefined ? [] : house.database.rows<PlacedEntry>(OF_CUSTODY, [registerNumber]),
      findHead(house.database),
      findCustodian(house),
    ])
    const covered = ({ idx }: PlacedEntry) => idx !== null && head !== undefined && idx < head.size
    if (head && custodian && covered(custodian) && placed.every(covered)) {
      const minSize = 1 + Math.max(...[custodian, ...placed].map(({ idx }) => idx as number))
      return { head: (await house.bestHead?.(minSize)) ?? head, placed, custodian }
    }
    if (attempt > 1) throw new Error('entries have no signed place after a pass of the sequencer')
    await house.settle()
  }
}

const WITH_PLACE = `l.idx, ${STORED.replace(/^n,/, 'e.n,')}`
const OF_CUSTODY = `select ${WITH_PLACE} from entry e left join leaf l on l.n = e.n where e.custody = (select id from custody where register_number = $1) order by e.nth`
const OF_HOUSE = `select ${WITH_PLACE} from entry e left join leaf l on l.n = e.n where e.custody is null and e.facility = $1 and e.kind = 'key.publish' order by e.n desc`

/** Entries that publish a custodian's keys, as they stand once they have their place: nothing changes them. */
const custodians = new WeakMap<Sql, PlacedEntry>()

/** The entry that publishes the keys by which this return is signed. */
async function findCustodian(house: ReturnHouse): Promise<PlacedEntry | undefined> {
  const known = custodians.get(house.database)
  if (known) return known
  const found = await findPublished(house, 'custodian', keysOf(house).ed25519)
  if (found && found.idx !== null) custodians.set(house.database, found)
  return found
}

/** The newest entry that publishes this Ed25519 key for this use under the name of this log. */
export async function findPublished(
  { database, record, config }: Pick<ReturnHouse, 'database' | 'record' | 'config'>,
  use: 'custodian' | 'promise',
  ed25519: string,
): Promise<PlacedEntry | undefined> {
  const stored = await database.rows<PlacedEntry>(OF_HOUSE, [HOUSE])
  await loadKeys(database, record.keys, stored)
  return stored.find((entry) => {
    const { act } = openEntry(entry, record).sections
    return act?.use === use && act.ed25519 === ed25519 && act.origin === config.origin
  })
}

function isKnown(entry: PlacedEntry, known: number | string | undefined): boolean {
  if (known === undefined) return true
  if (typeof known === 'number') return (entry.idx as number) < known
  return microsOf(entry.recorded) <= microsOf(known)
}

/** An entry and what of it was opened, once for its statements and its proof. */
export type OpenedEntry = { readonly stored: PlacedEntry; readonly disclosures: readonly Opened[] }

/** Opens entries whose keys are loaded, with the section of staff. */
export const openAll = ({ record }: ReturnHouse, placed: readonly PlacedEntry[]): OpenedEntry[] =>
  placed.map((stored) => ({ stored, disclosures: disclosuresOf(stored, record.keys, true) }))

/** Entries with their proofs and the disclosures of the sections that the audience opens. */
export async function proveEntries(
  house: ReturnHouse,
  opened: readonly OpenedEntry[],
  size: number,
  audience: Audience,
): Promise<Json[]> {
  const open = new Set<Section>(sectionsOpenTo(audience))
  const tree = new TileTree(sha256, size, readTilesFrom(house.database), tilesOf(house.database))
  const proofs = await tree.inclusionProofs(opened.map(({ stored }) => stored.idx as number))
  return opened.map(({ stored, disclosures }, i) => ({
    index: stored.idx,
    envelope: stored.envelope.toString(),
    disclosures: disclosures
      .filter(({ section }) => open.has(section) || isForAll(stored, section))
      .map(({ json }) => disclosureText(json)),
    proof: (proofs[i] as Uint8Array[]).map((hash) => base64(hash)),
  }))
}

/** Which keys the record publishes is for everybody: without that section nobody could check a file. */
export const isForAll = (stored: StoredEntry, section: Section): boolean =>
  stored.kind === publishKey.kind && section === 'act'

/** Corrections and withdrawals of which the reader cannot see what they change: `act` is closed to him, or expunged. */
function hiddenAmendments(
  entries: readonly Entry[],
  indexes: ReadonlyMap<string, number>,
  audience: Audience,
): number[] {
  const open = sectionsOpenTo(audience)
  return entries
    .filter(({ kind }) => kind === correctEntry.kind || kind === withdrawEntry.kind)
    .filter(({ sections }) => {
      const isSaid = open.includes('person') && sections.person?.amended !== undefined
      return !isSaid && (!open.includes('act') || sections.act === undefined)
    })
    .map(({ id }) => indexes.get(id) as number)
}

/** What the places and bunks that the entries name are called: `Tecoluca · P3 · P3-C14 · A3`. */
async function namePlaces(sql: Sql, entries: readonly Entry[], at: string): Promise<Map<string, PlaceName>> {
  const ids = new Set<string>()
  for (const { facility, sections } of entries) {
    ids.add(facilityPlace(facility))
    for (const id of [sections.place?.place, sections.place?.bunk]) if (typeof id === 'string') ids.add(id)
  }
  const paths = await placePaths(sql, [...ids], at)
  return new Map(
    [...paths].map(([id, steps]) => [
      id,
      { words: steps.map(({ name, code }) => name ?? code).join(' · '), facility: steps[0]?.code ?? '' },
    ]),
  )
}

async function hasCustody(sql: Sql, registerNumber: string): Promise<boolean> {
  return (await sql.rows('select 1 from custody where register_number = $1', [registerNumber])).length > 0
}

async function otherCustodies(sql: Sql, registerNumber: string): Promise<string[]> {
  const rows = await sql.rows<{ register_number: string }>(
    `select register_number from custody
     where person = (select person from custody where register_number = $1) and register_number <> $1
     order by register_number`,
    [registerNumber],
  )
  return rows.map(({ register_number }) => register_number)
}
