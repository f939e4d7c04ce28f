import { words } from '../../frame/words.ts'

export const peopleWords = words({
  title: { en: 'Who is held', es: 'Quiénes están' },
})
