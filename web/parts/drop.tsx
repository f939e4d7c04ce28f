import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import './drop.css'

export type DropProps = {
  /** What the button shows. */
  readonly button: ReactNode
  readonly className?: string
  /** Name of the button where what it shows does not say enough. It begins with what is shown. */
  readonly label?: string
  readonly children: ReactNode | ((close: () => void) => ReactNode)
  /** On which edge of the button the panel is hung. */
  readonly side?: 'left' | 'right'
  readonly buttonRef?: React.RefObject<HTMLButtonElement | null>
}

/** A button that opens a small panel below itself. Esc and a press elsewhere close it; the focus goes back. */
export function Drop({ button, className = 'button', label, children, side = 'left', buttonRef }: DropProps) {
  const [isOpen, open] = useState(false)
  const id = useId()
  const whole = useRef<HTMLDivElement>(null)
  const own = useRef<HTMLButtonElement>(null)
  const ref = buttonRef ?? own
  useEffect(() => {
    if (!isOpen) return
    const onOutside = (event: Event) => {
      if (event.target instanceof Node && whole.current?.contains(event.target) === false) open(false)
    }
    document.addEventListener('pointerdown', onOutside)
    document.addEventListener('focusin', onOutside)
    whole.current?.querySelector<HTMLElement>('.drop-panel :is(input, button, a)')?.focus()
    return () => {
      document.removeEventListener('pointerdown', onOutside)
      document.removeEventListener('focusin', onOutside)
    }
  }, [isOpen])
  const close = () => {
    open(false)
    ref.current?.focus()
  }
  return (
    <div
      className="drop"
      ref={whole}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return
        event.preventDefault()
        event.stopPropagation()
        close()
      }}
    >
      <button
        type="button"
        ref={ref}
        className={className}
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        aria-label={label}
        onClick={() => open(!isOpen)}
      >
        {button}
      </button>
      {isOpen ? (
        <div id={id} className={`drop-panel drop-${side} fades`}>
          {typeof children === 'function' ? children(close) : children}
        </div>
      ) : null}
    </div>
  )
}
