import { useQuery } from '@tanstack/react-query'
import { check } from '../../../verify/page/browser/check.ts'
import { useWords } from '../../frame/words.ts'
import { Fault, Loading } from '../../parts/states.tsx'
import { readHousePolicy } from '../verify/policy.ts'
import { Result } from '../verify/result.tsx'
import { TrustedKeys } from '../verify/trusted.tsx'
import { verifyWords } from '../verify/words.ts'
import { proveWords } from './words.ts'

/** A receipt, checked in this page by the verifier itself. */
export default function CheckedReceipt({ bytes }: { readonly bytes: Uint8Array }) {
  const w = useWords(proveWords)
  const verifier = useWords(verifyWords)
  const { data, error } = useQuery({
    queryKey: ['still', 'receipt', bytes],
    queryFn: async () => {
      const policy = await readHousePolicy()
      return { policy, outcome: await check({ file: bytes, policy }) }
    },
    gcTime: 0,
  })
  if (error !== null) return <Fault error={error} />
  if (data === undefined) return <Loading rows={3} />
  return (
    <div className="stack" role="status">
      <Result outcome={data.outcome} />
      <TrustedKeys policy={data.policy} from={verifier.ownName} />
      <p className="support">{w.checkOwn}</p>
    </div>
  )
}
