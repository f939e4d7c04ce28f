import { useEffect, useRef, useState } from 'react'
import { Icon } from '../frame/icons.tsx'
import { useShortcut } from '../frame/keys.ts'
import { useFilters } from '../frame/link.tsx'
import { usePreference } from '../frame/preference.ts'
import { useWords, words } from '../frame/words.ts'
import { Drop } from './drop.tsx'

const own = words({
  any: { en: 'any', es: 'cualquiera' },
  view: { en: 'View:', es: 'Vista:' },
  all: { en: 'All', es: 'Todas' },
  own: { en: 'own', es: 'propia' },
  keep: { en: 'Keep this view as', es: 'Guardar esta vista como' },
  keepIt: { en: 'Keep', es: 'Guardar' },
  forget: { en: (name: string) => `Forget ${name}`, es: (name: string) => `Olvidar ${name}` },
  add: { en: '+ Filter', es: '+ Filtro' },
  addKey: { en: 'Add a filter', es: 'Añadir un filtro' },
  focusKey: { en: 'To the filters', es: 'Ir a los filtros' },
  takeAway: { en: (label: string) => `Take away ${label}`, es: (label: string) => `Quitar ${label}` },
  clear: { en: 'Take all away', es: 'Quitar todos' },
  apply: { en: 'Apply', es: 'Aplicar' },
})

export type Filter = {
  /** Its name in the address. */
  readonly key: string
  readonly label: string
  /** What may be chosen; without choices it is typed (a number, an id: never a name). */
  readonly choices?: readonly { readonly value: string; readonly label: string }[]
  /** Shown only once it is added or set. */
  readonly optional?: boolean
}

export type FilterBarProps = {
  readonly filters: readonly Filter[]
  /** Views that everybody has; what somebody keeps under a name of their own stays on this device. */
  readonly views?: readonly { readonly label: string; readonly filters: Readonly<Record<string, string>> }[]
  /** Under which own views are kept; without it there are none. */
  readonly name?: string
}

type OwnView = { readonly label: string; readonly filters: Readonly<Record<string, string>> }

/** Filters read as a sentence and live in the address. */
export function FilterBar({ filters, views = [], name }: FilterBarProps) {
  const w = useWords(own)
  const [values, change] = useFilters()
  const [kept, keep] = usePreference<readonly OwnView[]>(`views.${name ?? ''}`, [])
  const [added, setAdded] = useState<readonly string[]>([])
  const first = useRef<HTMLButtonElement>(null)
  const adder = useRef<HTMLButtonElement>(null)
  useShortcut('/', w.focusKey, () => first.current?.focus())
  const hidden = filters.filter(
    ({ key, optional }) => optional === true && values[key] === undefined && !added.includes(key),
  )
  useShortcut('F', w.addKey, hidden.length > 0 ? () => adder.current?.click() : undefined)
  const shown = filters.filter((filter) => !hidden.includes(filter))
  const go = (next: Readonly<Record<string, string>>) =>
    change({ ...Object.fromEntries(filters.map(({ key }) => [key, undefined])), ...next })
  const isSame = (one: Readonly<Record<string, string>>) =>
    filters.every(({ key }) => (one[key] ?? '') === (values[key] ?? ''))
  const current = [...views, ...kept].find((view) => isSame(view.filters))
  const isAll = isSame({})
  return (
    <>
      <Drop
        buttonRef={first}
        className="button small chip"
        button={
          <>
            {w.view} <b>{isAll ? w.all : (current?.label ?? w.own)}</b> <Icon name="down" size={12} />
          </>
        }
      >
        {(close) => (
          <>
            <button
              type="button"
              className="choice"
              aria-pressed={isAll}
              onClick={() => {
                go({})
                close()
              }}
            >
              {w.all}
            </button>
            {[...views, ...kept].map((view) => (
              <div key={view.label} className="row">
                <button
                  type="button"
                  className="choice"
                  aria-pressed={isSame(view.filters)}
                  onClick={() => {
                    go(view.filters)
                    close()
                  }}
                >
                  {view.label}
                </button>
                {kept.includes(view) ? (
                  <button
                    type="button"
                    className="chip-off"
                    aria-label={w.forget(view.label)}
                    onClick={() => keep(kept.filter((one) => one !== view))}
                  >
                    <Icon name="off" size={12} />
                  </button>
                ) : null}
              </div>
            ))}
            {name === undefined || isAll || current !== undefined ? null : (
              <>
                <hr />
                <TypedFilter
                  label={w.keep}
                  button={w.keepIt}
                  value=""
                  onValue={(label) => {
                    const now = Object.fromEntries(
                      filters.flatMap(({ key }) => (values[key] === undefined ? [] : [[key, values[key]]])),
                    )
                    if (label !== '') keep([...kept, { label, filters: now }])
                    close()
                  }}
                />
              </>
            )}
          </>
        )}
      </Drop>
      {shown.map((filter) => (
        <Chip
          key={filter.key}
          filter={filter}
          value={values[filter.key]}
          isOpen={added.at(-1) === filter.key && values[filter.key] === undefined}
          onValue={(value) => {
            change({ [filter.key]: value })
            if (value === undefined) setAdded(added.filter((key) => key !== filter.key))
          }}
        />
      ))}
      {hidden.length === 0 ? null : (
        <Drop
          buttonRef={adder}
          className="button small chip"
          button={
            <>
              {w.add} <kbd>F</kbd>
            </>
          }
        >
          {(close) =>
            hidden.map(({ key, label }) => (
              <button
                key={key}
                type="button"
                className="choice"
                onClick={() => {
                  close()
                  setAdded([...added, key])
                }}
              >
                {label}
              </button>
            ))
          }
        </Drop>
      )}
      {isAll ? null : (
        <button type="button" className="button small plain" onClick={() => go({})}>
          {w.clear}
        </button>
      )}
    </>
  )
}

