import type { DutyRule } from '../rule.ts'
import { general } from './general.ts'
import { houseRules } from './house.ts'
import type { Pack } from './pack.ts'
import { petitions } from './petitions.ts'
import { refused } from './refused.ts'
import { release } from './release.ts'
import { sv } from './sv.ts'

/** The packs of a custody, each a pure function of its facts. A new pack is added here and nowhere else. */
export const packs: readonly Pack[] = [general, petitions, sv, release, refused]

/** Every rule by which something can be owed, each once. */
export const dutyRules: readonly DutyRule[] = [
  ...new Map([...packs.flatMap(({ rules }) => rules), ...houseRules].map((rule) => [rule.id, rule])).values(),
]

const byId = new Map(dutyRules.map((rule) => [rule.id, rule]))
export const findDutyRule = (id: string): DutyRule | undefined => byId.get(id)
