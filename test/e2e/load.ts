// Officers at work while something breaks: what was answered, what was not, and whether what was answered is there.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { timeId } from '../../src/kernel/ids.ts'
import type { Database } from '../../src/platform/database.ts'
import { ask, noteAbout, type Server } from './testing.ts'

export type Acknowledged = {
  readonly id: string
  readonly entry: string
  readonly custody: string
  readonly nth: number
}
export type Unanswered = {
  readonly id: string
  readonly custody: string
  readonly kind: string
  readonly body: ReturnType<typeof noteAbout>
}
export type Sent = { readonly acknowledged: Acknowledged[]; readonly unanswered: Unanswered[] }

export type LoadOptions = {
  readonly callers?: number
  /** The i-th act, about this custody. Default: notes. */
  readonly actOf?: (i: number, custody: string) => Pick<Unanswered, 'kind' | 'body'>
  /** Given: an act that got no answer, or a fault for one, is sent again with its id until this says that it is over. */
  readonly isOver?: () => boolean
}

const note = (i: number, custody: string) => ({ kind: 'note.add', body: noteAbout(custody, `Note ${i}.`, timeId()) })

/** Acts from eight callers, each one after the other, until the server no longer answers or it is over. */
export async function load(
  urlOf: () => string,
  token: string,
  custodies: readonly string[],
  sent: Sent,
  { callers = 8, actOf = note, isOver }: LoadOptions = {},
): Promise<void> {
  const call = async (caller: number) => {
    for (let i = caller; isOver?.() !== true; i += callers) {
      const custody = custodies[i % custodies.length] as string
      const { kind, body } = actOf(i, custody)
      const unanswered = { id: body.id, custody, kind, body }
      try {
        let answer = await ask(urlOf(), token, `/api/acts/${kind}`, body)
        // The database is away for a moment: the same act again.
        for (; answer.status === 503 && isOver?.() !== true; await sleep(20)) {
          answer = await ask(urlOf(), token, `/api/acts/${kind}`, body)
        }
        if (isOver && answer.status >= 500) {
          await perseverance(unanswered)
          continue
        }
        assert.ok(answer.status === 201 || answer.status === 200, JSON.stringify(answer.body))
        sent.acknowledged.push({ id: body.id, custody, ...(answer.body as { entry: string; nth: number }) })
      } catch (error) {
        if (error instanceof assert.AssertionError) throw error
        if (isOver) {
          await perseverance(unanswered)
          continue
        }
        // The connection is gone: whether it was recorded is not known.
        sent.unanswered.push(unanswered)
        return
      }
    }
  }
  const perseverance = async (unanswered: Unanswered) => {
    while (isOver?.() !== true) {
      await sleep(50)
      const answer = await ask(urlOf(), token, `/api/acts/${unanswered.kind}`, unanswered.body).catch(() => undefined)
      if (answer === undefined || answer.status >= 500) continue
      assert.ok(answer.status === 201 || answer.status === 200, JSON.stringify(answer.body))
      const { id, custody } = unanswered
      sent.acknowledged.push({ id, custody, ...(answer.body as { entry: string; nth: number }) })
      return
    }
    sent.unanswered.push(unanswered)
  }
  await Promise.all(Array.from({ length: callers }, (_, caller) => call(caller)))
}

/** Every acknowledged act is there with its entry and its number; nothing that was not answered is there twice. */
export async function assertKept(database: Database, { acknowledged, unanswered }: Sent): Promise<void> {
  const rows = await database.rows<{ act: string; id: string; nth: number; placed: boolean }>(
    `select e.act, e.id, e.nth, l.idx is not null as placed from entry e left join leaf l on l.n = e.n
     where e.act = any($1::uuid[])`,
    [[...acknowledged, ...unanswered].map(({ id }) => id)],
  )
  const found = new Map(rows.map((row) => [row.act, row]))
  assert.equal(found.size, rows.length, 'an act is there twice')
  for (const { id, entry, nth } of acknowledged) {
    assert.deepEqual(
      { id: found.get(id)?.id, nth: found.get(id)?.nth },
      { id: entry, nth },
      'an acknowledged act is lost',
    )
    assert.equal(found.get(id)?.placed, true, 'an acknowledged act has no place in the tree')
  }
}

/** What was not answered is sent again with its id: it is recorded once, whichever way it had gone. */
export async function sendAgain({ url }: Pick<Server, 'url'>, token: string, { unanswered }: Sent): Promise<void> {
  for (const { id, custody } of unanswered) {
    const { status, body } = await ask(url, token, '/api/acts/note.add', noteAbout(custody, 'Sent again.', id))
    // Of the same id with other words: recorded now (201), or it had been recorded with the first ones (409).
    if (status === 409) assert.equal((body as { code: string }).code, 'id-reused')
    else assert.equal(status, 201, JSON.stringify(body))
  }
}
