import { useMemo } from 'react'
import { readTrusted } from '../../../verify/page/browser/check.ts'
import { useWords } from '../../frame/words.ts'
import { Card } from '../../parts/page.tsx'
import { verifyWords } from './words.ts'

/** Which keys a check trusts, and whence they come: said plainly, since all else follows from it. */
export function TrustedKeys({ policy, from }: { readonly policy: Uint8Array | undefined; readonly from?: string }) {
  const w = useWords(verifyWords)
  const trusted = useMemo(() => (policy === undefined ? undefined : readTrusted(policy)), [policy])
  return (
    <Card title={w.trusts} {...(from === undefined ? {} : { aside: <span className="support">{from}</span> })}>
      {trusted === undefined ? (
        <p className="card-body">{policy === undefined ? w.trustsNobody : w.trustsBroken}</p>
      ) : (
        <>
          <div className="table-scroll">
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">{w.role}</th>
                  <th scope="col">{w.key}</th>
                  <th scope="col">{w.type}</th>
                </tr>
              </thead>
              <tbody>
                {[
                  ...trusted.logs.map((key) => ({ ...key, who: w.log })),
                  ...trusted.witnesses.map((key) => ({ ...key, who: `${w.witness} ${key.name}` })),
                ].map(({ key, type, who }) => (
                  <tr key={key}>
                    <td>{who}</td>
                    <td>
                      <code>{key}</code>
                    </td>
                    <td>{type}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <p className="card-body support">
            {w.quorum}: {trusted.quorum === 'none' ? w.noQuorum : trusted.quorum}. {w.neverFile}
          </p>
        </>
      )}
    </Card>
  )
}
