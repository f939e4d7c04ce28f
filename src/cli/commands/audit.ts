import { isDamage } from '../../kernel/database-errors.ts'
import { type AuditProblem, audit } from '../../record/audit.ts'
import { findFalseCosignatures } from '../../record/heads.ts'
import { logVerifierKeys } from '../../signer/client.ts'
import type { Context } from '../context.ts'
import type { Json } from '../flags.ts'
import { entryCount } from '../house.ts'
import { count } from '../terminal.ts'
import { withHouse } from '../with-house.ts'

const PROBLEMS_SHOWN = 20

export async function auditRecord(this: Context, { json }: Json): Promise<void> {
  const { terminal } = this
  const result = await withHouse(this, async (house) => {
    const damage: AuditProblem[] = []
    const whereReadable = async <T>(look: () => Promise<T>): Promise<T | undefined> => {
      try {
        return await look()
      } catch (error) {
        if (!isDamage(error)) throw error
        damage.push({ what: 'page-unreadable', details: (error as Error).message })
        return undefined
      }
    }
    await whereReadable(() => house.settle())
    const bar = terminal.bar('audit', (await whereReadable(() => entryCount(house.database))) ?? 0, 'entries')
    try {
      const keys = logVerifierKeys(house.config.origin, house.signerKeys)
      const checked = await audit(house.record, house.owner, keys, bar.to)
      const policy = await house.trustPolicy.get()
      const lines = (await whereReadable(() => findFalseCosignatures(house.owner, policy))) ?? []
      const falseLines = lines.map(({ size, witness }) => ({
        what: 'cosignature-false',
        index: size,
        details: witness,
      }))
      // The same page may have been met on the way to the record too.
      const others = damage.filter(({ details }) => !checked.problems.some((problem) => problem.details === details))
      return { ...checked, problems: [...others, ...checked.problems, ...falseLines] as AuditProblem[] }
    } finally {
      bar.stop()
    }
  })
  const { entries, checkpoints, problems } = result
  if (json) terminal.say(JSON.stringify(result))
  else {
    const checked = `${count(entries)} entries, ${count(checkpoints)} checkpoints`
    const holds = { en: `All holds: ${checked}.`, es: `Todo se cumple: ${checked}.` }
    const broken = {
      en: `${count(problems.length)} things do not hold (${checked}):`,
      es: `${count(problems.length)} cosas no se cumplen (${checked}):`,
    }
    terminal.say(terminal.words(problems.length === 0 ? holds : broken))
    for (const { what, index, entry, details } of problems.slice(0, PROBLEMS_SHOWN)) {
      const place = [
        index === undefined ? '' : `index ${index}`,
        entry === undefined ? '' : `entry ${entry}`,
        details ?? '',
      ]
      terminal.say(`  ${what}  ${place.filter((part) => part !== '').join('  ')}`)
    }
    if (problems.length > PROBLEMS_SHOWN)
      terminal.say(`  … ${count(problems.length - PROBLEMS_SHOWN)} more: --json lists them`)
    if (problems.length === 0)
      terminal.note(terminal.words({ en: 'Next: habeas replay', es: 'Siguiente: habeas replay' }))
  }
  this.end(problems.length === 0 ? 'done' : 'broken')
}
