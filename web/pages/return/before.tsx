import type { lookedContract } from '../../../src/access/looked-contract.ts'
import { addressOf } from '../../frame/addresses.ts'
import { useRead } from '../../frame/api.ts'
import { Link } from '../../frame/link.tsx'
import { useMay } from '../../frame/session.ts'
import { useWords } from '../../frame/words.ts'
import { Card } from '../../parts/page.tsx'
import { When } from '../../parts/when.tsx'
import { wordFor } from '../terms.ts'
import { audienceWords, returnWords } from './words.ts'

const SHOWN = 5

/** Returns of this custody that were signed before, as far as the role is told of them. */
export function Before({ custody }: { readonly custody: string }) {
  const w = useWords(returnWords)
  const audiences = useWords(audienceWords)
  const { data } = useRead<typeof lookedContract>(
    '/api/custodies/:id/looked',
    { params: { id: custody }, query: { limit: 200 } },
    { enabled: useMay('looked.read'), timed: false },
  )
  if (data === undefined) return null
  const issued = data.looks.flatMap(({ issued, since }) => (issued === null ? [] : [{ ...issued, since }]))
  return (
    <Card title={w.before} aside={<Link to={addressOf.person(custody)}>{w.seeFile}</Link>}>
      {issued.length === 0 ? (
        <div className="card-body label">{data.complete ? w.noneBefore : w.noneTold}</div>
      ) : (
        <>
          <div className="card-body label">{w.signedBefore(issued.length)}</div>
          <ul className="openings">
            {issued.slice(0, SHOWN).map(({ audience, digest, since }) => (
              <li key={digest}>
                <span>
                  {wordFor(audiences, audience)} <code title={digest}>{digest.slice(0, 8)}</code>
                </span>
                <When at={since} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  )
}
