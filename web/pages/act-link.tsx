import { useAt } from '../frame/at.ts'
import { useShortcut } from '../frame/keys.ts'
import { Link, useGo } from '../frame/link.tsx'
import { useMay } from '../frame/session.ts'
import { useWords, words } from '../frame/words.ts'

const own = words({
  past: { en: 'Go back to now to record', es: 'Vuelva a ahora para registrar' },
})

export type ActLinkProps = {
  readonly to: string
  readonly label: string
  /** Without it the role never does this, and the button is not there. */
  readonly permission: string
  readonly keys?: string
  readonly primary?: boolean
  /** Works at another instant too: a return carries its own. */
  readonly inThePast?: boolean
}

/** A button that leads to the form of an act. Nothing is recorded in the past: there it says why it cannot be pressed. */
export function ActLink({ to, label, permission, keys, primary = false, inThePast = false }: ActLinkProps) {
  const w = useWords(own)
  const go = useGo()
  const may = useMay(permission)
  const { isNow } = useAt()
  const canGo = isNow || inThePast
  useShortcut(keys ?? '', label, may && canGo && keys !== undefined ? () => go(to) : undefined)
  if (!may) return null
  const look = primary ? 'button primary' : 'button'
  if (!canGo) {
    return (
      <button type="button" className={look} aria-disabled="true" title={w.past} aria-description={w.past}>
        {label}
      </button>
    )
  }
  return (
    <Link to={to} className={look} aria-keyshortcuts={keys}>
      {label}
      {keys === undefined ? null : <kbd>{keys}</kbd>}
    </Link>
  )
}
