import { useWords, words } from '../frame/words.ts'
import './keypad.css'

const own = words({
  number: { en: 'Number', es: 'Número' },
  back: { en: 'Take the last digit away', es: 'Quitar la última cifra' },
})

export type KeypadProps = {
  /** Digits as typed; '' for none yet; `cannot` where that was the answer. */
  readonly value: string | 'cannot'
  readonly onChange: (value: string | 'cannot') => void
  readonly label?: string
  /** What 'I cannot count' is called here: an answer like a number. */
  readonly cannot?: string
  readonly maxDigits?: number
}

/** Our own keypad for handhelds: 60 px keys, pressed with gloves, no keyboard of the device in the way. */
export function Keypad({ value, onChange, label, cannot, maxDigits = 5 }: KeypadProps) {
  const w = useWords(own)
  const digits = value === 'cannot' ? '' : value
  const press = (digit: string) => {
    if (digits.length < maxDigits) onChange(digits === '0' ? digit : `${digits}${digit}`)
  }
  return (
    <div className="keypad" role="group" aria-label={label ?? w.number}>
      <output className="keypad-shown" aria-live="polite">
        {value === 'cannot' ? cannot : digits}
      </output>
      {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((digit) => (
        <button key={digit} type="button" onClick={() => press(digit)}>
          {digit}
        </button>
      ))}
      <button type="button" aria-label={w.back} onClick={() => onChange(digits.slice(0, -1))}>
        <svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor">
          <path d="M8 5h13v14H8l-6-7zM11 9l6 6m0-6-6 6" strokeWidth="1.8" />
        </svg>
      </button>
      <button type="button" onClick={() => press('0')}>
        {'0'}
      </button>
      {cannot === undefined ? null : (
        <button
          type="button"
          className="keypad-cannot"
          aria-pressed={value === 'cannot'}
          onClick={() => onChange('cannot')}
        >
          {cannot}
        </button>
      )}
    </div>
  )
}
