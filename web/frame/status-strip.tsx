import { useEffect, useState } from 'react'
import { Mark } from '../parts/mark.tsx'
import { addressOf, withFilters } from './addresses.ts'
import { formatAgo, formatNumber } from './format.ts'
import { Link } from './link.tsx'
import type { Live } from './live.ts'
import { useFacility } from './session.ts'
import { useLanguage, useWords, words } from './words.ts'

const own = words({
  strip: { en: 'State of the record', es: 'Estado del registro' },
  held: { en: 'People held', es: 'Personas' },
  confirmed: { en: 'confirmed', es: 'confirmadas' },
  unconfirmed: { en: 'unconfirmed', es: 'sin confirmar' },
  withoutBasis: { en: 'Without a basis', es: 'Sin base legal' },
  dutiesLate: { en: 'Duties late', es: 'Deberes vencidos' },
  unsequenced: { en: 'Unsequenced entries', es: 'Asientos sin secuenciar' },
  checkpoint: { en: 'Checkpoint', es: 'Sello' },
  none: { en: 'none yet', es: 'todavía ninguno' },
  witnesses: {
    en: (agree: number, of: number) => `${agree}/${of} witnesses`,
    es: (agree: number, of: number) => `${agree}/${of} testigos`,
  },
  noWitnesses: { en: 'no witnesses yet', es: 'sin testigos todavía' },
  notYet: { en: 'not measured yet', es: 'aún sin medir' },
  live: { en: 'live · last heard', es: 'en vivo · oído' },
  notLive: { en: 'Not live. Last heard', es: 'Sin tiempo real. Oído por última vez' },
  never: { en: 'Not live. Not heard yet.', es: 'Sin tiempo real. Aún no se ha oído nada.' },
  people: { en: 'People held: not for your role', es: 'Personas: no es para su función' },
  asItStood: { en: 'as it stood', es: 'como estaba' },
})

/** What must never be out of sight. A value that has no source says so. */
export function StatusStrip({ live, isPast = false }: { readonly live: Live; readonly isPast?: boolean }) {
  const w = useWords(own)
  const { status } = live
  const number = (value: number | null | undefined) => (value == null ? w.notYet : formatNumber(value))
  return (
    <footer className="strip" role="contentinfo" aria-label={w.strip}>
      {status?.held === null ? (
        <span className="item">{w.people}</span>
      ) : (
        <>
          <span className="item">
            <Link to={addressOf.people()}>
              {w.held} <b>{number(status?.held)}</b>
            </Link>
          </span>
          <span className="item">
            {w.confirmed} <b>{number(status?.confirmed)}</b>
          </span>
          <span className="item">
            <Link to={withFilters(addressOf.people(), { presence: 'unknown' })}>
              {(status?.unconfirmed ?? 0) > 0 ? <Mark kind="unknown" /> : null}
              {w.unconfirmed} <b>{number(status?.unconfirmed)}</b>
            </Link>
          </span>
          <span className="item">
            <Link to={withFilters(addressOf.people(), { basis: 'lapse' })}>
              {(status?.withoutBasis ?? 0) > 0 ? <Mark kind="s1" /> : null}
              {w.withoutBasis} <b>{number(status?.withoutBasis)}</b>
            </Link>
          </span>
          <span className="item">
            <Link to={addressOf.owed()}>
              {(status?.dutiesLate ?? 0) > 0 ? <Mark kind="missed" /> : null}
              {w.dutiesLate} <b>{number(status?.dutiesLate)}</b>
            </Link>
          </span>
        </>
      )}
      <span className="item">
        {w.unsequenced} <b>{number(status?.unsequenced)}</b>
      </span>
      <span className="item">
        <Link to={addressOf.checkpoints()}>
          {w.checkpoint} <b>{status?.checkpoint == null ? w.none : <Ago at={status.checkpoint.at} />}</b>
          {' · '}
          {status === undefined || status.witnesses.of === 0
            ? w.noWitnesses
            : w.witnesses(status.witnesses.agree, status.witnesses.of)}
        </Link>
      </span>
      <span className="heard">{isPast ? w.asItStood : <Heard live={live} />}</span>
    </footer>
  )
}

function Heard({ live }: { readonly live: Live }) {
  const w = useWords(own)
  if (live.heardAt === undefined) return <span className="not-live">{w.never}</span>
  if (live.isLive) {
    return (
      <>
        {w.live}{' '}
        <b>
          <Ago at={live.heardAt} />
        </b>
      </>
    )
  }
  return (
    <span className="not-live">
      {w.notLive} <Ago at={live.heardAt} />
    </span>
  )
}

/** `hace 8 s`, counted on by the second. */
export function Ago({ at }: { readonly at: string }) {
  const { language } = useLanguage()
  const { zone } = useFacility()
  const [now, setNow] = useState(() => Temporal.Now.instant().toString())
  useEffect(() => {
    const timer = setInterval(() => setNow(Temporal.Now.instant().toString()), 1000)
    return () => clearInterval(timer)
  }, [])
  const later = Temporal.Instant.compare(now, at) < 0 ? at : now
  return <time dateTime={at}>{formatAgo(at, later, { language, zone })}</time>
}
