// A small world with all rooms that the rules look at. Imported by tests only.
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { room as accessRoom } from '../access/room.ts'
import { admit, depart, recordPresence, recordResponsibility } from '../custody/acts.ts'
import { room as custodyRoom } from '../custody/room.ts'
import { missDuty } from '../duties/acts.ts'
import { room as dutiesRoom } from '../duties/room.ts'
import type { Act, ActKind } from '../kernel/act.ts'
import { derivedId } from '../kernel/ids.ts'
import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import { OrderKind, recordAuthority, recordStatute } from '../law/acts.ts'
import { room as releaseRoom } from '../law/release/room.ts'
import { room as lawRoom } from '../law/room.ts'
import { room as sentencesRoom } from '../law/sentences/room.ts'
import { room as peopleRoom } from '../people/room.ts'
import { bunkId, establishPlace, facilityPlace, openFacility } from '../places/acts.ts'
import { room as placesRoom } from '../places/room.ts'
import type { Database } from '../platform/database.ts'
import { freshDatabase } from '../platform/testing.ts'
import { replay } from '../record/replay.ts'
import { makeAct, openTestRecord } from '../record/testing.ts'
import { closeFinding, openFinding } from './acts.ts'
import { type DueAct, dueActs } from './evaluate.ts'
import { room } from './room.ts'
import type { House } from './rules/rule.ts'

export const zone = 'America/El_Salvador'
export const authority = (state: string) => ({ name: `Autoridad ${state}`, state })
export const custodyOf = (name: string) => derivedId('test', 'custody', name)
export const personOf = (name: string) => derivedId('test', 'person', name)
export const orderOf = (name: string) => derivedId('test', 'order', name)
export const batchOf = (name: string) => derivedId('test', 'batch', name)
/** On file in every world: it may order everything, and the provision allows everything. */
export const registered = { authority: derivedId('test', 'authority'), statute: derivedId('test', 'statute') }
/** `F1/a` is held in facility `F1`, a plain `a` in `TEC`: many small worlds fit into one database. */
const facilityOf = (name: string) => (name.includes('/') ? (name.split('/')[0] as string) : 'TEC')
export const about = (name: string) => ({ person: { custody: custodyOf(name) } })

/** Everything that REG-02 asks for, with an order without an end; nothing owed to anybody that was not done in that hour. */
export const complete = (name: string) => ({
  person: {
    custody: custodyOf(name),
    person: personOf(name),
    identity: {
      names: [{ use: 'recorded', given: name, family1: 'Prueba', family2: 'Sintética' }],
      identifiers: [{ scheme: 'DUI', issuer: 'SV', value: `id-${name}` }],
      nationalities: [{ state: 'SV', standing: 'stated' }],
      birth: { date: '1990-01-01' },
      sex: 'M',
    },
  },
  place: { facility: facilityOf(name) },
  legal: {
    deprivation: {
      at: { at: '2026-01-04T10:00:00Z', precision: 'minute', zone },
      where: 'Soyapango',
      by: authority('SV'),
    },
    orders: [paper(name, 'open')],
    ordersStated: true,
    authorities: { ordered: authority('SV'), supervises: authority('SV'), runs: authority('SV') },
    grounds: 'art. 1',
  },
  health: { examined: { at: '2026-01-05T16:00:00Z', precision: 'minute', zone }, fitness: 'fit' },
  act: {
    manner: 'arrest',
    informed: { of: ['reasons', 'rights'], language: 'es' },
    familyTold: { reached: true },
  },
})

export const paper = (name: string, until: unknown) => ({
  order: orderOf(name),
  kind: 'remand',
  issuer: authority('SV'),
  authority: registered.authority,
  provision: 'art. 1',
  statute: registered.statute,
  from: { date: '2026-01-01', zone, inclusive: true },
  until,
})

export const untilDay = (date: string) => ({ date, zone, inclusive: true })

export const ADMITTED = '2026-01-05T15:00:00Z'
/** Well after admission: everything that becomes due is due. */
export const LATER = '2026-03-01T00:00:00Z'

type Options = { at?: string; batch?: string }

/** Admits `name` with everything in order; `change` replaces parts of sections. */
export function admitted(
  name: string,
  change: Record<string, object> = {},
  { at = ADMITTED, batch }: Options = {},
): Act {
  const data: Record<string, object> = { ...complete(name) }
  for (const [section, fields] of Object.entries(change)) data[section] = { ...data[section], ...fields }
  return makeAct(admit, data, { at, ...(batch !== undefined && { batch: batchOf(batch) }) })
}

