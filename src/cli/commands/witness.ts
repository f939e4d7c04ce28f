import { TrustPolicyWrong } from '../../platform/trust-policy.ts'
import { exportRequestFile, importResponseFile } from '../../platform/witness-files.ts'
import type { Context } from '../context.ts'
import { CommandFailed } from '../failures.ts'
import type { Json } from '../flags.ts'
import type { House } from '../house.ts'
import type { WitnessAddFlags, WitnessExportFlags } from '../house-flags.ts'
import { withHouse } from '../with-house.ts'

export async function addOne(
  this: Context,
  flags: WitnessAddFlags,
  name: string,
  url: string,
  key: string,
  second?: string,
): Promise<void> {
  const { terminal } = this
  const policy = await withHouse(this, async ({ trustPolicy }) => {
    try {
      return await trustPolicy.addWitness({
        name,
        keys: second === undefined ? [key] : [key, second],
        ...(url !== '-' && { url }),
        ...(flags.quorum !== undefined && { quorum: flags.quorum }),
      })
    } catch (error) {
      if (error instanceof TrustPolicyWrong) throw new CommandFailed(error.message, 'refused')
      throw error
    }
  })
  const names = policy.witnesses.map((witness) => witness.name)
  if (flags.json) return terminal.say(JSON.stringify({ witnesses: names, quorum: policy.quorum }))
  terminal.say(
    terminal.words({
      en: `Witnesses: ${names.join(', ')}. Quorum: ${policy.quorum}. Give the new trust.policy to whoever verifies.`,
      es: `Testigos: ${names.join(', ')}. Quórum: ${policy.quorum}. Dé el nuevo trust.policy a quien verifique.`,
    }),
  )
}

export async function askAll(this: Context, { json }: Json): Promise<void> {
  const { terminal } = this
  const reports = await withHouse(this, async ({ settle, witnesses }) => {
    await settle()
    return witnesses.ask()
  })
  if (json) return terminal.say(JSON.stringify(reports))
  for (const report of reports) terminal.say(`${report.witness}: ${report.outcome}`)
  if (reports.length === 0)
    terminal.note(
      terminal.words({ en: 'No witness yet: habeas witness add', es: 'Aún sin testigos: habeas witness add' }),
    )
}

export async function exportFor(this: Context, flags: WitnessExportFlags, name: string, file: string): Promise<void> {
  const { terminal } = this
  const made = await withHouse(this, async (house) =>
    exportRequestFile(await exchangeOf(house), name, file, flags.from),
  )
  if ('problem' in made) throw new CommandFailed(made.problem, 'refused')
  if (flags.json) return terminal.say(JSON.stringify(made))
  terminal.say(
    terminal.words({
      en: `${file}: from size ${made.oldSize} to ${made.size}. Carry it to the witness: habeas-witness --once ${file} RESPONSE`,
      es: `${file}: del tamaño ${made.oldSize} al ${made.size}. Llévelo al testigo: habeas-witness --once ${file} RESPUESTA`,
    }),
  )
}

export async function importFrom(this: Context, { json }: Json, request: string, response: string): Promise<void> {
  const { terminal } = this
  const report = await withHouse(this, async (house) =>
    importResponseFile({ ...(await exchangeOf(house)), clock: house.clock }, request, response),
  )
  if ('problem' in report) throw new CommandFailed(report.problem, 'refused')
  terminal.say(json ? JSON.stringify(report) : `${report.witness}: ${report.outcome}`)
}

const exchangeOf = async ({ sequencerDatabase, trustPolicy }: House) => ({
  sql: sequencerDatabase,
  policy: await trustPolicy.get(),
})
