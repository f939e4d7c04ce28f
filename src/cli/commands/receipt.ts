import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { refuseAccess } from '../../access/refusals.ts'
import { entriesOfAct, findPublished, makeEntrySdJwt, makeReceiptFile } from '../../custody/return.ts'
import { base64 } from '../../kernel/bytes.ts'
import { Uuid } from '../../kernel/ids.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import type { Context } from '../context.ts'
import { CommandFailed, refusalText } from '../failures.ts'
import type { House } from '../house.ts'
import type { ReceiptFlags } from '../house-flags.ts'
import { nearPath } from '../terminal.ts'
import { withHouse } from '../with-house.ts'

type Handed = { readonly entry: string; readonly file: string; readonly content: string }

/** The entries that publish the house's own keys can be asked for by these words: nobody knows their ids. */
const KEY_WORDS = { 'promise-key': 'promise', 'custodian-key': 'custodian' } as const

export async function handOut(this: Context, flags: ReceiptFlags, asked: string): Promise<void> {
  const { terminal } = this
  if (!(asked in KEY_WORDS) && !Uuid.safeParse(asked).success)
    throw new CommandFailed('Give the id of an entry or of an act, or one of promise-key, custodian-key.')
  const { made, policy } = await withHouse(this, async (house) => ({
    made: await makeAll(house, flags, asked),
    policy: nearPath(join(house.config.dataFolder, 'trust.policy')),
  }))
  if (isRefusal(made)) {
    if (flags.json) terminal.say(JSON.stringify(made))
    else terminal.note(refusalText(made, terminal))
    return this.end('refused')
  }
  for (const { file, content } of made) await writeFile(file, content)
  if (flags.json) return terminal.say(JSON.stringify({ files: made.map(({ entry, file }) => ({ entry, file })) }))
  const key = flags.sdJwt ? ' --custodian-key FILE' : ''
  for (const { file } of made) terminal.say(file)
  terminal.say(`${terminal.words(next)} npm run habeas -- verify ${(made[0] as Handed).file} --trust ${policy}${key}`)
}

const next = { en: 'Check it:', es: 'Compruébelo:' }

async function makeAll(house: House, flags: ReceiptFlags, asked: string): Promise<Handed[] | Refusal> {
  const use = KEY_WORDS[asked as keyof typeof KEY_WORDS]
  const entries = use === undefined ? await entriesOfAct(house, asked) : await entryOfKey(house, use)
  if (entries.length === 0) return refuseAccess('no-such-entry')
  if (entries.length > 1 && flags.out !== undefined)
    throw new CommandFailed(`This act became ${entries.length} entries: leave --out away, each gets a file.`)
  // A key is of use to nobody unless it is shown.
  const sections = flags.sections ?? (flags.as === undefined && use === undefined ? [] : undefined)
  const opening = { audience: flags.as ?? 'court', ...(sections !== undefined && { sections }) } as const
  const handed: Handed[] = []
  for (const entry of entries) {
    const content = await makeOne(house, flags.sdJwt, { entry, ...opening })
    if (isRefusal(content)) return content
    const name = use === undefined ? entry : asked
    const own = flags.sdJwt
      ? `entry-${name}.sd-jwt`
      : use === undefined
        ? `receipt-${name}.tlog-proof`
        : `${name}.tlog-proof`
    handed.push({ entry, file: flags.out ?? own, content })
  }
  return handed
}

async function makeOne(
  house: House,
  asSdJwt: boolean,
  request: Parameters<typeof makeReceiptFile>[1],
): Promise<string | Refusal> {
  if (asSdJwt) return makeEntrySdJwt(house, request)
  const early = await makeReceiptFile(house, request)
  if (!isRefusal(early) || early.code !== 'not-yet-in-tree') return early
  await house.settle()
  return makeReceiptFile(house, request)
}

async function entryOfKey(house: House, use: 'promise' | 'custodian'): Promise<string[]> {
  const entry = await findPublished(house, use, base64(house.signerKeys[use].ed25519))
  return entry === undefined ? [] : [entry.id]
}
