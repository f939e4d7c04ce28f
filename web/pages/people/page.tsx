import { useWords } from '../../frame/words.ts'
import { Page } from '../../parts/page.tsx'
import { peopleWords } from './words.ts'

export default function PeoplePage() {
  const w = useWords(peopleWords)
  return <Page title={w.title} />
}
