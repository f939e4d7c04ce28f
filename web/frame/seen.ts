import { addressOf, QUESTIONS, type Question, questionAddress } from './addresses.ts'
import { pageRoutes } from './all-pages.ts'
import { useSession } from './session.ts'

const permissionAt = (address: string): string | undefined =>
  pageRoutes.find(({ path }) => path === address)?.permission

/** Whether the role may see the page at an address: else a link would lead nowhere. */
export function useMaySee(): (address: string) => boolean {
  const may = useSession().data?.permissions ?? []
  return (address) => {
    const permission = permissionAt(address)
    return permission === undefined || may.includes(permission)
  }
}

/** The questions whose page the role may see. */
export function useQuestions(): readonly Question[] {
  const maySee = useMaySee()
  return QUESTIONS.filter((question) => maySee(questionAddress[question]))
}

/** Where somebody begins: the director at the director's page, all others at the first question that the role answers. */
export function startOf({ role, permissions }: { readonly role: string; readonly permissions: readonly string[] }) {
  if (role === 'director') return addressOf.director()
  const first = QUESTIONS.find((question) => permissions.includes(permissionAt(questionAddress[question]) ?? ''))
  return first === undefined ? addressOf.people() : questionAddress[first]
}
