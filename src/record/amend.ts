import type { Act, Entry, Section } from '../kernel/act.ts'
import type { Refusal } from '../kernel/refusal.ts'
import { refuseRecord } from './acts.ts'
import { CORRECT } from './effective.ts'
import { isAmendment, type Registry } from './registry.ts'

/**
 * Why an amendment cannot stand, or undefined. A correction corrects a first entry of the same subject and replaces
 * whole sections in that entry's own form; a withdrawal may target anything of the subject, amendments included.
 */
export function amendmentProblem(registry: Registry, act: Act, about: () => readonly Entry[]): Refusal | undefined {
  if (!isAmendment(act.kind.kind)) return undefined
  const target = about().find((entry) => entry.id === act.data.act?.entry)
  if (!target) return refuseRecord('amendment-target')
  if (act.kind.kind !== CORRECT) return undefined
  const kind = registry.acts.get(target.kind)
  if (!kind || target.amends !== undefined) return refuseRecord('amendment-target')
  for (const name of (act.data.act?.replaces ?? []) as Section[]) {
    const value = name === 'act' ? act.data.act?.data : act.data[name]
    const shape = kind.sections[name]
    if (!shape) return refuseRecord('amendment-data', { section: name })
    const parsed = shape.safeParse(withoutAddress(name, value))
    if (!parsed.success) {
      return refuseRecord('amendment-data', {
        section: name,
        fields: parsed.error.issues.map((issue) => issue.path.join('.')),
      })
    }
  }
  return undefined
}

/** The address (`person.custody`, `place.facility`) is the amendment's own and not part of what it replaces. */
function withoutAddress(name: Section, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const { custody: _custody, facility: _facility, ...rest } = value as Record<string, unknown>
  return name === 'person' || name === 'place' ? rest : value
}
