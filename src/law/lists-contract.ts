import { z } from 'zod'
import { FacilityCode } from '../kernel/act.ts'
import { defineContract } from '../kernel/contract.ts'
import { InstantText } from '../kernel/time.ts'

const permission = 'law.read'

/** In the order in which a page shows them: the gravest first. */
export const LAW_LISTS = [
  'without-basis',
  'basis-unknown',
  'contested',
  'expiring-24h',
  'expiring-7d',
  'expiring-30d',
  'provisional-only',
  'issuer-not-empowered',
  'provision-not-in-force',
  'convicted-only',
] as const
export const LawList = z.enum(LAW_LISTS)
export type LawList = z.infer<typeof LawList>

const State = z.enum(['order', 'disputed', 'unknown', 'lapse'])

/** `people`: whom the list is about, for sure. `unknown`: of whom nobody can say; never to be shown as none. */
const LawListCount = z.strictObject({ list: LawList, people: z.int(), unknown: z.int() })
export type LawListCount = z.infer<typeof LawListCount>

const LawListRow = z.strictObject({
  custody: z.uuid(),
  registerNumber: z.string().nullable(),
  facility: z.string(),
  basis: State.nullable(),
  cause: z.string().nullable(),
  /** Since when without a break in this state; of `convicted-only`, since admission. */
  since: z.string(),
  /** A lapse: until when, as things stand now. What is covered: the end of title. Null: without an end, or not known. */
  until: z.string().nullable(),
  verdict: z.enum(['no', 'unknown']),
  /** Why: a cause of the basis, or one of `issuerReasons`, `provisionReasons` (judge.ts), `paper-not-arrived`, … */
  reason: z.string(),
  /** The order that it hangs on; null: there is none. */
  order: z.uuid().nullable(),
  kind: z.string().nullable(),
  issuer: z.string().nullable(),
})
export type LawListRow = z.infer<typeof LawListRow>

const where = { at: InstantText.optional(), facility: FacilityCode.optional() }

export const listsContract = defineContract({
  method: 'GET',
  path: '/api/law/lists',
  says: {
    en: 'How many people each list about orders has at an instant',
    es: 'Cuántas personas tiene en un instante cada lista sobre las órdenes',
  },
  permission,
  personal: false,
  cut: true,
  query: z.strictObject(where),
  ok: z.strictObject({ at: z.string(), lists: z.array(LawListCount) }),
})

export const listContract = defineContract({
  method: 'GET',
  path: '/api/law/lists/:list',
  says: {
    en: 'Who stands on a list about orders at an instant, the longest or the soonest first',
    es: 'Quién está en un instante en una lista sobre las órdenes, primero lo más antiguo o lo más próximo',
  },
  permission,
  personal: true,
  cut: true,
  params: z.strictObject({ list: LawList }),
  query: z.strictObject({
    ...where,
    verdict: z.enum(['no', 'unknown']).optional(),
    /** The cursor that the page before gave; it holds no name. */
    after: z
      .string()
      .regex(/^[A-Z0-9:.-]{10,40}~[0-9a-f-]{36}$/)
      .optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(100),
  }),
  ok: z.strictObject({
    at: z.string(),
    list: LawList,
    rows: z.array(LawListRow),
    /** Cursor of the next page; null at the end. */
    next: z.string().nullable(),
  }),
})

export const listCsvContract = defineContract({
  method: 'GET',
  path: '/api/law/lists/:list/csv',
  says: { en: 'A list about orders, as CSV', es: 'Una lista sobre las órdenes, en CSV' },
  permission,
  personal: true,
  cut: true,
  params: z.strictObject({ list: LawList }),
  query: z.strictObject({
    ...where,
    verdict: z.enum(['no', 'unknown']).optional(),
    language: z.enum(['en', 'es']).default('es'),
  }),
  ok: z.unknown().meta({ description: 'RFC 4180, UTF-8 with a byte order mark; formula cells get an apostrophe' }),
  answers: 'text/csv; charset=utf-8',
})
