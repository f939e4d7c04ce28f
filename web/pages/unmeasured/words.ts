import { words } from '../../frame/words.ts'

export const unmeasuredWords = words({
  watched: {
    en: 'It needs posts, officers on a roster and evidence that somebody is on post. Until then nobody can say who watched.',
    es: 'Hacen falta puestos, oficiales en un turno y prueba de que alguien está en el puesto. Hasta entonces nadie puede decir quién vigilaba.',
  },
  conditions: {
    en: 'It needs sensors of light, heat, air and water in the cells. Space is measured: it stands with the places.',
    es: 'Hacen falta sensores de luz, calor, aire y agua en las celdas. El espacio sí está medido: está en los lugares.',
  },
  places: { en: 'Where', es: 'Dónde' },
})
