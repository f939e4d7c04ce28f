import { useState } from 'react'
import type { lawChangesContract } from '../../../src/law/sentences/contract.ts'
import { addressOf } from '../../frame/addresses.ts'
import { type AnswerOf, useRead } from '../../frame/api.ts'
import { formatDay } from '../../frame/format.ts'
import { useLanguage, useWords } from '../../frame/words.ts'
import { Mark } from '../../parts/mark.tsx'
import { Card, Page } from '../../parts/page.tsx'
import { Fault, Loading } from '../../parts/states.tsx'
import { When } from '../../parts/when.tsx'
import { Review } from './review.tsx'
import { changeWords } from './words.ts'
import '../../parts/facts.css'

type Pack = AnswerOf<typeof lawChangesContract>['packs'][number]
type Change = Pack['changes'][number]

/** What the packs of law know to come or to have come; each change can be put to everybody who is held. */
export default function LawChangesPage() {
  const w = useWords(changeWords)
  const { data, error, refetch } = useRead<typeof lawChangesContract>('/api/law/changes')
  const [asked, ask] = useState<{ readonly pack: Pack; readonly change: Change }>()
  return (
    <Page title={w.title} crumbs={[{ to: addressOf.law(), label: w.law }]}>
      {error !== null ? <Fault error={error} onRetry={() => void refetch()} /> : null}
      {data === undefined ? (
        error === null ? (
          <Loading rows={10} />
        ) : null
      ) : (
        <>
          {data.packs.map((pack) => (
            <PackCard key={pack.id} pack={pack} onAsk={(change) => ask({ pack, change })} />
          ))}
          {data.withoutPack.length === 0 ? null : (
            <Card title={w.withoutPack}>
              <ul className="lines">
                {data.withoutPack.map(({ id, cases }) => (
                  <li key={id}>
                    <Mark kind="unknown" />
                    <div className="what">
                      {id}
                      <div className="support">{w.withoutPackHow}</div>
                    </div>
                    <div className="aside">{w.cases(cases)}</div>
                  </li>
                ))}
              </ul>
            </Card>
          )}
          {asked === undefined ? null : (
            <Review key={`${asked.pack.id} ${asked.change.id}`} pack={asked.pack} change={asked.change} />
          )}
        </>
      )}
    </Page>
  )
}

function PackCard({ pack, onAsk }: { readonly pack: Pack; readonly onAsk: (change: Change) => void }) {
  const w = useWords(changeWords)
  const { language } = useLanguage()
  return (
    <Card
      title={pack.says[language]}
      aside={
        <span className="support">
          {w.version(pack.version)} · <code title={pack.hash}>{pack.hash.slice(0, 12)}</code> · {w.cases(pack.cases)}
          {pack.isProvisional ? ` · ${w.provisional}` : ''}
        </span>
      }
    >
      {pack.signedUnderOther === 0 ? null : (
        <p className="card-body with-mark">
          <Mark kind="s2" /> {w.otherVersion(pack.signedUnderOther, pack.movedByLaw)}
        </p>
      )}
      {pack.changes.length === 0 ? (
        <p className="card-body label">{w.none}</p>
      ) : (
        <ul className="lines">
          {pack.changes.map((change) => {
            const [last] = change.reviews
            return (
              <li key={change.id}>
                <div className="what">
                  {change.says[language]}
                  <div className="support">
                    {change.hasCommenced ? w.commenced : w.commences} {formatDay(change.commences, language)} ·{' '}
                    {last === undefined ? (
                      w.notReviewed
                    ) : (
                      <>
                        {last.isCurrent ? w.reviewed : w.reviewedBefore} <When at={last.at} precision="day" />
                      </>
                    )}
                  </div>
                </div>
                <div className="aside">
                  <button type="button" className="button small" onClick={() => onAsk(change)}>
                    {w.review}
                  </button>
                </div>
              </li>
            )
          })}
        </ul>
      )}
    </Card>
  )
}
