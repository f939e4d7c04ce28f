import type { z } from 'zod'
import type { Act, Entry, Section } from '../kernel/act.ts'
import type { Refusal } from '../kernel/refusal.ts'
import { refuseRecord } from './acts.ts'
import { CORRECT } from './effective.ts'
import { isAmendment, type Registry } from './registry.ts'

/**
 * The amendment as it is to be recorded, or why it cannot stand. A correction corrects a first entry of the same subject
 * and replaces whole sections in that entry's own form, with its defaults and in its normal form: what folds read of a
 * correction is like what they read of a first entry. A withdrawal may target anything of the subject, amendments
 * included. Acts that are no amendments come back as they are.
 */
export function amend(registry: Registry, act: Act, about: () => readonly Entry[]): Act | Refusal {
  if (!isAmendment(act.kind.kind)) return act
  const target = about().find((entry) => entry.id === act.data.act?.entry)
  if (!target) return refuseRecord('amendment-target')
  if (act.kind.kind !== CORRECT) return act
  const kind = registry.acts.get(target.kind)
  if (!kind || target.amends !== undefined) return refuseRecord('amendment-target')
  const data: { -readonly [S in keyof Act['data']]: Act['data'][S] } = { ...act.data }
  for (const name of (act.data.act?.replaces ?? []) as Section[]) {
    const shape = kind.sections[name]
    if (!shape) return refuseRecord('amendment-data', { section: name })
    const { own, address } = partAddress(name, shape, name === 'act' ? act.data.act?.data : act.data[name])
    const parsed = shape.safeParse(own)
    if (!parsed.success) {
      return refuseRecord('amendment-data', {
        section: name,
        fields: parsed.error.issues.map((issue) => issue.path.join('.')),
      })
    }
    data[name] = name === 'act' ? { ...data.act, data: parsed.data } : { ...address, ...parsed.data }
  }
  // Of the version of its own time: read years later it is lifted from there, whatever version the first entry was of.
  if (kind.v > 1) data.act = { ...data.act, targetV: kind.v }
  return { ...act, data }
}

const ADDRESS: Readonly<Partial<Record<Section, string>>> = { person: 'custody', place: 'facility' }

/** The amendment's own address is no part of what it replaces, save where the first entry's form has it as a field. */
function partAddress(name: Section, shape: z.ZodObject, value: unknown): { own: unknown; address: object } {
  const field = ADDRESS[name]
  if (field === undefined || field in shape.shape || typeof value !== 'object' || value === null) {
    return { own: value, address: {} }
  }
  const { [field]: address, ...own } = value as Record<string, unknown>
  return { own, address: address === undefined ? {} : { [field]: address } }
}
