import type { Section } from '../kernel/act.ts'
import type { Words } from '../kernel/refusal.ts'
import type { Owner } from './owners.ts'

/** Where a figure comes from: the instrument says it, a cited technical source does, or it is a parameter of ours. */
export type DutyOrigin = 'text' | 'technical' | 'ours'
export type DutySeverity = 'S1' | 'S2' | 'S3' | 'S4'

/** One step up: to whom it goes when the duty has been late for so many hours. */
export type Step = { readonly afterHours: number; readonly to: Owner }

export type DutyRule = {
  /** The rule of the catalogue of standards that it serves, or a name of ours. */
  readonly id: string
  readonly severity: DutySeverity
  readonly citation: readonly { readonly instrument: string; readonly provision: string }[]
  /** What is owed. */
  readonly says: Words
  /** By when, in words, and where that figure comes from; the instruments mostly say 'promptly', 'without delay'. */
  readonly term: Words & { readonly origin: DutyOrigin }
  readonly owner: Owner
  /** The owner has it until the first step. The last step is always outside the facility. */
  readonly steps: readonly Step[]
  /** The acts that show that it was done. */
  readonly acts: readonly string[]
  /** Whether somebody of the facility may say that it was done (`duty.discharge`); else only oversight may. */
  readonly byWord: boolean
  /** The section where its facts are sealed: who opens it sees the duty. */
  readonly section: Section
  /** Still owed when the person has left. */
  readonly outlives?: boolean
  /** No source fixes yet how it is counted: all readings are shown, the earliest one counts. */
  readonly provisional?: boolean
}

export const defineDuty = <const R extends DutyRule>(rule: R): R => rule

/** When it has been late for so long that it is with somebody outside for good. */
export const lastStepHours = ({ steps }: DutyRule): number => steps.at(-1)?.afterHours ?? 0

/** Who has it when it has been late for so many hours: the owner until the first step. */
export const holderAfter = ({ owner, steps }: DutyRule, hoursLate: number): Owner =>
  steps.findLast(({ afterHours }) => afterHours <= hoursLate)?.to ?? owner
