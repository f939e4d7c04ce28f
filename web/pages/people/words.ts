import { formatNumber } from '../../frame/format.ts'
import { plural, words } from '../../frame/words.ts'

export const peopleWords = words({
  title: { en: 'Who is held', es: 'Quiénes están' },
  group: { en: 'Admit a group', es: 'Ingresar un grupo' },
  admit: { en: 'Admit a person', es: 'Ingresar a una persona' },
  doubles: { en: 'Doubles and namesakes', es: 'Duplicados y homónimos' },
  figures: { en: 'Figures', es: 'Cifras' },
  held: { en: 'Held', es: 'En custodia' },
  today: {
    en: (came: number, left: number) => `+${formatNumber(came)} −${formatNumber(left)} today`,
    es: (came: number, left: number) => `+${formatNumber(came)} −${formatNumber(left)} hoy`,
  },
  confirmed: { en: 'Confirmed', es: 'Confirmadas' },
  noCount: { en: 'by acts; no count yet', es: 'por actos; sin recuento aún' },
  unconfirmed: { en: 'Unconfirmed', es: 'Sin confirmar' },
  unconfirmedToday: {
    en: (count: number) => `${formatNumber(count)} since today`,
    es: (count: number) => `${formatNumber(count)} desde hoy`,
  },
  withoutBasis: { en: 'Without a basis', es: 'Sin base legal' },
  longest: { en: (span: string) => `up to ${span}`, es: (span: string) => `hasta ${span}` },
  basisUnknown: { en: 'Basis unknown', es: 'Base desconocida' },
  batches: {
    en: (count: number) => plural(count, 'en', { one: '1 import', other: `${formatNumber(count)} imports` }),
    es: (count: number) => plural(count, 'es', { one: '1 importación', other: `${formatNumber(count)} importaciones` }),
  },
  withMissing: { en: 'With missing data', es: 'Con datos faltantes' },

  registerNumber: { en: 'No.', es: 'N.º' },
  name: { en: 'Surnames, name', es: 'Apellidos, nombre' },
  noName: { en: 'no name known', es: 'sin nombre conocido' },
  age: { en: 'Age', es: 'Edad' },
  birth: { en: 'Born', es: 'Nacimiento' },
  nationalities: { en: 'Nat.', es: 'Nac.' },
  days: { en: 'Days', es: 'Días' },
  since: { en: 'Held since', es: 'Desde' },
  place: { en: 'Where', es: 'Dónde está' },
  between: { en: 'on the way', es: 'en camino' },
  nowhere: { en: 'unknown', es: 'desconocido' },
  noBunk: { en: 'no bunk', es: 'sin litera' },
  seen: { en: 'Last known', es: 'Última noticia' },
  basis: { en: 'Basis', es: 'Base' },
  notSeen: { en: 'your role does not see this', es: 'su función no ve esto' },
  noOrder: { en: 'no order', es: 'ninguna orden' },
  lapseSince: { en: (day: string) => `lapse since ${day}`, es: (day: string) => `lapso desde ${day}` },
  disputedOrders: {
    en: (count: number) => plural(count, 'en', { one: 'disputed (1 order)', other: `disputed (${count} orders)` }),
    es: (count: number) => plural(count, 'es', { one: 'disputada (1 orden)', other: `disputada (${count} órdenes)` }),
  },
  cause: { en: 'Cause', es: 'Causa' },
  until: { en: 'Until', es: 'Hasta' },
  openEnd: { en: 'open', es: 'sin fecha' },
  inclusive: { en: (day: string) => `${day} incl.`, es: (day: string) => `${day} incl.` },
  missing: { en: 'Missing', es: 'Falta' },
  more: { en: (count: number) => `+${formatNumber(count)}`, es: (count: number) => `+${formatNumber(count)}` },
  worst: { en: 'Worst', es: 'Lo más grave' },
  facility: { en: 'Facility', es: 'Establecimiento' },
  unknown: { en: 'unknown', es: 'desconocido' },

  byNumber: { en: 'number', es: 'número' },
  byAdmission: { en: 'last admitted first', es: 'primero el último ingreso' },

  nobody: { en: 'Nobody like this.', es: 'Nadie así.' },
  nobodyHeld: { en: 'Nobody is held.', es: 'Nadie está en custodia.' },
  nobodyWithoutBasis: { en: 'Nobody without a basis.', es: 'Nadie sin base legal.' },
  nobodyUnknown: { en: 'Nobody whose basis is unknown.', es: 'Nadie con base desconocida.' },
  nobodyUnconfirmed: {
    en: 'Nobody whose place is unknown.',
    es: 'Nadie cuyo lugar sea desconocido.',
  },
  nobodyMissing: { en: 'Nobody lacks this.', es: 'A nadie le falta esto.' },
  checked: {
    en: (when: string, held: number, unknown: number) =>
      `Checked ${when} over ${formatNumber(held)} people; ${plural(unknown, 'en', {
        one: '1 with an unknown basis does not count here.',
        other: `${formatNumber(unknown)} with an unknown basis do not count here.`,
      })}`,
    es: (when: string, held: number, unknown: number) =>
      `Comprobado el ${when} sobre ${formatNumber(held)} personas; ${plural(unknown, 'es', {
        one: '1 con base desconocida no cuenta aquí.',
        other: `${formatNumber(unknown)} con base desconocida no cuentan aquí.`,
      })}`,
  },
  seeUnknown: {
    en: (count: number) =>
      plural(count, 'en', { one: 'See the unknown one', other: `See the ${formatNumber(count)} unknown` }),
    es: (count: number) =>
      plural(count, 'es', { one: 'Ver la desconocida', other: `Ver las ${formatNumber(count)} desconocidas` }),
  },
  dropFilters: { en: 'Take all filters away', es: 'Quitar todos los filtros' },

  any: { en: 'any', es: 'cualquiera' },
  all: { en: 'all', es: 'todas' },
  fPresence: { en: 'Presence', es: 'Presencia' },
  fBasis: { en: 'Basis', es: 'Base' },
  fPlace: { en: 'Place', es: 'Lugar' },
  fMissing: { en: 'Missing', es: 'Falta' },
  fAdmitted: { en: 'Admitted', es: 'Ingreso' },
  fNationality: { en: 'Nationality', es: 'Nacionalidad' },
  fDouble: { en: 'Possible double', es: 'Posible duplicado' },
  fSort: { en: 'Order', es: 'Orden' },
  confirmedPresence: { en: 'confirmed', es: 'confirmada' },
  anyMissing: { en: 'anything', es: 'algo' },
  notCovered: { en: 'whatever but an order', es: 'toda la que no sea orden' },
  lastDays: {
    en: (days: number) => plural(days, 'en', { one: 'last day', other: `last ${formatNumber(days)} days` }),
    es: (days: number) => plural(days, 'es', { one: 'último día', other: `últimos ${formatNumber(days)} días` }),
  },
  yes: { en: 'yes', es: 'sí' },
  no: { en: 'no', es: 'no' },

  everybody: { en: 'All', es: 'Todas' },
  newest: { en: 'Came in the last 30 days', es: 'Ingresos de los últimos 30 días' },
  marked: {
    en: 'Marked rows are kept while this page is open.',
    es: 'Las filas marcadas se conservan mientras esta página está abierta.',
  },
})
