import type { ComponentType } from 'react'
import { BunkForm, VacateForm } from './bunk.tsx'
import { DepartForm, MoveForm } from './move.tsx'
import { OrderEndForm, OrderForm, ResponsibilityForm } from './order.tsx'
import { ContactForm, IdentityForm, PhotographForm } from './person.tsx'
import { HealthForm, NoteForm, PropertyForm } from './rest.tsx'
import type { ShortKind } from './words.ts'

export type FormProps = {
  readonly custody: string
  readonly registerNumber: string
}

/** The short forms by the last part of their address; the order is that of the list of acts. */
export const forms: Readonly<
  Record<
    ShortKind,
    { readonly permission: string; readonly sort: 'fact' | 'intention'; readonly Form: ComponentType<FormProps> }
  >
> = {
  move: { permission: 'presence.record', sort: 'fact', Form: MoveForm },
  depart: { permission: 'departure.record', sort: 'fact', Form: DepartForm },
  note: { permission: 'note.record', sort: 'fact', Form: NoteForm },
  bunk: { permission: 'bunk.record', sort: 'intention', Form: BunkForm },
  vacate: { permission: 'bunk.record', sort: 'fact', Form: VacateForm },
  property: { permission: 'custody.record', sort: 'fact', Form: PropertyForm },
  health: { permission: 'health.record', sort: 'fact', Form: HealthForm },
  order: { permission: 'order.record', sort: 'fact', Form: OrderForm },
  'order-end': { permission: 'order.record', sort: 'fact', Form: OrderEndForm },
  responsibility: { permission: 'custody.record', sort: 'fact', Form: ResponsibilityForm },
  identity: { permission: 'person.record', sort: 'fact', Form: IdentityForm },
  contact: { permission: 'person.record', sort: 'fact', Form: ContactForm },
  photograph: { permission: 'person.record', sort: 'fact', Form: PhotographForm },
}
