import { useFacility, useSession } from '../frame/session.ts'
import { useWords, words } from '../frame/words.ts'
import { When } from './when.tsx'
import './paper.css'

const own = words({
  copy: {
    en: 'Copy. Evidence is the signed file: habeas verify.',
    es: 'Copia. La prueba es el archivo firmado: habeas verify.',
  },
  asOf: { en: 'As it stood', es: 'Tal como estaba el' },
  printed: { en: 'printed', es: 'impreso el' },
  by: { en: (officer: string) => `by ${officer}`, es: (officer: string) => `por ${officer}` },
})

/** What a printed page says of itself: what it shows, as of when, printed when and by whom, and where it stands. */
export function Paper({
  facility,
  number,
  at,
}: {
  readonly facility: string
  readonly number: string
  readonly at: string
}) {
  const w = useWords(own)
  const { zone } = useFacility()
  const session = useSession().data
  const printed = Temporal.Now.instant().toString()
  return (
    <footer className="paper-only support">
      <p>
        {facility} · {number} · {w.asOf} <When at={at} zone={zone} /> · {w.printed} <When at={printed} zone={zone} />{' '}
        {session == null ? null : w.by(session.label)}
      </p>
      <p>
        {location.href} · {w.copy}
      </p>
    </footer>
  )
}
