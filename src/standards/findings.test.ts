import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { assignBunk } from '../custody/acts.ts'
import type { Entry } from '../kernel/act.ts'
import { derivedId, randomId } from '../kernel/ids.ts'
import { isRefusal } from '../kernel/refusal.ts'
import { seesAll } from '../kernel/visible.ts'
import { endOrder, recordOrder } from '../law/acts.ts'
import { refuseSync } from '../record/acts.ts'
import { testActor } from '../record/testing.ts'
import { closeFinding, openFinding } from './acts.ts'
import { facilityFindings } from './project.ts'
import { countFindings, countMembers, findFinding, listFindings, membersOf } from './read.ts'
import { routes } from './routes.ts'
import {
  about,
  act,
  admitted,
  batchOf,
  bunkOf,
  custodyOf,
  departed,
  facilityWith,
  gone,
  LATER,
  makeWorld,
  orderOf,
  paper,
  seen,
  untilDay,
  type World,
} from './testing.ts'

const noOrders = { legal: { orders: [] } }
const lapsed = (name: string) => ({ legal: { orders: [paper(name, untilDay('2026-02-10'))] } })

/** `rule state custody-or-cause` of what is open at an instant. */
async function openAt({ sql }: World, at: string, rule?: string): Promise<string[]> {
  const found = await listFindings(sql, { at, limit: 100, ...(rule !== undefined && { rule }) })
  return found.map((one) => `${one.rule} ${one.state} ${one.custody ?? one.cause}`).sort()
}

