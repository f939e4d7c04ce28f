/** The command around the pure checks: `habeas verify FILE --trust POLICY`. No database, no network. */
import { readFile } from 'node:fs/promises'
import { nodePorts } from './node.ts'
import { type ReceiptVerdict, verifyReceipt } from './receipt.ts'
import { verifyReturn } from './return.ts'
import { type ReturnVerdict, UnusablePolicy, type Verdict } from './verdict.ts'

export type VerifyResult = {
  /** 0 verified under a trusted key, 2 consistent but signed by an unknown key, 1 broken or not readable. */
  exitCode: 0 | 1 | 2
  /** For people; the verdict comes first. */
  text: string
  json: { file: string; kind: 'return' | 'receipt' | 'unreadable' } & (ReturnVerdict | ReceiptVerdict)
}

export type Language = 'en' | 'es'

const EXIT_CODES = { verified: 0, 'unknown-key': 2, broken: 1 } as const satisfies Record<Verdict, number>

/** Verifies a return (`.json`) or a receipt (`.tlog-proof`), told apart by its first bytes. Never throws. */
export async function verifyCommand(file: string, trust: string, language: Language = 'en'): Promise<VerifyResult> {
  let bytes: Uint8Array
  let policy: string
  try {
    bytes = await readFile(file)
    policy = await readFile(trust, 'utf8')
  } catch (error) {
    return unreadable(file, error instanceof Error ? error.message : String(error), language)
  }
  try {
    if (new TextDecoder('latin1').decode(bytes.subarray(0, 19)) === 'c2sp.org/tlog-proof') {
      const judged = await verifyReceipt(bytes, policy, nodePorts)
      return {
        exitCode: EXIT_CODES[judged.verdict],
        text: receiptText(judged, language),
        json: { file, kind: 'receipt', ...judged },
      }
    }
    const judged = await verifyReturn(bytes, policy, nodePorts)
    return {
      exitCode: EXIT_CODES[judged.verdict],
      text: returnText(judged, language),
      json: { file, kind: 'return', ...judged },
    }
  } catch (error) {
    if (error instanceof UnusablePolicy) return unreadable(file, error.message, language)
    throw error
  }
}

function unreadable(file: string, detail: string, language: Language): VerifyResult {
  const problems = [{ code: 'unreadable', detail }]
  return {
    exitCode: 1,
    text: `${WORDS[language].unreadable}: ${detail}\n`,
    json: { file, kind: 'unreadable', verdict: 'broken', problems, statements: [] },
  }
}

const WORDS = {
  en: {
    verified: 'VERIFIED: signed under a key that your policy trusts, and every check holds.',
    'unknown-key':
      'UNKNOWN KEY: consistent in itself, but not signed as your policy demands. Anybody could have made it.',
    broken: 'BROKEN: a check does not hold. Believe nothing of this file.',
    unreadable: 'NOT CHECKED',
    checkpoint: 'Checkpoint',
    signed: 'signed by',
    witnesses: 'cosigned by',
    nobody: 'nobody',
    entry: 'Entry',
    promise: {
      verified: 'promise verified',
      unchecked: 'promise not checked: its key was not given',
      none: 'no promise',
    },
    proven: 'PROVEN (in the record under this checkpoint)',
    attested: "ATTESTED (the custodian's signed word; no proof is possible or given)",
    'not-proven': 'NOT PROVEN',
    entries: 'entries',
  },
  es: {
    verified: 'VERIFICADO: firmado con una clave en la que su política confía; todas las comprobaciones se cumplen.',
    'unknown-key':
      'CLAVE DESCONOCIDA: coherente en sí, pero no firmado como exige su política. Cualquiera pudo hacerlo.',
    broken: 'ROTO: una comprobación no se cumple. No crea nada de este archivo.',
    unreadable: 'NO COMPROBADO',
    checkpoint: 'Punto de control',
    signed: 'firmado por',
    witnesses: 'refrendado por',
    nobody: 'nadie',
    entry: 'Asiento',
    promise: {
      verified: 'promesa verificada',
      unchecked: 'promesa no comprobada: falta su clave',
      none: 'sin promesa',
    },
    proven: 'PROBADO (está en el registro bajo este punto de control)',
    attested: 'ATESTIGUADO (palabra firmada del custodio; sin prueba posible o aportada)',
    'not-proven': 'NO PROBADO',
    entries: 'asientos',
  },
} as const

function headText(judged: ReturnVerdict | ReceiptVerdict, language: Language): string[] {
  const words = WORDS[language]
  const lines: string[] = [words[judged.verdict]]
  for (const { code, detail } of judged.problems) lines.push(`  ${code}: ${printable(detail)}`)
  if (judged.checkpoint !== undefined) {
    const { origin, size, root } = judged.checkpoint
    lines.push(`${words.checkpoint} ${printable(origin)}, ${size}, ${root}`)
    lines.push(`  ${words.signed} ${judged.signedBy?.logKeys.join(', ') || words.nobody}`)
    lines.push(`  ${words.witnesses} ${judged.signedBy?.witnesses.join(', ') || words.nobody}`)
  }
  return lines
}

function returnText(judged: ReturnVerdict, language: Language): string {
  const words = WORDS[language]
  const lines = headText(judged, language)
  // The words of a broken file are not repeated: somebody would read them.
  if (judged.verdict !== 'broken') {
    for (const state of ['proven', 'attested', 'not-proven'] as const) {
      const statements = judged.statements.filter((statement) => statement.state === state)
      if (statements.length > 0) lines.push('', words[state])
      for (const { says, entries, notes } of statements) {
        lines.push(
          `  ${printable(says[language])}${entries.length > 0 ? ` [${words.entries} ${entries.join(', ')}]` : ''}`,
        )
        for (const note of notes) lines.push(`    ${printable(note)}`)
      }
    }
  }
  return `${lines.join('\n')}\n`
}

function receiptText(judged: ReceiptVerdict, language: Language): string {
  const words = WORDS[language]
  const lines = headText(judged, language)
  if (judged.verdict !== 'broken') {
    lines.push(`${words.entry} ${judged.index}: ${printable(judged.envelope ?? '')}`)
    for (const [section, value] of Object.entries(judged.sections ?? {})) {
      lines.push(`  ${printable(section)}: ${printable(JSON.stringify(value))}`)
    }
    lines.push(`  ${words.promise[judged.promise ?? 'none']}`)
  }
  return `${lines.join('\n')}\n`
}

/** A file from a stranger must not move the cursor of the terminal or turn the direction of what it writes. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\ufffd')
}
