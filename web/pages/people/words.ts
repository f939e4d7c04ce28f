import { words } from '../../frame/words.ts'

export const peopleWords = words({
  title: { en: 'Who is held', es: 'Quiénes están' },
  held: { en: 'Held', es: 'En custodia' },
  withoutBasis: { en: 'Without a basis', es: 'Sin base legal' },
  number: { en: 'No.', es: 'N.º' },
  name: { en: 'Surnames, given names', es: 'Apellidos, nombre' },
  days: { en: 'Days', es: 'Días' },
  place: { en: 'Where', es: 'Dónde está' },
  basis: { en: 'Basis', es: 'Base' },
  nobody: { en: 'Nobody fits these filters.', es: 'Nadie corresponde a estos filtros.' },
})
