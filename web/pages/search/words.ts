import { words } from '../../frame/words.ts'

export const searchWords = words({
  title: { en: 'What was found', es: 'Lo encontrado' },
  nothing: { en: 'Nothing was found.', es: 'No se encontró nada.' },
  hour: {
    en: 'Only you can open this search, for an hour; its address holds no name.',
    es: 'Solo usted puede abrir esta búsqueda, durante una hora; su dirección no lleva ningún nombre.',
  },
  person: { en: 'person', es: 'persona' },
  place: { en: 'place', es: 'lugar' },
  order: { en: 'order', es: 'orden' },
  act: { en: 'act', es: 'acto' },
  notHeld: { en: 'not held now', es: 'ya no está' },
  near: { en: 'similar', es: 'parecido' },
})
