import type { Act, ActKind, SectionShapes } from '../kernel/act.ts'
import type { Precision } from '../kernel/time.ts'
import { instantText } from './days.ts'
import { type ActDraft, draft, occurred } from './draft.ts'

type Noted = { readonly at: number; readonly draft: ActDraft }

/** Collects the acts of one custody; gives them in the order in which they happened. */
export class Book {
  readonly custody: string
  readonly #zone: string
  readonly #noted: Noted[] = []

  constructor(custody: string, zone: string) {
    this.custody = custody
    this.#zone = zone
  }

  /** `at` in seconds since 1970. The custody is added to the `person` section. */
  add<S extends SectionShapes>(kind: ActKind<S>, at: number, data: Act['data'], precision: Precision = 'minute'): void {
    const what = [this.custody, String(this.#noted.length)]
    const person = { ...data.person, custody: this.custody }
    this.#noted.push({
      at,
      draft: draft(kind, what, occurred(instantText(at), this.#zone, precision), { ...data, person }),
    })
  }

  /** Stable: what happened at one instant stays in the order in which it was noted. */
  drafts(): ActDraft[] {
    return this.#noted.sort((a, b) => a.at - b.at).map((noted) => noted.draft)
  }
}
