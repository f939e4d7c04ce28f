import { z } from 'zod'
import { defineAct } from '../kernel/act.ts'
import { line } from '../kernel/text.ts'
import { InstantText } from '../kernel/time.ts'
import { decideClose, findingRefusals } from './decide.ts'

export const Severity = z.enum(['S1', 'S2', 'S3', 'S4'])

/** Ids, counts and digests that let a reader reproduce the finding; never a name. */
const Evidence = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string()).max(50)]),
)

/**
 * A rule fails or cannot be known, over a subject and a span. About one custody, or about a facility where one cause
 * (an import, a batch) has many people: then `cause` names it and `people` counts them when it was opened.
 */
export const openFinding = defineAct({
  kind: 'finding.open',
  v: 1,
  says: { en: 'A finding was opened', es: 'Se abrió un hallazgo' },
  about: 'any',
  sort: 'fact',
  permission: 'finding.record',
  sections: {
    act: z.strictObject({
      finding: z.uuid(),
      rule: line(40),
      severity: Severity,
      state: z.enum(['fail', 'unknown']),
      from: InstantText,
      cause: line(80).optional(),
      people: z.int().nonnegative().optional(),
      evidence: Evidence,
    }),
  },
})

/**
 * Only evidence that the fact has ended closes a finding; an S1 finding is never closed by the facility's word. An
 * intention, because it can be refused.
 */
export const closeFinding = defineAct({
  kind: 'finding.close',
  v: 1,
  says: { en: 'A finding was closed', es: 'Se cerró un hallazgo' },
  about: 'any',
  sort: 'intention',
  permission: 'finding.record',
  decide: decideClose,
  refusals: findingRefusals,
  sections: { act: z.strictObject({ finding: z.uuid(), to: InstantText, evidence: Evidence }) },
})

export const standardsActs = [openFinding, closeFinding] as const
