import { useMemo } from 'react'
import type { facilityPlacesContract } from '../../src/places/contract.ts'
import { useRead } from '../frame/api.ts'
import { useFacility } from '../frame/session.ts'
import { useWords, words } from '../frame/words.ts'
import { Field, type FieldProps } from './field.tsx'

const own = words({
  none: { en: 'not chosen', es: 'sin elegir' },
  top: { en: 'Facility', es: 'Establecimiento' },
  reading: { en: 'reading the places', es: 'leyendo los lugares' },
})

export type PlaceChoice = {
  readonly id: string
  readonly kind: string
  readonly code: string
  /** Codes from below the facility down: `P3 · 3-14`. */
  readonly path: string
}

/** The places of the facility now, as one would say them, each after what it lies in. */
export function usePlaces(): { readonly places: readonly PlaceChoice[]; readonly isRead: boolean } {
  const { code } = useFacility()
  const { data } = useRead<typeof facilityPlacesContract>(
    '/api/facilities/:code/places',
    { params: { code } },
    { enabled: code !== '', timed: false, live: false },
  )
  const places = useMemo(() => {
    const paths = new Map<string, string>()
    return (data?.places ?? []).map(({ id, kind, parent, code: own, name }) => {
      const above = parent === null ? undefined : paths.get(parent)
      const said = kind === 'facility' ? '' : own
      // A cell carries its number in its code, so its level adds nothing to be read.
      const path = above === undefined || above === '' ? said : kind === 'level' ? above : `${above} · ${said}`
      paths.set(id, path)
      return { id, kind, code: own, path: path === '' ? (name ?? own) : path }
    })
  }, [data])
  return { places, isRead: data !== undefined }
}

export type WhereFieldProps = FieldProps & {
  /** Id of the place, or '' for none. */
  readonly value: string
  readonly onValue: (place: string) => void
  /** Only these kinds of places: `['cell']`. */
  readonly kinds?: readonly string[]
  readonly empty?: string
}

/** A place on file, chosen from the tree of the facility; typing its code jumps to it. */
export function WhereField({ value, onValue, kinds, empty, ...field }: WhereFieldProps) {
  const w = useWords(own)
  const { places, isRead } = usePlaces()
  const shown = places.filter(({ kind }) => kinds?.includes(kind) ?? kind !== 'level')
  return (
    <Field {...field}>
      {(input) => (
        <select {...input} value={value} onChange={(event) => onValue(event.target.value)}>
          <option value="">{isRead ? (empty ?? w.none) : w.reading}</option>
          {shown.map(({ id, path, kind }) => (
            <option key={id} value={id}>
              {kind === 'facility' ? w.top : path}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
