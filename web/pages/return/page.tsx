import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import type { previewContract } from '../../../src/cli/return-contract.ts'
import type { custodyContract } from '../../../src/custody/contract.ts'
import { addressOf } from '../../frame/addresses.ts'
import { call, useRead } from '../../frame/api.ts'
import { useAt } from '../../frame/at.ts'
import { formatNumber } from '../../frame/format.ts'
import { Icon } from '../../frame/icons.tsx'
import { Link, useFilters, useParams } from '../../frame/link.tsx'
import { useMay, useSession } from '../../frame/session.ts'
import { PasskeyRefused } from '../../frame/step-up.ts'
import { useLanguage, useWords } from '../../frame/words.ts'
import { CheckField, ChoiceField, TextField } from '../../parts/field.tsx'
import { StepUp } from '../../parts/grave.tsx'
import { Mark } from '../../parts/mark.tsx'
import { Card, Page } from '../../parts/page.tsx'
import { lookOf, Statement, StatementTally } from '../../parts/statement.tsx'
import { Fault, Loading } from '../../parts/states.tsx'
import { When } from '../../parts/when.tsx'
import { Before } from './before.tsx'
import { SaveButton } from './download.tsx'
import { groupsOf, nameOf, type Preview } from './groups.ts'
import { issueReturn, type Signed } from './issue.ts'
import { audienceWords, returnWords, sectionWords } from './words.ts'

const AUDIENCES = ['court', 'counsel', 'family', 'oversight', 'sending-state'] as const
type Audience = (typeof AUDIENCES)[number]

// The verifier is loaded when somebody asks for it.
const Verified = lazy(() => import('./verified.tsx'))

/** The return: what it would say, for whom, as of when; then it is signed, kept and checked here. */
export default function ReturnPage() {
  const w = useWords(returnWords)
  const { custody } = useParams()
  const { at } = useAt()
  const session = useSession().data
  const [filters] = useFilters()
  const audience = AUDIENCES.find((one) => one === filters.audience) ?? 'court'
  const known = readKnown(filters.known)
  const file = useRead<typeof custodyContract>('/api/custodies/:id', { params: { id: custody ?? '' } })
  const registerNumber = file.data?.registerNumber
  const preview = useQuery<Preview>({
    queryKey: ['still', 'return', registerNumber, at, known, audience],
    queryFn: ({ signal }) =>
      call<typeof previewContract>('POST', '/api/returns/:number/preview', {
        params: { number: registerNumber as string },
        body: { audience, ...(at === undefined ? {} : { at }), ...(known === undefined ? {} : { known }) },
        signal,
      }),
    enabled: registerNumber !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  })
  // What was signed belongs to what was shown: another instant or addressee is another return.
  const [signed, keep] = useState<{ readonly of: Preview; readonly files: Signed }>()
  const [checked, check] = useState<Signed>()
  const files = signed !== undefined && signed.of === preview.data ? signed.files : undefined
  const error = file.error ?? preview.error
  return (
    <Page
      title={files === undefined ? w.title : w.signedTitle}
      crumbs={[
        { to: addressOf.people(), label: w.people },
        ...(registerNumber === undefined || custody === undefined
          ? []
          : [{ to: addressOf.person(custody), label: registerNumber }]),
      ]}
      actions={
        <button type="button" className="button" onClick={() => void preview.refetch()}>
          {w.again}
        </button>
      }
    >
      {error !== null ? <Fault error={error} onRetry={() => void (file.error ? file : preview).refetch()} /> : null}
      <div className="beside">
        <Card label={w.title}>
          {preview.data === undefined ? (
            error === null ? (
              <Loading rows={12} />
            ) : null
          ) : (
            <Paper preview={preview.data} isSigned={files !== undefined} />
          )}
          {files === undefined || checked !== files ? null : (
            <Suspense fallback={<Loading rows={4} />}>
              <Verified files={files} />
            </Suspense>
          )}
        </Card>
        <div className="stack">
          <Scope audience={audience} known={filters.known} isCourt={session?.role === 'court'} />
          {preview.data === undefined ? null : (
            <>
              <Sections preview={preview.data} />
              <Sign
                preview={preview.data}
                files={files}
                onSigned={(made) => keep({ of: preview.data, files: made })}
                onCheck={check}
              />
            </>
          )}
          {custody === undefined ? null : <Before custody={custody} />}
        </div>
      </div>
    </Page>
  )
}

