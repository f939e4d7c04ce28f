import { useMantineColorScheme } from '@mantine/core'
import { Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { Drop } from '../parts/drop.tsx'
import { Mark, markOf, Patterns } from '../parts/mark.tsx'
import { Fault } from '../parts/states.tsx'
import { addressOf, QUESTIONS, type Question, questionAddress } from './addresses.ts'
import { pageRoutes } from './all-pages.ts'
import { useAt } from './at.ts'
import { frameWords, questionWords, roleWords } from './frame-words.ts'
import { Icon } from './icons.tsx'
import { useKeyboard, useShortcut } from './keys.ts'
import { Link, useGo } from './link.tsx'
import { LiveContext, type Status, useStatus } from './live.ts'
import { NotNowBand } from './not-now.tsx'
import type { PageRoute } from './pages.ts'
import { Palette } from './palette.tsx'
import { NotPermittedPage, SignedOutPage } from './problem-pages.tsx'
import { startOf, useQuestions } from './seen.ts'
import { type Session, signOut, useFacility, useSession } from './session.ts'
import { ShortcutSheet } from './sheet.tsx'
import { StatusStrip } from './status-strip.tsx'
import { TimeBar } from './time-bar.tsx'
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
  return page?.bare === true ? <Bare /> : <Framed session={session.data} page={page} />
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

function Framed({ session, page }: { readonly session: Session; readonly page: PageRoute | undefined }) {
  const w = useWords(frameWords)
  const { choose } = useLanguage()
  const live = useStatus()
  const main = useRef<HTMLElement>(null)
  useEffect(() => {
    if (session.language !== null && !isLanguageKept()) choose(session.language)
  }, [session.language, choose])
  useFocusOnPage(main)
  useKeyboard()
  const { isNow } = useAt()
  const [isSearching, search] = useState(false)
  const [isSheetOpen, openSheet] = useState(false)
  useShortcut('Ctrl+K', w.searchKey, () => search(true))
  useShortcut('?', w.shortcuts, () => openSheet(true))
  useQuestionKeys()
  const question = page?.question
  const isSeen = page?.permission === undefined || session.permissions.includes(page.permission)
  return (
    <div className="shell">
      <Patterns />
      <a className="skip button" href="#main">
        {w.skip}
      </a>
      <Top session={session} question={question} status={live.status} onSearch={() => search(true)} />
      <TimeBar />
      <NotNowBand isReturn={page?.path.endsWith('/return') ?? false} />
      <nav className="left" aria-label={w.navigation}>
        <Questions current={question} status={live.status} />
        <button type="button" className="foot" onClick={() => openSheet(true)}>
          {w.shortcuts} <kbd>?</kbd>
        </button>
      </nav>
      <main className="main" id="main" tabIndex={-1} ref={main}>
        <LiveContext value={live}>{isSeen ? <Outlet /> : <NotPermittedPage />}</LiveContext>
      </main>
      <StatusStrip live={live} isPast={!isNow} />
      <BottomBar current={question} status={live.status} />
      <Palette isOpen={isSearching} onClose={() => search(false)} />
      <ShortcutSheet isOpen={isSheetOpen} onClose={() => openSheet(false)} />
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

/** `G` then `1` to `8`: the questions. */
function useQuestionKeys(): void {
  const w = useWords(questionWords)
  const go = useGo()
  const seen = useQuestions()
  const keyed = (place: number): [string, string, (() => void) | undefined] => {
    const question = QUESTIONS[place] as Question
    const run = seen.includes(question) ? () => go(questionAddress[question]) : undefined
    return [`G ${place + 1}`, w[question], run]
  }
  useShortcut(...keyed(0))
  useShortcut(...keyed(1))
  useShortcut(...keyed(2))
  useShortcut(...keyed(3))
  useShortcut(...keyed(4))
  useShortcut(...keyed(5))
  useShortcut(...keyed(6))
  useShortcut(...keyed(7))
}

type TopProps = {
  readonly session: Session
  readonly question: Question | undefined
  readonly status: Status | undefined
  readonly onSearch: () => void
}

function Top({ session, question, status, onSearch }: TopProps) {
  const w = useWords(frameWords)
  const roles = useWords(roleWords)
  const { language, choose } = useLanguage()
  const { name } = useFacility()
  const role = session.role in roles ? roles[session.role as keyof typeof roles] : session.role
  return (
    <header className="top">
      <div className="only-narrow">
        <Drop className="icon-button" label={w.menu} button={<Icon name="menu" />}>
          <nav aria-label={w.navigation}>
            <Questions current={question} status={status} />
          </nav>
        </Drop>
      </div>
      <Link to={startOf(session)} className="name" aria-label="Habeas">
        <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
          <path d="M1 1h3.6v5h6.8V1H15v14h-3.6v-5.4H4.6V15H1z" fill="currentColor" />
        </svg>
        <span>habeas</span>
      </Link>
      <button type="button" className="search" onClick={onSearch}>
        <Icon name="search" />
        <span>{w.search}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <div className="rest">
        {session.demonstration ? <span className="tag wide-only">{w.demonstration}</span> : null}
        <span className="wide-only facility" title={name}>
          {name}
        </span>
        <div className="segments" role="group" aria-label={w.language}>
          {(['es', 'en'] as const).map((one) => (
            <button key={one} type="button" aria-pressed={language === one} onClick={() => choose(one)}>
              {one.toUpperCase()}
            </button>
          ))}
        </div>
        <ThemeSwitch />
        <Drop
          className="role"
          side="right"
          button={
            <>
              <span>
                {role}
                <span className="wide-only"> · {session.label}</span>
              </span>
              <Icon name="down" size={12} />
            </>
          }
        >
          <Link to={addressOf.sessions()} className="choice">
            {w.sessions}
          </Link>
          <button type="button" className="choice" onClick={() => void signOut()}>
            <Icon name="out" /> {w.signOut}
          </button>
        </Drop>
      </div>
    </header>
  )
}

/** On handhelds: three questions and the rest. */
function BottomBar({
  current,
  status,
}: {
  readonly current: Question | undefined
  readonly status: Status | undefined
}) {
  const w = useWords(questionWords)
  const frame = useWords(frameWords)
  const seen = useQuestions()
  const short = (['who', 'law', 'wrong', 'where', 'prove'] as const).filter((one) => seen.includes(one)).slice(0, 3)
  return (
    <nav className="bottom" aria-label={frame.navigationShort}>
      {short.map((question) => {
        const mark = markOf(status?.worst?.[question])
        return (
          <Link key={question} to={questionAddress[question]} aria-current={current === question ? 'page' : undefined}>
            {mark === undefined ? null : <Mark kind={mark} alone />}
            <span>{w[question]}</span>
          </Link>
        )
      })}
      <Drop className="more" side="right" button={frame.more}>
        <Questions current={current} status={status} />
      </Drop>
    </nav>
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
  const seen = useQuestions()
  return (
    <ul>
      {seen.map((question) => {
        const mark = markOf(status?.worst?.[question])
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
