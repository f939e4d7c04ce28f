import { z } from 'zod'
import { FacilityCode, SECTIONS } from '../kernel/act.ts'
import { defineContract } from '../kernel/contract.ts'
import { InstantText } from '../kernel/time.ts'
import { PersonView } from '../people/read.ts'
import { Lack } from './roster-contract.ts'

export {
  admissionsContract,
  csvContract,
  figuresContract,
  type HeldRow,
  listContract,
} from './roster-contract.ts'

const At = z.strictObject({ at: InstantText.optional() })
const PresenceState = z.enum(['at', 'between', 'disputed', 'unknown'])
const EntryN = z.int()

export const rollContract = defineContract({
  method: 'GET',
  path: '/api/roll',
  says: { en: 'How many are held, confirmed and unconfirmed', es: 'Cuántas personas hay, confirmadas y sin confirmar' },
  permission: 'roll.read',
  personal: false,
  query: At.extend({ facility: FacilityCode.optional() }),
  ok: z.strictObject({
    at: z.string(),
    held: z.int(),
    confirmed: z.int(),
    unconfirmed: z.int(),
    byPresence: z.strictObject({ at: z.int(), between: z.int(), disputed: z.int(), unknown: z.int() }),
  }),
})

export const occupancyContract = defineContract({
  method: 'GET',
  path: '/api/facilities/:code/occupancy',
  says: { en: 'How many people are in each place', es: 'Cuántas personas hay en cada lugar' },
  permission: 'roll.read',
  personal: false,
  params: z.strictObject({ code: FacilityCode }),
  query: At,
  ok: z.strictObject({
    at: z.string(),
    /** Only places with somebody in them, each counted where the body is, not above it. */
    places: z.array(z.strictObject({ place: z.uuid(), people: z.int() })),
    /** In no place on file. */
    elsewhere: z.strictObject({ between: z.int(), disputed: z.int(), unknown: z.int(), inWords: z.int() }),
  }),
})

const Rival = z.strictObject({
  state: z.string(),
  place: z.string().nullable(),
  where: z.string().nullable(),
  entry: EntryN,
})
const Step = z.strictObject({ id: z.uuid(), kind: z.string(), code: z.string(), name: z.string().nullable() })
const Segment = z.strictObject({
  state: PresenceState,
  place: z.uuid().nullable(),
  where: z.string().nullable(),
  because: z.string(),
  from: z.string(),
  fromPrecision: z.string(),
  to: z.string().nullable(),
  rivals: z.array(Rival).nullable(),
  entryN: EntryN,
})
const text = z.string().nullable()

const CustodyView = z.strictObject({
  at: z.string(),
  custody: z.uuid(),
  person: z.uuid().nullable(),
  facility: z.string(),
  registerNumber: z.string(),
  from: z.string(),
  fromPrecision: z.string(),
  to: text,
  toPrecision: text,
  zone: z.string(),
  manner: text,
  receivedUnder: text,
  departedAs: text,
  ordersStated: z.boolean().nullable(),
  follows: z.uuid().nullable(),
  disputes: z.array(z.string()),
  entryN: EntryN,
  departureN: EntryN.nullable(),
  inCustody: z.boolean(),
  identity: PersonView.nullable(),
  presence: Segment.nullable(),
  chain: z.array(Segment.extend({ path: z.array(Step) })),
  bunk: z.strictObject({ bunk: z.uuid(), path: z.array(Step), since: z.string() }).nullable(),
  responsibilities: z.array(
    z.strictObject({
      role: z.enum(['ordered', 'supervises', 'runs']),
      statedBy: z.string(),
      authority: z.string(),
      state: z.string(),
      rivals: z.array(z.strictObject({ name: z.string(), state: z.string() })).nullable(),
      since: z.string(),
      entryN: EntryN,
    }),
  ),
  conflicts: z.array(z.string()),
  missing: z.array(Lack),
  photograph: z.strictObject({ digest: z.string(), mediaType: z.string(), at: z.string() }).nullable(),
  deprivation: z
    .strictObject({ at: text, precision: text, where: text, by: text, byState: text, grounds: text })
    .nullable(),
  classification: z.array(
    z.strictObject({ field: z.enum(['level', 'status']), value: z.string(), since: z.string(), entryN: EntryN }),
  ),
  health: z.array(
    z.strictObject({
      at: z.string(),
      examined: text,
      fitness: text,
      needs: z.array(z.string()),
      injuriesRecorded: z.boolean().nullable(),
      illTreatmentComplaint: z.boolean().nullable(),
      entryN: EntryN,
    }),
  ),
  property: z.array(
    z.strictObject({ what: z.string(), quantity: z.int(), held: z.string(), at: z.string(), entryN: EntryN }),
  ),
  children: z.array(z.strictObject({ ageYears: z.number(), where: z.string(), guardian: text })),
  notes: z.array(z.strictObject({ at: z.string(), text: z.string(), entryN: EntryN })),
  departures: z.array(
    z.strictObject({
      at: z.string(),
      precision: z.string(),
      as: text,
      authority: text,
      destination: text,
      verification: text,
      death: z.unknown(),
      entryN: EntryN,
    }),
  ),
  /** Sections that are closed to who asks: what stands in them is left out, as if nobody had said it. */
  closed: z.array(z.enum(SECTIONS)),
  /** What sources say without evidence. */
  claims: z.array(
    z.strictObject({ label: z.string(), value: z.string(), at: z.string(), source: z.string(), entryN: EntryN }),
  ),
})

