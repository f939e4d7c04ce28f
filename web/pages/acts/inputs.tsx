import type { ReactNode } from 'react'
import { ChoiceField, TextField } from '../../parts/field.tsx'
import type { Editing } from './short-act.tsx'

type TextKey<V> = { [K in keyof V]: V[K] extends string ? K : never }[keyof V] & string

type Common<V> = {
  readonly of: Editing<V>
  readonly field: TextKey<V>
  readonly path: string
  readonly label: string
  readonly hint?: ReactNode
  readonly isMissing?: boolean
}

/** A text of the form bound to its value. */
export function Line<V>({
  of,
  field,
  path,
  label,
  hint,
  isMissing = false,
  rows,
}: Common<V> & { readonly rows?: number }) {
  return (
    <TextField
      name={path}
      label={label}
      value={of.value[field] as string}
      onValue={(text) => of.change({ [field]: text } as unknown as Partial<V>)}
      missing={isMissing}
      refusal={of.refusalOf(path)}
      {...(hint === undefined ? {} : { hint })}
      {...(rows === undefined ? {} : { rows })}
    />
  )
}

/** One of a few, bound to its value. */
export function Pick<V>({
  of,
  field,
  path,
  label,
  hint,
  isMissing = false,
  choices,
  empty,
}: Common<V> & { readonly choices: Readonly<Record<string, string>>; readonly empty?: string | null }) {
  return (
    <ChoiceField
      name={path}
      label={label}
      value={of.value[field] as string}
      onValue={(one) => of.change({ [field]: one } as unknown as Partial<V>)}
      choices={Object.entries(choices).map(([value, said]) => ({ value, label: said }))}
      missing={isMissing}
      refusal={of.refusalOf(path)}
      {...(empty === undefined ? {} : { empty })}
      {...(hint === undefined ? {} : { hint })}
    />
  )
}

/** `{ [key]: text }` where something was written: what nobody said is left out of the act. */
export const said = <const K extends string>(key: K, text: string): { [P in K]?: string } =>
  (text.trim() === '' ? {} : { [key]: text.trim() }) as { [P in K]?: string }

export const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