export const act = (kind: ActKind, data: unknown, { at = '2026-02-01T00:00:00Z', batch }: Options = {}): Act =>
  makeAct(kind, data, { at, ...(batch !== undefined && { batch: batchOf(batch) }) })

export const departed = (name: string, as: string, at: string): Act =>
  act(depart, { ...about(name), legal: { as } }, { at })

export const responsible = (name: string, statedBy: string, state: string, options: Options = {}): Act =>
  act(
    recordResponsibility,
    { ...about(name), legal: { role: 'supervises', statedBy, authority: authority(state) } },
    options,
  )

export const gone = (name: string, at: string, batch: string): Act =>
  act(
    recordPresence,
    { ...about(name), place: { state: 'unknown' }, act: { because: 'gone-from-roster' } },
    { at, batch },
  )

export const seen = (name: string, at: string): Act =>
  act(recordPresence, { ...about(name), place: { state: 'at' }, act: { because: 'on-roster' } }, { at })

const cellOf = (facility: string) => derivedId('test', 'cell', facility)
export const bunkOf = (position: string, facility = 'TEC') => bunkId(cellOf(facility), position)

/** A facility with one cell of these bunks. */
export const facilityWith = (positions: readonly string[], facility = 'TEC'): Act[] => [
  act(openFacility, { place: { facility, name: 'Tecoluca', country: 'SV', zone } }, { at: '2026-01-01T00:00:00Z' }),
  act(
    establishPlace,
    {
      place: {
        facility,
        place: cellOf(facility),
        parent: facilityPlace(facility),
        kind: 'cell',
        code: 'C1',
        bunks: positions.map((position) => ({ position, tier: 1 })),
      },
    },
    { at: '2026-01-01T00:00:00Z' },
  ),
]

const since = { date: '2000-01-01', zone, inclusive: true }
const source = 'Ley de ejemplo'
const lawbook = (): Act[] => {
  const powers = OrderKind.options.map((kind) => ({ kind, from: since, until: 'open' }))
  const inForce = [{ from: since, until: 'open' }]
  const kinds = OrderKind.options
  return [
    act(recordAuthority, { legal: { authority: registered.authority, ...authority('SV'), powers, source } }),
    act(recordStatute, { legal: { statute: registered.statute, state: 'SV', title: source, kinds, inForce, source } }),
  ]
}

export type World = {
  readonly sql: Database
  /** Submits one after the other; every one must be accepted. */
  submit(...acts: Act[]): Promise<void>
  refused(act: Act): Promise<Refusal>
  /** Places what waits in the tree. */
  settle(): Promise<void>
  /** What the service clock does: asks what is due and submits it. */
  tick(now: string, house?: House): Promise<DueAct[]>
}

/** A fresh world; when its test is over, every register must be what the record says. */
export async function makeWorld(t: Pick<TestContext, 'after'>): Promise<World> {
  const sql = await freshDatabase(t)
  const { record, runner, sequencer } = openTestRecord(sql, [
    peopleRoom,
    placesRoom,
    custodyRoom,
    lawRoom,
    releaseRoom,
    sentencesRoom,
    dutiesRoom,
    accessRoom,
    room,
  ])
  await record.keys.begin(sql, record.clock.now())
  t.after(async () => assert.deepEqual((await replay(record, sql)).differences, []))
  const submit = async (...acts: Act[]) => {
    for (const one of acts) {
      const outcome = await runner.submit(one)
      assert.ok(!isRefusal(outcome), isRefusal(outcome) ? `${one.kind.kind}: ${outcome.code}` : '')
    }
  }
  await submit(...lawbook())
  return {
    sql,
    submit,
    async settle() {
      await sequencer.pass()
    },
    async refused(one) {
      const outcome = await runner.submit(one)
      assert.ok(isRefusal(outcome), `${one.kind.kind} was accepted`)
      return outcome
    },
    async tick(now, house) {
      const due = await dueActs(sql, now, house)
      const kinds: Record<string, ActKind> = {
        'finding.open': openFinding,
        'finding.close': closeFinding,
        'duty.miss': missDuty,
      }
      for (const { id, kind, occurredAt, data } of due) {
        const actor = { officer: derivedId('officer', 'service'), role: 'service' }
        await submit({ ...makeAct(kinds[kind] as ActKind, data, { id, actor, via: 'service' }), occurredAt })
      }
      return due
    },
  }
}
