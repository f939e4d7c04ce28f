/**
 * The clocks that El Salvador's law sets on a detention, from facts to instants: pure, no clock of our own, no input or
 * output. No Salvadoran court has been read on how these days are counted, so each clock gives every reading that the
 * text allows, all of it is provisional, and the alarm runs on `earliest`.
 */
import type { Words } from '../../../kernel/refusal.ts'
import { earliestOf, microsOf, type OccurredAt, startOfDay } from '../../../kernel/time.ts'
import type { Source } from './source.ts'
import { SUSPENSION_SOURCE, SUSPENSIONS, type Suspension, suspendedUntil, suspensionOn } from './suspension.ts'

export type ClockName = 'administrative-detention' | 'inquiry-detention' | 'provisional-detention'

/** One way to read the law: the instant (UTC, RFC 3339) from which the detention has lasted too long. */
export type Reading = {
  /** Stable name, e.g. `72-hours`, `15-days-first-counted`. */
  readonly id: string
  readonly due: string
  readonly says: Words
  readonly source: Source
}

export type Clock = {
  readonly clock: ClockName
  /** The earliest instant at which it may have begun, by the precision of the fact. */
  readonly begins: string
  /** By due instant, the earliest first. Never empty. */
  readonly readings: readonly Reading[]
  readonly earliest: string
  readonly latest: string
  readonly assumptions: readonly Words[]
  /** Until a court or counsel of the country fixes the counting. */
  readonly provisional: true
}

const CONSTITUTION_13_2: Source = { cite: 'Constitución art. 13 inc. 2', mark: 'V' }
const CONSTITUTION_13_3: Source = { cite: 'Constitución art. 13 inc. 3', mark: 'V' }
const CPP_8: Source = {
  cite: 'Código Procesal Penal art. 8 (as quoted by the Sala de lo Constitucional, 2017)',
  mark: 'V',
}
const CPP_8_3: Source = { cite: 'Código Procesal Penal art. 8 inc. 3 (as quoted by the Sala, 2017)', mark: 'V' }

const LATER_REFORMS: Words = {
  en: 'The reforms of 2024 and 2025 (request for half of the maximum penalty; time for organised-crime cases) are not in this clock: their text has not been read.',
  es: 'Las reformas de 2024 y 2025 (solicitud de la mitad de la pena máxima; plazos de crimen organizado) no están en este plazo: no se ha leído su texto.',
}

/**
 * Handing over to the judge: 72 hours from the capture (art. 13), 15 days while that is suspended. Where the capture may
 * lie on a day for which no decree is on file, both stand, and the 72 hours are the earliest.
 */
export function administrativeDetention(capture: OccurredAt, suspensions: readonly Suspension[] = SUSPENSIONS): Clock {
  const begins = earliestOf(capture)
  // Told to the day, the capture lies on one calendar day of its zone; more exact, on the day of its instant.
  const day = dayThere(begins, capture.zone)
  const state = suspensionOn(day, suspensions)
  const hours72: Reading = {
    id: '72-hours',
    due: plusHours(begins, 72),
    says: {
      en: '72 hours from the capture, hour by hour',
      es: '72 horas desde la captura, hora por hora',
    },
    source: CONSTITUTION_13_2,
  }
  if (state === 'in-force') {
    // Suspended while the 72 hours were running: whether the longer time then applies is not settled.
    const during = suspensionOn(dayThere(hours72.due, capture.zone), suspensions) === 'suspended'
    return clock('administrative-detention', begins, [hours72, ...(during ? fifteenDays(begins, capture.zone) : [])])
  }
  if (state === 'unknown') {
    return clock(
      'administrative-detention',
      begins,
      [hours72, ...fifteenDays(begins, capture.zone)],
      [
        {
          en: `No decree for ${day} is on file: whether the 72 hours were suspended is unknown.`,
          es: `No consta decreto para el ${day}: se desconoce si las 72 horas estaban suspendidas.`,
        },
      ],
    )
  }
  const readings = fifteenDays(begins, capture.zone)
  const until = suspendedUntil(day, suspensions)
  const over =
    until === undefined ? undefined : startOfDay(Temporal.PlainDate.from(until).add({ days: 1 }), capture.zone)
  const latest = readings.reduce((last, { due }) => Math.max(last, microsOf(due)), 0)
  if (over !== undefined && microsOf(over) < latest) {
    readings.push({
      id: 'suspension-over',
      due: microsOf(over) > microsOf(hours72.due) ? over : hours72.due,
      says: {
        en: `The suspension on file ends with ${until}: from then on the 72 hours count again`,
        es: `La suspensión que consta termina con el ${until}: desde entonces vuelven a contar las 72 horas`,
      },
      source: SUSPENSION_SOURCE,
    })
  }
  return clock('administrative-detention', begins, readings)
}

function fifteenDays(begins: string, zone: string): Reading[] {
  const source = SUSPENSION_SOURCE
  return [
    {
      id: '15-days-first-counted',
      due: midnightAfter(begins, zone, 15),
      says: {
        en: '15 days while art. 13 is suspended; the day of the capture is the first',
        es: '15 días mientras el art. 13 está suspendido; el día de la captura es el primero',
      },
      source,
    },
    {
      id: '15-days-by-the-hour',
      due: plusHours(begins, 15 * 24),
      says: {
        en: '15 days while art. 13 is suspended, as 360 hours from the capture',
        es: '15 días mientras el art. 13 está suspendido, como 360 horas desde la captura',
      },
      source,
    },
    {
      id: '15-days-first-not-counted',
      due: midnightAfter(begins, zone, 16),
      says: {
        en: '15 days while art. 13 is suspended; counted from the day after the capture',
        es: '15 días mientras el art. 13 está suspendido; contados desde el día siguiente a la captura',
      },
      source,
    },
  ]
}

