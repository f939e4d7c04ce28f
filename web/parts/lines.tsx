import type { ReactNode } from 'react'
import { addressOf } from '../frame/addresses.ts'
import { formatNumber } from '../frame/format.ts'
import { Link } from '../frame/link.tsx'
import { plural, useWords, words } from '../frame/words.ts'
import { Mark, type MarkKind } from './mark.tsx'
import { When } from './when.tsx'
import './facts.css'

const own = words({
  opens: {
    en: (finding: string) => `opens finding ${finding}`,
    es: (finding: string) => `abre el hallazgo ${finding}`,
  },
  nothing: { en: 'Nothing is missing.', es: 'No falta nada.' },
  people: {
    en: (count: number) => plural(count, 'en', { one: '1 person', other: `${formatNumber(count)} people` }),
    es: (count: number) => plural(count, 'es', { one: '1 persona', other: `${formatNumber(count)} personas` }),
  },
  since: { en: 'since', es: 'desde' },
  closes: { en: 'Closes:', es: 'Se cierra:' },
  unknown: { en: 'cannot be known', es: 'no se puede saber' },
  pass: { en: 'pass', es: 'cumple' },
  fail: { en: 'fail', es: 'no cumple' },
  notApplicable: { en: 'not applicable', es: 'no aplica' },
  justified: { en: 'fails, justified', es: 'no cumple, justificado' },
})

export type MissingItem = {
  readonly what: ReactNode
  /** Who can supply it: 'court', 'you'. */
  readonly whoCan?: string
  /** By when, or since when. */
  readonly by?: ReactNode
  /** The finding that it opens. */
  readonly opens?: string
  readonly note?: ReactNode
  /** S1 where it opens a finding of severity 1. */
  readonly mark?: MarkKind
}

/** What is missing: never an error, never in the way of an act. */
export function MissingList({ items }: { readonly items: readonly MissingItem[] }) {
  const w = useWords(own)
  if (items.length === 0) return <p className="card-body label">{w.nothing}</p>
  return (
    <ul className="lines">
      {items.map(({ what, whoCan, by, opens, note, mark = 'missing' }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a list that is read, never reordered
        <li key={index}>
          <Mark kind={mark} />
          <div className="what">
            {what}
            {opens === undefined && note === undefined ? null : (
              <div className="support">{note ?? (opens === undefined ? null : w.opens(opens))}</div>
            )}
          </div>
          <div className="aside support">
            {whoCan}
            {whoCan !== undefined && by !== undefined ? ' · ' : null}
            {by}
          </div>
        </li>
      ))}
    </ul>
  )
}

export type FindingRowProps = {
  readonly finding?: string
  readonly rule: string
  readonly severity: 'S1' | 'S2' | 'S3' | 'S4'
  readonly state: 'fail' | 'unknown'
  /** What is wrong, as a sentence. */
  readonly children: ReactNode
  readonly people?: number | null
  readonly since?: string | null
  readonly closedBy?: ReactNode
}

/** A finding as a line: rule, what is wrong, how many people, since when, what closes it. */
export function FindingRow({ finding, rule, severity, state, children, people, since, closedBy }: FindingRowProps) {
  const w = useWords(own)
  const name = finding === undefined ? rule : <Link to={addressOf.finding(finding)}>{rule}</Link>
  return (
    <li className={severity === 'S1' && state === 'fail' ? 's1-line' : undefined}>
      <Mark kind={state === 'unknown' ? 'unknown' : (severity.toLowerCase() as MarkKind)} alone />
      <div className="what">
        <b>{name}</b> {children}
        {state === 'unknown' ? <span className="unknown-text"> ({w.unknown})</span> : null}
        {closedBy === undefined ? null : (
          <div className="support">
            {w.closes} {closedBy}
          </div>
        )}
      </div>
      <div className="aside">
        {people == null ? null : w.people(people)}
        {since == null ? null : (
          <div className="support">
            {w.since} <When at={since} />
          </div>
        )}
      </div>
    </li>
  )
}

export type RuleState = 'pass' | 'fail' | 'unknown' | 'not_applicable' | 'fail_justified'

/** One rule in one place, as a cell of a scorecard. */
export function RuleCell({
  state,
  severity,
  to,
  label,
}: {
  readonly state: RuleState
  readonly severity: 'S1' | 'S2' | 'S3' | 'S4'
  readonly to?: string
  /** What the cell is about: rule and place; the state is added. */
  readonly label: string
}) {
  const w = useWords(own)
  const said = {
    pass: w.pass,
    fail: w.fail,
    unknown: w.unknown,
    not_applicable: w.notApplicable,
    fail_justified: w.justified,
  }[state]
  const drawn = (
    <svg width="30" height="20" viewBox="0 0 30 20" role="img" aria-label={`${label}: ${said}`}>
      <CellShape state={state} severity={severity} />
    </svg>
  )
  return to === undefined ? (
    <span className="rule-cell">{drawn}</span>
  ) : (
    <Link to={to} className="rule-cell">
      {drawn}
    </Link>
  )
}

function CellShape({ state, severity }: { readonly state: RuleState; readonly severity: string }) {
  if (state === 'not_applicable') return <path d="M10 10h10" stroke="var(--ink-3)" strokeWidth="1.5" />
  if (state === 'pass')
    return (
      <>
        <rect width="30" height="20" fill="var(--sunken)" />
        <path d="m10.5 10.3 3 3 6-6.6" fill="none" stroke="var(--ink-2)" strokeWidth="1.6" />
      </>
    )
  if (state === 'unknown')
    return (
      <>
        <rect x="0.5" y="0.5" width="29" height="19" fill="url(#hatch-unknown)" stroke="var(--unknown)" />
        <circle cx="15" cy="10" r="7" fill="var(--surface)" />
        <text x="15" y="14" textAnchor="middle" fontSize="12" fontWeight="650" fill="var(--unknown)">
          ?
        </text>
      </>
    )
  const [fill, sign, edge] =
    severity === 'S1'
      ? ['var(--s1)', 'var(--s1-ink)', 'var(--s1)']
      : severity === 'S2'
        ? ['var(--s2)', 'var(--s2-ink)', 'var(--s2-text)']
        : ['var(--surface)', 'var(--ink)', 'var(--ink)']
  return (
    <>
      <rect
        x="0.5"
        y="0.5"
        width="29"
        height="19"
        fill={fill}
        stroke={edge}
        {...(state === 'fail_justified' ? { strokeDasharray: '3 2' } : {})}
      />
      <path d="m11 6 8 8m0-8-8 8" stroke={sign} strokeWidth="1.8" />
    </>
  )
}
