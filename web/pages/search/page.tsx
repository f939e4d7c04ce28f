import type { SearchResult, searchAgainContract } from '../../../src/cli/search-contract.ts'
import { addressOf } from '../../frame/addresses.ts'
import { useRead } from '../../frame/api.ts'
import { Link, useParams } from '../../frame/link.tsx'
import { useLanguage, useWords } from '../../frame/words.ts'
import { Card, Page } from '../../parts/page.tsx'
import { Empty, Fault, Loading } from '../../parts/states.tsx'
import { searchWords } from './words.ts'

export default function SearchPage() {
  const w = useWords(searchWords)
  const { search = '' } = useParams()
  const { data, error, refetch } = useRead<typeof searchAgainContract>(
    '/api/search/:id',
    { params: { id: search } },
    { live: false },
  )
  return (
    <Page title={w.title} lines={<p className="label">{w.hour}</p>}>
      <Card label={w.title}>
        {error !== null ? (
          <Fault error={error} onRetry={() => void refetch()} />
        ) : data === undefined ? (
          <Loading />
        ) : data.results.length === 0 ? (
          <Empty what={w.nothing} />
        ) : (
          <ul className="lines">
            {data.results.map((result) => (
              <li key={JSON.stringify(result)}>
                <Result result={result} />
                <span className="aside support">{w[result.type]}</span>
              </li>
            ))}
          </ul>
        )}
      </Card>
    </Page>
  )
}

function Result({ result }: { readonly result: SearchResult }) {
  const w = useWords(searchWords)
  const { language } = useLanguage()
  switch (result.type) {
    case 'person': {
      const number = result.registerNumber ?? ''
      return (
        <span className="what">
          {result.custody === null ? number : <Link to={addressOf.person(result.custody)}>{number}</Link>}{' '}
          <b lang="es">{result.name}</b>
          <span className="support">
            {result.held ? null : ` · ${w.notHeld}`}
            {result.near ? ` · ${w.near}` : null}
          </span>
        </span>
      )
    }
    case 'place':
      return (
        <span className="what">
          <Link to={addressOf.place(result.place)}>{result.path.join(' · ')}</Link> {result.name}
        </span>
      )
    case 'order':
      return (
        <span className="what">
          {result.custody === null ? (
            result.issuer
          ) : (
            <Link to={addressOf.person(result.custody)}>{result.caseNumber ?? result.issuer}</Link>
          )}{' '}
          <span className="support">{result.registerNumber}</span>
        </span>
      )
    case 'act':
      return <span className="what">{result.says[language]}</span>
  }
}
