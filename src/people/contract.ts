import { z } from 'zod'
import { FacilityCode } from '../kernel/act.ts'
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
  says: {
    en: 'Persons by number, or by name with mistakes, the likeliest first',
    es: 'Personas por número, o por nombre con errores, primero la más probable',
  },
  permission,
  personal: true,
  cut: true,
  body: z.strictObject({
    /** A name in any order of its parts, with mistakes, or a part of one. Of more than twelve words the first count. */
    name: line(400).optional(),
    /** A register number or any identifier. */
    number: line(80).optional(),
    /** Raises those born then or nearly then; excludes nobody. */
    birthYear: z.int().min(1850).max(2200).optional(),
    /** Words of the description of somebody registered without a name. */
    description: line(400).optional(),
    at: InstantText.optional(),
    limit: z.int().min(1).max(200).default(50),
  }),
  ok: z.strictObject({
    at: z.string(),
    people: z.array(
      z.strictObject({
        person: z.uuid(),
        by: z.enum(['name', 'number', 'register-number', 'description']),
        /** 1: by number, or all words the same; by name, a birth year that agrees adds up to 0.2. */
        score: z.number(),
        why: z.strictObject({
          /** Which word that was asked for met which word of the name, and how they agree. */
          words: z.array(
            z.strictObject({
              asked: z.string(),
              found: z.string(),
              how: z.enum(['same', 'sounds-alike', 'letters-differ', 'same-consonants', 'initial']),
            }),
          ),
          /** Words asked for that this name lacks. */
          missing: z.array(z.string()),
          birthYear: z.enum(['same', 'near']).nullable(),
        }),
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
  cut: true,
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

const Side = z.strictObject({
  person: z.uuid(),
  names: z.array(NameView),
  birth: z.string().nullable(),
  photograph: z.string().nullable(),
  custodies: z.array(CustodyLine),
})

export const doublesContract = defineContract({
  method: 'GET',
  path: '/api/doubles',
  says: {
    en: 'Pairs who may be one person, or who bear one name',
    es: 'Pares que pueden ser una persona, o que llevan un mismo nombre',
  },
  permission,
  personal: true,
  cut: true,
  query: At.extend({
    facility: FacilityCode.optional(),
    /** `double`: the same number, or the same name and birth date; `homonym`: the same name alone. */
    kind: z.enum(['double', 'homonym']).default('double'),
    after: z
      .string()
      .regex(/^[0-9a-f-]{36}~[0-9a-f-]{36}$/)
      .optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  ok: z.strictObject({
    at: z.string(),
    /** Only with the first page. */
    counts: z.strictObject({ doubles: z.int(), homonyms: z.int() }).nullable(),
    pairs: z.array(
      z.strictObject({ because: z.enum(['identifier', 'name-and-birth', 'same-name']), sides: z.tuple([Side, Side]) }),
    ),
    next: z.string().nullable(),
  }),
})
