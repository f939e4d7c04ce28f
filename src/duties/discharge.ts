import { z } from 'zod'
import { defineAct } from '../kernel/act.ts'
import { Digest, line, prose } from '../kernel/text.ts'
import { decideDischarge } from './decide.ts'
import { DISCHARGE } from './facts.ts'
import { dutyRefusals } from './refusals.ts'

/**
 * Somebody says that a duty was done. An intention, because it can be refused: what an act of its own shows is not
 * settled by the facility's word.
 */
export const dischargeDuty = defineAct({
  kind: DISCHARGE,
  v: 1,
  says: { en: 'A duty was done', es: 'Se cumplió un deber' },
  about: 'any',
  sort: 'intention',
  permission: 'duty.discharge',
  decide: decideDischarge,
  refusals: dutyRefusals,
  sections: {
    act: z.strictObject({
      duty: z.uuid(),
      how: line(400),
      document: Digest.optional(),
      note: prose(1000).optional(),
    }),
  },
})
