import { addressOf } from '../../frame/addresses.ts'
import { Link } from '../../frame/link.tsx'
import { useWords } from '../../frame/words.ts'
import { proveWords } from './words.ts'

export type ProvePart = 'entries' | 'checkpoints' | 'audit'

/** The other pages of this question. */
export function ProveParts({ current }: { readonly current?: ProvePart }) {
  const w = useWords(proveWords)
  const parts = [
    ['entries', addressOf.prove(), w.entries],
    ['checkpoints', addressOf.checkpoints(), w.checkpoints],
    ['audit', addressOf.audit(), w.audit],
    ['verify', addressOf.verify(), w.verify],
  ] as const
  return (
    <nav aria-label={w.parts} className="row">
      {parts.map(([part, to, label]) =>
        part === current ? null : (
          <Link key={part} to={to} className="button">
            {label}
          </Link>
        ),
      )}
    </nav>
  )
}
