import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { findPrincipal } from '../../access/tokens.ts'
import { findCustody } from '../../custody/read.ts'
import { resolveGone } from '../../intake/resolve-gone.ts'
import type { Act, ActKind, Actor } from '../../kernel/act.ts'
import { derivedId, timeId } from '../../kernel/ids.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { expunge, seal, type Target, unseal } from '../../oversight/acts.ts'
import { openSealedKey } from '../../oversight/effects.ts'
import { loadKeys, openEntry, STORED, type StoredEntry } from '../../record/open.ts'
import type { Outcome } from '../../record/runner.ts'
import { backupsHeld, tellBackups } from '../backups-held.ts'
import type { Context } from '../context.ts'
import { CommandFailed, refusalText } from '../failures.ts'
import type { House } from '../house.ts'
import type { ExpungeFlags, ResolveGoneFlags, SealFlags } from '../house-flags.ts'
import { count } from '../terminal.ts'
import { withHouse } from '../with-house.ts'

/** Who carries out an order of a court says so with a token: it is an officer's act, not the machine's. */
const TOKEN = 'HABEAS_TOKEN'

const Keys = z.strictObject({ x25519: z.string(), mlkem768: z.string() })

export async function expungeByOrder(this: Context, flags: ExpungeFlags, registerNumber: string): Promise<void> {
  const { outcome, backups } = await withHouse(this, async (house) => {
    const actor = await officerOf(this, house)
    const custody = await custodyOf(house, registerNumber)
    // Before anything is done: a list that cannot be read is mended first.
    const backups = await backupsHeld(house, house.clock.now().toString())
    const expunged = await proposedTargets(house, flags.proposal)
    const data = { person: { custody, expunged }, act: { proposal: flags.proposal } }
    return { outcome: await house.runner.submit(actOf(house, expunge, actor, data)), backups }
  })
  if (flags.json && !isRefusal(outcome)) return this.terminal.say(JSON.stringify({ ...outcome, backups }))
  tell(this, flags.json, outcome, {
    en: 'Expunged. Now run habeas scrub.',
    es: 'Suprimido. Ahora ejecute habeas scrub.',
  })
  if (!isRefusal(outcome)) tellBackups(this, backups)
}

export async function sealForCourt(this: Context, flags: SealFlags, registerNumber: string): Promise<void> {
  const outcome = await withHouse(this, async (house) => {
    const actor = await officerOf(this, house)
    const custody = await custodyOf(house, registerNumber)
    const [legal, recipient] = [await readJson(flags.order), await readKeys(flags.key)]
    return house.runner.submit(actOf(house, seal, actor, { person: { custody }, legal, act: { recipient } }))
  })
  tell(this, flags.json, outcome, {
    en: 'Sealed: only the court can open it again.',
    es: 'Sellada: solo el tribunal puede abrirla de nuevo.',
  })
}

/** The register of a sealed custody is empty, so it is named by its id. */
export async function unsealByCourt(this: Context, flags: SealFlags, custody: string): Promise<void> {
  const outcome = await withHouse(this, async (house) => {
    const actor = await officerOf(this, house)
    const [legal, court] = [await readJson(flags.order), await readKeys(flags.key)]
    if (!(await openSealedKey(house.record, house.expunger, custody, court))) {
      throw new CommandFailed(
        this.terminal.words({ en: 'This custody is not sealed.', es: 'Esta custodia no está sellada.' }),
      )
    }
    const reason = 'opened by the court that had it sealed'
    return house.runner.submit(actOf(house, unseal, actor, { person: { custody }, legal, act: { reason } }))
  })
  tell(this, flags.json, outcome, { en: 'Open again.', es: 'Abierta de nuevo.' })
}

export async function resolveGoneFrom(this: Context, flags: ResolveGoneFlags, facility: string): Promise<void> {
  const { terminal } = this
  const resolved = await withHouse(this, async (house) => {
    const actor = await officerOf(this, house)
    const port = { database: house.owner, clock: house.clock, actor, appendBulk: house.appendBulk }
    return resolveGone(port, { facility, until: flags.until, reason: flags.reason })
  })
  if (isRefusal(resolved)) {
    terminal.note(refusalText(resolved, terminal))
    return this.end('refused')
  }
  if (flags.json) return terminal.say(JSON.stringify(resolved))
  const people = count(resolved.departed)
  terminal.say(
    terminal.words({
      en: `${people} entered as departed, nobody knows how.`,
      es: `${people} asentadas como salidas, no se sabe cómo.`,
    }),
  )
}

async function officerOf({ env, terminal }: Context, { database, clock }: House): Promise<Actor> {
  const principal = env[TOKEN] === undefined ? undefined : await findPrincipal(database, clock, env[TOKEN])
  if (principal) return { officer: principal.officer, role: principal.role }
  throw new CommandFailed(
    terminal.words({
      en: `Put the token of the officer who does this into ${TOKEN}.`,
      es: `Ponga en ${TOKEN} el token de quien hace esto.`,
    }),
    'refused',
  )
}

async function custodyOf({ database }: House, registerNumber: string): Promise<string> {
  const found = await findCustody(database, registerNumber)
  if (!found) throw new CommandFailed(`There is no custody ${registerNumber}.`, 'refused')
  return found.custody
}

async function proposedTargets({ database, record }: House, proposal: string): Promise<readonly Target[]> {
  const [stored] = await database.rows<StoredEntry>(
    `select ${STORED} from entry where id = $1 and kind = 'expunge.propose'`,
    [proposal],
  )
  if (!stored) throw new CommandFailed(`There is no proposal ${proposal}.`, 'refused')
  await loadKeys(database, record.keys, [stored])
  return (openEntry(stored, record).sections.act?.targets ?? []) as Target[]
}

const readJson = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, 'utf8'))

async function readKeys(path: string): Promise<z.infer<typeof Keys>> {
  const parsed = Keys.safeParse(await readJson(path))
  if (!parsed.success) throw new CommandFailed(`${path} is no key file {x25519, mlkem768}.`)
  return parsed.data
}

function actOf({ clock }: House, kind: ActKind, actor: Actor, data: unknown): Act {
  const parsed = kind.data.safeParse(data)
  if (!parsed.success) throw new CommandFailed(z.prettifyError(parsed.error))
  const id = timeId(clock.now())
  return {
    id,
    part: 0,
    kind,
    data: parsed.data as Act['data'],
    occurredAt: { at: clock.now().toString({ smallestUnit: 'millisecond' }), precision: 'second', zone: 'UTC' },
    via: 'console',
    actor,
    mac: Buffer.from(derivedId('command', id)),
  }
}

function tell({ terminal, end }: Context, json: boolean, outcome: Outcome, words: { en: string; es: string }): void {
  if (json) terminal.say(JSON.stringify(outcome))
  else if (isRefusal(outcome)) terminal.note(refusalText(outcome, terminal))
  else terminal.say(terminal.words(words))
  if (isRefusal(outcome)) end('refused')
}
