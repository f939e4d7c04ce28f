import { type ReactNode, useState } from 'react'
import { addressOf, withFilters } from '../../frame/addresses.ts'
import { addressOfCall } from '../../frame/api.ts'
import { formatDay, formatMonth, type Precision, secondsBetween } from '../../frame/format.ts'
import { Link } from '../../frame/link.tsx'
import { useLanguage, useWords } from '../../frame/words.ts'
import { Mark } from '../../parts/mark.tsx'
import { When } from '../../parts/when.tsx'
import { becauseWords, placeWords, wordFor } from '../terms.ts'
import { type File, isClosed, wayTo } from './parts.tsx'
import { departureWords, languageWords, personWords } from './words.ts'

type Facts = NonNullable<File['identity']>['facts']
export type Birth = { date?: string; ageYears?: number; ageAsOf?: string }

export const factOf = <T,>(facts: Facts | undefined, aspect: Facts[number]['aspect']): T | undefined =>
  facts?.find((fact) => fact.aspect === aspect)?.value as T | undefined

/** `FICTICIO BREÑAL, Amílcar`: the current official name first. */
export function nameOf(file: File): string | undefined {
  const name = file.identity?.names[0]
  if (name === undefined) return undefined
  const family = [name.family1, name.family2].filter((part) => part !== null).join(' ')
  if (family === '' && name.given === null) return name.written ?? undefined
  return [family.toUpperCase(), name.given].filter((part) => part !== null && part !== '').join(', ')
}

/** Small, and only to tell who it is. A figure stands where there is none. */
export function Photograph({ file }: { readonly file: File }) {
  const w = useWords(personWords)
  const [failed, fail] = useState(false)
  const { photograph } = file
  if (photograph === null || failed) {
    return (
      <svg width="72" height="88" viewBox="0 0 72 88" role="img" aria-label={w.noPhotograph}>
        <rect width="72" height="88" fill="var(--sunken)" />
        <circle cx="36" cy="36" r="15" fill="var(--bar-2)" />
        <path d="M8 88c0-20 12-31 28-31s28 11 28 31z" fill="var(--bar-2)" />
      </svg>
    )
  }
  const { digest } = photograph
  return (
    <img
      width="72"
      height="88"
      style={{ objectFit: 'cover' }}
      alt={w.photograph}
      src={addressOfCall('/api/custodies/:id/files/:digest', { id: file.custody, digest }, undefined)}
      onError={() => fail(true)}
    />
  )
}

/** `5 jul 1991`, `jul 1991`, `1991`: as much as is known of a birth date. */
export function birthText(date: string, language: 'en' | 'es'): string {
  return date.length === 4 ? date : date.length === 7 ? formatMonth(date, language) : formatDay(date, language)
}

export function ageAt(birth: Birth, at: string, zone: string): number | undefined {
  if (birth.date?.length !== 10) return undefined
  const day = Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate()
  return Temporal.PlainDate.from(birth.date).until(day, { largestUnit: 'year' }).years
}

/** Two lines: who the person is, and where the body is. */
export function Lines({ file }: { readonly file: File }) {
  const w = useWords(personWords)
  const languages = useWords(languageWords)
  const { language } = useLanguage()
  const facts = file.identity?.facts
  const sex = factOf<string>(facts, 'sex')
  const birth = factOf<Birth>(facts, 'birth')
  const states = factOf<{ state: string }[]>(facts, 'nationalities') ?? []
  const spoken = factOf<{ code: string }[]>(facts, 'languages') ?? []
  const parts: ReactNode[] = []
  if (sex === 'M') parts.push(w.male)
  if (sex === 'F') parts.push(w.female)
  if (sex === 'X') parts.push(w.sexX)
  if (birth?.date !== undefined) {
    parts.push(w.born(birthText(birth.date, language), ageAt(birth, file.at, file.zone)))
  } else if (birth?.ageYears !== undefined) parts.push(w.ageStated(birth.ageYears))
  else parts.push(<span className="unknown-text">{w.birthUnknown}</span>)
  parts.push(
    states.length > 0 ? (
      w.nationality(states.map(({ state }) => state).join(', '))
    ) : (
      <span className="unknown-text">{w.nationalityUnknown}</span>
    ),
  )
  if (spoken.length > 0) parts.push(w.languages(spoken.map(({ code }) => wordFor(languages, code)).join(', ')))
  if (file.photograph !== null) parts.push(w.photographOf(formatDay(dayOf(file.photograph.at, file.zone), language)))
  return (
    <>
      {isClosed(file, 'person') ? null : (
        <p className="label">
          {parts.map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one line have no identity
            <span key={index}>
              {index === 0 ? '' : ' · '}
              {part}
            </span>
          ))}
        </p>
      )}
      <WhereNow file={file} />
    </>
  )
}

const dayOf = (instant: string, zone: string) =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString()

function WhereNow({ file }: { readonly file: File }) {
  const w = useWords(personWords)
  const because = useWords(becauseWords)
  const departures = useWords(departureWords)
  const kinds = useWords(placeWords)
  const { presence, chain, bunk, to, departedAs } = file
  if (!file.inCustody) {
    return (
      <p>
        {to === null || secondsBetween(to, file.at) < 0 ? (
          <b>{w.notYet}</b>
        ) : (
          <>
            <b>{w.left}</b> <When at={to} precision={(file.toPrecision ?? 'minute') as Precision} />
            {departedAs === null ? null : <> {w.as(wordFor(departures, departedAs))}</>}
          </>
        )}
      </p>
    )
  }
  const days = Math.floor(secondsBetween(file.from, file.at) / 86_400)
  const last = chain.at(-1)
  const path = last?.path ?? []
  const place = path.at(-1)
  const inBunk = bunk !== null && bunk.path.at(-2)?.id === place?.id ? bunk.path.at(-1)?.code : undefined
  return (
    <p>
      <b>{w.heldDays(days)}</b>
      {presence === null ? null : presence.state === 'unknown' ? (
        <>
          {' · '}
          <span className="with-mark unknown-text">
            <Mark kind="not-seen" /> {w.whereUnknown}
          </span>
        </>
      ) : (
        <>
          {' · '}
          {presence.state === 'between' ? w.onTheWay : presence.state === 'disputed' ? w.placeDisputed : w.inPlace}{' '}
          {place === undefined ? (
            (presence.where ?? '')
          ) : (
            <Link to={withFilters(addressOf.people(), { place: place.id })} title={wayTo(path)}>
              {wordFor(kinds, place.kind).toLowerCase()} {place.code}
            </Link>
          )}
          {inBunk === undefined ? null : <>, {w.bunk(inBunk)}</>}
        </>
      )}
      {presence === null ? null : (
        <>
          {' · '}
          {w.lastSeen} <When at={presence.from} precision={presence.fromPrecision as Precision} />,{' '}
          {wordFor(because, presence.because)}
        </>
      )}
    </p>
  )
}
