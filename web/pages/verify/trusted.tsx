import { useMemo } from 'react'
import { readTrusted } from '../../../verify/page/browser/check.ts'
import { useWords } from '../../frame/words.ts'
import { Card } from '../../parts/page.tsx'
import '../../parts/facts.css'
import '../../parts/proof-tree.css'
import { verifyWords } from './words.ts'

/** Which keys a check trusts, and whence they come: said plainly, since all else follows from it. */
export function TrustedKeys({ policy, from }: { readonly policy: Uint8Array | undefined; readonly from?: string }) {
  const w = useWords(verifyWords)
  const trusted = useMemo(() => (policy === undefined ? undefined : readTrusted(policy)), [policy])
  return (
    <Card title={w.trusts} {...(from === undefined ? {} : { aside: <span className="support">{from}</span> })}>
      {trusted === undefined ? (
        <div className="card-body">{policy === undefined ? w.trustsNobody : w.trustsBroken}</div>
      ) : (
        <>
          <ul className="lines">
            {[
              ...trusted.logs.map((key) => ({ ...key, who: w.log })),
              ...trusted.witnesses.map((key) => ({ ...key, who: `${w.witness} ${key.name}` })),
            ].map(({ key, type, who }) => (
              <li key={key}>
                <div className="what">
                  {who} <span className="support">{type}</span>
                  <br />
                  <code className="hash">{key}</code>
                </div>
              </li>
            ))}
          </ul>
          <div className="card-body support">
            {w.quorum}: {trusted.quorum === 'none' ? w.noQuorum : trusted.quorum}. {w.neverFile}
          </div>
        </>
      )}
    </Card>
  )
}