describe('what the clock owes', () => {
  test('each fact opens one finding with its beginning; running again changes nothing', async (t) => {
    const world = await makeWorld(t)
    await world.submit(...facilityWith(['A1', 'A2']), admitted('a', lapsed('a')), admitted('b'))
    const due = await world.tick(LATER)
    assert.deepEqual(await openAt(world, LATER), [`BED-01 fail no-bunk`, `LAW-03 fail ${custodyOf('a')}`])
    assert.deepEqual(due.map(({ occurredAt }) => occurredAt.at).sort(), [
      '2026-01-05T15:00:00Z',
      '2026-02-11T06:00:00Z',
    ])
    assert.deepEqual(await world.tick(LATER), [])
    assert.deepEqual(await world.tick('2026-03-02T00:00:00Z'), [])
    assert.deepEqual(await openAt(world, '2026-02-01T00:00:00Z'), ['BED-01 fail no-bunk'], 'before it lapsed')
  })

  test('two clocks at once derive the same acts', async (t) => {
    const world = await makeWorld(t)
    await world.submit(admitted('a', noOrders))
    const { dueActs } = await import('./evaluate.ts')
    const [one, other] = await Promise.all([dueActs(world.sql, LATER), dueActs(world.sql, LATER)])
    assert.deepEqual(one, other)
    assert.ok(one.length > 0)
  })

  test('an import without orders is one finding; a changed head count is not a new one', async (t) => {
    const world = await makeWorld(t)
    const unstated = { legal: { orders: [], ordersStated: false } }
    for (const name of ['a', 'b', 'c']) await world.submit(admitted(name, unstated, { batch: 'file' }))
    await world.tick(LATER)
    const [finding] = await listFindings(world.sql, { at: LATER, rule: 'basis-unknown', limit: 10 })
    assert.ok(finding)
    assert.deepEqual([finding.cause, finding.custody, finding.peopleAtOpening], [batchOf('file'), null, 3])

    await world.submit(
      act(recordOrder, { ...about('a'), legal: { order: paper('a', 'open') } }, { at: '2026-03-02T00:00:00Z' }),
    )
    await world.submit(departed('b', 'death', '2026-03-03T00:00:00Z'))
    const then = '2026-03-10T00:00:00Z'
    assert.deepEqual(await world.tick(then), [])
    assert.equal(
      await countMembers(world.sql, finding, '2026-03-01T12:00:00Z'),
      2,
      'the order covers from its own date',
    )
    assert.equal(await countMembers(world.sql, finding, then), 1)
    assert.deepEqual(
      (await membersOf(world.sql, finding, { at: then, limit: 10 })).map(({ custody }) => custody),
      [custodyOf('c')],
    )

    await world.submit(departed('c', 'death', '2026-03-11T00:00:00Z'))
    const [close] = await world.tick('2026-03-12T00:00:00Z')
    assert.equal(close?.kind, 'finding.close')
    assert.deepEqual(await openAt(world, '2026-03-13T00:00:00Z', 'basis-unknown'), [])
  })

  test('a single finding closes when its fact ended, not when that was noticed', async (t) => {
    const world = await makeWorld(t)
    await world.submit(...facilityWith([]), admitted('a', lapsed('a')))
    await world.tick(LATER)
    await world.submit(
      act(recordOrder, { ...about('a'), legal: { order: { ...paper('b', 'open'), from: untilDay('2026-03-05') } } }),
    )
    await world.tick('2026-04-01T00:00:00Z')
    const [finding] = await listFindings(world.sql, { at: LATER, rule: 'LAW-03', limit: 10 })
    assert.deepEqual([finding?.from, finding?.to], ['2026-02-11T06:00:00Z', '2026-03-05T06:00:00Z'])
  })

  test('what never was so is closed as an empty span; the same fact back again takes a new round', async (t) => {
    const world = await makeWorld(t)
    await world.submit(admitted('a', noOrders))
    await world.tick(LATER)
    await world.submit(act(recordOrder, { ...about('a'), legal: { order: paper('a', 'open') } }))
    await world.tick('2026-03-02T00:00:00Z')
    assert.deepEqual(await openAt(world, LATER, 'LAW-01'), [])
    await world.submit(
      act(
        endOrder,
        { ...about('a'), legal: { order: orderOf('a'), as: 'quashed', from: untilDay('2026-01-01') } },
        { at: '2026-03-03T00:00:00Z' },
      ),
    )
    await world.tick('2026-03-04T00:00:00Z')
    assert.deepEqual(await openAt(world, LATER, 'LAW-01'), [`LAW-01 fail ${custodyOf('a')}`])
    assert.deepEqual(await world.tick('2026-03-05T00:00:00Z'), [])
    assert.deepEqual(
      await world.sql.rows(
        `select (open_evidence ->> 'round')::integer as round, closed_n is null as open from finding where rule = 'LAW-01' order by entry_n`,
      ),
      [
        { round: 0, open: false },
        { round: 1, open: true },
      ],
    )
  })

  test('gone from a roster: one finding a file, closed when the last one is back', async (t) => {
    const world = await makeWorld(t)
    await world.submit(admitted('a'), admitted('b'), admitted('c'))
    await world.submit(gone('a', '2026-01-20T00:00:00Z', 'monday'), gone('b', '2026-01-20T00:00:00Z', 'monday'))
    await world.submit(gone('c', '2026-01-21T00:00:00Z', 'tuesday'))
    await world.tick('2026-01-22T00:00:00Z')
    const open = (at: string) => openAt(world, at, 'gone-from-roster')
    const [monday, tuesday] = ['monday', 'tuesday'].map((name) => `gone-from-roster unknown ${batchOf(name)}`)
    assert.deepEqual(await open('2026-01-22T00:00:00Z'), [monday, tuesday].sort())
    await world.submit(seen('c', '2026-01-23T00:00:00Z'), seen('a', '2026-01-23T00:00:00Z'))
    await world.tick('2026-01-24T00:00:00Z')
    assert.deepEqual(await open('2026-01-25T00:00:00Z'), [monday])
  })

  test('bunks: who has none is counted by facility, and a bunk without measured bedding is unknown', async (t) => {
    const world = await makeWorld(t)
    await world.submit(...facilityWith(['A1', 'A2']), admitted('a'), admitted('b'), admitted('c'))
    await world.submit(act(assignBunk, { ...about('a'), place: { bunk: bunkOf('A1') } }))
    await world.tick(LATER)
    const found = await listFindings(world.sql, { at: LATER, rule: 'BED-01', limit: 10 })
    assert.deepEqual(
      found
        .map(({ cause, state, peopleAtOpening, openEvidence }) => [
          cause,
          state,
          peopleAtOpening,
          openEvidence.held,
          openEvidence.bunks,
        ])
        .sort(),
      [
        ['bedding-not-measured', 'unknown', 1, 3, 2],
        ['no-bunk', 'fail', 2, 3, 2],
      ],
    )
  })

  test('the house: silent since, until the caller no longer says so', async (t) => {
    const world = await makeWorld(t)
    const silent = { signerSilentSince: '2026-02-28T10:00:00Z', unwitnessedSince: '2026-02-28T11:00:00Z' }
    await world.tick(LATER, silent)
    assert.deepEqual(await openAt(world, LATER), ['checkpoint-unwitnessed fail witness', 'signer-silent fail signer'])
    // Both are duties of the administrator, and have been late for so long that they are with oversight.
    const due = (await world.tick(LATER, silent)).map(({ kind, data }) => `${kind} ${data.act?.rule}`)
    assert.deepEqual(due.sort(), [
      'duty.miss checkpoint-unwitnessed',
      'duty.miss signer-silent',
      'finding.open duty-escalated',
      'finding.open duty-escalated',
    ])
    assert.deepEqual(await world.tick(LATER, silent), [])
    for (let times = 0; times < 2; times++) {
      await world.tick('2026-03-02T00:00:00Z', { unwitnessedSince: silent.unwitnessedSince })
    }
    assert.deepEqual(await openAt(world, '2026-03-03T00:00:00Z'), [
      'checkpoint-unwitnessed fail witness',
      'duty-escalated fail checkpoint-unwitnessed',
    ])
  })

  test('a refused act of a device stands until somebody closes its finding, and does not come back', async (t) => {
    const world = await makeWorld(t)
    const body = { refusedAct: randomId(), refusedKind: 'bunk.assign', code: 'bunk-taken', body: {} }
    await world.submit(act(refuseSync, { place: { facility: 'TEC' }, act: body }))
    const now = Temporal.Now.instant().add({ seconds: 1 }).toString()
    await world.tick(now)
    const [finding] = await listFindings(world.sql, { at: now, rule: 'sync-refused', limit: 10 })
    assert.ok(finding)
    await world.submit(
      act(
        closeFinding,
        { place: { facility: 'TEC' }, act: { finding: finding.finding, to: now, evidence: { looked: true } } },
        { at: now },
      ),
    )
    assert.deepEqual(await world.tick(now), [])
  })

  test('a finding that a person opened is not closed by the clock', async (t) => {
    const world = await makeWorld(t)
    const finding = derivedId('by hand')
    await world.submit(admitted('a'))
    await world.submit(
      act(openFinding, {
        ...about('a'),
        act: {
          finding,
          rule: 'LAW-01',
          severity: 'S1',
          state: 'fail',
          from: LATER,
          evidence: { inspector: 'visit 3' },
        },
      }),
    )
    const due = await world.tick('2026-03-02T00:00:00Z')
    assert.deepEqual(
      due.filter(({ kind }) => kind === 'finding.close'),
      [],
    )
  })
})

