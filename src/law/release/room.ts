import type { Room } from '../../kernel/register.ts'
import { checkRelease } from './acts.ts'
import { authoriseRelease } from './authorise.ts'
import { releaseRegisters } from './project.ts'
import { releaseRefusals } from './refusals.ts'

export const room: Room = {
  name: 'release',
  acts: [checkRelease, authoriseRelease],
  registers: releaseRegisters,
  refusals: releaseRefusals,
}
