import type { withoutBasisContract } from '../../../src/law/contract.ts'
import { addressOf, withFilters } from '../../frame/addresses.ts'
import { type AnswerOf, useRead } from '../../frame/api.ts'
import { formatDuration, formatShare, formatWhen, secondsBetween } from '../../frame/format.ts'
import { Link, useFilters } from '../../frame/link.tsx'
import { useFacility } from '../../frame/session.ts'
import { useLanguage, useWords } from '../../frame/words.ts'
import { Figure, Figures } from '../../parts/figure.tsx'
import { Card, Page } from '../../parts/page.tsx'
import { Empty, Fault, Loading } from '../../parts/states.tsx'
import { BasisTag } from '../../parts/tags.tsx'
import { When } from '../../parts/when.tsx'
import { causeWords } from '../terms.ts'
import { lawWords } from './words.ts'

type Answer = AnswerOf<typeof withoutBasisContract>
type State = Answer['people'][number]['state']

const MOST = 1000
const STATES = ['lapse', 'disputed', 'unknown'] as const

const isState = (text: string | undefined): text is State => STATES.some((one) => one === text)

/** How many are covered by what, and who is not: the longest first. */
export default function LawPage() {
  const w = useWords(lawWords)
  const { language } = useLanguage()
  const [values] = useFilters()
  const state = isState(values.state) ? values.state : 'lapse'
  const read = useRead<typeof withoutBasisContract>('/api/without-basis', { query: { state, limit: MOST } })
  const { data } = read
  if (data === undefined) {
    return (
      <Page title={w.title}>
        {read.error === null ? <Loading rows={10} /> : <Fault error={read.error} onRetry={() => void read.refetch()} />}
      </Page>
    )
  }
  const { counts, at } = data
  const held = counts.order + counts.disputed + counts.unknown + counts.lapse
  const people = [...data.people].sort((a, b) => (a.since < b.since ? -1 : 1))
  const to = (one: State) => withFilters(addressOf.law(), { state: one })
  const longest = state === 'lapse' ? people[0] : undefined
  return (
    <Page
      title={w.title}
      actions={
        <Link className="button" to={addressOf.lawChanges()}>
          {w.changes}
        </Link>
      }
      worst={
        counts.lapse === 0
          ? undefined
          : {
              mark: 's1',
              children: (
                <>
                  <b>{w.worst(counts.lapse)}</b>{' '}
                  {longest === undefined ? null : (
                    <Link to={addressOf.person(longest.custody)}>
                      {w.longest(formatDuration(secondsBetween(longest.since, at)))}
                    </Link>
                  )}
                </>
              ),
            }
      }
    >
      <Figures label={w.figures}>
        <Figure
          label={w.covered}
          value={counts.order}
          to={withFilters(addressOf.people(), { basis: 'order' })}
          note={formatShare(counts.order, held, language)}
        />
        <Figure label={w.lapse} value={counts.lapse} to={to('lapse')} mark={counts.lapse > 0 ? 's1' : undefined} />
        <Figure
          label={w.disputed}
          value={counts.disputed}
          to={to('disputed')}
          mark={counts.disputed > 0 ? 'disputed' : undefined}
        />
        <Figure
          label={w.unknown}
          value={counts.unknown}
          to={to('unknown')}
          mark={counts.unknown > 0 ? 'unknown' : undefined}
        />
      </Figures>
      <Uncovered
        state={state}
        people={people}
        at={at}
        held={held}
        unknown={counts.unknown}
        isCut={data.next !== null}
      />
      <p className="support">{w.how}</p>
    </Page>
  )
}

function Uncovered({
  state,
  people,
  at,
  held,
  unknown,
  isCut,
}: {
  readonly state: State
  readonly people: Answer['people']
  readonly at: string
  readonly held: number
  readonly unknown: number
  readonly isCut: boolean
}) {
  const w = useWords(lawWords)
  const causes = useWords(causeWords)
  const { language } = useLanguage()
  const { zone } = useFacility()
  const title = { lapse: w.list, disputed: w.disputedList, unknown: w.unknownList }[state]
  const nobody = { lapse: w.nobodyLapse, disputed: w.nobodyDisputed, unknown: w.nobodyUnknown }[state]
  const inRoster = <Link to={withFilters(addressOf.people(), { basis: state })}>{w.inRoster}</Link>
  return (
    <Card title={title} aside={people.length === 0 ? undefined : inRoster}>
      {people.length === 0 ? (
        <Empty what={nobody}>{w.checked(formatWhen(at, { language, zone }), held, unknown)}</Empty>
      ) : (
        <div className="table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th>{w.number}</th>
                <th>{w.state}</th>
                <th>{w.cause}</th>
                <th className="number">{w.since}</th>
                <th className="number">{w.for}</th>
                <th>{w.facility}</th>
              </tr>
            </thead>
            <tbody>
              {people.map((one) => (
                <tr key={one.custody}>
                  <td>
                    <Link className="mono" to={addressOf.person(one.custody)}>
                      {one.registerNumber ?? one.custody.slice(0, 8)}
                    </Link>
                  </td>
                  <td>
                    <BasisTag state={one.state} />
                  </td>
                  <td>{causes[one.cause]}</td>
                  <td className="number">
                    <When at={one.since} />
                  </td>
                  <td className="number">{formatDuration(secondsBetween(one.since, at))}</td>
                  <td>{one.facility}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {isCut ? <p className="card-body support">{w.cut(people.length)}</p> : null}
    </Card>
  )
}
