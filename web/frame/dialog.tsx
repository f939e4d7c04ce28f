import { type ReactNode, useEffect, useRef } from 'react'
import './dialog.css'

/** A dialog of the browser's own: it keeps the focus inside, Esc closes it, and the focus goes back where it was. */
export function Dialog({
  isOpen,
  onClose,
  label,
  children,
}: {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly label: string
  readonly children: ReactNode
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    if (element === null) return
    if (isOpen && !element.open) element.showModal()
    if (!isOpen && element.open) element.close()
  }, [isOpen])
  return (
    <dialog
      ref={dialog}
      className="dialog fades"
      aria-label={label}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) onClose()
      }}
    >
      {isOpen ? children : null}
    </dialog>
  )
}
