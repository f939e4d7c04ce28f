// Every role, every page: what its permissions allow and nothing else; each page in one look a role, in turn.
import assert from 'node:assert/strict'
import { glob, readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { GRANTED_ROLES } from '../../src/access/roles.ts'
import { OFFICER_ROLES, type OfficerRole } from '../../src/access/sign-in/claims.ts'
import { addressOf, QUESTIONS, type Question } from '../../web/frame/addresses.ts'
import { violationsOf } from './axe.ts'
import { type ConsoleHouse, choose, openConsole, settled, type Visit } from './console.ts'
import { ask } from './testing.ts'

/** Each page of the console, and what it takes to see it; `test` fails when the console has one that is not here. */
const pages: readonly { readonly path: string; readonly permission?: string }[] = [
  { path: '/people', permission: 'custody.read' },
  { path: '/people/$custody', permission: 'custody.read' },
  { path: '/people/$custody/act', permission: 'custody.read' },
  { path: '/people/$custody/act/$kind', permission: 'custody.read' },
  { path: '/people/$custody/sentence', permission: 'law.read' },
  { path: '/people/$custody/return', permission: 'return.issue' },
  { path: '/admissions', permission: 'custody.read' },
  { path: '/admit', permission: 'custody.record' },
  { path: '/admit/group', permission: 'custody.record' },
  { path: '/doubles', permission: 'person.read' },
  { path: '/law', permission: 'law.read' },
  { path: '/law/changes', permission: 'law.read' },
  { path: '/places', permission: 'place.read' },
  { path: '/places/$place', permission: 'place.read' },
  { path: '/watched' },
  { path: '/conditions' },
  { path: '/owed', permission: 'duty.read' },
  { path: '/findings', permission: 'finding.read' },
  { path: '/findings/$finding', permission: 'finding.read' },
  { path: '/rules/$rule', permission: 'finding.read' },
  { path: '/prove', permission: 'entry.read' },
  { path: '/prove/entries/$entry', permission: 'entry.read' },
  { path: '/prove/entries/$entry/correct', permission: 'entry.amend' },
  { path: '/prove/checkpoints', permission: 'log.read' },
  { path: '/prove/audit', permission: 'audit.run' },
  { path: '/verify' },
  { path: '/director', permission: 'roll.read' },
  { path: '/search/$search', permission: 'person.read' },
  { path: '/sessions' },
  { path: '/gallery', permission: 'token.manage' },
]

/** Each question of the navigation, and what it takes for it to stand there. */
const questions: Record<Question, string | undefined> = {
  who: 'custody.read',
  law: 'law.read',
  where: 'place.read',
  watched: undefined,
  conditions: undefined,
  owed: 'duty.read',
  wrong: 'finding.read',
  prove: 'entry.read',
}

const NOT_SEEN = /^(Su función no ve esto|Your role does not see this)$/

type Session = { readonly permissions: readonly string[] }
type Look = { readonly theme: 'light' | 'dark'; readonly language: 'es' | 'en' }
const LOOKS: readonly Look[] = [
  { theme: 'light', language: 'es' },
  { theme: 'light', language: 'en' },
  { theme: 'dark', language: 'en' },
  { theme: 'dark', language: 'es' },
]

/** Another address without loading everything anew, as a link of the console does it; the router says when it stands. */
async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate(async (to) => {
    const { __TSR_ROUTER__: router } = globalThis as unknown as {
      __TSR_ROUTER__: { navigate(to: { readonly to: string }): Promise<void> }
    }
    await router.navigate({ to })
  }, address)
  assert.equal(new URL(page.url()).pathname, address)
  await settled(page)
}

/** What stands in an element, without what differs from person to person: the same again is checked once. */
const shapeOf = (page: Page, selector: string): Promise<string> =>
  page.locator(selector).evaluate((element) => element.outerHTML.replaceAll(/\d+|[0-9a-f-]{36}/g, '#'))

/** Serious and critical violations in one element; each shape in each look is looked at once, whoever sees it. */
async function violationsIn(page: Page, selector: string, look: Look, seen: Set<string>): Promise<string[]> {
  const shape = `${look.theme} ${look.language} ${await shapeOf(page, selector)}`
  if (seen.has(shape)) return []
  seen.add(shape)
  return violationsOf(page, selector)
}

/** Ids for the addresses that name something. */
async function addressesOf(house: ConsoleHouse): Promise<(path: string) => string> {
  const oversight = await house.instance.json<{ token: string }>(['token', 'create', '--role', 'oversight'])
  const read = async (path: string) => {
    const { status, body } = await ask(house.server.url, oversight.token, path)
    assert.equal(status, 200, path)
    return body as Record<string, { id: string; kind: string; finding: string }[]>
  }
  const custody = house.custodies[0] as string
  const { entries } = await read(`/api/custodies/${custody}/entries`)
  const { findings } = await read('/api/findings')
  const { places } = await read('/api/facilities/TEC/places')
  const values: Record<string, string | undefined> = {
    custody,
    kind: 'presence.record',
    entry: entries?.at(-1)?.id,
    finding: findings?.[0]?.finding,
    rule: 'REG-02',
    place: places?.find(({ kind }) => kind === 'cell')?.id,
    search: '00000000-0000-4000-8000-000000000000',
  }
  return (path) =>
    path.replaceAll(/\$(\w+)/g, (_, name: string) => {
      assert.ok(values[name], name)
      return values[name]
    })
}

