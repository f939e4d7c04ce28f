import { dataOf, type Entry } from '../../kernel/act.ts'
import type { Words } from '../../kernel/refusal.ts'
import { contains, parseSpan } from '../../kernel/span.ts'
import { type LegalDate, microsOf } from '../../kernel/time.ts'
import type { LegalClock, Order } from '../../law/acts.ts'
import { basisOfEntries, type OrderState, ordersOfEntries } from '../../law/read.ts'
import { recordResponsibility } from '../acts.ts'
import { admissionOf, responsibilityRegister } from '../folds.ts'
import { type Question, until } from './question.ts'
import { asJson, type Statements } from './statements.ts'
import { dayWords, instantWords, lengthWords, say } from './words.ts'

type AuthorityRole = 'ordered' | 'supervises' | 'runs'

const roleWords: Readonly<Record<AuthorityRole, Words>> = {
  ordered: say('Ordered by', 'Ordenó'),
  supervises: say('Supervised by', 'Supervisa'),
  runs: say('The place is run by', 'Administra el lugar'),
}

/** ICPPED 17(3)(c) to (e), 18(1)(a), (c), (d): three authorities, never one; and where two states name each other. */
export function sayAuthorities({ entries, at }: Question, statements: Statements, unknown: string[]): void {
  for (const role of ['ordered', 'supervises', 'runs'] as const) {
    const { en, es } = roleWords[role]
    let count = 0
    for (const entry of entries) {
      const stated = authorityIn(entry, role)
      if (!stated) continue
      count++
      const words = `${stated.authority.name} (${stated.authority.state})`
      statements.proveOrTell(
        `authority-${role}-${count}`,
        'legal',
        say(`${en}: ${words}.`, `${es}: ${words}.`),
        asJson(stated.authority),
        [statements.cite(entry, 'legal', stated.pointer, '')],
      )
    }
    if (count > 0) continue
    unknown.push(`authority-${role}`)
    statements.unknown(`authority-${role}`, say(`${en}: not on record.`, `${es}: no consta.`))
  }
  for (const { role, states } of conflictsAt(entries, at)) {
    const { en, es } = roleWords[role]
    const named = states.join(', ')
    statements.attest(
      `conflict-${role}`,
      say(
        `Conflict (${en.toLowerCase()}): ${named} each name the other. Until solved, whoever holds the person answers.`,
        `Conflicto (${es.toLowerCase()}): ${named} se nombran mutuamente. Mientras tanto responde quien tiene a la persona.`,
      ),
      [...states],
    )
  }
}

/** Roles for which two states each named the other at the instant (ICPPED 17(3)(c) to (e)). */
function conflictsAt(entries: readonly Entry[], at: string): { role: AuthorityRole; states: string[] }[] {
  const rows = responsibilityRegister.rows(entries).filter((row) => contains(parseSpan(row.span as string), at))
  return (['ordered', 'supervises', 'runs'] as const).flatMap((role) => {
    const said = new Map(
      rows.filter((row) => row.role === role).map((row) => [row.stated_by as string, row.state as string]),
    )
    const states = [...said].filter(([by, named]) => by !== named && said.get(named) === by).map(([by]) => by)
    return states.length > 0 ? [{ role, states: states.sort() }] : []
  })
}

function authorityIn(entry: Entry, role: AuthorityRole) {
  if (entry.kind === recordResponsibility.kind) {
    const { legal } = dataOf(recordResponsibility, entry)
    return legal?.role === role ? { authority: legal.authority, pointer: '/authority' } : undefined
  }
  if (entry.kind !== 'custody.admit' && entry.kind !== 'custody.recapture') return undefined
  const authority = admissionOf(entry).legal?.authorities?.[role]
  return authority ? { authority, pointer: `/authorities/${role}` } : undefined
}

const orderWords: Readonly<Record<Order['kind'], Words>> = {
  arrest: say('arrest', 'captura'),
  'administrative-detention': say('administrative detention', 'detención administrativa'),
  'judicial-detention': say('judicial detention', 'detención judicial'),
  remand: say('remand', 'prisión provisional'),
  extension: say('extension', 'prórroga'),
  sentence: say('sentence', 'sentencia'),
  recall: say('recall', 'revocación de libertad'),
  immigration: say('immigration', 'migratoria'),
  transfer: say('transfer', 'traslado'),
  'civil-commitment': say('civil commitment', 'internamiento civil'),
  release: say('to release', 'de libertad'),
  bail: say('bail', 'caución'),
  quashing: say('quashing', 'anulación'),
  'appeal-decision': say('decision on appeal', 'resolución de apelación'),
  production: say('to produce the person', 'de presentación de la persona'),
}

const orderStates = {
  'not-yet': say('not yet in force', 'aún no vigente'),
  standing: say('in force', 'vigente'),
  'run-out': say('has run out', 'vencida'),
  disputed: say('contested', 'impugnada'),
  quashed: say('quashed', 'anulada'),
  executed: say('executed', 'ejecutada'),
  superseded: say('superseded', 'reemplazada'),
  lifted: say('lifted', 'levantada'),
  released: say('ended by an order to release', 'terminada por una orden de libertad'),
  bailed: say('ended by bail', 'terminada por caución'),
  'ended-on-appeal': say('ended on appeal', 'terminada en apelación'),
  'replaced-on-appeal': say('replaced on appeal', 'reemplazada en apelación'),
  'not-authentic': say('found not authentic', 'constatada no auténtica'),
} as const

