import { addressOf } from '../../frame/addresses.ts'
import { Link } from '../../frame/link.tsx'
import { useWords } from '../../frame/words.ts'
import { Card, Page } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import { admitWords } from './words.ts'

/** Who admits nobody is told who does. */
export function NotYours() {
  const w = useWords(admitWords)
  return (
    <Page title={w.title} crumbs={[{ to: addressOf.people(), label: w.people }]}>
      <Card label={w.title}>
        <Empty what={w.mayNot} ways={<Link to={addressOf.people()}>{w.people}</Link>} />
      </Card>
    </Page>
  )
}
