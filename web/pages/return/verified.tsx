import { useState } from 'react'
import { check, type Outcome } from '../../../verify/page/browser/check.ts'
import { useWords } from '../../frame/words.ts'
import { Fault } from '../../parts/states.tsx'
import { readHousePolicy } from '../verify/policy.ts'
import { Result } from '../verify/result.tsx'
import { TrustedKeys } from '../verify/trusted.tsx'
import { verifyWords } from '../verify/words.ts'
import type { Signed } from './issue.ts'
import { returnWords } from './words.ts'

/** The file just signed, checked in this page by the verifier itself. */
export default function Verified({ files }: { readonly files: Signed }) {
  const w = useWords(returnWords)
  const verifier = useWords(verifyWords)
  const [found, setFound] = useState<{ readonly outcome: Outcome; readonly policy: Uint8Array }>()
  const [fault, setFault] = useState<unknown>()
  const verify = async () => {
    try {
      const policy = await readHousePolicy()
      setFound({ outcome: await check({ file: files.json, policy }), policy })
      setFault(undefined)
    } catch (error) {
      setFault(error)
    }
  }
  return (
    <section className="paper" aria-label={w.verified} aria-live="polite">
      <div>
        <button type="button" className="button" onClick={() => void verify()}>
          {w.verify}
        </button>
        <p className="support">{w.verifyOwn}</p>
      </div>
      {fault === undefined ? null : <Fault error={fault} onRetry={() => void verify()} />}
      {found === undefined ? null : (
        <>
          <Result outcome={found.outcome} />
          <TrustedKeys policy={found.policy} from={verifier.ownName} />
        </>
      )}
    </section>
  )
}