/** A number of entries, or an instant; undefined: all that the record holds. */
function readKnown(text: string | undefined): number | string | undefined {
  if (text === undefined || text === '') return undefined
  return /^\d{1,15}$/.test(text) ? Number(text) : text
}

function Paper({ preview, isSigned }: { readonly preview: Preview; readonly isSigned: boolean }) {
  const w = useWords(returnWords)
  const audiences = useWords(audienceWords)
  const { language } = useLanguage()
  const { statements, registerNumber, at, known, checkpoint, audience, highestNth } = preview
  const name = nameOf(statements)
  return (
    <div className="paper">
      <div className="row paper-head">
        <div>
          <p className="label">
            {w.to} <b>{audiences[audience]}</b>
          </p>
          <h2 className="paper-name">{name === undefined ? registerNumber : `${name} · ${registerNumber}`}</h2>
          <p className="label">
            {w.at}{' '}
            <b>
              <When at={at} precision="second" />
            </b>
            {', '}
            {typeof known === 'string' ? (
              <>
                {w.knownWhen} <When at={known} precision="second" />
              </>
            ) : (
              <>
                {w.knownAt} <span className="mono">{formatNumber(known ?? checkpoint.size)}</span>
              </>
            )}
          </p>
        </div>
        <span className="tag">{isSigned ? w.signedTag : w.draft}</span>
      </div>
      <StatementTally states={statements.map(({ state }) => state)} />
      {groupsOf(statements).map(([group, found]) => (
        <section key={group} aria-labelledby={`group-${group}`}>
          <h3 id={`group-${group}`}>{w[group]}</h3>
          <ul>
            {found.map(({ id, says, state, value, entries }) => (
              <Statement
                key={id}
                text={says[language]}
                proof={state}
                entries={entries}
                look={lookOf(id, value)}
                isClosed={typeof value === 'object' && value !== null && 'withheld' in value}
              />
            ))}
          </ul>
        </section>
      ))}
      <div className="columns support">
        <p>
          <b>{w.cannot}</b> {w.cannotWhy}
        </p>
        <p>
          {highestNth === null ? null : w.numbered(highestNth)} {w.checkpoint}{' '}
          <span className="mono">{formatNumber(checkpoint.size)}</span> · {w.origin}{' '}
          <span className="mono">{checkpoint.origin}</span> · {w.custodian}: <b>{isSigned ? w.given : w.pending}</b>
        </p>
      </div>
    </div>
  )
}

function Scope({
  audience,
  known,
  isCourt,
}: {
  readonly audience: Audience
  readonly known: string | undefined
  readonly isCourt: boolean
}) {
  const w = useWords(returnWords)
  const audiences = useWords(audienceWords)
  const { at } = useAt()
  const [, change] = useFilters()
  const [text, setText] = useState(known ?? '')
  const isWrong = text !== '' && !/^\d{1,15}$/.test(text) && text !== known
  const take = () => {
    if (!isWrong && text !== (known ?? '')) change({ known: text === '' ? undefined : text })
  }
  return (
    <Card title={w.scope}>
      <div className="card-body stack">
        <ChoiceField
          name="audience"
          label={w.audience}
          empty={null}
          value={audience}
          onValue={(value) => change({ audience: value })}
          choices={(isCourt ? (['court'] as const) : AUDIENCES).map((one) => ({ value: one, label: audiences[one] }))}
          {...(isCourt ? { hint: w.courtOnly } : {})}
        />
        <div className="pair">
          <div>
            <h3>{w.world}</h3>
            <p>{at === undefined ? w.worldNow : <When at={at} precision="second" />}</p>
            <p className="support">{w.worldHow}</p>
          </div>
          <form
            onBlur={take}
            onSubmit={(event) => {
              event.preventDefault()
              take()
            }}
          >
            <TextField
              name="known"
              label={w.known}
              hint={isWrong ? w.knownWrong : w.knownHow}
              inputMode="numeric"
              maxLength={40}
              value={text}
              onValue={setText}
            />
          </form>
        </div>
      </div>
    </Card>
  )
}

