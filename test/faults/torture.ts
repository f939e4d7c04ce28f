// `npm run torture -- --rounds N [--seed S]`: a house at work, and each round something terrible happens to it. The last
// line says what was acknowledged and what of it was lost. The same seed makes the same faults at the same places; the
// moments at which they strike are the machine's.
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { timeId } from '../../src/kernel/ids.ts'
import { type Random, randomOf } from '../../src/simulate/random.ts'
import { load, type Sent } from '../e2e/load.ts'
import { ask, custodiesOf, noteAbout } from '../e2e/testing.ts'
import { look } from './invariants.ts'
import { type Fault, faults, type Happened, type Round } from './torture-faults.ts'
import { TortureHouse } from './torture-house.ts'

const PEOPLE = 20
const CALLERS = 6

export type TortureOptions = {
  readonly rounds: number
  readonly seed: number
  readonly say: (line: string) => void
  /** Only these kinds of fault, by a word of their names. */
  readonly only?: string
}

export type TortureResult = {
  readonly rounds: number
  readonly acknowledged: number
  readonly lost: number
  readonly gaps: number
  readonly entries: number
  readonly checkpoints: number
  /** What else was not as it must be, with its round. */
  readonly wrong: readonly string[]
}

/** Every kind once in a random order, then again: twenty rounds meet each. */
function* deck(random: Random, only: string | undefined): Generator<Fault> {
  const kinds = only === undefined ? faults : faults.filter(({ name }) => name.includes(only))
  if (kinds.length === 0) throw new Error(`there is no fault with "${only}" in its name`)
  for (;;) {
    const left = [...kinds]
    while (left.length > 0) yield left.splice(random.int(0, left.length - 1), 1)[0] as Fault
  }
}

/** What officers do all day: facts about people who are held. */
function actOf(i: number, custody: string) {
  const id = timeId()
  const about = noteAbout(custody, `Note ${i}.`, id)
  const with_ = (kind: string, data: object) => ({
    kind,
    body: { ...about, data: { person: { custody }, ...data } } as unknown as typeof about,
  })
  if (i % 5 === 1) return with_('custody.classify', { act: { field: 'level', value: `L${i % 7}` } })
  if (i % 5 === 3) return with_('presence.record', { place: { state: 'between' }, act: { because: 'moved' } })
  return { kind: 'note.add', body: about }
}

export async function torture(options: TortureOptions): Promise<TortureResult> {
  const ends: (() => Promise<void>)[] = []
  try {
    return await tortureHouse(await TortureHouse.open({ after: (end) => void ends.push(end) }, PEOPLE), options)
  } finally {
    for (const end of ends.reverse()) await end()
  }
}

async function tortureHouse(house: TortureHouse, { rounds, seed, say, only }: TortureOptions): Promise<TortureResult> {
  const server = await house.ensureServer()
  const { token } = await house.instance.json<{ token: string }>(['token', 'create', '--role', 'registrar'], house.env)
  const custodies = await custodiesOf(server.url, token, PEOPLE)
  const random = randomOf(seed)
  const kinds = deck(random, only)
  const all: Sent = { acknowledged: [], unanswered: [] }
  const [lost, gaps] = [new Set<string>(), new Set<string>()]
  const wrong: string[] = []
  let [entries, checkpoints] = [0, 0]

  for (let number = 1; number <= rounds; number++) {
    const fault = kinds.next().value as Fault
    const began = performance.now()
    await house.ensureServer()
    const before = all.acknowledged.length
    const endless = house.endless.length
    const happened = await during(house, token, custodies, all, (round) => fault.happen(round), random)
    if (happened.wrong !== undefined) wrong.push(`round ${number}, ${fault.name}: ${happened.wrong}`)

    await house.ensurePostgres()
    await house.ensureServer()
    await sendAgain(house, token, all)
    if (!(await house.isSigned(30_000))) wrong.push(`round ${number}, ${fault.name}: (e) not signed within 30 s`)
    const verdict = await look({
      record: await house.auditor(),
      database: house.direct,
      keys: await house.logKeys(),
      acknowledged: all.acknowledged.map(({ id, entry }) => ({ act: id, entry })),
      isAtWork: true,
    })
    for (const act of verdict.lost) lost.add(act)
    for (const gap of verdict.gaps) gaps.add(gap)
    for (const what of verdict.wrong) wrong.push(`round ${number}, ${fault.name}: ${what}`)
    ;({ entries, checkpoints } = verdict)
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    const fresh = all.acknowledged.length - before
    for (const how of house.endless.slice(endless)) say(`a recovery did not end, killed once more:\n  ${how}`)
    say(`round ${number}: ${fault.name}: ${happened.says}; ${fresh} acknowledged, ${entries} entries, ${seconds} s`)
  }
  await house.endServer('SIGTERM')
  return {
    rounds,
    acknowledged: all.acknowledged.length,
    lost: lost.size,
    gaps: gaps.size,
    entries,
    checkpoints,
    wrong,
  }
}

/** Something happens while officers work. They send what got no answer again, until the round is over. */
async function during(
  house: TortureHouse,
  token: string,
  custodies: readonly string[],
  all: Sent,
  happen: (round: Round) => Promise<Happened>,
  random: Random,
): Promise<Happened> {
  let isOver = false
  const loading = load(() => house.url, token, custodies, all, { callers: CALLERS, actOf, isOver: () => isOver })
  // Whoever waits for it hears of it; until then Node must not take it for one that nobody handles.
  loading.catch(() => undefined)
  const endLoad = async () => {
    isOver = true
    await loading
  }
  try {
    return await happen({
      house,
      random,
      sent: all,
      acknowledgedSoFar: () => all,
      endLoad,
      async untilAcknowledged(more, withinMs = 15_000) {
        const wanted = all.acknowledged.length + more
        const deadline = performance.now() + withinMs
        while (all.acknowledged.length < wanted && performance.now() < deadline) await sleep(5)
        return all.acknowledged.length >= wanted
      },
    })
  } finally {
    isOver = true
    await loading
  }
}

/** What got no answer is sent again, the same: recorded now, or repeated with its first receipt. */
async function sendAgain(house: TortureHouse, token: string, all: Sent): Promise<void> {
  for (const { id, custody, kind, body } of all.unanswered.splice(0)) {
    let answer = await ask(house.url, token, `/api/acts/${kind}`, body)
    for (let tries = 0; answer.status >= 500 && tries < 200; tries++) {
      await sleep(50)
      answer = await ask(house.url, token, `/api/acts/${kind}`, body)
    }
    if (answer.status !== 200 && answer.status !== 201) throw new Error(`not taken: ${JSON.stringify(answer.body)}`)
    all.acknowledged.push({ id, custody, ...(answer.body as { entry: string; nth: number }) })
  }
}

export const lastLine = ({ rounds, acknowledged, lost, gaps }: TortureResult): string =>
  `rounds ${rounds}, acknowledged ${acknowledged}, lost ${lost}, gaps ${gaps}`

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: { rounds: { type: 'string', default: '100' }, seed: { type: 'string' }, only: { type: 'string' } },
  })
  const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9))
  console.log(`seed ${seed}`)
  const { only } = values
  const result = await torture({
    rounds: Number(values.rounds),
    seed,
    say: (line) => console.log(line),
    ...(only !== undefined && { only }),
  })
  for (const what of result.wrong) console.log(`WRONG ${what}`)
  console.log(`${result.entries} entries, ${result.checkpoints} checkpoints, each consistent with the tree after it`)
  console.log(lastLine(result))
  process.exitCode = result.lost + result.gaps + result.wrong.length === 0 ? 0 : 1
}
