import { renderSVG } from 'uqr'
import type { Sql } from '../kernel/ports.ts'
import type { Words } from '../kernel/refusal.ts'
import { nameLine, personAt } from '../people/read.ts'
import { findFacility } from '../places/read.ts'
import { sha256 } from '../record/node-crypto.ts'
import { leafHash } from '../record/tree.ts'
import type { FieldCode } from './fields.ts'
import { custodyAt } from './file.ts'
import { slipStyle } from './slip-style.ts'

/** What a slip says. Made of the file at the moment of admission and of the receipt of its entry. */
export type Slip = {
  readonly registerNumber: string
  readonly facility: { readonly code: string; readonly name: string; readonly zone: string }
  /** Undefined: admitted unnamed; then `description` stands for it. */
  readonly name?: string
  readonly description?: string
  readonly admitted: { readonly at: string; readonly precision: string }
  readonly deprivedWhere?: string
  readonly authorities: Readonly<Partial<Record<'ordered' | 'supervises' | 'runs', string>>>
  /** Beyond what the rows show as missing. */
  readonly missing: readonly Words[]
  /** Text of the receipt: what the QR code holds. */
  readonly receipt: string
  readonly entry: string
}

/** Fields that have a row of their own, which says so when they are missing. */
const rowFields: ReadonlySet<FieldCode> = new Set(['name', 'deprived-where', 'ordered', 'supervises', 'runs'])

/** The slip of an admission; undefined when there is no such custody. */
export async function findSlip(sql: Sql, custody: string): Promise<Slip | undefined> {
  const [row] = await sql.rows<{
    person: string | null
    admitted: string
    facility: string
    entry: string
    envelope: Buffer
  }>(
    `select c.person, c.admitted, c.facility, e.id as entry, e.envelope
     from custody c join entry e on e.n = c.entry_n where c.id = $1::uuid`,
    [custody],
  )
  if (!row) return undefined
  const [file, facility] = await Promise.all([custodyAt(sql, custody, row.admitted), findFacility(sql, row.facility)])
  if (!file) return undefined
  const who = file.identity ?? (row.person === null ? undefined : await personAt(sql, row.person, row.admitted))
  const official = who?.names.find(({ use, current }) => current && (use === 'recorded' || use === 'corrected'))
  const name = official ?? who?.names[0]
  const unnamed = who?.facts.find(({ aspect }) => aspect === 'unnamed')?.value as { description?: string } | undefined
  const authorities: Partial<Record<'ordered' | 'supervises' | 'runs', string>> = {}
  for (const { role, authority, state } of file.responsibilities) authorities[role] ??= `${authority} (${state})`
  const leaf = Buffer.from(leafHash(sha256, row.envelope)).toString('base64')
  return {
    registerNumber: file.registerNumber,
    facility: { code: row.facility, name: facility?.name ?? row.facility, zone: facility?.zone ?? file.zone },
    ...(name && { name: nameLine(name) }),
    ...(unnamed?.description !== undefined && { description: unnamed.description }),
    admitted: { at: row.admitted, precision: file.fromPrecision },
    ...(file.deprivation?.where != null && { deprivedWhere: file.deprivation.where }),
    authorities,
    missing: file.missing.filter(({ code }) => !rowFields.has(code)).map(({ says }) => says),
    receipt: ['HABEAS RECEIPT 1', file.registerNumber, row.entry, leaf].join('\n'),
    entry: row.entry,
  }
}

const months: { readonly [L in keyof Words]: readonly string[] } = {
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  es: ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sep', 'oct', 'nov', 'dic'],
}

/** `14 abr 2026 05:58 −06:00`, in the zone of the place and no more exact than what is known. */
export function timeWords(at: string, precision: string, zone: string): Words {
  const local = Temporal.Instant.from(at).toZonedDateTimeISO(zone)
  const two = (value: number) => String(value).padStart(2, '0')
  const offset = local.offset.replace('-', '−').replace(/:00$/, '')
  const clock = `${two(local.hour)}:${two(local.minute)}`
  const hour: Record<string, Words> = {
    day: { en: '', es: '' },
    hour: { en: ` about ${two(local.hour)} h ${offset}`, es: ` hacia las ${two(local.hour)} h ${offset}` },
    minute: { en: ` ${clock} ${offset}`, es: ` ${clock} ${offset}` },
    second: { en: ` ${clock}:${two(local.second)} ${offset}`, es: ` ${clock}:${two(local.second)} ${offset}` },
  }
  const day = (language: keyof Words) => `${local.day} ${months[language][local.month - 1]} ${local.year}`
  return { en: `${day('en')}${hour[precision]?.en ?? ''}`, es: `${day('es')}${hour[precision]?.es ?? ''}` }
}

const titles: Record<SlipReader, Words> = {
  person: { es: 'Constancia de ingreso', en: 'Admission slip' },
  family: { es: 'Constancia de ingreso para la familia', en: 'Admission slip for the family' },
}

