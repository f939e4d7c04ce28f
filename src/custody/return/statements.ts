import type { Entry, Section } from '../../kernel/act.ts'
import { type Audience, openingOf } from '../../kernel/audience.ts'
import { findAtPointer, type Json, jsonEqual } from '../../kernel/json.ts'
import type { Words } from '../../kernel/refusal.ts'
import type { Evidence, Statement } from '../../record/return-format.ts'

/** Where in the tree the entries of a return stand, by entry id. */
export type Places = ReadonlyMap<string, number>

const sectionWords: Readonly<Record<Section, Words>> = {
  person: { en: 'person', es: 'persona' },
  place: { en: 'place', es: 'lugar' },
  legal: { en: 'law', es: 'ley' },
  act: { en: 'acts', es: 'actos' },
  staff: { en: 'staff', es: 'personal' },
  health: { en: 'health', es: 'salud' },
  medical: { en: 'medical', es: 'médica' },
}

/** Collects the statements of a return; each says its evidence, and is no more than that evidence carries. */
export class Statements {
  readonly list: Statement[] = []
  readonly audience: Audience
  readonly #places: Places
  readonly #hiddenAmendments: readonly number[]

  /**
   * `hiddenAmendments`: indexes of corrections and withdrawals whose section `act` this reader cannot open. Nobody can
   * tell from the file which entry they change, so what is cited from before them is the custodian's word.
   */
  constructor(places: Places, audience: Audience, hiddenAmendments: readonly number[] = []) {
    this.#places = places
    this.audience = audience
    this.#hiddenAmendments = hiddenAmendments
  }

  isOpen(section: Section): boolean {
    return openingOf(this.audience, section) === 'open'
  }

  isTold(section: Section): boolean {
    return openingOf(this.audience, section) === 'told'
  }

  /** Entries prove it, each part of the value. Where a cited section is closed to the reader, nothing is shown. */
  prove(id: string, says: Words, value: Json, evidence: readonly (Evidence | undefined)[]): void {
    const known = evidence.filter((part): part is Evidence => part !== undefined)
    if (known.length < evidence.length) {
      this.#notShown(id)
      return
    }
    // The reader opens an older form than ours: the value is the same, but he would not find it where we point.
    if (known.includes(OLDER_FORM)) {
      this.attest(id, says, value)
      return
    }
    const isHidden = known.some(({ index }) => this.#hiddenAmendments.some((amendment) => amendment > index))
    this.list.push({ id, says, value, state: isHidden ? 'attested' : 'proven', evidence: known })
  }

  /** Proven where the section is open, on the custodian's word where it is told, else nothing of it is shown. */
  proveOrTell(id: string, section: Section, says: Words, value: Json, evidence: readonly (Evidence | undefined)[]) {
    if (this.isTold(section)) this.attest(id, says, value)
    else if (this.isOpen(section)) this.prove(id, says, value, evidence)
    else this.withhold(id, section)
  }

  /** The custodian's word: absence, completeness, what follows from several entries by a rule. */
  attest(id: string, says: Words, value: Json): void {
    this.list.push({ id, says, value, state: 'attested', evidence: [] })
  }

  /** Nobody knows, and that is said. */
  unknown(id: string, says: Words): void {
    this.list.push({ id, says, value: null, state: 'not-proven', evidence: [] })
  }

  /** The reader may not see it, whether or not there is anything. */
  withhold(id: string, section: Section): void {
    const { en, es } = sectionWords[section]
    this.list.push({
      id,
      says: {
        en: `What the record holds under '${en}' is not open to this reader.`,
        es: `Lo que el registro guarda bajo «${es}» no está abierto a este destinatario.`,
      },
      value: { withheld: section },
      state: 'not-proven',
      evidence: [],
    })
  }

  /** Points at a part of a section of an entry; at the correction's section where the fact was corrected. */
  cite(entry: Entry, section: Section, pointer: string, equals: string): Evidence | undefined {
    const origin = entry.origins?.[section]
    const index = this.#places.get(origin ?? entry.id)
    if (index === undefined || !this.isOpen(section)) return undefined
    const sealed = entry.recorded?.[section]
    if (sealed !== undefined && !sameAt(pointer, sealed, entry.sections[section])) return OLDER_FORM
    return { index, section, pointer: origin !== undefined && section === 'act' ? `/data${pointer}` : pointer, equals }
  }

  citeTime(entry: Entry, equals: string): Evidence | undefined {
    const index = this.#places.get(entry.origins?.occurredAt ?? entry.id)
    return index === undefined ? undefined : { index, section: 'person', pointer: '/occurredAt', equals }
  }

  /** The facility in the envelope, which is public: it proves where an entry was made to whom `place` is closed. */
  citeFacility(entry: Entry, equals: string): Evidence | undefined {
    const index = this.#places.get(entry.id)
    return index === undefined ? undefined : { index, section: 'envelope', pointer: '/facility', equals }
  }

  #notShown(id: string): void {
    this.list.push({
      id,
      says: {
        en: 'Not shown: its evidence is not open to this reader.',
        es: 'No se muestra: su prueba no está abierta a este destinatario.',
      },
      value: null,
      state: 'not-proven',
      evidence: [],
    })
  }
}

/** Stands for evidence in a section whose older form says it at another place. */
const OLDER_FORM: Evidence = { index: -1, section: '', pointer: '', equals: '' }

const sameAt = (pointer: string, sealed: unknown, lifted: unknown): boolean =>
  jsonEqual(findAtPointer(asJson(sealed), pointer), findAtPointer(asJson(lifted), pointer))

/** A value as JSON: what was sealed is JSON already, this only drops the type. */
export const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value ?? null)) as Json
