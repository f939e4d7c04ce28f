import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { enterIssued } from '../../access/issued.ts'
import { findPrincipal } from '../../access/tokens.ts'
import { makeReturn } from '../../custody/return/make.ts'
import { makeNotHeld } from '../../custody/return/not-held.ts'
import { makeReturnPdf } from '../../custody/return/pdf/make.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { InstantText } from '../../kernel/time.ts'
import { mayKnowSealed } from '../../oversight/read.ts'
import { serviceActor } from '../../record/house-keeping.ts'
import type { Context } from '../context.ts'
import { CommandFailed, refusalText } from '../failures.ts'
import type { House } from '../house.ts'
import type { ReturnFlags } from '../house-flags.ts'
import { count, nearPath, table } from '../terminal.ts'
import { withHouse } from '../with-house.ts'

export async function answerWrit(this: Context, flags: ReturnFlags, registerNumber?: string): Promise<void> {
  const { terminal } = this
  const at = flags.at === undefined ? undefined : instantOf('--at', flags.at)
  const known = flags.known === undefined ? undefined : knownOf(flags.known)
  if ((registerNumber === undefined) === (flags.notHeld === undefined)) {
    throw new CommandFailed('Give a register number, or a file of names with --not-held.')
  }
  if (flags.notHeld !== undefined && known !== undefined)
    throw new CommandFailed('--known goes with a register number.')
  if (flags.notMeant !== undefined && flags.notHeld === undefined)
    throw new CommandFailed('--not-meant goes with --not-held.')
  const searched = flags.notHeld === undefined ? undefined : await readSearched(flags.notHeld)
  const notMeant = flags.notMeant?.split(',').map((number) => number.trim())
  const { made, policy } = await withHouse(this, async (house) => {
    const answer = searched
      ? await makeNotHeld(house, {
          ...searched,
          audience: flags.audience,
          ...(notMeant !== undefined && { notMeant }),
          ...(at !== undefined && { at }),
        })
      : await makeReturn(house, {
          registerNumber: registerNumber as string,
          audience: flags.audience,
          mayKnowSealed: await isToldOfSealed(this.env.HABEAS_TOKEN, house),
          ...(at !== undefined && { at }),
          ...(known !== undefined && { known }),
        })
    const policy = nearPath(join(house.config.dataFolder, 'trust.policy'))
    if (isRefusal(answer)) return { made: answer, policy }
    const { registerNumber: number, at: answered } = answer.summary
    const issued = {
      actor: serviceActor,
      registerNumber: number,
      audience: flags.audience,
      at: answered,
      bytes: answer.bytes,
      ...(known !== undefined && { known }),
    }
    return { made: (await enterIssued(house, issued)) ?? answer, policy }
  })
  if (isRefusal(made)) {
    if (flags.json) terminal.say(JSON.stringify(made))
    else terminal.note(refusalText(made, terminal))
    return this.end('refused')
  }
  const file = flags.out ?? `return-${(registerNumber ?? 'not-held').replaceAll(/[^A-Za-z0-9-]/g, '_')}.json`
  await writeFile(file, made.bytes)
  const pdf = flags.pdf ? `${file.replace(/\.json$/, '')}.pdf` : undefined
  if (pdf !== undefined) await writeFile(pdf, await makeReturnPdf(made.bytes, { language: terminal.language }))
  const { summary } = made
  const tally = { proven: 0, attested: 0, 'not-proven': 0 }
  for (const { state } of summary.statements) tally[state]++
  if (flags.json) {
    const { statements: _statements, ...told } = summary
    return terminal.say(
      JSON.stringify({ file, ...(pdf !== undefined && { pdf }), bytes: made.bytes.length, ...told, statements: tally }),
    )
  }
  const words = WORDS[terminal.language]
  const missing = summary.statements.find(({ id }) => id === 'missing')?.value
  const notKnown = [...summary.unknown, ...(Array.isArray(missing) ? missing.map(String) : [])]
  const rows = [
    [
      words.held,
      `${summary.held ? words.yes : words.no}  (${summary.registerNumber || words.searched}, ${summary.at.slice(0, 19)}Z)`,
    ],
    [words.basis, summary.basis],
    [words.where, summary.where],
    [words.unknown, notKnown.length === 0 ? '–' : notKnown.join(', ')],
    [
      words.statements,
      `${count(tally.proven)} ${words.proven}, ${count(tally.attested)} ${words.attested}, ${count(tally['not-proven'])} ${words.notProven}, ${words.size} ${count(summary.size)}`,
    ],
  ] as const
  terminal.say(table(rows, 0))
  terminal.say(
    `\n${file}${pdf === undefined ? '' : `\n${pdf}`}\n${words.next} npm run habeas -- verify ${file} --trust ${policy}`,
  )
}

/** Without a token it is the facility that asks, to which a sealed custody does not exist. */
async function isToldOfSealed(token: string | undefined, { database, clock }: House): Promise<boolean> {
  const principal = token === undefined ? undefined : await findPrincipal(database, clock, token)
  return principal !== undefined && mayKnowSealed(principal)
}

const WORDS = {
  en: {
    held: 'Held',
    yes: 'yes',
    no: 'no',
    basis: 'By what law',
    where: 'Where',
    unknown: 'Not known',
    statements: 'Statements',
    proven: 'proven',
    attested: 'attested',
    notProven: 'not proven',
    searched: 'names and numbers searched',
    size: 'under a signed tree of',
    next: 'Check it:',
  },
  es: {
    held: 'Detenida',
    yes: 'sí',
    no: 'no',
    basis: 'Base legal',
    where: 'Dónde',
    unknown: 'No se sabe',
    statements: 'Afirmaciones',
    proven: 'probadas',
    attested: 'atestiguadas',
    notProven: 'no probadas',
    searched: 'nombres y números buscados',
    size: 'bajo un árbol firmado de',
    next: 'Compruébelo:',
  },
} as const

/** A name or number a line; what has a digit is a number. */
async function readSearched(file: string): Promise<{ names: string[]; numbers: string[] }> {
  const lines = (await readFile(file, 'utf8')).split('\n').map((line) => line.trim())
  const said = lines.filter((line) => line !== '')
  if (said.length === 0) throw new CommandFailed(`${file} has no name and no number.`)
  return { names: said.filter((line) => !/\d/.test(line)), numbers: said.filter((line) => /\d/.test(line)) }
}

function instantOf(flag: string, text: string): string {
  const parsed = InstantText.safeParse(text)
  if (!parsed.success) throw new CommandFailed(`${flag} is an instant like 2026-03-01T12:00:00Z, with its offset or Z.`)
  return parsed.data
}

const knownOf = (text: string): number | string => (/^\d{1,15}$/.test(text) ? Number(text) : instantOf('--known', text))
