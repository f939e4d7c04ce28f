import type { ReactNode } from 'react'
import { addressOf } from '../frame/addresses.ts'
import { Link } from '../frame/link.tsx'
import { useWords, words } from '../frame/words.ts'
import { Card } from './page.tsx'
import './field.css'

const own = words({
  title: { en: 'Is it somebody we know?', es: '¿Es alguien que conocemos?' },
  typing: { en: 'as you type', es: 'mientras escribe' },
  nobody: { en: 'Nobody with such a name or number.', es: 'Nadie con ese nombre o número.' },
  same: { en: 'Same', es: 'La misma' },
  different: { en: 'Different', es: 'Otra' },
  sameAs: { en: (number: string) => `Same as ${number}`, es: (number: string) => `La misma que ${number}` },
  differentFrom: { en: (number: string) => `Different from ${number}`, es: (number: string) => `Otra que ${number}` },
  later: {
    en: 'You need not decide now. Both stay; a possible double is listed until somebody says.',
    es: 'No tiene que decidir ahora. Quedan los dos; un posible duplicado sigue en la lista hasta que alguien lo diga.',
  },
})

export type Candidate = {
  readonly person: string
  readonly name: ReactNode
  /** Register number of the latest custody. */
  readonly number: string
  readonly custody?: string
  /** Where the person is or was: 'held now in P1 · 1-09'. */
  readonly standing: ReactNode
  /** Why it may be the same: 'sounds alike · age 24'. */
  readonly why: ReactNode
  readonly photograph?: string
  readonly said?: 'same' | 'different'
}

export type PersonMatchProps = {
  readonly candidates: readonly Candidate[]
  /** Whether enough was typed to look at all. */
  readonly hasLooked: boolean
  readonly onSame: (candidate: Candidate) => void
  readonly onDifferent: (candidate: Candidate) => void
}

/** Possible doubles while one types: same, different, or leave it for later. It never stops the form. */
export function PersonMatch({ candidates, hasLooked, onSame, onDifferent }: PersonMatchProps) {
  const w = useWords(own)
  return (
    <Card title={w.title} aside={<span className="support">{w.typing}</span>}>
      <div aria-live="polite">
        {candidates.length === 0 && hasLooked ? <p className="card-body label">{w.nobody}</p> : null}
        {candidates.map((candidate) => {
          const { person, name, number, custody, standing, why, photograph, said } = candidate
          return (
            <div key={person} className="match">
              {photograph === undefined ? (
                <span className="match-photo" />
              ) : (
                <img className="match-photo" src={photograph} alt="" />
              )}
              <div className="what">
                <b>{name}</b>
                <div>
                  {custody === undefined ? number : <Link to={addressOf.person(custody)}>{number}</Link>} · {standing}
                </div>
                <div className="support">{why}</div>
              </div>
              <div className="stack">
                <button
                  type="button"
                  className="button small"
                  aria-label={w.sameAs(number)}
                  aria-pressed={said === 'same'}
                  onClick={() => onSame(candidate)}
                >
                  {w.same}
                </button>
                <button
                  type="button"
                  className="button small"
                  aria-label={w.differentFrom(number)}
                  aria-pressed={said === 'different'}
                  onClick={() => onDifferent(candidate)}
                >
                  {w.different}
                </button>
              </div>
            </div>
          )
        })}
      </div>
      {candidates.length === 0 ? null : <p className="match support">{w.later}</p>}
    </Card>
  )
}
