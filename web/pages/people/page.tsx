import type { figuresContract, HeldRow, listContract } from '../../../src/custody/contract.ts'
import { addressOf, withFilters } from '../../frame/addresses.ts'
import { addressOfCall, call, useRead } from '../../frame/api.ts'
import { useAt } from '../../frame/at.ts'
import { formatNumber } from '../../frame/format.ts'
import { useFilters } from '../../frame/link.tsx'
import { useFacility } from '../../frame/session.ts'
import { useWords } from '../../frame/words.ts'
import { Figure, Figures } from '../../parts/figure.tsx'
import { markOf } from '../../parts/mark.tsx'
import { Page } from '../../parts/page.tsx'
import { type Column, Register } from '../../parts/register.tsx'
import { Empty } from '../../parts/states.tsx'
import { BasisTag } from '../../parts/tags.tsx'
import { peopleWords } from './words.ts'

export default function PeoplePage() {
  const w = useWords(peopleWords)
  const { at } = useAt()
  const { code } = useFacility()
  const [filters] = useFilters()
  const facility = code === '' ? undefined : code
  const query = { at, facility, ...filters }
  const figures = useRead<typeof figuresContract>('/api/custodies/figures', { query: { facility } }).data
  const columns: Column<HeldRow>[] = [
    { key: 'registerNumber', label: w.number, width: 120, grow: 0, cell: (row) => row.registerNumber, isLink: true },
    { key: 'name', label: w.name, width: 200, grow: 2, cell: (row) => <b>{row.name?.written ?? row.name?.family}</b> },
    { key: 'days', label: w.days, width: 64, grow: 0, align: 'right', cell: (row) => formatNumber(row.days) },
    { key: 'place', label: w.place, width: 160, cell: (row) => row.place.where ?? row.place.path.join(' · ') },
    { key: 'basis', label: w.basis, width: 160, cell: (row) => <BasisTag state={row.basis.state} /> },
  ]
  return (
    <Page title={w.title}>
      <Figures label={w.title}>
        <Figure label={w.held} value={figures?.held ?? 'unknown'} to={addressOf.people()} />
        <Figure
          label={w.withoutBasis}
          mark="s1"
          value={figures?.withoutBasis ?? 'unknown'}
          to={withFilters(addressOf.people(), { basis: 'lapse' })}
        />
      </Figures>
      <Register
        name="people"
        label={w.title}
        queryKey={[query]}
        read={async (after, signal) => {
          const page = await call<typeof listContract>('GET', '/api/custodies', {
            query: { ...query, after, limit: 200 } as never,
            signal,
          })
          return { rows: page.held, next: page.next, total: page.total }
        }}
        rowKey={(row) => row.custody}
        rowTo={(row) => addressOf.person(row.custody)}
        rowMark={(row) => markOf(row.worst?.mark)}
        columns={columns}
        csv={(shown) => addressOfCall('/api/custodies.csv', undefined, { ...query, columns: shown.join(',') })}
        empty={<Empty what={w.nobody} />}
      />
    </Page>
  )
}