function Chip({
  filter,
  value,
  isOpen,
  onValue,
}: {
  readonly filter: Filter
  readonly value: string | undefined
  readonly isOpen: boolean
  readonly onValue: (value: string | undefined) => void
}) {
  const w = useWords(own)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isOpen) button.current?.click()
  }, [isOpen])
  const { label, choices } = filter
  const said = value === undefined ? w.any : (choices?.find((choice) => choice.value === value)?.label ?? value)
  return (
    <span className={value === undefined ? 'chip-whole' : 'chip-whole is-set'}>
      <Drop
        buttonRef={button}
        className="button small chip"
        button={
          <>
            {label} <b>{said}</b> {value === undefined ? <Icon name="down" size={12} /> : null}
          </>
        }
      >
        {(close) =>
          choices === undefined ? (
            <TypedFilter
              label={label}
              button={w.apply}
              value={value ?? ''}
              onValue={(text) => {
                onValue(text === '' ? undefined : text)
                close()
              }}
            />
          ) : (
            [{ value: undefined, label: w.any }, ...choices].map((choice) => (
              <button
                key={choice.value ?? ''}
                type="button"
                className="choice"
                aria-pressed={choice.value === value}
                onClick={() => {
                  onValue(choice.value)
                  close()
                }}
              >
                {choice.label}
              </button>
            ))
          )
        }
      </Drop>
      {value === undefined ? null : (
        <button type="button" className="chip-off" aria-label={w.takeAway(label)} onClick={() => onValue(undefined)}>
          <Icon name="off" size={12} />
        </button>
      )}
    </span>
  )
}

function TypedFilter({
  label,
  button,
  value,
  onValue,
}: {
  readonly label: string
  readonly button: string
  readonly value: string
  readonly onValue: (text: string) => void
}) {
  const [text, setText] = useState(value)
  return (
    <form
      className="chip-form"
      onSubmit={(event) => {
        event.preventDefault()
        onValue(text.trim())
      }}
    >
      <label>
        <span className="label">{label}</span>
        <input className="input" value={text} onChange={(event) => setText(event.target.value)} />
      </label>
      <button type="submit" className="button small">
        {button}
      </button>
    </form>
  )
}
