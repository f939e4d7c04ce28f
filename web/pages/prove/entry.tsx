import { lazy, Suspense, useState } from 'react'
import type { readEntry } from '../../../src/access/entry-contract.ts'
import type { custodyEntriesContract, proofContract } from '../../../src/cli/record-contract.ts'
import { addressOf } from '../../frame/addresses.ts'
import { type AnswerOf, Problem, request, useRead } from '../../frame/api.ts'
import { formatNumber } from '../../frame/format.ts'
import { Link, useParams } from '../../frame/link.tsx'
import { useWords } from '../../frame/words.ts'
import { FactList } from '../../parts/facts.tsx'
import { Content, Verbatim } from '../../parts/json.tsx'
import { Mark } from '../../parts/mark.tsx'
import { Card, Page, WorstLine } from '../../parts/page.tsx'
import { Hash, ProofTable, ProofTree } from '../../parts/proof-tree.tsx'
import { Fault, Loading } from '../../parts/states.tsx'
import { When } from '../../parts/when.tsx'
import { sectionWords } from '../return/words.ts'
import { ProveParts } from './parts.tsx'
import { proveWords } from './words.ts'

type Entry = AnswerOf<typeof readEntry>
type Proof = AnswerOf<typeof proofContract>

// The verifier is loaded when somebody asks for it.
const CheckedReceipt = lazy(() => import('./checked-receipt.tsx'))

/** One entry: what it says to this role, and its way up to a signed root. */
export default function EntryPage() {
  const w = useWords(proveWords)
  const { entry = '' } = useParams()
  const told = useRead<typeof readEntry>('/api/entries/:id', { params: { id: entry } }, { timed: false, live: false })
  const proof = useRead<typeof proofContract>(
    '/api/entries/:id/proof',
    { params: { id: entry } },
    { timed: false, live: false },
  )
  const isWaiting = proof.error instanceof Problem && proof.error.body.code === 'not-yet-in-tree'
  const title = proof.data === undefined ? w.entryWaiting : w.entryTitle(formatNumber(proof.data.index))
  const error = told.error ?? (isWaiting ? null : proof.error)
  return (
    <Page
      title={error !== null && proof.data === undefined ? w.title : title}
      crumbs={[{ to: addressOf.prove(), label: w.title }]}
      actions={<ProveParts />}
      aside={<span className="tag mono">{told.data?.kind ?? proof.data?.kind}</span>}
      lines={
        isWaiting ? (
          <WorstLine mark="attested">{w.waitsWhy}</WorstLine>
        ) : proof.data === undefined ? null : (
          <p className="label">
            <Mark kind="proven" /> {w.isProven}
          </p>
        )
      }
    >
      {error === null ? null : <Fault error={error} onRetry={() => void (told.error ? told : proof).refetch()} />}
      <div className="beside">
        <div className="stack">
          {proof.data !== undefined ? <Way proof={proof.data} /> : proof.error === null ? <Loading rows={10} /> : null}
        </div>
        <div className="stack">
          {told.data === undefined ? null : (
            <>
              <Says entry={told.data} />
              <Amendments entry={told.data} />
            </>
          )}
        </div>
      </div>
    </Page>
  )
}

function Way({ proof }: { readonly proof: Proof }) {
  const w = useWords(proveWords)
  return (
    <>
      <Card title={w.way} aside={<span className="support">{w.wayHow(proof.path.length)}</span>}>
        <div className="card-body">
          <ProofTree leafHash={proof.leafHash} path={proof.path} index={proof.index} size={proof.treeSize} />
        </div>
        <ProofTable leafHash={proof.leafHash} path={proof.path} />
      </Card>
      <Card title={w.howWeKnow}>
        <div>
          <FactList
            facts={[
              { label: w.leafHash, value: <Hash of={proof.leafHash} /> },
              { label: w.root, value: <Hash of={proof.root} /> },
              { label: w.treeSize, value: formatNumber(proof.treeSize) },
              {
                label: w.signedAt,
                value: proof.checkpoint.at === '' ? 'unknown' : <When at={proof.checkpoint.at} precision="second" />,
              },
              { label: w.cosigned, value: proof.witnesses.length === 0 ? w.nobody : proof.witnesses.join('; ') },
            ]}
          />
        </div>
        <div className="card-body stack">
          <Receipt id={proof.id} />
          <details>
            <summary>{w.note}</summary>
            <Verbatim text={proof.checkpoint.note} />
          </details>
          <details>
            <summary>
              {w.envelope} <span className="support">{w.envelopeFor}</span>
            </summary>
            <Verbatim text={proof.envelope} />
          </details>
        </div>
      </Card>
    </>
  )
}

