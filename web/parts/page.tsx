import { type ReactNode, useEffect } from 'react'
import { useAt } from '../frame/at.ts'
import { formatWhen } from '../frame/format.ts'
import { Link } from '../frame/link.tsx'
import { useFacility } from '../frame/session.ts'
import { useLanguage, useWords, words } from '../frame/words.ts'
import { Mark, type MarkKind } from './mark.tsx'
import './page.css'

const own = words({ crumbs: { en: 'Way here', es: 'Camino hasta aquí' } })

export type Crumb = { readonly to: string; readonly label: string }
export type Worst = { readonly mark: MarkKind; readonly children: ReactNode }

export type PageProps = {
  readonly title: string
  /** What the browser's title says instead, where `title` holds a name: names stand in no title. */
  readonly documentTitle?: string
  readonly crumbs?: readonly Crumb[]
  readonly actions?: ReactNode
  /** Support beside the title. */
  readonly aside?: ReactNode
  /** What is worst here, in one sentence. */
  readonly worst?: Worst | undefined
  /** Left of the title: a photograph. */
  readonly picture?: ReactNode
  /** Lines right below the title. */
  readonly lines?: ReactNode
  readonly children?: ReactNode
}

/** A page: title, worst thing in one sentence, then what the page is for. Sets the title of the browser. */
export function Page({ title, documentTitle, crumbs, actions, aside, worst, picture, lines, children }: PageProps) {
  useTitle(documentTitle ?? title)
  const w = useWords(own)
  return (
    <div className="page fades">
      <div className="page-head">
        {picture}
        <div className="page-title">
          {crumbs === undefined ? null : (
            <nav aria-label={w.crumbs} className="crumbs">
              <ol>
                {crumbs.map(({ to, label }) => (
                  <li key={to}>
                    <Link to={to}>{label}</Link>
                  </li>
                ))}
                <li aria-current="page">{documentTitle ?? title}</li>
              </ol>
            </nav>
          )}
          <div className="row">
            <h1 tabIndex={-1}>{title}</h1>
            {aside}
          </div>
          {lines}
          {worst === undefined ? null : <WorstLine {...worst} />}
        </div>
        {actions === undefined ? null : <div className="page-actions">{actions}</div>}
      </div>
      {children}
    </div>
  )
}

/** One sentence on what is worst; coloured by its severity. */
export function WorstLine({ mark, children }: Worst) {
  return (
    <div className={`worst worst-${mark}`}>
      <Mark kind={mark} size={20} alone />
      <div>{children}</div>
    </div>
  )
}

/** `Quiénes están · 14 abr 2026 09:00 −06 · Habeas`. A name never stands here: titles land in history and pictures. */
export function useTitle(title: string): void {
  const { at } = useAt()
  const { zone } = useFacility()
  const { language } = useLanguage()
  useEffect(() => {
    const when = at === undefined ? [] : [formatWhen(at, { language, zone })]
    document.title = [title, ...when, 'Habeas'].join(' · ')
  }, [title, at, zone, language])
}

/** A card: a part of a page with a head of its own. */
export function Card({
  title,
  aside,
  children,
  label,
}: {
  readonly title?: ReactNode
  readonly aside?: ReactNode
  readonly children: ReactNode
  /** Names the card where it has no title. */
  readonly label?: string
}) {
  return (
    <section className="card" {...(label === undefined ? {} : { 'aria-label': label })}>
      {title === undefined ? null : (
        <header>
          <h2>{title}</h2>
          {aside}
        </header>
      )}
      {children}
    </section>
  )
}
