import type { Words } from '../kernel/refusal.ts'

const fixed: Readonly<Record<string, Words>> = {
  '72-hours': { en: '72 hours, hour by hour', es: '72 horas, hora por hora' },
  '15-days-first-counted': {
    en: '15 days, the day of the capture is the first',
    es: '15 días, el de la captura es el primero',
  },
  '15-days-by-the-hour': { en: '15 days as 360 hours', es: '15 días como 360 horas' },
  '15-days-first-not-counted': {
    en: '15 days from the day after the capture',
    es: '15 días desde el siguiente a la captura',
  },
  'suspension-over': {
    en: '72 hours again, once the suspension on file has ended',
    es: '72 horas de nuevo, al terminar la suspensión que consta',
  },
}

const froms: Readonly<Record<string, Words>> = {
  capture: { en: 'from the capture', es: 'desde la captura' },
  order: { en: 'from the order', es: 'desde la orden' },
}

/** A way to count, in words; its code where nobody has written any. Registers keep codes, so that words can be mended. */
export function sayReading(counts: string): Words {
  const known = fixed[counts]
  if (known) return known
  const part = /^from-(capture|order)-(.+)$/.exec(counts)
  const partFrom = part && froms[part[1] as string]
  if (part && partFrom) return sayPart(partFrom, part[2] as string)
  const match = /^(\d+)-months-from-(capture|order)-(first-counted|first-not-counted)$/.exec(counts)
  const from = match && froms[match[2] as string]
  if (!match || !from) return { en: counts, es: counts }
  const isCounted = match[3] === 'first-counted'
  return {
    en: `${match[1]} months ${from.en}, the first day ${isCounted ? 'counts' : 'does not count'}`,
    es: `${match[1]} meses ${from.es}, el primer día ${isCounted ? 'cuenta' : 'no cuenta'}`,
  }
}

const years: Readonly<Record<string, Words>> = {
  calendar: { en: 'years by the calendar', es: 'años de calendario' },
  '365': { en: 'years of 365 days', es: 'años de 365 días' },
  '360': { en: 'years of 360 days', es: 'años de 360 días' },
}

/** A part of a sentence: `365-first-counted-down`, as the pack of El Salvador names it; no kind of year where it is days. */
function sayPart(from: Words, counting: string): Words {
  const match = /^(?:(calendar|365|360)-)?(first-counted|first-not-counted)-(up|down)$/.exec(counting)
  if (!match) return from
  const year = years[match[1] ?? '']
  const isCounted = match[2] === 'first-counted'
  const isUp = match[3] === 'up'
  return {
    en: `${from.en}, ${year === undefined ? '' : `${year.en}, `}the first day ${isCounted ? 'counts' : 'does not count'}, a part of a day ${isUp ? 'is a whole one' : 'is dropped'}`,
    es: `${from.es}, ${year === undefined ? '' : `${year.es}, `}el primer día ${isCounted ? 'cuenta' : 'no cuenta'}, una parte de día ${isUp ? 'es un día entero' : 'no cuenta'}`,
  }
}