/** The proof as a file, and its check in this page. */
function Receipt({ id }: { readonly id: string }) {
  const w = useWords(proveWords)
  const [bytes, keep] = useState<Uint8Array>()
  const [fault, setFault] = useState<unknown>()
  const address = `/api/entries/${id}/receipt`
  const check = async () => {
    try {
      keep(new Uint8Array(await (await request(address, {})).arrayBuffer()))
      setFault(undefined)
    } catch (error) {
      setFault(error)
    }
  }
  return (
    <div className="stack">
      <div className="row">
        <a className="button small" href={address} download={`entry-${id}.tlog-proof`}>
          {w.receipt}
        </a>
        <button type="button" className="button small" onClick={() => void check()}>
          {w.check}
        </button>
      </div>
      {fault === undefined ? null : <Fault error={fault} onRetry={() => void check()} />}
      {bytes === undefined ? null : (
        <Suspense fallback={<Loading rows={3} />}>
          <CheckedReceipt bytes={bytes} />
        </Suspense>
      )}
    </div>
  )
}

/** The sections that this role opens; of the others it says that they are closed. */
function Says({ entry }: { readonly entry: Entry }) {
  const w = useWords(proveWords)
  const names = useWords(sectionWords)
  return (
    <Card title={w.disclosures} aside={<span className="support">{w.byRight}</span>}>
      <div className="card-body stack">
        {(Object.keys(names) as (keyof typeof names)[]).map((section) => {
          const content = entry.sections[section]
          const isClosed = entry.closed.includes(section)
          const fields = content === undefined ? [] : Object.entries(content)
          return (
            <section key={section} aria-label={names[section]}>
              <h3>{names[section]}</h3>
              {isClosed ? (
                <p className="support">
                  <Mark kind="not-proven" /> {w.closedHere}
                </p>
              ) : content === undefined ? (
                <p className="support">
                  <Mark kind="missing" /> {w.removed}
                </p>
              ) : fields.length === 0 ? (
                <p className="support">{w.emptySection}</p>
              ) : (
                <Content value={content} />
              )}
            </section>
          )
        })}
      </div>
    </Card>
  )
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

function Amendments({ entry }: { readonly entry: Entry }) {
  const w = useWords(proveWords)
  const person = entry.sections.person
  const custody = textOf(person?.custody)
  const nth = typeof person?.nth === 'number' ? person.nth : undefined
  // The entries of a custody come latest first: the one after `nth + 1` is this one.
  const own = useRead<typeof custodyEntriesContract>(
    '/api/custodies/:id/entries',
    { params: { id: custody ?? '' }, query: { after: String((nth ?? 0) + 1) as never, limit: '1' as never } },
    { enabled: custody !== undefined && nth !== undefined, timed: false, live: false },
  ).data?.entries.find(({ id }) => id === entry.id)
  const amends = textOf(entry.sections.act?.entry) ?? own?.amends ?? undefined
  const isAmendment = /^entry\.(correct|withdraw)$/.test(entry.kind)
  return (
    <Card
      title={w.amends}
      {...(custody === undefined ? {} : { aside: <Link to={addressOf.person(custody)}>{w.person}</Link> })}
    >
      <ul className="card-body stack">
        {isAmendment && amends !== undefined ? (
          <li>
            {w.amendsOther} <Link to={addressOf.entry(amends)}>{amends}</Link>
          </li>
        ) : null}
        {own?.amendedBy.map(({ id, kind }) => (
          <li key={id}>
            {w.amendedBy} <Link to={addressOf.entry(id)}>{id}</Link>{' '}
            <span className="tag">{kind === 'entry.withdraw' ? w.withdraws : w.corrects}</span>
          </li>
        ))}
        {custody === undefined && entry.closed.includes('person') ? (
          <li className="label">{w.amendsClosed}</li>
        ) : !isAmendment && own !== undefined && own.amendedBy.length === 0 ? (
          <li className="label">{w.notAmended}</li>
        ) : null}
      </ul>
    </Card>
  )
}
