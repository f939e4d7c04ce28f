import { useSearch } from '@tanstack/react-router'
import { readAt, useAt } from './at.ts'
import { formatWhen } from './format.ts'
import { Icon } from './icons.tsx'
import { useFacility } from './session.ts'
import { useLanguage, useWords, words } from './words.ts'

const own = words({
  band: { en: 'Not now', es: 'No es ahora' },
  was: {
    en: (when: string) => `This is how the world stood at ${when}, as the record knows it now.`,
    es: (when: string) => `Así estaba el mundo el ${when}, según lo que el registro sabe ahora.`,
  },
  known: {
    en: (when: string, known: string) => `This is how the world stood at ${when}, as the record knew it at ${known}.`,
    es: (when: string, known: string) => `Así estaba el mundo el ${when}, según lo que el registro sabía el ${known}.`,
  },
  noActs: { en: 'No acts are recorded here.', es: 'Aquí no se graban actos.' },
  onlyReturn: {
    en: 'Only the return is signed here; no other acts are recorded.',
    es: 'Aquí solo se firma la respuesta; no se graban otros actos.',
  },
})

/** The plain band over every page that does not show now. A return may be signed there: it carries its own instant. */
export function NotNowBand({ isReturn = false }: { readonly isReturn?: boolean }) {
  const w = useWords(own)
  const { language } = useLanguage()
  const { zone } = useFacility()
  const { at } = useAt()
  const { known } = useSearch({ strict: false }) as { readonly known?: string }
  if (at === undefined) return null
  const say = (instant: string) => formatWhen(instant, { language, zone, precision: 'second' })
  const knownAt = readAt(known)
  return (
    <section className="past-band" aria-label={w.band}>
      <Icon name="clock" />
      <b>{knownAt === undefined ? w.was(say(at)) : w.known(say(at), say(knownAt))}</b>
      <span>{isReturn ? w.onlyReturn : w.noActs}</span>
    </section>
  )
}