test('every role: its pages and no others', async (t) => {
  const house = await openConsole(t, 60)
  const at = await addressesOf(house)
  const seen = new Set<string>()

  await t.test('the table has every page of the console', async () => {
    const folder = fileURLToPath(new URL('../../web/pages/', import.meta.url))
    const routes = await Array.fromAsync(glob('*/route.ts', { cwd: folder }), (name) => readFile(folder + name, 'utf8'))
    const named = routes.flatMap((text) => [...text.matchAll(/path: addressOf\.(\w+)\(([^)]*)\)/g)])
    const built = named.map(([, name, given]) => {
      const params = [...(given ?? '').matchAll(/'([^']+)'/g)].map(([, param]) => param)
      return (addressOf[name as 'people'] as (...params: unknown[]) => string)(...params)
    })
    assert.deepEqual(built.sort(), pages.map(({ path }) => path).sort())
  })

  async function visitAll(role: OfficerRole): Promise<void> {
    const visit: Visit = await house.signIn(role, '/')
    const { page, context, errors } = visit
    page.setDefaultTimeout(30_000)
    const faults: string[] = []
    page.on('response', (answer) => {
      if (answer.status() >= 500) faults.push(`${answer.status()} ${new URL(answer.url()).pathname}`)
    })
    const { permissions } = (await page.evaluate(async () => (await fetch('/api/session')).json())) as Session
    const may = (permission: string | undefined) => permission === undefined || permissions.includes(permission)

    const shown = await page
      .locator('nav.left a.question')
      .evaluateAll((links) => links.map((a) => new URL((a as HTMLAnchorElement).href).pathname))
    const expected = QUESTIONS.filter((question) => may(questions[question])).length
    assert.equal(shown.length, expected, `${role}: ${shown}`)
    assert.doesNotMatch(
      (await page.locator('h1').textContent()) ?? '',
      NOT_SEEN,
      `${role} begins where it sees something`,
    )
    for (const look of LOOKS) {
      await choose(page, look)
      for (const part of ['.top', 'nav.left', '.strip'])
        assert.deepEqual(await violationsIn(page, part, look, seen), [], `${role}: ${part}`)
    }

    for (const [index, { path, permission }] of pages.entries()) {
      errors.length = 0
      await goTo(page, at(path))
      const where = `${role} at ${path}`
      const isSeen = may(permission)
      // Each page in one look a role, in turn: its own test looks at it in all four.
      const look = LOOKS[(OFFICER_ROLES.indexOf(role) + index) % LOOKS.length] as Look
      if (isSeen) {
        await choose(page, look)
        await settled(page)
      }
      assert.equal(await page.locator('h1').count(), 1, `${where}: one h1`)
      const title = (await page.locator('h1').textContent()) ?? ''
      assert.equal(NOT_SEEN.test(title), !isSeen, `${where}: ${title}`)
      if (isSeen) assert.deepEqual(await violationsIn(page, 'main', look, seen), [], `${where}, ${look.theme}`)
      const told = `${await page.title()} ${page.url()}`
      for (const surname of house.surnames) assert.ok(!told.includes(surname), `${where}: a name stands in ${told}`)
      // A search of nobody's, and whom these roles were not granted, are answered as what is not there.
      const isNobodys = path === '/search/$search' || (GRANTED_ROLES as readonly string[]).includes(role)
      assert.deepEqual(
        errors.filter((words) => !(isNobodys && words.includes('404'))),
        [],
        where,
      )
    }
    assert.deepEqual(faults, [], role)
    await context.close()
  }

  const waiting = [...OFFICER_ROLES]
  await Promise.all(
    [1, 2].map(async () => {
      for (let role = waiting.shift(); role !== undefined; role = waiting.shift()) {
        const name = role
        await t.test(name, () => visitAll(name))
      }
    }),
  )

  await t.test(
    'what is used on handhelds: 360 px, 320 px, and 200 %: nothing but tables is wider than the screen',
    async () => {
      const { page, context } = await house.signIn('module-officer', '/people')
      page.setDefaultTimeout(30_000)
      const { permissions } = (await page.evaluate(async () => (await fetch('/api/session')).json())) as Session
      const wider: string[] = []
      for (const { path, permission } of pages) {
        if (permission !== undefined && !permissions.includes(permission)) continue
        await goTo(page, at(path))
        for (const [width, height] of [
          [360, 740],
          [320, 640],
          // Half of 1280: a page at 200 %.
          [640, 400],
        ] as const) {
          await page.setViewportSize({ width, height })
          const [wide = 0, main = 0] = await page.evaluate(() => {
            const inner = document.querySelector('main')
            return [
              document.documentElement.scrollWidth - innerWidth,
              inner === null ? 0 : inner.scrollWidth - inner.clientWidth,
            ]
          })
          if (wide > 0 || main > 0) wider.push(`${path} at ${width}: ${wide}, ${main}`)
        }
      }
      assert.deepEqual(wider, [])
      await context.close()
    },
  )
})
