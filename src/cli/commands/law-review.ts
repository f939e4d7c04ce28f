import { findPrincipal } from '../../access/tokens.ts'
import { timeId } from '../../kernel/ids.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { findPack } from '../../law/packs/index.ts'
import type { LawChange, LawPack } from '../../law/packs/registry.ts'
import { reviewLaw } from '../../law/sentences/acts.ts'
import { type Mover, type ReviewPage, reviewAll } from '../../law/sentences/review.ts'
import type { Context } from '../context.ts'
import { CommandFailed, refusalText } from '../failures.ts'
import type { House } from '../house.ts'
import type { LawReviewFlags } from '../house-flags.ts'
import { count } from '../terminal.ts'
import { withHouse } from '../with-house.ts'

/** Everybody held is recomputed before and after a change of law. With `--record` somebody answers for having looked. */
export async function reviewChange(this: Context, flags: LawReviewFlags): Promise<void> {
  const { terminal } = this
  const { pack, change } = changeOf(flags)
  const ended = await withHouse(this, async (house) => {
    const at = house.clock.now().toString()
    const [row] = await house.database.rows<{ cases: number }>(
      'select count(*)::integer as cases from sentence_case where pack = $1',
      [pack.id],
    )
    const bar = terminal.bar(pack.id, row?.cases ?? 0, terminal.words({ en: 'cases', es: 'casos' }))
    let last: ReviewPage | undefined
    const asked = { pack: pack.id, change: change.id, at, facility: flags.record }
    for await (const page of reviewAll(house.database, asked)) {
      for (const mover of page.movers) tellMover(this, flags.json, mover)
      bar.to(page.counts.examined)
      last = page
    }
    bar.stop()
    const refused =
      flags.record === undefined || !last ? undefined : await enter(this, house, flags, pack, change, last)
    return { last, refused }
  })
  if (ended.refused) {
    terminal.note(refusalText(ended.refused, terminal))
    return this.end('refused')
  }
  const { counts, digest } = ended.last ?? { counts: undefined, digest: '' }
  if (flags.json) terminal.say(JSON.stringify({ pack: pack.id, change: change.id, counts, digest }))
  else if (counts)
    terminal.say(
      terminal.words({
        en: `${change.commences}  ${change.says.en}\n${count(counts.examined)} cases, ${count(counts.moved)} move: ${count(counts.earlier)} earlier, ${count(counts.later)} later, ${count(counts.refused)} refused. List ${digest.slice(0, 16)}`,
        es: `${change.commences}  ${change.says.es}\n${count(counts.examined)} casos, ${count(counts.moved)} se mueven: ${count(counts.earlier)} antes, ${count(counts.later)} después, ${count(counts.refused)} rechazados. Lista ${digest.slice(0, 16)}`,
      }),
    )
}

function changeOf({ pack: id, from }: LawReviewFlags): { pack: LawPack; change: LawChange } {
  const pack = findPack(id)
  if (pack === undefined) throw new CommandFailed(`There is no pack ${id}.`, 'refused')
  const change = pack.changes.find(({ commences }) => commences === from)
  if (change === undefined) {
    const known = pack.changes.map(({ commences }) => commences).join(', ')
    throw new CommandFailed(
      `The pack ${id} knows of no change that commences on ${from}. It knows: ${known}.`,
      'refused',
    )
  }
  return { pack, change }
}

function tellMover({ terminal }: Context, json: boolean, mover: Mover): void {
  if (json) {
    terminal.say(JSON.stringify(mover))
    return
  }
  for (const { type, before, after, refused, because } of mover.dates) {
    const step = because?.after ?? because?.before
    const why = refused ?? (step === undefined || step === null ? '' : terminal.words(step.says))
    terminal.say(`${mover.registerNumber ?? mover.custody}  ${type}  ${before ?? '–'} → ${after ?? '–'}  ${why}`)
  }
}

async function enter(
  { env }: Context,
  { database, clock, runner }: House,
  { record: facility }: LawReviewFlags,
  pack: LawPack,
  change: LawChange,
  { counts, digest }: ReviewPage,
): Promise<Refusal | undefined> {
  const principal = env.HABEAS_TOKEN === undefined ? undefined : await findPrincipal(database, clock, env.HABEAS_TOKEN)
  if (!principal) throw new CommandFailed('Put the token of the officer who reviewed it into HABEAS_TOKEN.', 'refused')
  const legal = {
    pack: pack.id,
    change: change.id,
    commences: change.commences,
    after: pack.hash,
    list: digest,
    counts,
  }
  const data = reviewLaw.data.parse({ place: { facility }, legal }) as Parameters<typeof runner.submit>[0]['data']
  const id = timeId(clock.now())
  const outcome = await runner.submit({
    id,
    part: 0,
    kind: reviewLaw,
    data,
    occurredAt: { at: clock.now().toString({ smallestUnit: 'millisecond' }), precision: 'second', zone: 'UTC' },
    via: 'console',
    actor: { officer: principal.officer, role: principal.role },
    mac: Buffer.from(id),
  })
  return isRefusal(outcome) ? outcome : undefined
}
