import { addressOf } from '../../frame/addresses.ts'
import { Link } from '../../frame/link.tsx'
import { useSession } from '../../frame/session.ts'
import { useWords } from '../../frame/words.ts'
import { proveWords } from './words.ts'

export type ProvePart = 'entries' | 'checkpoints' | 'audit'

/** The other pages of this question. */
export function ProveParts({ current }: { readonly current?: ProvePart }) {
  const w = useWords(proveWords)
  const may = useSession().data?.permissions ?? []
  // What a role does not see is not offered to it; the verifier is everybody's.
  const parts = [
    ['entries', addressOf.prove(), w.entries, 'entry.read'],
    ['checkpoints', addressOf.checkpoints(), w.checkpoints, 'log.read'],
    ['audit', addressOf.audit(), w.audit, 'audit.run'],
    ['verify', addressOf.verify(), w.verify, undefined],
  ] as const
  return (
    <nav aria-label={w.parts} className="row">
      {parts.map(([part, to, label, permission]) =>
        part === current || (permission !== undefined && !may.includes(permission)) ? null : (
          <Link key={part} to={to} className="button">
            {label}
          </Link>
        ),
      )}
    </nav>
  )
}
