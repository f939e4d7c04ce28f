import type { ErrorComponentProps } from '@tanstack/react-router'
import { useEffect } from 'react'
import { Page } from '../parts/page.tsx'
import { Fault } from '../parts/states.tsx'
import { addressOf } from './addresses.ts'
import { Problem } from './api.ts'
import { Link } from './link.tsx'
import { forgetRead, wasSignedIn } from './session.ts'
import { useWords, words } from './words.ts'

const own = words({
  notFound: { en: 'There is nothing at this address', es: 'No hay nada en esta dirección' },
  notFoundWhy: {
    en: 'Either it never existed, or what stood here may not be seen from your role. The answer is the same for both.',
    es: 'O nunca existió, o lo que hay aquí no lo ve su función. La respuesta es la misma en los dos casos.',
  },
  toPeople: { en: 'Who is held', es: 'Quiénes están' },
  notSeen: { en: 'Your role does not see this', es: 'Su función no ve esto' },
  notSeenWhy: {
    en: 'What stands here is for other roles. That you asked has been recorded.',
    es: 'Lo que hay aquí es para otras funciones. Queda registrado que usted lo pidió.',
  },
  fault: { en: 'This page could not be shown', es: 'No se pudo mostrar esta página' },
  signedOut: { en: 'Nobody is signed in', es: 'Nadie ha iniciado sesión' },
  signedOutWhy: {
    en: 'Habeas records who looks and who acts, so it asks who you are first.',
    es: 'Habeas registra quién mira y quién actúa; por eso primero pregunta quién es usted.',
  },
  ended: { en: 'Your session has ended', es: 'Su sesión terminó' },
  endedWhy: {
    en: 'What you typed and did not record is kept in this tab for you, until you sign out or close it.',
    es: 'Lo que escribió y no registró queda en esta pestaña para usted, hasta que cierre la sesión o la pestaña.',
  },
  signInAgain: { en: 'Sign in again', es: 'Iniciar sesión de nuevo' },
  signIn: { en: 'Sign in', es: 'Iniciar sesión' },
})

export function NotFoundPage() {
  const w = useWords(own)
  return (
    <Page title={w.notFound}>
      <p>{w.notFoundWhy}</p>
      <p>
        <Link to={addressOf.people()}>{w.toPeople}</Link>
      </p>
    </Page>
  )
}

/** The frame of a page whose content is for others; `who` says for whom. */
export function NotPermittedPage() {
  const w = useWords(own)
  return (
    <Page title={w.notSeen}>
      <p>{w.notSeenWhy}</p>
    </Page>
  )
}

export function FaultPage({ error, reset }: ErrorComponentProps) {
  const w = useWords(own)
  if (error instanceof Problem && error.status === 403) return <NotPermittedPage />
  if (error instanceof Problem && error.status === 404) return <NotFoundPage />
  return (
    <Page title={w.fault}>
      <Fault error={error} onRetry={reset} />
    </Page>
  )
}

export function SignedOutPage() {
  const w = useWords(own)
  const isEnded = wasSignedIn()
  // Nobody knows who sits here next.
  useEffect(forgetRead, [])
  return (
    <main className="signed-out stack" id="main">
      <h1>{isEnded ? w.ended : w.signedOut}</h1>
      <p>{isEnded ? w.endedWhy : w.signedOutWhy}</p>
      <p>
        <a className="button primary" href={addressOf.signIn(location.pathname + location.search)}>
          {isEnded ? w.signInAgain : w.signIn}
        </a>
      </p>
    </main>
  )
}
