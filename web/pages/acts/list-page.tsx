import { addressOf } from '../../frame/addresses.ts'
import { Link, useParams } from '../../frame/link.tsx'
import { useSession } from '../../frame/session.ts'
import { useWords } from '../../frame/words.ts'
import { Card, Page } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import { forms } from './forms.tsx'
import { actWords, frameWords, type ShortKind } from './words.ts'
import '../../parts/facts.css'

/** The acts that one's role may record about a person: large enough for a thumb, reached by keyboard in order. */
export default function ActsPage() {
  const { custody = '' } = useParams()
  const w = useWords(frameWords)
  const names = useWords(actWords)
  const permissions = useSession().data?.permissions ?? []
  const mine = (Object.keys(forms) as ShortKind[]).filter((kind) => permissions.includes(forms[kind].permission))
  return (
    <Page
      title={w.act}
      crumbs={[
        { to: addressOf.people(), label: w.people },
        { to: addressOf.person(custody), label: w.person },
      ]}
      lines={<p className="label">{w.actHow}</p>}
    >
      {mine.length === 0 ? (
        <Empty what={w.mayNone} ways={<Link to={addressOf.person(custody)}>{w.file}</Link>} />
      ) : (
        <div className="columns">
          {(['fact', 'intention'] as const).map((sort) => {
            const kinds = mine.filter((kind) => forms[kind].sort === sort)
            return kinds.length === 0 ? null : (
              <Card key={sort} title={sort === 'fact' ? w.facts : w.intentions}>
                <ul className="lines act-list">
                  {kinds.map((kind) => (
                    <li key={kind}>
                      <Link to={addressOf.act(custody, kind)}>{names[kind]}</Link>
                    </li>
                  ))}
                </ul>
              </Card>
            )
          })}
        </div>
      )}
    </Page>
  )
}
