import { type ReactNode, useId, useState } from 'react'
import type { ActRefusal } from '../frame/act.ts'
import { formatDay, formatMonth, formatWhen, type Precision, type ReadDay, readDay, readWhen } from '../frame/format.ts'
import { useFacility } from '../frame/session.ts'
import { useLanguage, useWords, words } from '../frame/words.ts'
import { Mark } from './mark.tsx'
import { Refusal } from './refusal.tsx'
import './field.css'

const own = words({
  missing: { en: 'missing', es: 'falta' },
  choose: { en: 'not chosen', es: 'sin elegir' },
  notRead: { en: 'Not understood. For example:', es: 'No se entiende. Por ejemplo:' },
  precision: { en: 'How precisely it is known', es: 'Con qué precisión se sabe' },
  second: { en: 'second', es: 'segundo' },
  minute: { en: 'minute', es: 'minuto' },
  hour: { en: 'about the hour', es: 'hacia la hora' },
  day: { en: 'day only', es: 'solo el día' },
  now: { en: 'now', es: 'ahora' },
})

export type FieldProps = {
  /** Where it stands in the act's data, `legal.as`: a refusal of that path is shown here and gets the focus. */
  readonly name: string
  readonly label: ReactNode
  readonly hint?: ReactNode
  /** Nobody has said it yet: dashed and listed, never an error. */
  readonly missing?: boolean
  readonly refusal?: ActRefusal | undefined
  /** Acts that would make it pass, as buttons, and what never is refused. */
  readonly remedies?: ReactNode
}

type InputProps = {
  readonly id: string
  readonly className: string
  readonly 'data-path': string
  readonly 'aria-describedby'?: string
  readonly 'aria-invalid'?: true
}

/** A field of any kind: label above, hint below, a refusal beside it. `children` gets what its input needs. */
export function Field({
  name,
  label,
  hint,
  missing = false,
  refusal,
  remedies,
  children,
}: FieldProps & { readonly children: (input: InputProps) => ReactNode }) {
  const w = useWords(own)
  const id = useId()
  const described = [hint === undefined ? [] : `${id}-hint`, refusal === undefined ? [] : `${id}-refusal`]
    .flat()
    .join(' ')
  return (
    <div className="field">
      <label htmlFor={id} className="field-label">
        {label}
        {missing ? (
          <span className="field-missing">
            <Mark kind="missing" /> {w.missing}
          </span>
        ) : null}
      </label>
      {children({
        id,
        className: `input${missing ? ' is-missing' : ''}${refusal === undefined ? '' : ' is-refused'}`,
        'data-path': name,
        ...(described === '' ? {} : { 'aria-describedby': described }),
        ...(refusal === undefined ? {} : { 'aria-invalid': true as const }),
      })}
      {refusal === undefined ? null : (
        <div id={`${id}-refusal`}>
          <Refusal refusal={refusal}>{remedies}</Refusal>
        </div>
      )}
      {hint === undefined ? null : (
        <div id={`${id}-hint`} className="support">
          {hint}
        </div>
      )}
    </div>
  )
}

type Text = FieldProps & {
  readonly value: string
  readonly onValue: (value: string) => void
  readonly rows?: number
  readonly type?: 'text' | 'search' | 'tel'
  readonly inputMode?: 'numeric' | 'text'
  readonly maxLength?: number
  readonly lang?: string
  readonly autoFocus?: boolean
}

/** One line of text, or `rows` lines. */
export function TextField({
  value,
  onValue,
  rows,
  type = 'text',
  inputMode,
  maxLength,
  lang,
  autoFocus,
  ...field
}: Text) {
  const rest = {
    value,
    autoComplete: 'off',
    ...(inputMode === undefined ? {} : { inputMode }),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(lang === undefined ? {} : { lang }),
    ...(autoFocus === undefined ? {} : { autoFocus }),
  }
  return (
    <Field {...field}>
      {(input) =>
        rows === undefined ? (
          <input {...input} {...rest} type={type} onChange={(event) => onValue(event.target.value)} />
        ) : (
          <textarea {...input} {...rest} rows={rows} onChange={(event) => onValue(event.target.value)} />
        )
      }
    </Field>
  )
}

export type Choice = { readonly value: string; readonly label: string }

