import { useMemo } from 'react'
import type { custodyContract } from '../../../src/custody/contract.ts'
import type { basisContract } from '../../../src/law/contract.ts'
import type { ordersContract } from '../../../src/law/order-contract.ts'
import type { findingsContract } from '../../../src/standards/contract.ts'
import { addressOf } from '../../frame/addresses.ts'
import { type AnswerOf, Problem, useRead } from '../../frame/api.ts'
import { useAt } from '../../frame/at.ts'
import { formatDuration, type Precision, secondsBetween } from '../../frame/format.ts'
import { Link, useParams } from '../../frame/link.tsx'
import { NotFoundPage } from '../../frame/problem-pages.tsx'
import { useMay } from '../../frame/session.ts'
import { useWords } from '../../frame/words.ts'
import { FindingRow } from '../../parts/lines.tsx'
import { Card, Page, type Worst } from '../../parts/page.tsx'
import { Paper } from '../../parts/paper.tsx'
import { Empty, Fault, Loading } from '../../parts/states.tsx'
import { When } from '../../parts/when.tsx'
import { ActLink } from '../act-link.tsx'
import { FindingSentence } from '../findings/sentence.tsx'
import { Acts, Looked, useEntries } from './acts.tsx'
import { type Band, CustodyBand } from './band.tsx'
import { Authorities, Missing, Places } from './cards.tsx'
import { Admission, Identity, OrderTable } from './details.tsx'
import { Lines, nameOf, Photograph } from './head.tsx'
import type { File } from './parts.tsx'
import { RecordAct } from './record-act.tsx'
import { personWords } from './words.ts'

type Finding = AnswerOf<typeof findingsContract>['findings'][number]

/** The file of one person at the instant of the time bar. */
export default function PersonPage() {
  const w = useWords(personWords)
  const { custody = '' } = useParams()
  const file = useRead<typeof custodyContract>('/api/custodies/:id', { params: { id: custody } })
  if (file.data?.custody !== custody) {
    if (file.error instanceof Problem && (file.error.status === 404 || file.error.status === 400))
      return <NotFoundPage />
    return (
      <Page title={w.person}>
        {file.error === null ? <Loading rows={14} /> : <Fault error={file.error} onRetry={() => void file.refetch()} />}
      </Page>
    )
  }
  return <PersonFile file={file.data} />
}

function PersonFile({ file }: { readonly file: File }) {
  const w = useWords(personWords)
  const { isNow } = useAt()
  const { custody } = file
  const mayLaw = useMay('law.read')
  const mayFinding = useMay('finding.read')
  const params = { id: custody }
  const band = useRead<typeof basisContract>('/api/custodies/:id/basis', { params }, { enabled: mayLaw, timed: false })
    .data?.band
  const orders = useRead<typeof ordersContract>('/api/custodies/:id/orders', { params }, { enabled: mayLaw }).data
    ?.orders
  const findings = useRead<typeof findingsContract>('/api/findings', { query: { custody } }, { enabled: mayFinding })
    .data?.findings
  const entries = useEntries(custody).data
  const ids = useMemo(() => new Map(entries?.entries.map(({ n, id }) => [n, id])), [entries])
  const covering = band?.find((one) => isDuring(one, file.at))
  const noOrderSince = covering?.state === 'lapse' ? covering.from : undefined
  const worst = useWorst(file, covering, findings)
  if (secondsBetween(file.from, file.at) < 0) return <NotYet file={file} />
  // Of somebody who left nobody is responsible any more: that is not missing.
  const hasAuthorities = file.inCustody || file.responsibilities.length > 0
  return (
    <Page
      title={nameOf(file) ?? w.noName}
      documentTitle={`${file.registerNumber} · ${w.person}`}
      picture={<Photograph file={file} />}
      aside={
        <span className="row">
          <span className="tag mono">{file.registerNumber}</span>
        </span>
      }
      lines={<Lines file={file} />}
      worst={worst}
      actions={
        <div className="stack screen-only">
          <ActLink
            to={addressOf.return(custody)}
            label={w.prepareReturn}
            permission="return.issue"
            keys="R"
            primary
            inThePast
          />
          <ActLink to={addressOf.sentence(custody)} label={w.sentence} permission="law.read" inThePast />
          <RecordAct custody={custody} />
          <button type="button" className="button screen-only" onClick={() => window.print()}>
            {w.print}
          </button>
        </div>
      }
    >
      <CustodyBand file={file} band={band} orders={orders} />
      <div className="columns">
        <div className="stack">
          <Places file={file} ids={ids} />
          <Identity file={file} ids={ids} />
        </div>
        <div className="stack">
          {hasAuthorities ? (
            <Authorities file={file} ids={ids} orders={orders} noOrderSince={noOrderSince} isNow={isNow} />
          ) : null}
          {findings === undefined ? null : <Findings findings={findings} />}
          <Looked custody={custody} />
        </div>
        <div className="stack">
          <Missing file={file} />
          <Admission file={file} ids={ids} />
        </div>
      </div>
      {orders === undefined ? null : <OrderTable orders={orders} zone={file.zone} ids={ids} />}
      <Acts entries={entries?.entries} more={entries?.next != null} />
      <Paper facility={file.facility} number={file.registerNumber} at={file.at} />
    </Page>
  )
}

