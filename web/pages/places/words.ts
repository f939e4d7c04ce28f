import { formatNumber } from '../../frame/format.ts'
import { plural, words } from '../../frame/words.ts'

export const placesWords = words({
  title: { en: 'Where', es: 'Dónde' },
  figures: { en: 'People and places', es: 'Personas y lugares' },
  held: { en: 'Held', es: 'En custodia' },
  inPlaces: { en: 'In a place on file', es: 'En un lugar registrado' },
  between: { en: 'On the way', es: 'En camino' },
  disputed: { en: 'Place disputed', es: 'Lugar disputado' },
  unknownPlace: { en: 'Place unknown', es: 'Lugar desconocido' },
  inWords: { en: 'In a place not on file', es: 'En un lugar no registrado' },
  certified: { en: 'Certified capacity', es: 'Capacidad certificada' },
  noCertificate: { en: 'no certificate of any authority is on file', es: 'no consta certificado de ninguna autoridad' },
  announced: { en: 'Announced', es: 'Anunciada' },
  bunks: { en: 'Bunks', es: 'Literas' },

  standards: { en: 'What the floor holds, by each standard', es: 'Cuántas personas caben, según cada norma' },
  standardOf: { en: (area: string) => `${area} a person`, es: (area: string) => `${area} por persona` },
  holdsPeople: {
    en: (people: number) => `${formatNumber(people)} people`,
    es: (people: number) => `${formatNumber(people)} personas`,
  },
  overBy: {
    en: (people: number, over: number) => `${formatNumber(people)} people; ${formatNumber(over)} too many`,
    es: (people: number, over: number) => `${formatNumber(people)} personas; ${formatNumber(over)} de más`,
  },
  noArea: {
    en: (count: number) =>
      plural(count, 'en', {
        one: 'The floor of one cell is not on file: what follows from it is too low.',
        other: `The floor of ${formatNumber(count)} cells is not on file: what follows from it is too low.`,
      }),
    es: (count: number) =>
      plural(count, 'es', {
        one: 'No consta la superficie de una celda: lo que resulta de ella es demasiado bajo.',
        other: `No consta la superficie de ${formatNumber(count)} celdas: lo que resulta de ellas es demasiado bajo.`,
      }),
  },
  sources: { en: 'Where the figures come from', es: 'De dónde vienen las cifras' },

  tree: { en: 'Places', es: 'Lugares' },
  treeNote: { en: 'Enter opens, arrows move', es: 'Enter abre, las flechas mueven' },
  place: { en: 'Place', es: 'Lugar' },
  people: { en: 'People', es: 'Personas' },
  capacity: { en: 'Capacity', es: 'Capacidad' },
  area: { en: 'Floor', es: 'Superficie' },
  each: { en: 'Floor a person', es: 'Superficie por persona' },
  notKnown: { en: 'unknown', es: 'desconocida' },
  nobody: { en: 'nobody', es: 'nadie' },
  showBelow: { en: (code: string) => `Show what is in ${code}`, es: (code: string) => `Mostrar lo que hay en ${code}` },
  hideBelow: { en: (code: string) => `Hide what is in ${code}`, es: (code: string) => `Ocultar lo que hay en ${code}` },
  below: {
    en: (count: number) => plural(count, 'en', { one: '1 place in it', other: `${formatNumber(count)} places in it` }),
    es: (count: number) =>
      plural(count, 'es', { one: '1 lugar dentro', other: `${formatNumber(count)} lugares dentro` }),
  },
  noPlaces: { en: 'No place is on file at this instant.', es: 'No consta ningún lugar en este instante.' },
  how: {
    en: 'People are counted by the register of presence. Floor a person is the floor of the place over those in it now; below 3.4 m² it is marked (ICRC guidance, technical).',
    es: 'Las personas se cuentan según el registro de presencia. La superficie por persona es la del lugar entre quienes están ahora; por debajo de 3.4 m² se marca (guía del CICR, técnica).',
  },

  facts: { en: 'The place', es: 'El lugar' },
  kind: { en: 'Kind', es: 'Clase' },
  since: { en: 'In use since', es: 'En uso desde' },
  who: { en: 'Who is here', es: 'Quién está aquí' },
  inRoster: { en: 'See them in the roster', es: 'Verlas en la nómina' },
  number: { en: 'No.', es: 'N.º' },
  name: { en: 'Surnames, name', es: 'Apellidos, nombre' },
  bunk: { en: 'Bunk', es: 'Litera' },
  seen: { en: 'Last known', es: 'Última noticia' },
  basis: { en: 'Basis', es: 'Base' },
  nobodyHere: { en: 'Nobody is here.', es: 'Aquí no hay nadie.' },
  checked: {
    en: (when: string) => `Checked ${when} by the register of presence.`,
    es: (when: string) => `Comprobado el ${when} con el registro de presencia.`,
  },
  more: {
    en: (shown: number, total: number) => `${formatNumber(shown)} of ${formatNumber(total)}`,
    es: (shown: number, total: number) => `${formatNumber(shown)} de ${formatNumber(total)}`,
  },
  inside: { en: 'In it', es: 'Dentro' },
  free: { en: 'free or not on record', es: 'libre o sin registro' },
})