/** One of a few. `''` is 'not chosen', which is an answer like the others. */
export function ChoiceField({
  value,
  onValue,
  choices,
  empty,
  ...field
}: FieldProps & {
  readonly value: string
  readonly onValue: (value: string) => void
  readonly choices: readonly Choice[]
  /** What 'not chosen' is called; null where something is always chosen. */
  readonly empty?: string | null
}) {
  const w = useWords(own)
  return (
    <Field {...field}>
      {(input) => (
        <select {...input} value={value} onChange={(event) => onValue(event.target.value)}>
          {empty === null ? null : <option value="">{empty ?? w.choose}</option>}
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

/** Something that is so or not. */
export function CheckField({
  name,
  label,
  value,
  onValue,
}: {
  readonly name: string
  readonly label: ReactNode
  readonly value: boolean
  readonly onValue: (value: boolean) => void
}) {
  return (
    <label className="check">
      <input type="checkbox" data-path={name} checked={value} onChange={(event) => onValue(event.target.checked)} />
      <span>{label}</span>
    </label>
  )
}

export type WhenValue = { readonly at: string; readonly precision: Precision; readonly zone: string }

/** When something happened, as precisely as it is known. It is typed as it is shown: `14 abr 2026 09:05`. */
export function WhenField({
  value,
  onValue,
  ...field
}: FieldProps & {
  readonly value: WhenValue | undefined
  readonly onValue: (value: WhenValue | undefined) => void
}) {
  const w = useWords(own)
  const { language } = useLanguage()
  const { zone } = useFacility()
  const show = (when: WhenValue | undefined) =>
    when === undefined
      ? ''
      : formatWhen(when.at, {
          language,
          zone: when.zone,
          precision: when.precision === 'hour' ? 'minute' : when.precision,
        })
  const [typed, type] = useState<string>()
  const example = formatWhen(value?.at ?? Temporal.Now.instant().toString(), { language, zone })
  const isUnread = typed !== undefined && typed.trim() !== '' && readWhen(typed, zone) === undefined
  const choose = (precision: Precision) => value !== undefined && onValue({ ...value, precision })
  return (
    <Field
      {...field}
      hint={
        <>
          {isUnread ? (
            <b>
              {w.notRead} {example}{' '}
            </b>
          ) : null}
          {field.hint} {field.hint === undefined ? null : ' · '}
          <span className="precisions" role="group" aria-label={w.precision}>
            {(['minute', 'hour', 'day'] as const).map((one) => (
              <button
                key={one}
                type="button"
                aria-pressed={value?.precision === one}
                disabled={value === undefined}
                onClick={() => choose(one)}
              >
                {w[one]}
              </button>
            ))}
            <button
              type="button"
              onClick={() => {
                type(undefined)
                onValue({ at: Temporal.Now.instant().toString(), precision: 'second', zone })
              }}
            >
              {w.now}
            </button>
          </span>
        </>
      }
    >
      {(input) => (
        <input
          {...input}
          autoComplete="off"
          value={typed ?? show(value)}
          onChange={(event) => {
            type(event.target.value)
            const read = readWhen(event.target.value, zone)
            onValue(read === undefined ? undefined : { ...read, zone })
          }}
          onBlur={() => {
            if (!isUnread) type(undefined)
          }}
        />
      )}
    </Field>
  )
}

/** A day, a month or a year, as much as is known: `9 feb 1982`, `feb 1982`, `1982`. */
export function DayField({
  value,
  onValue,
  ...field
}: FieldProps & { readonly value: ReadDay | undefined; readonly onValue: (value: ReadDay | undefined) => void }) {
  const w = useWords(own)
  const { language } = useLanguage()
  const [typed, type] = useState<string>()
  const shown =
    value === undefined
      ? ''
      : value.precision === 'day'
        ? formatDay(value.date, language)
        : value.precision === 'month'
          ? formatMonth(value.date, language)
          : value.date
  const isUnread = typed !== undefined && typed.trim() !== '' && readDay(typed) === undefined
  return (
    <Field
      {...field}
      {...(isUnread
        ? {
            hint: (
              <b>
                {w.notRead} {formatDay('1982-02-09', language)}
              </b>
            ),
          }
        : {})}
    >
      {(input) => (
        <input
          {...input}
          autoComplete="off"
          value={typed ?? shown}
          onChange={(event) => {
            type(event.target.value)
            onValue(readDay(event.target.value))
          }}
          onBlur={() => {
            if (!isUnread) type(undefined)
          }}
        />
      )}
    </Field>
  )
}
