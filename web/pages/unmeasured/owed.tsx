import { addressOf } from '../../frame/addresses.ts'
import { questionWords } from '../../frame/frame-words.ts'
import { Link } from '../../frame/link.tsx'
import { useWords } from '../../frame/words.ts'
import { Card, Page } from '../../parts/page.tsx'
import { NotMeasured } from '../../parts/states.tsx'
import { unmeasuredWords } from './words.ts'

export default function OwedPage() {
  const w = useWords(unmeasuredWords)
  const questions = useWords(questionWords)
  return (
    <Page title={questions.owed}>
      <Card label={questions.owed}>
        <NotMeasured needs={w.owed} />
        <p className="card-body">
          <Link to={addressOf.law()}>{w.law}</Link>
        </p>
      </Card>
    </Page>
  )
}
