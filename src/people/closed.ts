import type { Section } from '../kernel/act.ts'
import type { PersonFile } from './read.ts'

/** Who a person is, without what stands in sections that the reader does not open. */
export function closePerson<P extends PersonFile>(person: P, open: readonly Section[]): P {
  const opens = (section: Section) => open.includes(section)
  return {
    ...person,
    ...(!opens('person') && { names: [], facts: [], identifiers: [], photographs: [] }),
    ...(!opens('act') && { marks: [], contacts: [], links: [] }),
    ...(!opens('health') && { needs: [] }),
  }
}
