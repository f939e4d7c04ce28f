import type { listContract } from '../../src/custody/contract.ts'
import type { placeContract } from '../../src/places/contract.ts'
import { useRead } from '../frame/api.ts'
import { useWords, words } from '../frame/words.ts'
import { Field, type FieldProps } from '../parts/field.tsx'

const own = words({
  none: { en: 'no bunk', es: 'sin litera' },
  first: { en: 'choose the cell first', es: 'elija antes la celda' },
  takenBy: {
    en: (position: string, number: string) => `${position}, meant for ${number}`,
    es: (position: string, number: string) => `${position}, es de ${number}`,
  },
})

export type Bunk = {
  readonly id: string
  readonly position: string
  /** Whom it is meant for, as far as the reader may see. */
  readonly custody?: string
  readonly registerNumber?: string
}

/** The bunks of a cell, with whom each is meant for. */
export function useBunks(cell: string): readonly Bunk[] {
  const place = useRead<typeof placeContract>('/api/places/:id', { params: { id: cell } }, { enabled: cell !== '' })
  const held = useRead<typeof listContract>(
    '/api/custodies',
    { query: { place: cell, limit: 500 } as never },
    { enabled: cell !== '' },
  )
  if (cell === '') return []
  const meant = new Map(held.data?.held.flatMap((row) => (row.place.bunk === null ? [] : [[row.place.bunk, row]])))
  return (place.data?.bunks ?? []).map(({ id, position }) => {
    const row = meant.get(id)
    return {
      id,
      position,
      ...(row === undefined ? {} : { custody: row.custody, registerNumber: row.registerNumber }),
    }
  })
}

/** A bunk of a cell. One that is meant for somebody else can be chosen: the record refuses it and says what would work. */
export function BunkField({
  bunks,
  value,
  onValue,
  ...field
}: FieldProps & {
  readonly bunks: readonly Bunk[]
  readonly value: string
  readonly onValue: (bunk: string) => void
}) {
  const w = useWords(own)
  return (
    <Field {...field}>
      {(input) => (
        <select {...input} value={value} onChange={(event) => onValue(event.target.value)}>
          <option value="">{bunks.length === 0 ? w.first : w.none}</option>
          {bunks.map(({ id, position, registerNumber }) => (
            <option key={id} value={id}>
              {registerNumber === undefined ? position : w.takenBy(position, registerNumber)}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