/** Each line with its source; only what the instruments say. */
const rights: Record<SlipReader, readonly (Words & { readonly source: string })[]> = {
  person: [
    {
      es: 'Saber por qué se le detiene y quién lo ordenó.',
      en: 'To know why you are held and who ordered it.',
      source: 'PIDCP/ICCPR 9(2)',
    },
    {
      es: 'Que un tribunal decida sin demora si la detención es legal.',
      en: 'To have a court decide without delay whether it is lawful.',
      source: 'PIDCP/ICCPR 9(4)',
    },
    {
      es: 'Avisar a su familia, a su abogado y, si es extranjero, a su consulado.',
      en: 'To tell your family, your lawyer and, if you are a foreigner, your consulate.',
      source: 'ICPPED 17(2)(d)',
    },
    {
      es: 'Que un médico le examine, y quejarse sin represalias.',
      en: 'To be seen by a doctor, and to complain without reprisal.',
      source: 'Mandela 30, 56, 57',
    },
  ],
  family: [
    {
      es: 'Saber quién ordenó la detención y quién la controla.',
      en: 'To know who ordered the detention and who supervises it.',
      source: 'ICPPED 18(1)(a), (c)',
    },
    {
      es: 'Saber dónde está la persona y, si la trasladan, a dónde.',
      en: 'To know where the person is and, if moved, where to.',
      source: 'ICPPED 18(1)(d)',
    },
    { es: 'Saber del estado de su salud.', en: 'To know about the state of their health.', source: 'ICPPED 18(1)(f)' },
    {
      es: 'Pedir a un tribunal que decida sin demora si la detención es legal.',
      en: 'To ask a court to decide without delay whether the detention is lawful.',
      source: 'ICPPED 17(2)(f)',
    },
  ],
}

export type SlipReader = 'person' | 'family'

/** The slip as a page to print on A5, in Spanish and English; no script, nothing is fetched. */
export function printSlip(slip: Slip, reader: SlipReader, printedAt: string): string {
  const title = titles[reader]
  const admitted = timeWords(slip.admitted.at, slip.admitted.precision, slip.facility.zone)
  const printed = timeWords(printedAt, 'minute', slip.facility.zone)
  const notRecorded: Words = { es: 'no consta', en: 'not recorded' }
  const rows: readonly (readonly [Words, Words | string | undefined])[] = [
    [{ es: 'Nombre', en: 'Name' }, slip.name ?? unnamed(slip.description)],
    [{ es: 'Establecimiento', en: 'Facility' }, `${slip.facility.name} (${slip.facility.code})`],
    [{ es: 'Ingreso', en: 'Admitted' }, admitted],
    [{ es: 'Privación de libertad', en: 'Liberty taken' }, slip.deprivedWhere],
    [{ es: 'La ordenó', en: 'Ordered by' }, slip.authorities.ordered],
    [{ es: 'La controla', en: 'Supervised by' }, slip.authorities.supervises],
    [{ es: 'A cargo del lugar', en: 'Place run by' }, slip.authorities.runs],
  ]
  return `<!doctype html>
<html lang="es">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title.es)} · ${escapeHtml(slip.registerNumber)}</title>
<style>${slipStyle}</style>
</head>
<body>
<main>
<header>
<div><h1>${escapeHtml(title.es)}</h1><p lang="en">${escapeHtml(title.en)}</p></div>
<p class="place">${escapeHtml(slip.facility.name)}</p>
</header>
<section class="number" aria-label="Número de registro">
<p class="label">Número de registro <span lang="en">· Register number</span></p>
<p class="figure">${escapeHtml(slip.registerNumber)}</p>
</section>
<dl>
${rows.map(([label, value]) => `<div><dt>${both(label)}</dt><dd${value === undefined ? ' class="absent"' : ''}>${both(value ?? notRecorded)}</dd></div>`).join('\n')}
</dl>
${reader === 'person' ? missingPart(slip.missing) : ''}
<section class="rights">
<h2>Tiene derecho a <span lang="en">· You have the right</span></h2>
<ul>
${rights[reader].map((right) => `<li>${both(right)} <cite>${escapeHtml(right.source)}</cite></li>`).join('\n')}
</ul>
</section>
<footer>
<div class="code" role="img" aria-label="Código QR del acuse · QR code of the receipt">${renderSVG(slip.receipt, { ecc: 'M', border: 0, pixelSize: 4 })}</div>
<div>
<p><strong>Guarde esta hoja.</strong> El código es el acuse del asiento: con él cualquiera comprueba que este ingreso está en el registro y que nadie lo quitó.</p>
<p lang="en"><strong>Keep this sheet.</strong> The code is the receipt of the entry: with it anybody can check that this admission is in the record and that nobody removed it.</p>
<p class="entry">${escapeHtml(slip.entry)}</p>
<p class="printed">${both({ es: `Impreso ${printed.es}`, en: `Printed ${printed.en}` })}</p>
</div>
</footer>
</main>
</body>
</html>
`
}

const unnamed = (description: string | undefined): Words => ({
  es: `Sin nombre${description === undefined ? '' : `: ${description}`}`,
  en: 'Unnamed',
})

function missingPart(missing: readonly Words[]): string {
  if (missing.length === 0) return ''
  const list = (language: keyof Words) => escapeHtml(missing.map((words) => words[language]).join(', '))
  return `<section class="missing">
<h2>Todavía no consta <span lang="en">· Not yet recorded</span></h2>
<p>${list('es')}.</p>
<p lang="en">${list('en')}.</p>
</section>`
}

/** Spanish first, English below; once where both are the same. */
function both(value: Words | string): string {
  if (typeof value === 'string') return escapeHtml(value)
  return value.es === value.en
    ? escapeHtml(value.es)
    : `${escapeHtml(value.es)} <span lang="en"><span aria-hidden="true">· </span>${escapeHtml(value.en)}</span>`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] as string)
