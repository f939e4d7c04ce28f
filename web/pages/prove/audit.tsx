import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { Audit, auditsContract, startAuditContract } from '../../../src/cli/record-contract.ts'
import { addressOf } from '../../frame/addresses.ts'
import { call } from '../../frame/api.ts'
import { formatNumber } from '../../frame/format.ts'
import { Link } from '../../frame/link.tsx'
import { useMay } from '../../frame/session.ts'
import { useWords } from '../../frame/words.ts'
import { Mark } from '../../parts/mark.tsx'
import { Card, Page, WorstLine } from '../../parts/page.tsx'
import { Empty, Fault, Loading } from '../../parts/states.tsx'
import { When } from '../../parts/when.tsx'
import { ProveParts } from './parts.tsx'
import { proveWords } from './words.ts'

const KEY = ['still', 'audits']
const AGAIN_MS = 500

/** Runs an audit of the whole record, with its progress, and shows what was found. */
export default function AuditPage() {
  const w = useWords(proveWords)
  const may = useMay('audit.run')
  const client = useQueryClient()
  const [fault, setFault] = useState<unknown>()
  const { data, error } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => call<typeof auditsContract>('GET', '/api/audits', { signal }),
    enabled: may,
    refetchInterval: ({ state }) => (state.data?.audits.some((one) => one.state === 'running') ? AGAIN_MS : false),
  })
  const audits = data?.audits ?? []
  const isRunning = audits.some(({ state }) => state === 'running')
  const begin = async () => {
    if (isRunning || !may) return
    try {
      await call<typeof startAuditContract>('POST', '/api/audits', { body: {} })
      setFault(undefined)
    } catch (reason) {
      setFault(reason)
    }
    await client.invalidateQueries({ queryKey: KEY })
  }
  const [latest, ...earlier] = audits
  const why = useId()
  const reason = may ? (isRunning ? w.running : undefined) : w.mayNotRun
  return (
    <Page
      title={w.auditTitle}
      crumbs={[{ to: addressOf.prove(), label: w.title }]}
      actions={<ProveParts current="audit" />}
      lines={<p className="label">{w.auditLead}</p>}
    >
      <div className="row">
        <button
          type="button"
          className="button primary"
          aria-disabled={reason !== undefined}
          {...(reason === undefined ? {} : { 'aria-describedby': why })}
          onClick={() => void begin()}
        >
          {w.run}
        </button>
        {reason === undefined ? null : (
          <span className="label" id={why}>
            {reason}
          </span>
        )}
      </div>
      {fault === undefined ? null : <Fault error={fault} onRetry={() => void begin()} />}
      {error === null ? null : <Fault error={error} />}
      {!may ? null : data === undefined ? (
        error === null ? (
          <Loading rows={3} />
        ) : null
      ) : latest === undefined ? (
        <Card label={w.audits}>
          <Empty what={w.noAudits} />
        </Card>
      ) : (
        <>
          <Latest audit={latest} />
          {earlier.length === 0 ? null : <Earlier audits={earlier} />}
        </>
      )}
    </Page>
  )
}

function Latest({ audit }: { readonly audit: Audit }) {
  const w = useWords(proveWords)
  const { state, checked, of, problems, checkpoints } = audit
  return (
    <Card
      title={<State state={state} />}
      aside={
        <span className="support">
          {w.began} <When at={audit.began} precision="second" />
          {audit.ended === null ? null : (
            <>
              {' · '}
              {w.ended} <When at={audit.ended} precision="second" />
            </>
          )}
        </span>
      }
    >
      <div className="card-body stack" role="status">
        {state === 'running' ? (
          <>
            <progress
              style={{ width: '100%', accentColor: 'var(--action)' }}
              aria-label={w.progress}
              value={checked}
              max={Math.max(of, 1)}
            />
            <p>{w.checkedOf(checked, of)}</p>
          </>
        ) : state === 'failed' ? (
          <WorstLine mark="unknown">{w.hasFailed}</WorstLine>
        ) : problems.length === 0 ? (
          <p>
            <Mark kind="proven" /> {w.noProblems(checked, checkpoints ?? 0)}
          </p>
        ) : (
          <WorstLine mark="s1">{w.someProblems(problems.length)}</WorstLine>
        )}
      </div>
      {problems.length === 0 ? null : (
        <div className="table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{w.problems}</th>
                <th scope="col" className="number">
                  {w.index}
                </th>
                <th scope="col">{w.number}</th>
                <th scope="col">{w.details}</th>
              </tr>
            </thead>
            <tbody>
              {problems.map(({ what, index, entry, details }) => (
                <tr key={`${what} ${index} ${entry} ${details}`}>
                  <td lang="en">{what}</td>
                  <td className="number">{index === null ? '' : formatNumber(index)}</td>
                  <td>{entry === null ? '' : <Link to={addressOf.entry(entry)}>{entry}</Link>}</td>
                  <td lang="en">{details}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  )
}

function State({ state }: Pick<Audit, 'state'>) {
  const w = useWords(proveWords)
  return <>{state === 'running' ? w.isRunning : state === 'done' ? w.isDone : w.hasFailed}</>
}

function Earlier({ audits }: { readonly audits: readonly Audit[] }) {
  const w = useWords(proveWords)
  return (
    <Card title={w.audits}>
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{w.state}</th>
              <th scope="col" className="number">
                {w.began}
              </th>
              <th scope="col" className="number">
                {w.entries}
              </th>
              <th scope="col" className="number">
                {w.problems}
              </th>
            </tr>
          </thead>
          <tbody>
            {audits.map((audit) => (
              <tr key={audit.id}>
                <td>
                  <State state={audit.state} />
                </td>
                <td className="number">
                  <When at={audit.began} precision="second" />
                </td>
                <td className="number">{formatNumber(audit.checked)}</td>
                <td className="number">{formatNumber(audit.problems.length)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}
