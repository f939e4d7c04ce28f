/** Typst around the template: the pages of one return. Synchronous and heavy; it runs in the worker. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { NodeCompiler, type NodeError } from '@myriaddreamin/typst-ts-node-compiler'
import { renderSVG } from 'uqr'
import { printable, readCoverage } from './coverage.ts'
import { describeReturn } from './document.ts'
import type { Language } from './labels.ts'

const require = createRequire(import.meta.url)
// Whole names, so that tools that look for unused packages see them.
const fonts = [
  require.resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf'),
  require.resolve('@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf'),
].map((file) => readFileSync(file))
const covers = fonts.map(readCoverage)
const template = readFileSync(fileURLToPath(new URL('./template.typ', import.meta.url)), 'utf8')

/** All files that the template sees are shadows under this root; nothing is read from the disk. */
const WORKSPACE = fileURLToPath(new URL('./', import.meta.url))
const compiler = NodeCompiler.create({ workspace: WORKSPACE, fontArgs: [{ fontBlobs: fonts }] })

/**
 * The return as PDF/A-3a (ISO 19005-3, level A: tagged), the file itself attached. The same bytes give the same PDF: its
 * time is the return's own. Throws with Typst's words on any error or warning: an unknown font would only be a warning.
 */
export function compileReturn(bytes: Uint8Array, language: Language): Buffer {
  const document = describeReturn(bytes, language)
  const isCovered = (codePoint: number) => covers.every((covers) => covers(codePoint))
  const data = JSON.stringify(document, (_, value: unknown) =>
    typeof value === 'string' ? printable(value, isCovered) : value,
  )
  compiler.mapShadow(join(WORKSPACE, 'data.json'), Buffer.from(data))
  compiler.mapShadow(join(WORKSPACE, 'return.json'), Buffer.from(bytes))
  compiler.mapShadow(
    join(WORKSPACE, 'qr.svg'),
    Buffer.from(renderSVG(`sha256:${document.digest}`, { ecc: 'M', border: 0 })),
  )
  try {
    const compiled = compiler.compile({ mainFileContent: template })
    const problem = compiled.takeError() ?? compiled.takeWarnings()
    if (problem !== null || compiled.result === null) throw new Error(`the return could not be set: ${saysOf(problem)}`)
    // The package declares the standards as an enum that does not exist at run time.
    return compiler.pdf(compiled.result, { pdfStandard: 'a-3a', creationTimestamp: document.madeSeconds })
  } finally {
    compiler.resetShadow()
    // Without this each document stays in memory.
    compiler.evictCache(0)
  }
}

function saysOf(problem: NodeError | null): string {
  if (problem === null) return 'no document'
  return compiler
    .fetchDiagnostics(problem)
    .map((diagnostic: { message?: unknown }) => String(diagnostic.message ?? JSON.stringify(diagnostic)))
    .join('; ')
}