/** Each order as its paper says it. Whom `legal` is only told hears which authorities ordered (ICPPED 18(1)(a)). */
export function sayOrders({ entries, at }: Question, zone: string, statements: Statements): void {
  const orders = ordersOfEntries(entries)
  if (orders.length === 0) {
    statements.attest('orders', say('No order is on record.', 'No consta ninguna orden.'), [])
    return
  }
  if (!statements.isOpen('legal')) {
    if (!statements.isTold('legal')) {
      statements.withhold('orders', 'legal')
      return
    }
    const issuers = [...new Set(orders.map(({ order: { issuer } }) => `${issuer.name} (${issuer.state})`))]
    const words = issuers.join('; ')
    statements.attest('orders', say(`Orders on record are of: ${words}.`, `Constan órdenes de: ${words}.`), issuers)
    return
  }
  orders.forEach((one, i) => {
    const { order, n } = one
    const entry = entries.find((one) => one.n === n)
    const state = orderStates[standingAt(one, at)]
    const isTold = order.provisional && !one.arrivals.some((paper) => microsOf(paper.at) <= microsOf(at))
    const listed = (entry?.sections.legal?.orders as { order: string }[] | undefined)?.findIndex(
      (listing) => listing.order === order.order,
    )
    const pointer = listed === undefined || listed < 0 ? '/order' : `/orders/${listed}`
    const kind = orderWords[order.kind]
    const issuer = `${order.issuer.name} (${order.issuer.state})`
    const from = legalDateWords(order.from, zone)
    const end = endWords(order.until, zone)
    const more = [order.caseNumber, order.provision].filter((part) => part !== undefined).join('; ')
    const tail = more === '' ? '' : ` ${more}.`
    statements.prove(
      `order-${i + 1}`,
      say(
        `Order (${kind.en}) of ${issuer}, from ${from.en}${end.en}; ${state.en}${isTold ? ', provisional: the paper has not arrived' : ''}.${tail}`,
        `Orden (${kind.es}) de ${issuer}, desde el ${from.es}${end.es}; ${state.es}${isTold ? ', provisional: falta el documento' : ''}.${tail}`,
      ),
      asJson(order),
      [entry && statements.cite(entry, 'legal', pointer, '')],
    )
  })
}

function standingAt({ begins, ends, ended, disputes }: OrderState, at: string): keyof typeof orderStates {
  const has = (instant: string) => microsOf(instant) <= microsOf(at)
  if (ended?.as === 'not-authentic') return ended.as
  if (!has(begins)) return 'not-yet'
  if (ends !== undefined && has(ends)) return ended ? ended.as : 'run-out'
  return disputes.some((dispute) => contains(dispute, at)) ? 'disputed' : 'standing'
}

function legalDateWords(legal: LegalDate, zone: string): Words {
  if ('at' in legal) return instantWords(legal.at, zone)
  const { year, month, day } = Temporal.PlainDate.from(legal.date)
  return dayWords({ year, month, day })
}

function endWords(until: Order['until'], zone: string): Words {
  if (until === 'open') return say(' until further order', ' hasta nueva orden')
  if (until === 'not-stated') return say('; its end is not stated', '; no consta su fin')
  if ('after' in until) return clockWords(until)
  const { en, es } = legalDateWords(until, zone)
  const isInclusive = 'date' in until && until.inclusive
  return say(` to ${en}${isInclusive ? ' inclusive' : ''}`, ` hasta el ${es}${isInclusive ? ' inclusive' : ''}`)
}

const unitWords = {
  hours: say('hours', 'horas'),
  days: say('days', 'días'),
  months: say('months', 'meses'),
  years: say('years', 'años'),
} as const
const startWords = {
  begin: say('its beginning', 'su inicio'),
  deprivation: say('the deprivation of liberty', 'la privación de libertad'),
  admission: say('admission', 'el ingreso'),
} as const

function clockWords({ after, from, source }: LegalClock): Words {
  const [unit, count] = Object.entries(after)[0] as [keyof typeof unitWords, number]
  const [of, since] = [unitWords[unit], startWords[from]]
  return say(
    `, for ${count} ${of.en} from ${since.en} (${source})`,
    `, por ${count} ${of.es} desde ${since.es} (${source})`,
  )
}

const basisWords = {
  order: say('Covered by an order', 'Cubierta por una orden'),
  disputed: say('Covered only by a contested order', 'Cubierta solo por una orden impugnada'),
  unknown: say('Nobody can say by what law', 'Nadie puede decir con qué ley'),
  lapse: say('WITHOUT A BASIS', 'SIN BASE LEGAL'),
} as const

/**
 * What covered each moment up to the instant: always the custodian's word. Its limits and orders come from the papers,
 * so whom `legal` is only told hears how it stands at the instant, and no date.
 */
export function sayBasis({ entries, at }: Question, zone: string, statements: Statements, unknown: string[]): string {
  let state = 'none'
  let count = 0
  const isOpen = statements.isOpen('legal')
  if (!isOpen && !statements.isTold('legal')) {
    statements.withhold('basis', 'legal')
    return state
  }
  for (const segment of basisOfEntries(entries)) {
    const shown = until(segment.span, at)
    if (!shown) continue
    count++
    const now = contains(segment.span, at)
    if (now) state = segment.state
    if (now && segment.state === 'unknown') unknown.push('basis')
    const { en, es } = basisWords[segment.state]
    if (!isOpen) {
      if (now) statements.attest('basis-now', say(`${en}.`, `${es}.`), { state })
      continue
    }
    const end = shown.to ?? at
    const length = lengthWords(shown.from, end)
    const from = instantWords(shown.from, zone)
    const to = instantWords(end, zone)
    statements.attest(
      `basis-${count}${now ? '-now' : ''}`,
      say(`${en}, ${from.en} to ${to.en}, ${length.en}.`, `${es}, del ${from.es} al ${to.es}, ${length.es}.`),
      { state: segment.state, cause: segment.cause, from: shown.from, to: end, orders: [...segment.orders] },
    )
  }
  return state
}