function Sections({ preview: { sections, audience } }: { readonly preview: Preview }) {
  const w = useWords(returnWords)
  const names = useWords(sectionWords)
  const closed = (section: string) => {
    if (section === 'medical') return w.closedMedical
    return section === 'staff' && audience !== 'court' && audience !== 'oversight' ? w.pseudonym : w.closed
  }
  return (
    <Card title={w.sections} aside={<span className="support">{w.byReader}</span>}>
      <ul className="openings">
        {sections.map(({ section, opening }) => (
          <li key={section}>
            <span>{names[section]}</span>
            {opening === 'open' ? (
              <span>
                <Mark kind="proven" /> {w.open}
              </span>
            ) : opening === 'told' ? (
              <span>
                <Mark kind="attested" /> {w.told}
              </span>
            ) : (
              <span className="label">
                <Icon name="lock" /> {closed(section)}
              </span>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}

type SignProps = {
  readonly preview: Preview
  readonly files: Signed | undefined
  readonly onSigned: (files: Signed) => void
  readonly onCheck: (files: Signed) => void
}

/** What is being signed, in a sentence; then one button, for that one document. */
function Sign({ preview, files, onSigned, onCheck }: SignProps) {
  const w = useWords(returnWords)
  const { language } = useLanguage()
  const session = useSession().data
  const may = useMay('return.issue')
  const [hasRead, read] = useState(false)
  const [withPdf, setPdf] = useState(true)
  const [isSigning, setSigning] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const count = (state: string) => preview.statements.filter((one) => one.state === state).length
  const open = count('not-proven')
  const grave = preview.statements.filter(({ id, value }) => /-now$/.test(id) && lookOf(id, value) !== undefined)
  const reason = !may ? w.mayNot : open > 0 && !hasRead ? w.readFirst : undefined

  const sign = async () => {
    if (reason !== undefined || isSigning) return
    setSigning(true)
    setFault(undefined)
    try {
      const { at, known, checkpoint, audience, registerNumber } = preview
      const form = withPdf ? 'pdf' : 'json'
      // What was shown is what is signed: the same instant, the same entries.
      onSigned(await issueReturn(registerNumber, { at, known: known ?? checkpoint.size, audience, form, language }))
    } catch (error) {
      setFault(error)
    } finally {
      setSigning(false)
    }
  }

  if (files !== undefined)
    return <Kept files={files} registerNumber={preview.registerNumber} onCheck={() => onCheck(files)} />
  return (
    <Card title={w.sign}>
      <div className="card-body stack">
        {grave.length === 0 ? (
          <p>{w.saysPlain(count('proven'), count('attested'), open)}</p>
        ) : (
          <>
            <p>{w.says}</p>
            {grave.map(({ id, says, value }) => (
              <p key={id} className={lookOf(id, value) === 'lapse' ? 's1-text' : 'unknown-text'}>
                {says[language]}
              </p>
            ))}
            <p className="label">{w.doesNotMend}</p>
          </>
        )}
        {open === 0 ? null : <CheckField name="read" label={w.haveRead(open)} value={hasRead} onValue={read} />}
        <CheckField name="pdf" label={w.alsoPdf} value={withPdf} onValue={setPdf} />
        <StepUp
          verb={isSigning ? w.signing : w.signButton}
          forWhat={<p className="support">{w.signHow(session?.label ?? '')}</p>}
          blocked={reason}
          isSending={isSigning}
          onPress={() => void sign()}
        />
        {fault === undefined ? null : fault instanceof PasskeyRefused ? (
          <p role="alert">
            <Mark kind="refused" /> {w.notConfirmed} <Link to={addressOf.sessions()}>{w.passkeys}</Link>
          </p>
        ) : (
          <Fault error={fault} />
        )}
      </div>
    </Card>
  )
}

/** What was signed, as files of this machine, and its check by the verifier itself. */
function Kept(props: { readonly files: Signed; readonly registerNumber: string; readonly onCheck: () => void }) {
  const { files, registerNumber, onCheck } = props
  const w = useWords(returnWords)
  const name = `return-${registerNumber.replaceAll(/[^A-Za-z0-9-]/g, '_')}`
  const said = useRef<HTMLParagraphElement>(null)
  // The button that had the focus is gone.
  useEffect(() => said.current?.focus(), [])
  return (
    <Card title={w.isSigned}>
      <div className="card-body stack">
        <p tabIndex={-1} ref={said}>
          {w.signedWhat(Math.ceil(files.json.length / 1000))}
        </p>
        <div className="row">
          <SaveButton bytes={files.json} name={`${name}.json`} type="application/json">
            {`${w.download} ${w.json}`}
          </SaveButton>
          {files.pdf === undefined ? null : (
            <SaveButton bytes={files.pdf} name={`${name}.pdf`} type="application/pdf">
              {`${w.download} ${w.pdf}`}
            </SaveButton>
          )}
        </div>
        <button type="button" className="button wide" onClick={onCheck}>
          {w.verify}
        </button>
      </div>
    </Card>
  )
}