/** At an instant before the admission there is no file to show yet. */
function NotYet({ file }: { readonly file: File }) {
  const w = useWords(personWords)
  return (
    <Page title={file.registerNumber} documentTitle={`${file.registerNumber} · ${w.person}`}>
      <div className="card">
        <Empty what={w.notYet}>
          {w.admittedOn} <When at={file.from} precision={file.fromPrecision as Precision} />.
        </Empty>
      </div>
    </Page>
  )
}

const isDuring = ({ from, to }: Band[number], at: string) =>
  secondsBetween(from, at) >= 0 && (to === null || secondsBetween(at, to) > 0)

function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  const w = useWords(personWords)
  return (
    <Card title={w.findingsTitle}>
      {findings.length === 0 ? (
        <p className="card-body label">{w.noFindings}</p>
      ) : (
        <ul className="lines">
          {findings.map((one) => (
            <FindingRow
              key={one.finding}
              finding={one.finding}
              rule={one.rule}
              severity={one.severity}
              state={one.state}
              since={one.from}
            >
              <FindingSentence rule={one.rule} people={1} />
            </FindingRow>
          ))}
        </ul>
      )}
    </Card>
  )
}

/** The worst thing about this custody in one sentence. */
function useWorst(
  file: File,
  covering: Band[number] | undefined,
  findings: readonly Finding[] | undefined,
): Worst | undefined {
  const w = useWords(personWords)
  if (!file.inCustody) return undefined
  const { presence } = file
  if (presence?.state === 'unknown' && covering?.state !== 'lapse') {
    return {
      mark: 'unknown',
      children: (
        <>
          <b>
            {w.whereUnknownSince} <When at={presence.from} precision={presence.fromPrecision as Precision} />.
          </b>{' '}
          {w.openFor(formatDuration(secondsBetween(presence.from, file.at)))}
        </>
      ),
    }
  }
  if (covering === undefined || covering.state === 'order') return undefined
  const { state, cause, from } = covering
  const finding = findings?.find(({ rule }) => rule.startsWith('LAW-'))
  const said =
    state === 'unknown'
      ? w.basisUnknown
      : state === 'disputed'
        ? w.basisDisputed
        : cause === 'admitted-without-order'
          ? w.neverOrder
          : w.noOrderSince
  return {
    mark: state === 'lapse' ? 's1' : state === 'unknown' ? 'unknown' : 's2',
    children: (
      <>
        <b>
          {said} <When at={from} />.
        </b>{' '}
        {finding === undefined ? null : (
          <>
            <Link to={addressOf.finding(finding.finding)}>{w.finding(finding.rule)}</Link>.{' '}
          </>
        )}
        {w.openFor(formatDuration(secondsBetween(from, file.at)))} {state === 'lapse' ? w.onlyOthers : null}
      </>
    ),
  }
}
