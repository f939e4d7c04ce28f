import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { searchContract } from '../../src/people/contract.ts'
import { type AnswerOf, call } from '../frame/api.ts'
import { formatWhen } from '../frame/format.ts'
import { useFacility } from '../frame/session.ts'
import { useLanguage, useWords, words } from '../frame/words.ts'
import type { Candidate } from '../parts/person-match.tsx'

const own = words({
  held: { en: 'held now', es: 'está ahora' },
  left: { en: (day: string) => `left ${day}`, es: (day: string) => `salió el ${day}` },
  noCustody: { en: 'no custody that you may see', es: 'sin custodia que usted pueda ver' },
  same: { en: 'same words', es: 'mismas palabras' },
  'sounds-alike': { en: 'sounds alike', es: 'suena parecido' },
  'letters-differ': { en: 'letters differ', es: 'cambian letras' },
  'same-consonants': { en: 'same consonants', es: 'mismas consonantes' },
  initial: { en: 'an initial', es: 'una inicial' },
  number: { en: 'same number', es: 'mismo número' },
  'register-number': { en: 'same register number', es: 'mismo número de registro' },
  description: { en: 'a like description', es: 'descripción parecida' },
  birthSame: { en: 'same year of birth', es: 'mismo año de nacimiento' },
  birthNear: { en: 'nearly the same year of birth', es: 'casi el mismo año de nacimiento' },
  unnamed: { en: 'no name known', es: 'sin nombre conocido' },
})

export type Sought = { readonly name: string; readonly number: string; readonly birthYear?: number }
type Found = AnswerOf<typeof searchContract>['people'][number]

/** Persons who may be meant: asked while somebody types, a moment after the last letter. Posted, never in an address. */
export function useCandidates(sought: Sought): { readonly found: readonly Found[]; readonly hasLooked: boolean } {
  const name = sought.name.trim()
  const number = sought.number.trim()
  const wanted = JSON.stringify([name, number, sought.birthYear ?? null])
  const [settled, settle] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => settle(wanted), 350)
    return () => clearTimeout(timer)
  }, [wanted])
  const enough = name.length >= 3 || number.length >= 4
  const { data } = useQuery<readonly Found[]>({
    queryKey: ['possible-doubles', settled],
    enabled: enough && settled === wanted,
    gcTime: 60_000,
    placeholderData: (before) => (enough ? before : undefined),
    queryFn: async ({ signal }) => {
      const { birthYear } = sought
      const search = (body: object) =>
        call<typeof searchContract>('POST', '/api/people/search', { body: { ...body, limit: 5 } as never, signal })
      const answers = await Promise.all([
        name.length >= 3 ? search({ name, ...(birthYear === undefined ? {} : { birthYear }) }) : { people: [] },
        number.length >= 4 ? search({ number }) : { people: [] },
      ])
      const all = answers.toReversed().flatMap(({ people }) => people)
      return all.filter((one, index) => all.findIndex(({ person }) => person === one.person) === index).slice(0, 5)
    },
  })
  return { found: enough ? (data ?? []) : [], hasLooked: enough && data !== undefined }
}

/** As the card of possible doubles shows them. */
export function useCandidateCards(
  found: readonly Found[],
  said: (person: string) => 'same' | 'different' | undefined,
): readonly Candidate[] {
  const w = useWords(own)
  const { language } = useLanguage()
  const { zone } = useFacility()
  return found.map(({ person, by, why, names, custodies }) => {
    const name = names.find(({ current }) => current) ?? names[0]
    const latest = custodies.toSorted((a, b) => (a.from < b.from ? 1 : -1))[0]
    const family = [name?.family1, name?.family2].filter(Boolean).join(' ').toUpperCase()
    const hows = [...new Set(why.words.map(({ how }) => how))]
    const reasons = [
      ...(by === 'name' ? hows.filter((how) => how !== 'same' || hows.length === 1).map((how) => w[how]) : [w[by]]),
      ...(why.birthYear === null ? [] : [why.birthYear === 'same' ? w.birthSame : w.birthNear]),
    ]
    const answer = said(person)
    return {
      person,
      name:
        name === undefined
          ? w.unnamed
          : family === ''
            ? (name.written ?? name.given ?? w.unnamed)
            : [family, name.given].filter(Boolean).join(', '),
      number: latest?.registerNumber ?? '',
      ...(latest === undefined ? {} : { custody: latest.custody }),
      standing:
        latest === undefined ? (
          w.noCustody
        ) : latest.to === null ? (
          <b>{w.held}</b>
        ) : (
          w.left(formatWhen(latest.to, { language, zone, precision: 'day' }))
        ),
      why: reasons.join(' · '),
      ...(answer === undefined ? {} : { said: answer }),
    }
  })
}
