import type { custodyContract } from '../../../src/custody/contract.ts'
import { addressOf } from '../../frame/addresses.ts'
import { useRead } from '../../frame/api.ts'
import { useParams } from '../../frame/link.tsx'
import { useWords } from '../../frame/words.ts'
import { Page } from '../../parts/page.tsx'
import { Empty, Fault, Loading } from '../../parts/states.tsx'
import { forms } from './forms.tsx'
import { actWords, frameWords, type ShortKind } from './words.ts'

/** One short form about one custody. */
export default function ActPage() {
  const { custody = '', kind = '' } = useParams()
  const w = useWords(frameWords)
  const names = useWords(actWords)
  const file = useRead<typeof custodyContract>('/api/custodies/:id', { params: { id: custody } })
  const found = kind in forms ? (kind as ShortKind) : undefined
  const registerNumber = file.data?.registerNumber ?? ''
  const title = found === undefined ? w.act : names[found]
  return (
    <Page
      title={title}
      documentTitle={registerNumber === '' ? title : `${title} · ${registerNumber}`}
      crumbs={[
        { to: addressOf.people(), label: w.people },
        { to: addressOf.person(custody), label: registerNumber === '' ? w.person : registerNumber },
        { to: addressOf.acts(custody), label: w.act },
      ]}
      aside={registerNumber === '' ? undefined : <span className="tag">{registerNumber}</span>}
    >
      {found === undefined ? (
        <Empty what={w.noAct} />
      ) : file.error !== null ? (
        <Fault error={file.error} onRetry={() => void file.refetch()} />
      ) : file.data === undefined ? (
        <Loading />
      ) : (
        <>
          {file.data.inCustody ? null : <p className="label">{w.left}</p>}
          <FormOf kind={found} custody={file.data.custody} registerNumber={registerNumber} />
        </>
      )}
    </Page>
  )
}

function FormOf({
  kind,
  ...given
}: {
  readonly kind: ShortKind
  readonly custody: string
  readonly registerNumber: string
}) {
  const { Form } = forms[kind]
  return <Form key={`${kind}.${given.custody}`} {...given} />
}