describe('closing a finding', () => {
  const open = (finding: string, severity: string) =>
    act(openFinding, {
      ...about('a'),
      act: { finding, rule: 'LAW-01', severity, state: 'fail', from: LATER, evidence: {} },
    })
  const close = (finding: string, role: string) => ({
    ...act(closeFinding, { ...about('a'), act: { finding, to: '2026-03-02T00:00:00Z', evidence: {} } }),
    actor: { ...testActor, role },
  })

  test('a critical one is not closed by a role of the facility; by oversight it is', async (t) => {
    const world = await makeWorld(t)
    const finding = derivedId('s1')
    await world.submit(admitted('a'), open(finding, 'S1'))
    for (const role of ['registrar', 'administrator', 'court', 'auditor']) {
      assert.equal((await world.refused(close(finding, role))).code, 'finding-s1-closed-by-facility')
    }
    await world.submit(close(finding, 'oversight'))
    assert.equal((await findFinding(world.sql, finding))?.to, '2026-03-02T00:00:00Z')
  })

  test('one of lower severity may be closed; one that was never opened is unknown', async (t) => {
    const world = await makeWorld(t)
    await world.submit(admitted('a'), open(derivedId('s3'), 'S3'), close(derivedId('s3'), 'registrar'))
    assert.equal((await world.refused(close(derivedId('never'), 'service'))).code, 'finding-unknown')
  })

  test('critical ones of a facility are protected too', async (t) => {
    const world = await makeWorld(t)
    const place = { place: { facility: 'TEC' } }
    const finding = derivedId('facility s1')
    const body = {
      finding,
      rule: 'gone-from-roster',
      severity: 'S1',
      state: 'unknown',
      from: LATER,
      cause: 'x',
      people: 2,
      evidence: {},
    }
    await world.submit(act(openFinding, { ...place, act: body }))
    const closing = act(closeFinding, { ...place, act: { finding, to: LATER, evidence: {} } })
    assert.equal((await world.refused(closing)).code, 'finding-s1-closed-by-facility')
  })

  test('a fold reads the order of the record: closed before it began is empty, opened again is open', () => {
    const entry = (n: number, kind: string, at: string, body: object): Entry => ({
      n,
      id: derivedId('entry', String(n)),
      kind,
      v: 1,
      facility: 'TEC',
      occurredAt: { at, precision: 'second', zone: 'UTC' },
      recordedAt: at,
      via: 'service',
      sections: { act: { finding: derivedId('f'), evidence: {}, ...body } },
    })
    const opened = entry(1, 'finding.open', LATER, { rule: 'LAW-01', severity: 'S1', state: 'fail', from: LATER })
    const closed = entry(2, 'finding.close', '2026-01-01T00:00:00Z', { to: '2026-01-01T00:00:00Z' })
    const again = { ...opened, n: 3, id: derivedId('entry', '3') }
    const spanOf = (...entries: Entry[]) => facilityFindings.rows(entries).map(({ span }) => span)
    assert.deepEqual(spanOf(closed, opened), [`["${LATER}","${LATER}")`])
    assert.deepEqual(spanOf(closed, opened, again), [`["${LATER}",)`])
    assert.deepEqual(spanOf(closed), [])
    assert.deepEqual(spanOf({ ...opened, sections: {} }), [], 'an expunged section leaves nothing')
  })
})

