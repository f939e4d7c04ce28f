import type { HeldRow } from '../../../src/custody/contract.ts'
import type { RosterColumn } from '../../../src/custody/roster-contract.ts'
import { formatNumber } from '../../frame/format.ts'
import { useMay } from '../../frame/session.ts'
import { useWords } from '../../frame/words.ts'
import type { Column } from '../../parts/register.tsx'
import { When } from '../../parts/when.tsx'
import { causeWords } from '../terms.ts'
import { AgeCell, BasisCell, MissingCell, NameCell, NationalityCell, PlaceCell, SeenCell, UntilCell } from './cells.tsx'
import { peopleWords } from './words.ts'

/** The columns of the roster at an instant; the optional ones are chosen. */
export function useColumns(at: string): readonly Column<HeldRow>[] {
  const w = useWords(peopleWords)
  const causes = useWords(causeWords)
  const mayLaw = useMay('law.read')
  const mayPlace = useMay('place.read')
  const number: Column<HeldRow> = {
    key: 'registerNumber',
    label: w.registerNumber,
    width: 110,
    grow: 0,
    isLink: true,
    cell: (row) => <span className="mono">{row.registerNumber}</span>,
  }
  const all: readonly Column<HeldRow>[] = [
    number,
    { key: 'name', label: w.name, width: 172, grow: 2, cell: (row) => <NameCell name={row.name} /> },
    { key: 'age', label: w.age, width: 54, grow: 0, align: 'right', cell: (row) => <AgeCell row={row} /> },
    { key: 'nationalities', label: w.nationalities, width: 46, grow: 0, cell: (row) => <NationalityCell row={row} /> },
    { key: 'days', label: w.days, width: 56, grow: 0, align: 'right', cell: ({ days }) => formatNumber(days) },
    { key: 'place', label: w.place, width: 108, cell: (row) => <PlaceCell row={row} /> },
    { key: 'seen', label: w.seen, width: 150, cell: (row) => <SeenCell row={row} at={at} /> },
    { key: 'basis', label: w.basis, width: 150, cell: (row) => <BasisCell row={row} /> },
    { key: 'until', label: w.until, width: 130, grow: 0, align: 'right', cell: (row) => <UntilCell row={row} /> },
    { key: 'missing', label: w.missing, width: 140, grow: 2, cell: (row) => <MissingCell row={row} /> },
    {
      key: 'birth',
      label: w.birth,
      width: 96,
      grow: 0,
      optional: true,
      cell: ({ birth }) => birth?.date ?? '—',
    },
    {
      key: 'since',
      label: w.since,
      width: 140,
      grow: 0,
      optional: true,
      align: 'right',
      cell: ({ since }) => <When at={since} offset={false} />,
    },
    {
      key: 'cause',
      label: w.cause,
      width: 180,
      optional: true,
      cell: ({ basis }) => (basis === null ? null : causes[basis.cause]),
    },
    { key: 'worst', label: w.worst, width: 130, optional: true, cell: ({ worst }) => worst?.reason ?? '—' },
    { key: 'facility', label: w.facility, width: 90, grow: 0, optional: true, cell: ({ facility }) => facility },
  ]
  // A column that the role is never shown would say the same in each row.
  return all.filter(({ key }) => (mayLaw || !OF_LAW.includes(key)) && (mayPlace || key !== 'place'))
}

const OF_LAW = ['basis', 'until', 'cause']

/** Which columns of the CSV hold what a column of the screen shows. */
const inCsv: Readonly<Record<string, readonly RosterColumn[]>> = {
  name: ['family', 'given'],
  seen: ['presence', 'seen', 'seenBy'],
}

export const csvColumns = (shown: readonly string[]): string =>
  shown.flatMap((key): readonly string[] => inCsv[key] ?? [key]).join(',')
