import { useWords, words } from '../frame/words.ts'

/**
 * All marks, on a square of 16 units. Each differs from the others by its shape alone: take the colour away and the page
 * is still right. A mark beside its word is hidden from screen readers; a mark alone carries the word (`alone`).
 */
const kinds = words({
  s1: { en: 'Severity 1', es: 'Gravedad 1' },
  s2: { en: 'Severity 2', es: 'Gravedad 2' },
  s3: { en: 'Severity 3', es: 'Gravedad 3' },
  s4: { en: 'Severity 4', es: 'Gravedad 4' },
  unknown: { en: 'Unknown', es: 'Desconocido' },
  disputed: { en: 'Disputed', es: 'Disputado' },
  refused: { en: 'Not accepted', es: 'No aceptado' },
  missing: { en: 'Missing', es: 'Falta' },
  proven: { en: 'Proven', es: 'Probado' },
  attested: { en: 'Attested', es: 'Afirmado' },
  'not-proven': { en: 'Not proven', es: 'No probado' },
  done: { en: 'Done', es: 'Cumplido' },
  soon: { en: 'Due soon', es: 'Vence pronto' },
  'to-come': { en: 'To come', es: 'Por venir' },
  missed: { en: 'Missed', es: 'Incumplido' },
  'missed-2': { en: 'Missed', es: 'Incumplido' },
  seen: { en: 'Seen', es: 'Visto' },
  'not-seen': { en: 'Not seen', es: 'No visto' },
  offline: { en: 'Offline', es: 'Sin red' },
})
export const markWords = kinds
export type MarkKind = keyof typeof kinds

export type MarkProps = {
  readonly kind: MarkKind
  /** 16 in tables, 20 in heads, 24 in the control room. */
  readonly size?: 16 | 20 | 24
  /** Says its word to those who do not see it: for a mark without a word beside it. */
  readonly alone?: boolean
  /** Another word than that of the kind; implies `alone`. */
  readonly label?: string
}

const text = (fill: string, what: string, y = 11.6) => (
  <text x="8" y={y} textAnchor="middle" fontSize="10" fontWeight="650" fill={fill}>
    {what}
  </text>
)
const tick = (stroke: string) => (
  <path
    d="M4.6 8.3 7 10.6 11.4 5.8"
    fill="none"
    stroke={stroke}
    strokeWidth="1.7"
    strokeLinecap="round"
    strokeLinejoin="round"
  />
)
const cross = (stroke: string) => (
  <path d="m5.5 5.5 5 5m0-5-5 5" fill="none" stroke={stroke} strokeWidth="1.8" strokeLinecap="round" />
)
const disc = (fill: string) => <circle cx="8" cy="8" r="7" fill={fill} />
const ring = (stroke: string, rest: object = {}) => (
  <circle cx="8" cy="8" r="6.2" fill="none" stroke={stroke} strokeWidth="1.5" {...rest} />
)
const figure = (rest: object) => (
  <g {...rest}>
    <circle cx="8" cy="4.4" r="3" />
    <path d="M2.4 14.6c0-4 2.2-6 5.6-6s5.6 2 5.6 6z" />
  </g>
)