describe('routes of standards', () => {
  test('pages follow each other; every answer is what its contract says', async (t) => {
    const world = await makeWorld(t)
    const { sql } = world
    await world.submit(...facilityWith(['A1']))
    for (const name of ['a', 'b', 'c']) await world.submit(admitted(name, lapsed(name)))
    await world.tick(LATER)
    const context = { sql, now: LATER, actor: { officer: derivedId('o'), role: 'court' }, visible: seesAll }
    const ask = async (path: string, params: object, query: object = {}) => {
      const route = routes.find(({ contract }) => contract.path === path)
      assert.ok(route)
      const parsed = route.contract.query?.parse(query) ?? {}
      const answer = await route.handle({ params, query: parsed, body: undefined } as never, context)
      return isRefusal(answer) ? answer.code : route.contract.ok.parse(answer)
    }
    type Page = { findings: { finding: string; rule: string }[]; next: number | null }
    const seenIds: string[] = []
    let after: number | undefined
    do {
      const page = (await ask('/api/findings', {}, { limit: '2', ...(after && { after: String(after) }) })) as Page
      seenIds.push(...page.findings.map(({ finding }) => finding))
      after = page.next ?? undefined
    } while (after !== undefined)
    assert.equal(new Set(seenIds).size, 4)
    assert.equal(seenIds.length, 4)
    assert.deepEqual(await countFindings(sql, { at: LATER, facility: 'TEC' }), [
      { rule: 'LAW-03', severity: 'S1', findings: 3 },
      { rule: 'BED-01', severity: 'S2', findings: 1 },
    ])
    const bed = ((await ask('/api/findings', {}, { rule: 'BED-01' })) as Page).findings[0]?.finding as string
    const one = (await ask('/api/findings/:id', { id: bed })) as { people: number }
    assert.equal(one.people, 3)
    type People = { people: { custody: string }[]; next: string | null }
    const first = (await ask('/api/findings/:id/people', { id: bed }, { limit: '2' })) as People
    const second = (await ask('/api/findings/:id/people', { id: bed }, { limit: '2', after: first.next })) as People
    assert.deepEqual(
      [...first.people, ...second.people].map(({ custody }) => custody),
      ['a', 'b', 'c'].map(custodyOf).sort(),
    )
    await ask('/api/rules', {})
    type Card = { rules: { rule: string; state: string; failing: number }[] }
    const card = (await ask('/api/scorecard', {}, { facility: 'TEC' })) as Card
    const measured = new Map(card.rules.map(({ rule, state, failing }) => [rule, `${state} ${failing}`]))
    assert.deepEqual(
      ['LAW-03', 'BED-01', 'LAW-01', 'signer-silent'].map((rule) => measured.get(rule)),
      ['fail 3', 'fail 3', 'pass 0', 'pass 0'],
    )
    await world.tick(LATER, { signerSilentSince: LATER })
    const silent = ((await ask('/api/scorecard', {})) as Card).rules.find(({ rule }) => rule === 'signer-silent')
    assert.equal(silent?.state, 'fail')
    assert.equal(await ask('/api/findings/:id', { id: derivedId('none') }), 'finding-unknown')
    assert.equal(await ask('/api/findings/:id/people', { id: derivedId('none') }), 'finding-unknown')
  })
})
