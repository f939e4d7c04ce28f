import type { ReactNode } from 'react'
import { formatNumber } from '../frame/format.ts'
import { useWords } from '../frame/words.ts'
import { Drop } from './drop.tsx'
import { registerWords } from './register-words.ts'

export type Density = 'normal' | 'dense' | 'roomy'
const COLUMNS_MAX = 12

type Tools = {
  readonly columns: readonly { readonly key: string; readonly label: string }[]
  readonly shown: readonly string[]
  readonly onColumns: (keys: readonly string[] | null) => void
  readonly density: Density
  readonly onDensity: (density: Density) => void
  readonly csv: string | undefined
  readonly total: number | undefined
  readonly children: ReactNode
}

/** What stands above a register: its filters, and right of them which columns, how high the rows are, and the CSV. */
export function RegisterTools({ columns, shown, onColumns, density, onDensity, csv, total, children }: Tools) {
  const w = useWords(registerWords)
  const toggle = (key: string) => onColumns(shown.includes(key) ? shown.filter((one) => one !== key) : [...shown, key])
  return (
    <div className="register-tools screen-only">
      <div className="row">{children}</div>
      <div className="row">
        <Drop className="button small" side="right" button={w.columns(shown.length, columns.length)}>
          {columns.map(({ key, label }) => (
            <label key={key} className="choice">
              <input
                type="checkbox"
                checked={shown.includes(key)}
                disabled={shown.includes(key) ? shown.length === 1 : shown.length >= COLUMNS_MAX}
                onChange={() => toggle(key)}
              />
              {label}
            </label>
          ))}
          <p className="support choice">{w.most}</p>
          <hr />
          <p className="support choice">{w.height}</p>
          {(['normal', 'dense', 'roomy'] as const).map((one) => (
            <button
              key={one}
              type="button"
              className="choice"
              aria-pressed={density === one}
              onClick={() => onDensity(one)}
            >
              {w[one]}
            </button>
          ))}
        </Drop>
        {csv === undefined ? null : (
          <a className="button small" href={csv} download>
            {total === undefined ? w.csvAll : w.csv(formatNumber(total))}
          </a>
        )}
      </div>
    </div>
  )
}
