import { grantAccess } from '../access/acts.ts'
import { GRANTED_ROLES } from '../access/roles.ts'
import { DEMONSTRATION_ISSUER } from '../access/sign-in/demonstration.ts'
import { demonstrationOfficers } from '../access/sign-in/demonstration-officers.ts'
import { seeOfficer } from '../access/sign-in/officers.ts'
import type { Act } from '../kernel/act.ts'
import { isRefusal } from '../kernel/refusal.ts'
import { serviceAct } from '../record/house-keeping.ts'
import { POPULATION } from './fill.ts'
import type { House } from './house.ts'

/** How many people each is shown; a desk sees besides whom its state holds. */
const PEOPLE = { counsel: 3, family: 1, 'sending-state': 0 } as const
/** The state that sent people to the reference facility. */
const SENDING_STATE = 'US'

/**
 * The demonstration's counsel, family and desk would see nobody: they are granted some of the synthetic people, once.
 * Nobody of an imported roster, whoever else may stand in the record.
 */
export async function grantDemonstration({ database, runner, clock }: House): Promise<void> {
  const people = await database.rows<{ id: string }>(
    `select id from custody where batch = $1 and upper_inf(held) and register_number <> ''
     order by register_number limit 3`,
    [POPULATION],
  )
  if (people.length === 0) return
  const acts: Act[] = []
  for (const role of GRANTED_ROLES) {
    const label = demonstrationOfficers.find((one) => one.role === role)?.label
    const claimed = { issuer: DEMONSTRATION_ISSUER, subject: role, role, ...(label !== undefined && { label }) }
    const [seen] = await database.rows<{ id: string }>('select id from officer where issuer = $1 and subject = $2', [
      claimed.issuer,
      claimed.subject,
    ])
    const { id: officer } = seen ?? (await seeOfficer(database, clock, claimed))
    const grant = { officer, role, shown: 'demonstration' }
    for (const { id } of people.slice(0, PEOPLE[role]))
      acts.push(serviceAct(grantAccess, { person: { custody: id }, act: grant }, clock, [officer, id]))
    if (role === 'sending-state')
      acts.push(serviceAct(grantAccess, { act: { ...grant, state: SENDING_STATE } }, clock, [officer, SENDING_STATE]))
  }
  const known = await database.rows<{ act: string }>('select act from entry where act = any($1::uuid[])', [
    acts.map(({ id }) => id),
  ])
  const fresh = acts.filter(({ id }) => !known.some(({ act }) => act === id))
  const refused = (await Promise.all(fresh.map((act) => runner.submit(act)))).find(isRefusal)
  if (refused) throw new Error(`the demonstration's grants were refused: ${refused.code}`)
}
