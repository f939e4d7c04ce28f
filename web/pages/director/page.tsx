import type { directorContract } from '../../../src/cli/director-contract.ts'
import { addressOf, withFilters } from '../../frame/addresses.ts'
import { useRead } from '../../frame/api.ts'
import { formatClock, formatNumber } from '../../frame/format.ts'
import { useFacility } from '../../frame/session.ts'
import { useWords } from '../../frame/words.ts'
import { Figure, Figures } from '../../parts/figure.tsx'
import { Mark } from '../../parts/mark.tsx'
import { Card, Page } from '../../parts/page.tsx'
import { Fault, Loading } from '../../parts/states.tsx'
import { When } from '../../parts/when.tsx'
import type { Director } from './answer.ts'
import { Capacity } from './capacity.tsx'
import { Identity } from './identity.tsx'
import { OpenFindings } from './open-findings.tsx'
import { Series } from './series.tsx'
import { directorWords } from './words.ts'

/** What the director sees first: how the place stands, and what changed since this morning. */
export default function DirectorPage() {
  const w = useWords(directorWords)
  const { code, name } = useFacility()
  const { data, error, refetch } = useRead<typeof directorContract>(
    '/api/director',
    { query: { facility: code } },
    { enabled: code !== '' },
  )
  return (
    <Page
      title={w.title}
      aside={<span className="label">{name}</span>}
      lines={
        data === undefined ? null : (
          <p className="label">
            <When at={data.at} weekday zone={data.zone} />
          </p>
        )
      }
      worst={data !== undefined && data.now.openS1 > 0 ? { mark: 's1', children: w.worst(data.now.openS1) } : undefined}
    >
      {error === null ? null : <Fault error={error} onRetry={() => void refetch()} />}
      {data === undefined ? (
        error === null ? (
          <Loading rows={14} />
        ) : null
      ) : (
        <>
          <Now data={data} />
          <Series data={data} />
          <div className="beside">
            <Capacity data={data} />
            <OpenFindings findings={data.findings} />
          </div>
          <Identity day={data.day} />
          <NotMeasured things={data.notMeasured} />
        </>
      )}
    </Page>
  )
}

/** `+3`, `−2`; with a true minus. */
const signed = (change: number): string => (change > 0 ? `+${formatNumber(change)}` : formatNumber(change))

function Now({ data: { now, morning, zone, cameSince, leftSince } }: { readonly data: Director }) {
  const w = useWords(directorWords)
  const clock = formatClock(morning.at, zone)
  const change = (key: Exclude<keyof typeof now, 'at' | 'duties'>) =>
    now[key] === morning[key] ? w.same(clock) : w.since(signed(now[key] - morning[key]), clock)
  const people = (filters: Readonly<Record<string, string>>) => withFilters(addressOf.people(), filters)
  const findings = (severity: string) => withFilters(addressOf.findings(), { severity })
  return (
    <Figures label={w.figures}>
      <Figure label={w.held} value={now.held} to={addressOf.people()} note={change('held')} />
      <Figure
        label={`${w.came} ${clock}`}
        value={cameSince}
        to={people({ sort: 'admitted', admittedWithinDays: '1' })}
      />
      <Figure label={`${w.left} ${clock}`} value={leftSince} to={`${addressOf.director()}#out`} />
      <Figure
        label={w.unconfirmed}
        value={now.unconfirmed}
        to={people({ presence: 'unknown' })}
        note={change('unconfirmed')}
        mark={now.unconfirmed > 0 ? 'unknown' : undefined}
      />
      <Figure
        label={w.withoutBasis}
        value={now.withoutBasis}
        to={people({ basis: 'lapse' })}
        note={change('withoutBasis')}
        mark={now.withoutBasis > 0 ? 's1' : undefined}
      />
      <Figure
        label={w.basisUnknown}
        value={now.basisUnknown}
        to={people({ basis: 'unknown' })}
        note={change('basisUnknown')}
        mark={now.basisUnknown > 0 ? 'unknown' : undefined}
      />
      <Figure
        label={w.openS1}
        value={now.openS1}
        to={findings('S1')}
        note={change('openS1')}
        mark={now.openS1 > 0 ? 's1' : undefined}
      />
      <Figure
        label={w.openS2}
        value={now.openS2}
        to={findings('S2')}
        note={change('openS2')}
        mark={now.openS2 > 0 ? 's2' : undefined}
      />
      <Figure
        label={w.dutiesLate}
        value={now.duties.late}
        to={addressOf.owed()}
        note={
          now.duties.late === morning.duties.late
            ? w.same(clock)
            : w.since(signed(now.duties.late - morning.duties.late), clock)
        }
        mark={now.duties.late > 0 ? 'missed' : undefined}
      />
    </Figures>
  )
}

function NotMeasured({ things }: { readonly things: Director['notMeasured'] }) {
  const w = useWords(directorWords)
  if (things.length === 0) return null
  return (
    <Card title={w.notMeasured}>
      <ul className="card-body stack">
        {things.map((thing) => (
          <li key={thing}>
            <Mark kind="unknown" /> {w[thing]}
          </li>
        ))}
      </ul>
    </Card>
  )
}
