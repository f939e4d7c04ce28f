import type { facilityPlacesContract } from '../../../src/places/contract.ts'
import { useRead } from '../../frame/api.ts'
import { useFacility, useMay } from '../../frame/session.ts'
import { useWords } from '../../frame/words.ts'
import type { Filter, FilterBarProps } from '../../parts/filter-bar.tsx'
import { basisWords, missingWords, placeWords, presenceWords, wordFor } from '../terms.ts'
import { peopleWords } from './words.ts'

/** What stands in the address: all of it goes to the server as it is. */
export const FILTERS = [
  'presence',
  'basis',
  'withoutBasis',
  'place',
  'missing',
  'admittedWithinDays',
  'nationality',
  'double',
  'sort',
] as const

const DAYS = [1, 7, 30, 90, 400]

const choicesOf = (chosen: Readonly<Record<string, string>>) =>
  Object.entries(chosen).map(([value, label]) => ({ value, label }))

/** The filters of the roster as chips; a place is chosen among pavilions and levels, or came with a link. */
export function useRosterFilters(values: Readonly<Record<string, string>>): {
  readonly filters: readonly Filter[]
  readonly views: NonNullable<FilterBarProps['views']>
} {
  const w = useWords(peopleWords)
  const presence = useWords(presenceWords)
  const basis = useWords(basisWords)
  const missing = useWords(missingWords)
  const places = usePlaceChoices(values.place)
  const mayLaw = useMay('law.read')
  const mayPlace = useMay('place.read')
  const isAllowed = (key: string) => (mayLaw || !/[bB]asis$/.test(key)) && (mayPlace || key !== 'place')
  const filters: Filter[] = [
    {
      key: 'presence',
      label: w.fPresence,
      choices: [{ value: 'confirmed', label: w.confirmedPresence }, ...choicesOf(presence)],
    },
    { key: 'basis', label: w.fBasis, choices: choicesOf(basis) },
    { key: 'place', label: w.fPlace, choices: places },
    { key: 'missing', label: w.fMissing, choices: [{ value: 'any', label: w.anyMissing }, ...choicesOf(missing)] },
    {
      key: 'admittedWithinDays',
      label: w.fAdmitted,
      choices: DAYS.map((days) => ({ value: String(days), label: w.lastDays(days) })),
      optional: true,
    },
    {
      key: 'withoutBasis',
      label: w.fBasis,
      choices: [{ value: 'true', label: w.notCovered }],
      optional: true,
    },
    { key: 'nationality', label: w.fNationality, optional: true },
    {
      key: 'double',
      label: w.fDouble,
      choices: [
        { value: 'true', label: w.yes },
        { value: 'false', label: w.no },
      ],
      optional: true,
    },
    { key: 'sort', label: w.fSort, choices: [{ value: 'admitted', label: w.byAdmission }], optional: true },
  ]
  const views: NonNullable<FilterBarProps['views']> = [
    { label: w.withoutBasis, filters: { basis: 'lapse' } },
    { label: w.basisUnknown, filters: { basis: 'unknown' } },
    { label: w.unconfirmed, filters: { presence: 'unknown' } },
    { label: w.newest, filters: { admittedWithinDays: '30', sort: 'admitted' } },
  ]
  return {
    filters: filters.filter(({ key }) => isAllowed(key)),
    views: views.filter((view) => Object.keys(view.filters).every(isAllowed)),
  }
}

function usePlaceChoices(chosen: string | undefined): { value: string; label: string }[] {
  const { code } = useFacility()
  const kinds = useWords(placeWords)
  const { data } = useRead<typeof facilityPlacesContract>(
    '/api/facilities/:code/places',
    { params: { code } },
    { enabled: code !== '', live: false },
  )
  return (data?.places ?? [])
    .filter(({ id, kind }) => kind === 'pavilion' || kind === 'level' || id === chosen)
    .map(({ id, kind, code, name }) => ({ value: id, label: `${wordFor(kinds, kind)} ${name ?? code}` }))
}
