import { useMantineColorScheme } from '@mantine/core'
import { Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { Mark, markOf, Patterns } from '../parts/mark.tsx'
import { Fault } from '../parts/states.tsx'
import { addressOf, QUESTIONS, type Question, questionAddress } from './addresses.ts'
import { pageRoutes } from './all-pages.ts'
import { frameWords, questionWords, roleWords } from './frame-words.ts'
import { Icon } from './icons.tsx'
import { Link } from './link.tsx'
import { LiveContext, type Status, useStatus } from './live.ts'
import { SignedOutPage } from './problem-pages.tsx'
import { type Session, useFacility, useSession } from './session.ts'
import { StatusStrip } from './status-strip.tsx'
import { isLanguageKept, useLanguage, useWords } from './words.ts'
import './shell.css'

/** The frame of every page. Who is not signed in sees only what is open to everybody. */
export function Shell() {
  const session = useSession()
  const page = usePageRoute()
  if (page?.open === true && session.data == null) return <Bare />
  if (session.data === null) return <SignedOutPage />
  if (session.data === undefined) {
    return session.error === null ? null : (
      <main>
        <Fault error={session.error} onRetry={() => void session.refetch()} />
      </main>
    )
  }
  return page?.bare === true ? <Bare /> : <Framed session={session.data} question={page?.question} />
}

/** What the address shows, as `route.ts` of the page declares it. */
function usePageRoute() {
  const path: string = useRouterState({ select: (state) => state.matches.at(-1)?.fullPath as string })
  return pageRoutes.find((route) => route.path === path)
}

function Bare() {
  const w = useWords(frameWords)
  return (
    <div className="shell bare">
      <Patterns />
      <a className="skip button" href="#main">
        {w.skip}
      </a>
      <main className="main" id="main" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  )
}

function Framed({ session, question }: { readonly session: Session; readonly question: Question | undefined }) {
  const w = useWords(frameWords)
  const { choose } = useLanguage()
  const live = useStatus()
  const main = useRef<HTMLElement>(null)
  useEffect(() => {
    if (session.language !== null && !isLanguageKept()) choose(session.language)
  }, [session.language, choose])
  useFocusOnPage(main)
  return (
    <div className="shell">
      <Patterns />
      <a className="skip button" href="#main">
        {w.skip}
      </a>
      <Top session={session} />
      <nav className="left" aria-label={w.navigation}>
        <Questions current={question} status={live.status} />
      </nav>
      <main className="main" id="main" tabIndex={-1} ref={main}>
        <LiveContext value={live}>
          <Outlet />
        </LiveContext>
      </main>
      <StatusStrip live={live} />
    </div>
  )
}

/** Going to another page puts the focus on its title, so that a screen reader says where one is. */
function useFocusOnPage(main: React.RefObject<HTMLElement | null>): void {
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const before = useRef(path)
  useEffect(() => {
    if (before.current === path) return
    before.current = path
    main.current?.scrollTo(0, 0)
    main.current?.querySelector('h1')?.focus({ preventScroll: true })
  }, [path, main])
}

function Top({ session }: { readonly session: Session }) {
  const w = useWords(frameWords)
  const roles = useWords(roleWords)
  const { language, choose } = useLanguage()
  const { name } = useFacility()
  const role = session.role in roles ? roles[session.role as keyof typeof roles] : session.role
  return (
    <header className="top">
      <Link to={addressOf.people()} className="name" aria-label="Habeas">
        <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
          <path d="M1 1h3.6v5h6.8V1H15v14h-3.6v-5.4H4.6V15H1z" fill="currentColor" />
        </svg>
        <span>habeas</span>
      </Link>
      <div className="rest">
        <span className="wide-only">{name}</span>
        <div className="segments" role="group" aria-label={w.language}>
          {(['es', 'en'] as const).map((one) => (
            <button key={one} type="button" aria-pressed={language === one} onClick={() => choose(one)}>
              {one.toUpperCase()}
            </button>
          ))}
        </div>
        <ThemeSwitch />
        <span className="wide-only">
          {role} · {session.label}
        </span>
      </div>
    </header>
  )
}

function ThemeSwitch() {
  const w = useWords(frameWords)
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const isDark = colorScheme === 'dark'
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={isDark ? w.light : w.dark}
      title={isDark ? w.light : w.dark}
      onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
    >
      <Icon name={isDark ? 'sun' : 'moon'} />
    </button>
  )
}

export function Questions({
  current,
  status,
}: {
  readonly current: Question | undefined
  readonly status: Status | undefined
}) {
  const w = useWords(questionWords)
  return (
    <ul>
      {QUESTIONS.map((question) => {
        const mark = markOf(status?.worst[question])
        return (
          <li key={question}>
            <Link
              to={questionAddress[question]}
              className="question"
              aria-current={current === question ? 'page' : undefined}
            >
              {w[question]}
              {mark === undefined ? null : <Mark kind={mark} alone />}
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
