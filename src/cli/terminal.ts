import { relative } from 'node:path'
import cliProgress from 'cli-progress'
import type { Words } from '../kernel/refusal.ts'

export type Language = 'en' | 'es'

/** The language of the terminal by POSIX's own precedence; English where it names neither. */
export function languageOf(env: NodeJS.ProcessEnv): Language {
  const locale = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((value) => value !== undefined && value !== '') ?? ''
  return /^es([_.@-]|$)/i.test(locale) ? 'es' : 'en'
}

/** What a bar counts. Numbers only; it shows rate and remaining time. */
export type Bar = { to(value: number): void; stop(): void }

/** How a command speaks to who typed it. Answers go to standard output, all else to standard error. */
export type Terminal = {
  readonly language: Language
  /** An answer: what was asked for. */
  say(text: string): void
  /** What goes on meanwhile, and what went wrong. */
  note(text: string): void
  /** The words in the language of the terminal. */
  words(words: Words): string
  /** A progress bar on a terminal; nothing at all where the output is piped. */
  bar(label: string, total: number, unit: string): Bar
}

export function openTerminal(env: NodeJS.ProcessEnv): Terminal {
  const language = languageOf(env)
  return {
    language,
    say: (text) => void process.stdout.write(`${text}\n`),
    note: (text) => void process.stderr.write(`${text}\n`),
    words: (words) => words[language],
    bar: (label, total, unit) => openBar(label, total, unit),
  }
}

function openBar(label: string, total: number, unit: string): Bar {
  if (!process.stderr.isTTY) return { to: () => undefined, stop: () => undefined }
  const begun = performance.now()
  const bar = new cliProgress.SingleBar({
    stream: process.stderr,
    format: `  ${label} {bar} {percentage}%  {value}/{total} ${unit}  {rate}/s  {eta_formatted}`,
    barsize: 24,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    etaBuffer: 50,
    hideCursor: true,
    clearOnComplete: true,
    // The command stops it; a handler of the bar's own would end the process before the database was closed.
    gracefulExit: false,
  })
  bar.start(total, 0, { rate: '–' })
  // What was done before the bar stood (a resumed import, the first batch) is no rate.
  let before: number | undefined
  return {
    to(value) {
      const seconds = (performance.now() - begun) / 1000
      before ??= seconds < 0.1 ? value : 0
      bar.update(value, { rate: seconds < 0.5 ? '–' : Math.round((value - before) / seconds) })
    },
    stop: () => bar.stop(),
  }
}

/** `40,000`: the same in both languages, so that a number can be copied from one into the other. */
export const count = (value: number): string => value.toLocaleString('en-US')

/** Rows of label and value under each other, the values aligned. */
export function table(rows: readonly (readonly [label: string, value: string])[], indent = 2): string {
  const width = Math.max(...rows.map(([label]) => label.length))
  return rows.map(([label, value]) => `${' '.repeat(indent)}${label.padEnd(width)}  ${value}`.trimEnd()).join('\n')
}

/** A path as somebody here would type it: from this folder where it lies in it, else whole. */
export function nearPath(path: string): string {
  const near = relative(process.cwd(), path)
  return near.startsWith('..') ? path : near
}