/** The judge's 72 hours for inquiry: from the handing over, or the coming before the judge, that is on record. */
export function inquiryDetention(handedOver: OccurredAt): Clock {
  const begins = earliestOf(handedOver)
  return clock('inquiry-detention', begins, [
    {
      id: '72-hours',
      due: plusHours(begins, 72),
      says: {
        en: '72 hours from the handing over to the judge: release or provisional detention',
        es: '72 horas desde la puesta a la orden del juez: libertad o detención provisional',
      },
      source: CONSTITUTION_13_3,
    },
  ])
}

/** Serious is an offence whose maximum is above 3 years of prison (Código Penal art. 18). */
export type Seriousness = 'serious' | 'less-serious' | 'unknown'

export type ProvisionalFacts = {
  /** From when provisional detention was ordered. */
  readonly ordered: OccurredAt
  /** When the body was taken: the time before the order is deprivation of liberty as well, and may count. */
  readonly captured?: OccurredAt
  readonly seriousness: Seriousness
  /** Whether a court has extended it around the appeal (art. 8 inc. 3: serious offences, 12 months more, once). */
  readonly appealExtension: 'ordered' | 'not-ordered' | 'unknown'
  /** The least sentence that is to be expected, in months: provisional detention never goes beyond it. */
  readonly expectedMonths?: number
}

/**
 * The longest that provisional detention may last: 12 months, 24 for a serious offence, 12 more once around the appeal.
 * Every combination of what is unknown is a reading; an unknown seriousness has its earliest at 12 months.
 */
export function provisionalDetention(facts: ProvisionalFacts): Clock {
  const assumptions = [LATER_REFORMS]
  const limits = limitsOf(facts)
  if (facts.seriousness === 'less-serious' && facts.appealExtension === 'ordered') {
    assumptions.push({
      en: 'An extension around the appeal is ordered, but the article knows it for serious offences only: not counted.',
      es: 'Consta una prórroga por el recurso, pero el artículo la prevé solo para delitos graves: no se cuenta.',
    })
  }
  const starts = [
    ...(facts.captured === undefined ? [] : [{ id: 'from-capture', fact: facts.captured, ...FROM_CAPTURE }]),
    { id: 'from-order', fact: facts.ordered, ...FROM_ORDER },
  ]
  const readings = limits.flatMap(({ months, source }) =>
    starts.flatMap(({ id, fact, en, es }) =>
      COUNTINGS.map((counting): Reading => {
        const day = Temporal.PlainDate.from(dayThere(earliestOf(fact), fact.zone))
        const last = day.add({ months }).add({ days: counting.more })
        return {
          id: `${months}-months-${id}-${counting.id}`,
          due: startOfDay(last, fact.zone),
          says: {
            en: `${months} months ${en}; ${counting.en}`,
            es: `${months} meses ${es}; ${counting.es}`,
          },
          source,
        }
      }),
    ),
  )
  const begins = starts.map(({ fact }) => earliestOf(fact)).toSorted((a, b) => microsOf(a) - microsOf(b))[0]
  return clock('provisional-detention', begins ?? earliestOf(facts.ordered), readings, assumptions)
}

const FROM_CAPTURE = { en: 'from the capture', es: 'desde la captura' }
const FROM_ORDER = { en: 'from the order of provisional detention', es: 'desde la orden de detención provisional' }
const COUNTINGS = [
  { id: 'first-counted', more: 0, en: 'the first day counts', es: 'el primer día cuenta' },
  { id: 'first-not-counted', more: 1, en: 'the first day does not count', es: 'el primer día no cuenta' },
] as const

function limitsOf({ seriousness, appealExtension, expectedMonths }: ProvisionalFacts) {
  const limits: { months: number; source: Source }[] = []
  if (seriousness !== 'serious') limits.push({ months: 12, source: CPP_8 })
  if (seriousness !== 'less-serious') {
    // Once it is known to be ordered, the 24 months are no longer a reading of their own.
    const isExtended = appealExtension === 'ordered'
    if (!isExtended) limits.push({ months: 24, source: CPP_8 })
    if (appealExtension !== 'not-ordered') limits.push({ months: 36, source: CPP_8_3 })
  }
  if (expectedMonths === undefined) return limits
  return limits.map((limit) => (expectedMonths < limit.months ? { ...limit, months: expectedMonths } : limit))
}

function clock(name: ClockName, begins: string, given: readonly Reading[], assumptions: readonly Words[] = []): Clock {
  const byId = new Map(given.map((reading) => [reading.id, reading]))
  const readings = [...byId.values()].toSorted((a, b) => microsOf(a.due) - microsOf(b.due))
  const [first, last] = [readings[0], readings.at(-1)]
  if (first === undefined || last === undefined) throw new Error(`the clock ${name} has no reading`)
  return { clock: name, begins, readings, earliest: first.due, latest: last.due, assumptions, provisional: true }
}

const dayThere = (instant: string, zone: string): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString()

const plusHours = (instant: string, hours: number): string => Temporal.Instant.from(instant).add({ hours }).toString()

/** 00:00 there, so many days after the day of the instant. */
const midnightAfter = (instant: string, zone: string, days: number): string =>
  startOfDay(Temporal.PlainDate.from(dayThere(instant, zone)).add({ days }), zone)
