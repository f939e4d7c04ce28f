import type { Entry } from '../../kernel/act.ts'
import type { Adjusted, Checked, Entered, Signed } from './forms.ts'

type By = {
  readonly n: number
  readonly entry: string
  readonly at: string
  readonly recordedAt: string
  readonly officer?: string
  /** It was corrected since: by which entry. A signature that was altered is nobody's. */
  readonly correctedBy?: string
}

/** An entry about a sentence, as far as folding needs it: the same from an entry and from its row in the register. */
export type Told = By &
  (
    | { readonly kind: 'sentence.enter'; readonly legal: Entered; readonly birth?: string }
    | { readonly kind: 'sentence.adjust'; readonly legal: Adjusted }
    | { readonly kind: 'sentence.sign'; readonly legal: Signed }
    | { readonly kind: 'sentence.check'; readonly legal: Checked }
  )

export const TOLD_KINDS: readonly Told['kind'][] = [
  'sentence.enter',
  'sentence.adjust',
  'sentence.sign',
  'sentence.check',
]

/** Those of these entries that are about a sentence and not expunged, in their order. */
export function toldBy(entries: readonly Entry[]): Told[] {
  return entries.flatMap((entry) => {
    const { legal, person } = entry.sections
    if (legal === undefined || !(TOLD_KINDS as readonly string[]).includes(entry.kind)) return []
    const correctedBy = entry.origins?.legal ?? entry.origins?.person
    return {
      kind: entry.kind,
      n: entry.n,
      entry: entry.id,
      at: entry.occurredAt.at,
      recordedAt: entry.recordedAt,
      ...(entry.officer !== undefined && { officer: entry.officer }),
      ...(correctedBy !== undefined && { correctedBy }),
      legal,
      ...(typeof person?.birth === 'string' && { birth: person.birth }),
    } as unknown as Told
  })
}
