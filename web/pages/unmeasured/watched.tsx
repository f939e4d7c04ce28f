import { addressOf } from '../../frame/addresses.ts'
import { questionWords } from '../../frame/frame-words.ts'
import { Link } from '../../frame/link.tsx'
import { useWords } from '../../frame/words.ts'
import { Card, Page } from '../../parts/page.tsx'
import { NotMeasured } from '../../parts/states.tsx'
import { unmeasuredWords } from './words.ts'

export default function WatchedPage() {
  const w = useWords(unmeasuredWords)
  const questions = useWords(questionWords)
  return (
    <Page title={questions.watched}>
      <Card label={questions.watched}>
        <NotMeasured needs={w.watched} />
        <p className="card-body">
          <Link to={addressOf.places()}>{w.places}</Link>
        </p>
      </Card>
    </Page>
  )
}
