/**
 * All addresses of the console, made in one place. English nouns in both languages, never a name: addresses land in
 * history, logs and pictures. `?at=` is carried by `Link` and `useGo` of frame/link.tsx.
 */
export const addressOf = {
  people: () => '/people',
  person: (custody: string) => `/people/${custody}`,
  return: (custody: string) => `/people/${custody}/return`,
  sentence: (custody: string) => `/people/${custody}/sentence`,
  acts: (custody: string) => `/people/${custody}/act`,
  act: (custody: string, kind: string) => `/people/${custody}/act/${kind}`,
  admissions: () => '/admissions',
  admit: () => '/admit',
  admitGroup: () => '/admit/group',
  doubles: () => '/doubles',
  law: () => '/law',
  lawChanges: () => '/law/changes',
  places: () => '/places',
  place: (id: string) => `/places/${id}`,
  watched: () => '/watched',
  conditions: () => '/conditions',
  owed: () => '/owed',
  findings: () => '/findings',
  finding: (id: string) => `/findings/${id}`,
  rule: (rule: string) => `/rules/${rule}`,
  prove: () => '/prove',
  entry: (id: string) => `/prove/entries/${id}`,
  correct: (entry: string) => `/prove/entries/${entry}/correct`,
  checkpoints: () => '/prove/checkpoints',
  audit: () => '/prove/audit',
  verify: () => '/verify',
  director: () => '/director',
  search: (opaque: string) => `/search/${opaque}`,
  sessions: () => '/sessions',
  gallery: () => '/gallery',
  signIn: (to: string) => `/sign-in?to=${encodeURIComponent(to)}`,
} as const

/** The writ's questions, in the order of the navigation and of the keys 1 to 8. */
export const QUESTIONS = ['who', 'law', 'where', 'watched', 'conditions', 'owed', 'wrong', 'prove'] as const
export type Question = (typeof QUESTIONS)[number]

export const questionAddress: Record<Question, string> = {
  who: addressOf.people(),
  law: addressOf.law(),
  where: addressOf.places(),
  watched: addressOf.watched(),
  conditions: addressOf.conditions(),
  owed: addressOf.owed(),
  wrong: addressOf.findings(),
  prove: addressOf.prove(),
}

/** An address with filters; what is empty is left out. */
export function withFilters(address: string, filters: Readonly<Record<string, string | undefined>>): string {
  const search = stringifySearch(filters)
  return `${address}${search}`
}

/** Search parameters are plain text, and colons stay readable: `?at=2026-04-14T09:00-06:00`. */
export function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const parts: string[] = []
  for (const [key, value] of Object.entries(search)) {
    if (value === undefined || value === null || value === '') continue
    parts.push(
      `${encodeURIComponent(key)}=${encodeURIComponent(String(value)).replaceAll('%3A', ':').replaceAll('%2C', ',')}`,
    )
  }
  return parts.length === 0 ? '' : `?${parts.join('&')}`
}

export const parseSearch = (text: string): Record<string, string> => Object.fromEntries(new URLSearchParams(text))
