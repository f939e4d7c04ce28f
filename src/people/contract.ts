import { z } from 'zod'
import { defineContract } from '../kernel/contract.ts'
import { line } from '../kernel/text.ts'
import { InstantText } from '../kernel/time.ts'
import { EntryN, NameView, PersonView } from './views.ts'

const permission = 'person.read'
const At = z.strictObject({ at: InstantText.optional() })

const CustodyLine = z.strictObject({
  custody: z.uuid(),
  registerNumber: z.string(),
  facility: z.string(),
  from: z.string(),
  to: z.string().nullable(),
})

/** Posted, because no name may stand in an address or a log. */
export const searchContract = defineContract({
  method: 'POST',
  path: '/api/people/search',
  says: { en: 'Persons by name or number', es: 'Personas por nombre o número' },
  permission,
  personal: true,
  body: z.strictObject({
    /** Parts of a name in any order; accents and case do not matter. */
    name: line(400).optional(),
    /** A register number or any identifier. */
    number: line(80).optional(),
    at: InstantText.optional(),
    limit: z.int().min(1).max(200).default(50),
  }),
  ok: z.strictObject({
    at: z.string(),
    people: z.array(
      z.strictObject({
        person: z.uuid(),
        by: z.enum(['name', 'number', 'register-number']),
        names: z.array(NameView),
        custodies: z.array(CustodyLine),
      }),
    ),
    /** More were found than were asked for: search more narrowly. */
    more: z.boolean(),
  }),
})

export const personContract = defineContract({
  method: 'GET',
  path: '/api/people/:id',
  says: {
    en: 'A person: names, facts, links, namesakes, possible doubles',
    es: 'Una persona: nombres, datos, enlaces, homónimos, posibles duplicados',
  },
  permission,
  personal: true,
  params: z.strictObject({ id: z.uuid() }),
  query: At,
  ok: PersonView.extend({
    at: z.string(),
    custodies: z.array(CustodyLine),
    /** Names of other persons, not found to be this one, who bear the same full name. */
    namesakes: z.array(NameView),
    possibleDoubles: z.array(
      z.strictObject({
        person: z.uuid(),
        other: z.uuid(),
        because: z.enum(['identifier', 'name-and-birth']),
        entries: z.array(EntryN),
      }),
    ),
  }),
})
