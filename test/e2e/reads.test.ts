// What the console reads, asked over HTTP of a real house: each answer is checked against its contract by the server.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { timeId } from '../../src/kernel/ids.ts'
import { ask, filledInstance, noteAbout } from './testing.ts'

test('the reads of the console', async (t) => {
  const instance = await filledInstance(t, 60)
  const server = await instance.start()
  const tokenOf = async (role: string) =>
    (await instance.json<{ token: string }>(['token', 'create', '--role', role, '--label', `e2e ${role}`])).token
  const [registrar, auditor, other] = [await tokenOf('registrar'), await tokenOf('auditor'), await tokenOf('court')]
  const get = async (path: string, token = registrar) => {
    const { status, body } = await ask(server.url, token, path)
    return { status, body: body as never as Record<string, never> & { readonly [key: string]: never } }
  }
  const good = async <T>(path: string, token = registrar): Promise<T> => {
    const { status, body } = await get(path, token)
    assert.equal(status, 200, `${path}: ${JSON.stringify(body)}`)
    return body as unknown as T
  }

  type Held = { total: number | null; held: { custody: string; registerNumber: string }[]; next: string | null }
  const first = await good<Held>('/api/custodies?limit=25')
  const custody = first.held[0]?.custody as string

  await t.test('the roster by pages, its CSV and its figures tell of the same people', async () => {
    const seen = [...first.held]
    for (let { next } = first; next !== null; ) {
      const page = await good<Held>(`/api/custodies?limit=25&after=${encodeURIComponent(next)}`)
      assert.equal(page.total, null)
      seen.push(...page.held)
      next = page.next
    }
    assert.equal(new Set(seen.map((row) => row.custody)).size, 60)
    assert.equal(first.total, 60)
    assert.equal((await good<{ held: number }>('/api/custodies/figures?facility=TEC')).held, 60)
    const answer = await fetch(`${server.url}/api/custodies.csv?columns=registerNumber,missing&language=en`, {
      headers: { authorization: `Bearer ${registrar}` },
    })
    assert.match(answer.headers.get('content-disposition') ?? '', /^attachment; filename="custodies-all-[\d-]+\.csv"$/)
    const lines = (await answer.text()).trim().split('\r\n')
    assert.equal(lines.length, 61)
    assert.equal((await get('/api/custodies.csv?columns=name')).status, 400)
    assert.equal((await get('/api/custodies?name=Ana')).status, 400, 'no names in addresses')
  })

  await t.test('a file, its acts, the queue of admissions, pairs', async () => {
    const { missing } = await good<{ missing: { from: string }[] }>(`/api/custodies/${custody}`)
    assert.ok(missing.every(({ from }) => from.length > 0))
    const acts = await good<{ entries: { nth: number; by: string }[] }>(`/api/custodies/${custody}/entries?limit=2`)
    assert.ok(acts.entries.length > 0 && acts.entries.every(({ by }) => /^of\. \d{4}$/.test(by)))
    assert.equal((await get(`/api/custodies/${timeId()}/entries`)).status, 404)
    await good('/api/admissions?days=3650')
    await good('/api/doubles?kind=double')
    await good('/api/doubles?kind=homonym')
  })

  await t.test('the director’s page; no such facility is said', async () => {
    type Director = { now: { held: number }; series: { held: { value: number }[] }; day: { balances: boolean } }
    const page = await good<Director>('/api/director?facility=TEC')
    assert.equal(page.series.held.at(-1)?.value, page.now.held)
    assert.ok(page.day.balances)
    assert.equal((await get('/api/director?facility=NONE')).status, 404)
  })

  await t.test('an auditor’s strip tells how the log stands, and nothing of people', async () => {
    type Strip = { held: number | null; worst: object | null; unsequenced: number; checkpoint: object | null }
    const strip = await good<Strip>('/api/status', auditor)
    assert.deepEqual([strip.held, strip.worst], [null, null])
    assert.ok(strip.checkpoint !== null)
    const full = await good<Strip>('/api/status')
    assert.ok(full.held !== null && full.held > 0 && full.worst !== null)
    const past = `/api/status?at=${encodeURIComponent('2031-01-01T00:00:00Z')}`
    assert.equal((await good<Strip>(past, auditor)).held, null)
  })

  await t.test('an auditor sees every entry by its envelope, nobody’s custody; proofs, heads, promises', async () => {
    type Entries = { size: number; entries: { id: string; kind: string; index: number }[]; next: number | null }
    const admissions = await good<Entries>('/api/entries?kind=custody.admit&limit=5', auditor)
    assert.ok(admissions.entries.length === 5 && admissions.next !== null)
    assert.doesNotMatch(JSON.stringify(admissions), new RegExp(custody))
    assert.equal((await get(`/api/entries?custody=${custody}`, auditor)).status, 403)
    assert.ok((await good<Entries>(`/api/entries?custody=${custody}`)).entries.length > 0)
    const id = admissions.entries[0]?.id
    const proof = await good<{ path: { makes: string }[]; root: string; checkpoint: { note: string } }>(
      `/api/entries/${id}/proof`,
      auditor,
    )
    assert.equal(proof.path.at(-1)?.makes, proof.root)
    assert.ok(proof.checkpoint.note.includes(`\n${proof.root}\n`), 'the root that was signed')
    assert.ok((await good<{ checkpoints: unknown[] }>('/api/checkpoints', auditor)).checkpoints.length > 0)
    const promises = await good<{ measured: number; late: number }>('/api/promises', auditor)
    assert.ok(promises.measured > 0)
  })

  await t.test('one audit at a time, to its end', async () => {
    type Audit = { id: string; state: string; checked: number; of: number; problems: unknown[] }
    const started = (await ask(server.url, auditor, '/api/audits', {})).body as Audit
    let audit = started
    while (audit.state === 'running') {
      await sleep(50)
      audit = await good<Audit>(`/api/audits/${started.id}`, auditor)
    }
    assert.deepEqual([audit.state, audit.problems, audit.checked], ['done', [], audit.of])
    assert.equal((await get('/api/audits', registrar)).status, 403)
  })

  await t.test('a search is read again by nobody else', async () => {
    type Found = { search: string; results: { type: string; registerNumber?: string }[] }
    const { registerNumber } = first.held[0] as { registerNumber: string }
    const search = async (text: string) => (await ask(server.url, registrar, '/api/search', { text })).body as Found
    const found = await search(registerNumber.toLowerCase())
    assert.equal(found.results[0]?.registerNumber, registerNumber)
    assert.deepEqual(await good(`/api/search/${found.search}`).then((again) => (again as Found).results), found.results)
    assert.equal((await get(`/api/search/${found.search}`, other)).status, 404)
    assert.equal((await search('P1-C01')).results[0]?.type, 'place')
    assert.equal((await search('ingreso')).results[0]?.type, 'act')
  })

  await t.test('what is entered is told at once; a stop ends who listens', async () => {
    const answer = await fetch(`${server.url}/api/live?facility=TEC`, {
      headers: { authorization: `Bearer ${registrar}` },
    })
    assert.match(answer.headers.get('content-type') ?? '', /^text\/event-stream/)
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
    let text = ''
    const until = async (event: string) => {
      while (!text.includes(`event: ${event}\n`)) {
        const { value, done } = await reader.read()
        assert.ok(!done, `ended before ${event}`)
        text += Buffer.from(value).toString()
      }
    }
    await until('status')
    const noted = await ask(server.url, registrar, '/api/acts/note.add', noteAbout(custody, 'Quiet night.', timeId()))
    assert.equal(noted.status, 201)
    await until('changed')
    assert.match(text, /event: changed\ndata: \{"custodies":1\}/)
    const stopped = server.stop()
    for (let isDone = false; !isDone; ) ({ done: isDone } = await reader.read())
    assert.equal((await stopped).code, 0)
  })
})
