import type { ComponentType } from 'react'
import { BunkForm, VacateForm } from './bunk.tsx'
import type { FormProps } from './form-props.ts'
import { DepartForm, MoveForm } from './move.tsx'
import { OrderEndForm, OrderForm, ResponsibilityForm } from './order.tsx'
import { ContactForm, IdentityForm, PhotographForm } from './person.tsx'
import { ClassifyForm, HealthForm, NoteForm, PropertyForm } from './rest.tsx'
import type { ShortKind } from './words.ts'

/** The short forms by the act that stands in their address; the order is that of the list of acts. */
export const forms: Readonly<
  Record<
    ShortKind,
    { readonly permission: string; readonly sort: 'fact' | 'intention'; readonly Form: ComponentType<FormProps> }
  >
> = {
  'presence.record': { permission: 'presence.record', sort: 'fact', Form: MoveForm },
  'custody.depart': { permission: 'departure.record', sort: 'fact', Form: DepartForm },
  'note.add': { permission: 'note.record', sort: 'fact', Form: NoteForm },
  'bunk.assign': { permission: 'bunk.record', sort: 'intention', Form: BunkForm },
  'bunk.vacate': { permission: 'bunk.record', sort: 'fact', Form: VacateForm },
  'property.list': { permission: 'custody.record', sort: 'fact', Form: PropertyForm },
  'health.record': { permission: 'health.record', sort: 'fact', Form: HealthForm },
  'order.record': { permission: 'order.record', sort: 'fact', Form: OrderForm },
  'order.end': { permission: 'order.record', sort: 'fact', Form: OrderEndForm },
  'responsibility.record': { permission: 'custody.record', sort: 'fact', Form: ResponsibilityForm },
  'person.describe': { permission: 'person.record', sort: 'fact', Form: IdentityForm },
  'person.contact': { permission: 'person.record', sort: 'fact', Form: ContactForm },
  'custody.classify': { permission: 'custody.record', sort: 'fact', Form: ClassifyForm },
  'person.photograph': { permission: 'person.record', sort: 'fact', Form: PhotographForm },
}
