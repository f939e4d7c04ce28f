import { useQuery } from '@tanstack/react-query'
import type { facilitiesContract } from '../../src/places/contract.ts'
import { call, Problem, queryClient, request, SESSION_KEY } from './api.ts'
import { dropDrafts } from './draft.ts'
import type { Language } from './format.ts'

export type Session = {
  readonly officer: string
  /** How the officer is called on screen: a number, not a name. */
  readonly label: string
  readonly role: string
  readonly facility: string | null
  readonly language: Language | null
  readonly permissions: readonly string[]
  readonly demonstration: boolean
  readonly hasPasskey: boolean
  readonly idleUntil: string
  readonly endsAt: string
}

/** Who sits here; null: nobody signed in. */
export function useSession() {
  return useQuery<Session | null>({
    queryKey: SESSION_KEY,
    queryFn: async ({ signal }) => {
      try {
        const answer = await request('/api/session', { signal, headers: { accept: 'application/json' } })
        const session = (await answer.json()) as Session
        noteOfficer(session)
        return session
      } catch (error) {
        if (error instanceof Problem && error.status === 401) return null
        throw error
      }
    },
    staleTime: 60_000,
    refetchInterval: 60_000,
  })
}

const OFFICER = 'habeas.officer'

/** Whether somebody was signed in in this tab before. */
export const wasSignedIn = (): boolean => sessionStorage.getItem(OFFICER) !== null

/** A session that ended leaves drafts for its officer. Whoever signs in after somebody else finds nothing of theirs. */
function noteOfficer({ officer, role }: Session): void {
  const now = `${officer} ${role}`
  const before = sessionStorage.getItem(OFFICER)
  if (before === now) return
  sessionStorage.setItem(OFFICER, now)
  if (before === null) return
  dropDrafts()
  forgetRead()
}

/** Forgets whatever was read about anybody. */
export function forgetRead(): void {
  void queryClient.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION_KEY[0] })
}

/** Whether the role may do this at all; the server decides each case. */
export function useMay(permission: string): boolean {
  return useSession().data?.permissions.includes(permission) ?? false
}

/** Ends the session here and forgets what was typed on this device. */
export async function signOut(): Promise<void> {
  const { issuer } = (await (await request('/sign-out', { method: 'POST' })).json()) as {
    readonly issuer: string | null
  }
  sessionStorage.clear()
  location.assign(issuer ?? '/')
}

export type Facility = {
  readonly code: string
  readonly name: string
  readonly zone: string
  /** ISO 3166-1: the state whose courts and offices are meant where nobody says another. */
  readonly country: string
}

/** Where times are told in when no facility is on file yet. */
const SOMEWHERE: Facility = { code: '', name: '', zone: 'America/El_Salvador', country: 'SV' }

/** The officer's facility, or the first on file for those who watch over several. Its zone is that of all times. */
export function useFacility(): Facility {
  const session = useSession().data
  const { data } = useQuery({
    queryKey: ['facilities'],
    queryFn: ({ signal }) => call<typeof facilitiesContract>('GET', '/api/facilities', { signal }),
    enabled: session?.permissions.includes('place.read') ?? false,
    staleTime: 600_000,
  })
  const facilities = data?.facilities ?? []
  return facilities.find(({ code }) => code === session?.facility) ?? facilities[0] ?? SOMEWHERE
}
