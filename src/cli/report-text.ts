import { join } from 'node:path'
import type { FillResult } from './fill.ts'
import type { Report } from './report.ts'
import { count, type Language, nearPath, table } from './terminal.ts'

export type StartReport = Report & {
  readonly entries: number
  readonly readyMs: number
  readonly filled?: FillResult
  readonly url?: string
  /** Where the console is opened. */
  readonly console?: string
  /** Whether its officers are those of the demonstration. */
  readonly isDemonstration?: boolean
}

/** What `habeas start` says when it is ready: who is held, what is wrong, what to type next. */
export function reportText(report: StartReport, language: Language, dataFolder: string): string {
  const words = WORDS[language]
  const { basis } = report
  const without = basis.lapse + basis.unknown + basis.disputed
  const number = (value: number) => count(value).padStart(7)
  const lines = [
    `Habeas ${report.at.slice(0, 16)}Z`,
    '',
    table([
      [words.held, number(report.held)],
      [words.unconfirmed, number(report.unconfirmed)],
      [
        words.without,
        `${number(without)}   ${words.lapse} ${count(basis.lapse)} · ${words.unknown} ${count(basis.unknown)} · ${words.disputed} ${count(basis.disputed)}`,
      ],
      [words.bunk, number(report.withoutBunk)],
    ]),
    '',
    `${words.findings}${report.findings.length === 0 ? ` ${words.none}` : ''}`,
    ...report.findings.map(
      ({ rule, severity, state, findings, people }) =>
        `  ${severity}  ${rule.padEnd(18)} ${number(people)} ${words.people}  (${state === 'fail' ? words.fails : words.unclear}, ${count(findings)} ${words.open})`,
    ),
    '',
    entriesLine(report, language),
  ]
  if (report.url !== undefined)
    lines.push(`${words.address} ${report.url}   (${words.api} ${report.url}/api/openapi.json)`)
  if (report.console !== undefined)
    lines.push(
      '',
      `${words.console} ${report.console}`,
      `  ${report.isDemonstration ? words.demonstration : words.officers}`,
    )
  const [first, ...others] = report.try
  const run = 'npm run habeas --'
  const policy = nearPath(join(dataFolder, 'trust.policy'))
  lines.push('', words.next)
  if (first) {
    const file = `return-${first.registerNumber}.json`
    lines.push(`  ${run} return ${first.registerNumber}`, `  ${run} verify ${file} --trust ${policy}`)
    const more = [first, ...others]
      .map(({ registerNumber, because }) => `${registerNumber} (${words[because]})`)
      .join('   ')
    lines.push(`    ${words.try} ${more}`)
  }
  lines.push(`  ${run} import roster.csv --profile nyc-doc`, `  ${run} token create --role court`)
  if (report.url !== undefined) lines.push('', words.stop)
  return lines.join('\n')
}

function entriesLine({ entries, readyMs, filled }: StartReport, language: Language): string {
  const words = WORDS[language]
  const seconds = (ms: number) => (ms / 1000).toFixed(1)
  const ready = `${count(entries)} ${words.entries}, ${words.signed}. ${words.ready} ${seconds(readyMs)} s`
  if (!filled || filled.entries === 0) return `${ready}.`
  const rate = Math.round(filled.entries / (filled.durationMs / 1000))
  return `${ready}; ${count(filled.entries)} ${words.entries} ${words.filledIn} ${seconds(filled.durationMs)} s (${count(rate)}/s).`
}

const WORDS = {
  en: {
    held: 'Held',
    unconfirmed: 'of whom nobody can say where they are',
    without: 'Held without an order that stands',
    lapse: 'lapse',
    unknown: 'unknown',
    disputed: 'disputed',
    order: 'covered by an order',
    bunk: 'Without a bunk',
    findings: 'What is wrong:',
    none: 'nothing was found',
    open: 'open',
    fails: 'fails',
    unclear: 'cannot be known',
    people: 'people',
    entries: 'entries',
    signed: 'all in a signed tree',
    ready: 'Ready after',
    filledIn: 'were entered in',
    address: 'Answers at',
    api: 'what it answers:',
    console: 'The console, in a browser:',
    demonstration: 'Sign in there as one of the demonstration officers: registrar, director, court, inspector …',
    officers: 'Officers sign in there with the issuer of this installation.',
    next: 'What to type next, in another terminal:',
    try: 'Others to try:',
    stop: 'Ctrl-C stops it; nothing is lost.',
  },
  es: {
    held: 'Bajo custodia',
    unconfirmed: 'de quienes nadie sabe dónde están',
    without: 'Sin una orden vigente',
    lapse: 'sin cobertura',
    unknown: 'se desconoce',
    disputed: 'impugnada',
    order: 'con orden vigente',
    bunk: 'Sin litera',
    findings: 'Lo que está mal:',
    none: 'no se halló nada',
    open: 'abiertos',
    fails: 'se incumple',
    unclear: 'no se puede saber',
    people: 'personas',
    entries: 'asientos',
    signed: 'todos en un árbol firmado',
    ready: 'Listo tras',
    filledIn: 'se asentaron en',
    address: 'Responde en',
    api: 'lo que responde:',
    console: 'La consola, en un navegador:',
    demonstration: 'Entre allí como uno de los oficiales de demostración: registro, dirección, tribunal, inspección …',
    officers: 'Los oficiales entran allí con el emisor de esta instalación.',
    next: 'Qué escribir después, en otra terminal:',
    try: 'Otros para probar:',
    stop: 'Ctrl-C lo detiene; nada se pierde.',
  },
} as const