export const custodyContract = defineContract({
  method: 'GET',
  path: '/api/custodies/:id',
  says: { en: 'The file of a custody at an instant', es: 'El expediente de una custodia en un instante' },
  permission: 'custody.read',
  personal: true,
  params: z.strictObject({ id: z.uuid() }),
  query: At,
  ok: CustodyView,
})

export const byNumberContract = defineContract({
  method: 'GET',
  path: '/api/custodies/by-number/:number',
  says: { en: 'The file behind a register number', es: 'El expediente de un número de registro' },
  permission: 'custody.read',
  personal: true,
  params: z.strictObject({ number: z.string().regex(/^[A-Z][A-Z0-9]{1,7}-\d{2}-\d{6,}$/) }),
  query: At,
  ok: CustodyView,
})

const DayLine = z.strictObject({
  custody: z.uuid(),
  registerNumber: z.string(),
  at: z.string(),
  precision: z.string(),
  as: text,
  recordedAt: z.string(),
  late: z.boolean(),
})
const Late = z.strictObject({ count: z.int(), lines: z.array(DayLine) })

export const dayContract = defineContract({
  method: 'GET',
  path: '/api/facilities/:code/days/:date',
  says: {
    en: "The daily identity: yesterday's roll + in − out = today's, each difference named",
    es: 'La identidad diaria: personas de ayer + ingresos − salidas = personas de hoy, con cada diferencia',
  },
  permission: 'roll.read',
  personal: true,
  params: z.strictObject({ code: FacilityCode, date: z.iso.date() }),
  ok: z.strictObject({
    facility: z.string(),
    date: z.string(),
    zone: z.string(),
    from: z.string(),
    to: z.string(),
    yesterday: z.int(),
    in: z.array(DayLine),
    out: z.array(DayLine),
    today: z.int(),
    difference: z.int(),
    balances: z.boolean(),
    unconfirmed: z.array(z.strictObject({ custody: z.uuid(), registerNumber: z.string(), since: z.string() })),
    yesterdayAsTold: z.int(),
    lateFromBefore: z.strictObject({ in: Late, out: Late }),
  }),
})

export const slipContract = defineContract({
  method: 'GET',
  path: '/api/custodies/:id/slip',
  says: { en: 'The printed slip of an admission', es: 'La constancia impresa de un ingreso' },
  permission: 'slip.print',
  personal: true,
  params: z.strictObject({ id: z.uuid() }),
  query: z.strictObject({ for: z.enum(['person', 'family']).default('person') }),
  ok: z.string(),
  answers: 'text/html; charset=utf-8',
})
