import { replay } from '../../record/replay.ts'
import type { Context } from '../context.ts'
import type { Json } from '../flags.ts'
import { entryCount } from '../house.ts'
import { count } from '../terminal.ts'
import { withHouse } from '../with-house.ts'

export async function replayRegisters(this: Context, { json }: Json): Promise<void> {
  const { terminal } = this
  const result = await withHouse(this, async (house) => {
    const bar = terminal.bar('replay', await entryCount(house.database), 'entries')
    try {
      return { ...(await replay(house.record, house.owner, bar.to)), registers: house.registry.registers.length }
    } finally {
      bar.stop()
    }
  })
  const { entries, registers, differences } = result
  if (json) terminal.say(JSON.stringify(result))
  else {
    const from = {
      en: `${registers} registers from ${count(entries)} entries`,
      es: `${registers} registros de ${count(entries)} asientos`,
    }
    const same = { en: `No difference: ${from.en}.`, es: `Sin diferencias: ${from.es}.` }
    const differ = {
      en: `${differences.length} registers differ (${from.en}):`,
      es: `${differences.length} registros difieren (${from.es}):`,
    }
    terminal.say(terminal.words(differences.length === 0 ? same : differ))
    for (const { table, onlyInRegister, onlyInReplay, examples } of differences) {
      terminal.say(
        `  ${table}: ${count(onlyInRegister)} rows only in the register, ${count(onlyInReplay)} only in the replay`,
      )
      for (const example of examples) terminal.say(`    ${JSON.stringify(example)}`)
    }
  }
  this.end(differences.length === 0 ? 'done' : 'broken')
}
