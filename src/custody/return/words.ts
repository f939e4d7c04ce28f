import type { Words } from '../../kernel/refusal.ts'
import type { OccurredAt } from '../../kernel/time.ts'

/** How a return writes dates, times and lengths: CONSOLE.md §4, the same in the file, its PDF and the checker's page. */

const MONTHS = {
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  es: ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sep', 'oct', 'nov', 'dic'],
} as const

type Day = { readonly day: number; readonly month: number; readonly year: number }

/** `14 Apr 2026`, `14 abr 2026`. */
export const dayWords = ({ day, month, year }: Day): Words => ({
  en: `${day} ${MONTHS.en[month - 1]} ${year}`,
  es: `${day} ${MONTHS.es[month - 1]} ${year}`,
})

/** `14 Apr 2026 05:58 −06`, as precisely as it is known: `about 05 h`, or the day alone. */
export function timeWords({ at, precision, zone }: OccurredAt): Words {
  const local = Temporal.Instant.from(at).toZonedDateTimeISO(zone)
  const day = dayWords(local)
  if (precision === 'day') return day
  // A true minus, and no minutes where there are none.
  const offset = local.offset.replace('-', '−').replace(/:00$/, '')
  if (precision === 'hour') {
    const hour = String(local.hour).padStart(2, '0')
    return { en: `${day.en}, about ${hour} h ${offset}`, es: `${day.es}, hacia las ${hour} h ${offset}` }
  }
  const clock = local.toPlainTime().toString({ smallestUnit: precision })
  return { en: `${day.en} ${clock} ${offset}`, es: `${day.es} ${clock} ${offset}` }
}

export const instantWords = (at: string, zone: string): Words => timeWords({ at, precision: 'minute', zone })

/** The length of a span in whole hours, and in days where it is more than two. */
export function lengthWords(from: string, to: string): Words {
  const hours = Temporal.Instant.from(from).until(to, { largestUnit: 'hours' }).hours
  if (hours < 48) return { en: `${hours} hours`, es: `${hours} horas` }
  const days = Math.floor(hours / 24)
  return { en: `${days} days (${hours} hours)`, es: `${days} días (${hours} horas)` }
}

/** A sentence in both languages from one shape; `words` are the parts that differ. */
export const say = (en: string, es: string): Words => ({ en, es })