const shapes: Record<MarkKind, React.ReactNode> = {
  s1: (
    <>
      <path d="M5 .9h6L15.1 5v6L11 15.1H5L.9 11V5z" fill="var(--s1)" />
      {text('var(--s1-ink)', '1')}
    </>
  ),
  s2: (
    <>
      <path
        d="M8 1.3 15.2 14.4H.8z"
        fill="var(--s2)"
        stroke="var(--s2-text)"
        strokeWidth="1.2"
        strokeLinejoin="round"
      />
      {text('var(--s2-ink)', '2', 13)}
    </>
  ),
  s3: (
    <>
      <rect x="1.5" y="1.5" width="13" height="13" fill="none" stroke="var(--ink)" strokeWidth="1.6" />
      {text('var(--ink)', '3')}
    </>
  ),
  s4: (
    <>
      <circle cx="8" cy="8" r="6.8" fill="none" stroke="var(--ink-3)" strokeWidth="1" />
      {text('var(--ink-3)', '4')}
    </>
  ),
  unknown: (
    <>
      <path
        d="M8 .9 15.1 8 8 15.1.9 8z"
        fill="var(--unknown-wash)"
        stroke="var(--unknown)"
        strokeWidth="1.4"
        strokeLinejoin="round"
      />
      {text('var(--unknown)', '?')}
    </>
  ),
  disputed: (
    <>
      <rect
        x="1.2"
        y="1.7"
        width="13.6"
        height="12.6"
        fill="var(--surface)"
        stroke="var(--s2-text)"
        strokeWidth="1.4"
      />
      <path d="M4.2 2.4v11.2M8 2.4v11.2m3.8-11.2v11.2" stroke="var(--s2)" strokeWidth="2" />
    </>
  ),
  refused: (
    <>
      <circle cx="8" cy="8" r="6.6" fill="none" stroke="var(--ink)" strokeWidth="1.7" />
      <path d="M4.6 8h6.8" stroke="var(--ink)" strokeWidth="2" />
    </>
  ),
  missing: (
    <>
      <rect
        x="1.5"
        y="1.5"
        width="13"
        height="13"
        fill="none"
        stroke="var(--ink-2)"
        strokeWidth="1.3"
        strokeDasharray="3.2 2"
      />
      <path d="M5 8h6" stroke="var(--ink-2)" strokeWidth="1.5" />
    </>
  ),
  proven: (
    <>
      {disc('var(--ink)')}
      {tick('var(--surface)')}
    </>
  ),
  attested: (
    <>
      {ring('var(--ink)')}
      <path d="M8 1.8a6.2 6.2 0 0 0 0 12.4z" fill="var(--ink)" />
    </>
  ),
  'not-proven': ring('var(--ink)', { strokeDasharray: '2.4 2' }),
  done: (
    <>
      {disc('var(--bar)')}
      {tick('var(--surface)')}
    </>
  ),
  soon: (
    <>
      <path d="M8 8V1.8A6.2 6.2 0 0 1 14.2 8z" fill="var(--s2)" />
      {ring('var(--s2-text)')}
    </>
  ),
  'to-come': ring('var(--ink-2)'),
  missed: (
    <>
      {disc('var(--s1)')}
      {cross('var(--s1-ink)')}
    </>
  ),
  'missed-2': (
    <>
      <circle cx="8" cy="8" r="6.6" fill="var(--s2)" stroke="var(--s2-text)" strokeWidth="1.2" />
      {cross('var(--s2-ink)')}
    </>
  ),
  seen: figure({ fill: 'var(--bar)' }),
  'not-seen': figure({ fill: 'none', stroke: 'var(--unknown)', strokeWidth: 1.3, strokeDasharray: '2 1.6' }),
  offline: (
    <path
      d="M1.5 6.2c3.8-3.4 9.2-3.4 13 0M4 9c2.4-2.1 5.6-2.1 8 0M6.6 11.7c.9-.7 1.9-.7 2.8 0M2.2 2.2l11.6 11.6"
      fill="none"
      stroke="var(--ink)"
      strokeWidth="1.6"
      strokeLinecap="round"
    />
  ),
}

export function Mark({ kind, size = 16, alone = false, label }: MarkProps) {
  const w = useWords(kinds)
  const name = label ?? (alone ? w[kind] : undefined)
  return (
    <svg
      className="mark"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      {...(name === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': name })}
    >
      {shapes[kind]}
    </svg>
  )
}

/** The worst that a status names: nothing is drawn for null. */
export function markOf(worst: 'S1' | 'S2' | 'S3' | 'S4' | 'unknown' | null | undefined): MarkKind | undefined {
  if (worst === null || worst === undefined) return undefined
  return worst === 'unknown' ? 'unknown' : (worst.toLowerCase() as MarkKind)
}

/** Hatches are patterns, not backgrounds, so that they print. One copy for the whole page. */
export function Patterns() {
  return (
    <svg width="0" height="0" className="patterns" aria-hidden="true">
      <defs>
        <pattern id="hatch-unknown" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="8" height="8" fill="var(--unknown-wash)" />
          <path d="M2 0v8" stroke="var(--unknown)" strokeWidth="2.6" />
        </pattern>
        <pattern id="hatch-s1" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
          <rect width="6" height="6" fill="var(--surface)" />
          <path d="M1.5 0v6" stroke="var(--s1)" strokeWidth="1.6" />
        </pattern>
        <pattern id="stripe-disputed" width="8" height="8" patternUnits="userSpaceOnUse">
          <rect width="8" height="8" fill="var(--surface)" />
          <path d="M2 0v8" stroke="var(--s2)" strokeWidth="4" />
        </pattern>
      </defs>
    </svg>
  )
}

export type SwatchKind = 'order' | 'context' | 'lapse' | 'lapse-to-come' | 'unknown' | 'disputed' | 'none'

/** Fill and edge of a band, by its state. */
export const bandPaint: Record<
  SwatchKind,
  { readonly fill: string; readonly stroke?: string; readonly dash?: string }
> = {
  order: { fill: 'var(--bar)' },
  context: { fill: 'var(--bar-2)' },
  lapse: { fill: 'var(--s1)' },
  'lapse-to-come': { fill: 'url(#hatch-s1)', stroke: 'var(--s1)' },
  unknown: { fill: 'url(#hatch-unknown)', stroke: 'var(--unknown)' },
  disputed: { fill: 'url(#stripe-disputed)', stroke: 'var(--s2-text)' },
  none: { fill: 'none', stroke: 'var(--ink-3)', dash: '4 3' },
}

/** A small piece of a band, for legends and tables. */
export function Swatch({
  kind,
  width = 14,
  height = 12,
}: {
  readonly kind: SwatchKind
  readonly width?: number
  readonly height?: number
}) {
  const { fill, stroke, dash } = bandPaint[kind]
  return (
    <svg className="mark" width={width} height={height} aria-hidden="true">
      <rect
        x="0.5"
        y="0.5"
        width={width - 1}
        height={height - 1}
        fill={fill}
        {...(stroke === undefined ? {} : { stroke })}
        {...(dash === undefined ? {} : { strokeDasharray: dash })}
      />
    </svg>
  )
}
