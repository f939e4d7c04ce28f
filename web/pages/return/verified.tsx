import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { check } from '../../../verify/page/browser/check.ts'
import { useWords } from '../../frame/words.ts'
import { Fault, Loading } from '../../parts/states.tsx'
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
  const { data, error, refetch } = useQuery({
    queryKey: ['still', 'verified', files],
    queryFn: async () => {
      const policy = await readHousePolicy()
      return { outcome: await check({ file: files.json, policy }), policy }
    },
    gcTime: 0,
  })
  const head = useRef<HTMLHeadingElement>(null)
  const isThere = data !== undefined
  useEffect(() => {
    if (isThere) head.current?.focus()
  }, [isThere])
  return (
    <section className="paper" aria-labelledby="verified">
      <h2 id="verified" tabIndex={-1} ref={head}>
        {w.verified}
      </h2>
      <p className="support">{w.verifyOwn}</p>
      {error !== null ? (
        <Fault error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading rows={4} />
      ) : (
        <>
          <Result outcome={data.outcome} />
          <TrustedKeys policy={data.policy} from={verifier.ownName} />
        </>
      )}
    </section>
  )
}
