/** What is said outside the house: which rules, how many findings, their ids, where to look. Never a name or a place. */
export type Notice = {
  readonly id: string
  readonly made: string
  readonly count: number
  readonly rules: Readonly<Record<string, number>>
  readonly findings: readonly string[]
}

export type Message = { readonly subject: string; readonly text: string }

/** Spanish first, then English: nobody knows who reads it at night. */
export function messageOf({ id, made, count, rules, findings }: Notice, consoleUrl: string): Message {
  const listed = Object.entries(rules)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([rule, number]) => `  ${rule}: ${number}`)
  const ids = findings.map((finding) => `  ${finding}`)
  const more = count - findings.length
  const block = (head: string, idsHead: string, andMore: string, where: string) => [
    head,
    ...listed,
    '',
    idsHead,
    ...ids,
    ...(more > 0 ? [`  ${andMore}`] : []),
    '',
    where,
    `${consoleUrl}/findings`,
  ]
  const text = [
    ...block(
      `${count} hallazgos esperan a alguien (${made}).`,
      'Hallazgos:',
      `y ${more} más`,
      'Los detalles están solo en la consola:',
    ),
    '',
    '--',
    ...block(
      `${count} findings wait for somebody (${made}).`,
      'Findings:',
      `and ${more} more`,
      'Details are in the console only:',
    ),
    '',
    `Aviso / notice ${id}`,
    '',
  ].join('\n')
  return { subject: `Habeas: ${count} hallazgos / findings`, text }
}

/** The same for a machine. */
export const bodyOf = ({ id, made, count, rules, findings }: Notice, role: string, consoleUrl: string): string =>
  JSON.stringify({ notice: id, made, role, count, rules, findings, console: `${consoleUrl}/findings` })
