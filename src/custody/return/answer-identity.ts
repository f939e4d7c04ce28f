import { dataOf, type Entry } from '../../kernel/act.ts'
import type { Words } from '../../kernel/refusal.ts'
import { describePerson, type Identity, type Name } from '../../people/acts.ts'
import { admissionOf } from '../folds.ts'
import { asJson, type Statements } from './statements.ts'
import { dayWords, say } from './words.ts'

/** ICPPED 17(3)(a): every name and every element of identity that is on record, each with the entry that says it. */
export function sayIdentity(entries: readonly Entry[], statements: Statements, unknown: string[]): void {
  let names = 0
  for (const entry of entries) {
    const identity = identityOf(entry)
    if (!identity) continue
    identity.names?.forEach((name, i) => {
      names++
      const { en, es } = useWords[name.use]
      statements.prove(
        `name-${names}`,
        say(`Name (${en}): ${nameWords(name)}.`, `Nombre (${es}): ${nameWords(name)}.`),
        asJson(name),
        [statements.cite(entry, 'person', `/identity/names/${i}`, '')],
      )
    })
    for (const [field, words] of identityWords(identity)) {
      statements.prove(`${field}-of-entry-${entry.nth ?? 0}`, words, asJson(identity[field]), [
        statements.cite(entry, 'person', `/identity/${field}`, ''),
      ])
    }
  }
  if (names === 0) {
    unknown.push('name')
    statements.unknown('name', { en: 'No name is on record.', es: 'No consta ningún nombre.' })
  }
}

function identityOf(entry: Entry): Identity | undefined {
  if (entry.kind === 'custody.admit' || entry.kind === 'custody.recapture') return admissionOf(entry).person?.identity
  return entry.kind === describePerson.kind ? dataOf(describePerson, entry).person?.identity : undefined
}

const nameWords = ({ given, family1, family2, written }: Name): string =>
  [given, family1, family2].filter((part) => part !== undefined).join(' ') || (written ?? '')

const useWords: Readonly<Record<Name['use'], Words>> = {
  recorded: { en: 'recorded', es: 'registrado' },
  alias: { en: 'alias', es: 'alias' },
  corrected: { en: 'corrected', es: 'corregido' },
  self: { en: 'as the person says', es: 'según la persona' },
}

type Field = 'unnamed' | 'birth' | 'sex' | 'gender' | 'nationalities' | 'identifiers' | 'languages'

function identityWords(identity: Identity): [Field, Words][] {
  const { unnamed, birth, sex, gender, nationalities, identifiers, languages } = identity
  const said: [Field, Words][] = []
  if (unnamed) {
    const because = unnamedWords[unnamed.because]
    said.push([
      'unnamed',
      say(
        `Registered without a name (${because.en}): ${unnamed.description}.`,
        `Registrada sin nombre (${because.es}): ${unnamed.description}.`,
      ),
    ])
  }
  if (birth) said.push(['birth', birthWords(birth)])
  if (sex) said.push(['sex', say(`Sex as recorded: ${sexWords[sex].en}.`, `Sexo registrado: ${sexWords[sex].es}.`)])
  if (gender !== undefined) {
    said.push(['gender', say(`Gender as self-described: ${gender}.`, `Género según la persona: ${gender}.`)])
  }
  if (nationalities) said.push(['nationalities', nationalityWords(nationalities)])
  if (identifiers && identifiers.length > 0) {
    const list = identifiers.map(({ scheme, issuer, value }) => `${scheme} ${value} (${issuer})`).join('; ')
    said.push(['identifiers', say(`Identity numbers: ${list}.`, `Números de identidad: ${list}.`)])
  }
  if (languages && languages.length > 0) {
    const list = (language: 'en' | 'es') =>
      languages
        .map(({ code, ability, interpreter }) =>
          [code, abilityWords[ability][language], interpreter ? interpreterWords[language] : undefined]
            .filter((part) => part !== undefined)
            .join(' '),
        )
        .join('; ')
    said.push(['languages', say(`Languages: ${list('en')}.`, `Idiomas: ${list('es')}.`)])
  }
  return said
}

const unnamedWords: Readonly<Record<'refuses' | 'unconscious' | 'unknown', Words>> = {
  refuses: { en: 'the person refuses', es: 'la persona se niega' },
  unconscious: { en: 'unconscious', es: 'inconsciente' },
  unknown: { en: 'not known', es: 'se desconoce' },
}

const sexWords: Readonly<Record<NonNullable<Identity['sex']>, Words>> = {
  F: { en: 'female', es: 'femenino' },
  M: { en: 'male', es: 'masculino' },
  X: { en: 'X', es: 'X' },
  'not-recorded': { en: 'not recorded', es: 'no registrado' },
}

const abilityWords: Readonly<Record<'speaks' | 'understands' | 'reads', Words>> = {
  speaks: { en: '(speaks)', es: '(habla)' },
  understands: { en: '(understands)', es: '(entiende)' },
  reads: { en: '(reads)', es: '(lee)' },
}
const interpreterWords: Words = { en: 'with an interpreter', es: 'con intérprete' }

const standingWords: Readonly<Record<'stated' | 'proven' | 'disputed', Words>> = {
  stated: { en: 'stated', es: 'declarada' },
  proven: { en: 'proven', es: 'acreditada' },
  disputed: { en: 'disputed', es: 'disputada' },
}

function nationalityWords(nationalities: NonNullable<Identity['nationalities']>): Words {
  if (nationalities.length === 0) return say('Nationality: has none.', 'Nacionalidad: no tiene.')
  const list = (language: 'en' | 'es') =>
    nationalities.map(({ state, standing }) => `${state} (${standingWords[standing][language]})`).join(', ')
  return say(`Nationality: ${list('en')}.`, `Nacionalidad: ${list('es')}.`)
}

function birthWords({ date, ageYears, ageAsOf, ageDisputed }: NonNullable<Identity['birth']>): Words {
  const parts: Words[] = []
  if (date !== undefined) {
    const [year = 0, month, day] = date.split('-').map(Number)
    if (month !== undefined && day !== undefined) parts.push(dayWords({ year, month, day }))
    else parts.push(say(date, date))
  }
  if (ageYears !== undefined) {
    const [year = 0, month = 1, day = 1] = (ageAsOf ?? '').split('-').map(Number)
    const asOf = ageAsOf === undefined ? undefined : dayWords({ year, month, day })
    parts.push(
      say(`aged ${ageYears}${asOf ? ` on ${asOf.en}` : ''}`, `${ageYears} años${asOf ? ` el ${asOf.es}` : ''}`),
    )
  }
  if (ageDisputed) parts.push(say('age disputed', 'edad disputada'))
  if (parts.length === 0) parts.push(say('not recorded', 'no registrado'))
  return say(`Birth: ${parts.map(({ en }) => en).join('; ')}.`, `Nacimiento: ${parts.map(({ es }) => es).join('; ')}.`)
}
