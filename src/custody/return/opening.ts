import type { Section } from '../../kernel/act.ts'
import { type Audience, sectionsOpenTo } from '../../kernel/audience.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import { disclosureText } from '../../record/disclosure.ts'
import { disclosuresOf, loadKeys, type StoredEntry } from '../../record/open.ts'
import { refuseCustody } from '../refusals.ts'
import { isForAll, type ReturnHouse } from './make.ts'

/** What a file of one entry opens: what its reader may, or the fewer sections that are named. */
export type Opening = {
  /** For whom the file is. Whether this reader has to do with this person is for the caller to know. */
  readonly audience: Audience
  /** All that the audience opens when absent; none when empty. */
  readonly sections?: readonly Section[]
}

/**
 * The disclosures of an entry that its reader is given. What was expunged is not among them, and is not told apart.
 * Refused: `section-closed`, when one is named that this reader may not open.
 */
export async function discloseFor(
  { database, record }: Pick<ReturnHouse, 'database' | 'record'>,
  stored: StoredEntry,
  { audience, sections }: Opening,
): Promise<string[] | Refusal> {
  const open = sectionsOpenTo(audience)
  const mayOpen = (section: Section) => open.includes(section) || isForAll(stored, section)
  const closed = sections?.filter((section) => !mayOpen(section)) ?? []
  if (closed.length > 0) return refuseCustody('section-closed', { audience, closed, open: [...open] })
  const isAsked = (section: Section) => mayOpen(section) && (sections === undefined || sections.includes(section))
  const withStaff = isAsked('staff')
  await loadKeys(database, record.keys, [stored], withStaff)
  return disclosuresOf(stored, record.keys, withStaff)
    .filter(({ section }) => isAsked(section))
    .map(({ json }) => disclosureText(json))
}
