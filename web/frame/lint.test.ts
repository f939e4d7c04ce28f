// What the console's sources must not do, asked of their syntax trees.
import assert from 'node:assert/strict'
import { glob, readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { parseAst } from 'vite'

const web = fileURLToPath(new URL('../', import.meta.url))
const paths: string[] = []
for await (const path of glob('{frame,parts,pages}/**/*.{ts,tsx}', { cwd: web })) paths.push(path.split(sep).join('/'))
const sources = await Promise.all(
  [...paths, 'main.tsx']
    .filter((path) => !path.endsWith('.test.ts'))
    .map(async (path) => ({ path, text: await readFile(join(web, path), 'utf8') })),
)

type Node = { readonly type: string; readonly start: number } & Readonly<Record<string, unknown>>
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value

/** In a table of words a sentence may hold markup. */
const isTable = ({ type, callee }: Node) => type === 'CallExpression' && isNode(callee) && callee.name === 'words'

function* nodesOf(node: Node): Generator<Node> {
  if (isTable(node)) return
  yield node
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) yield* nodesOf(child)
  }
}

/** Attributes whose text somebody reads or hears. */
const SPOKEN =
  /^(aria-(label|valuetext|description|roledescription|placeholder)|title|alt|placeholder|label|hint|note|what|verb|text)$/
/** Keys stand on keyboards, the name is a name. */
const NAMES = new Set([
  'habeas',
  'Habeas',
  'Ctrl K',
  'Ctrl Enter',
  'Enter',
  'Esc',
  'Tab',
  'A',
  'F',
  'N',
  'R',
  'T',
  'JSON',
  'null',
  'true',
  'false',
  'PDF',
  'CSV',
])
const hasLetters = (text: string) => /\p{L}/u.test(text) && !NAMES.has(text.trim())

/** Text that stands in markup instead of in a table of words: where, and what. */
export function literalTexts(path: string, text: string): string[] {
  const found: string[] = []
  const say = (node: Node, what: string) =>
    found.push(`${path}:${text.slice(0, node.start).split('\n').length}: ${what.trim()}`)
  for (const node of nodesOf(parseAst(text, { lang: 'tsx' }) as unknown as Node)) {
    if (node.type === 'JSXText' && hasLetters(String(node.value))) say(node, String(node.value))
    if (node.type === 'JSXAttribute') {
      const { name, value } = node as unknown as { name: { name: unknown }; value: Node | null }
      if (!SPOKEN.test(String(name.name)) || value === null) continue
      const literal = value.type === 'JSXExpressionContainer' ? (value.expression as Node) : value
      if (literal.type === 'Literal' && typeof literal.value === 'string' && hasLetters(literal.value))
        say(node, literal.value)
    }
    if (node.type === 'JSXExpressionContainer') {
      const inner = node.expression as Node
      if (inner.type === 'Literal' && typeof inner.value === 'string' && hasLetters(inner.value))
        say(inner, inner.value)
    }
  }
  return found
}

test('text in markup is found, in its content and in what is read aloud', () => {
  const planted = "const x = <p title='Who' className='a'>{'held'} <b>now</b> {w.ok} · <kbd>Enter</kbd></p>"
  // An attribute without braces is a literal too; the class is nobody's text.
  assert.deepEqual(literalTexts('x.tsx', planted), ['x.tsx:1: Who', 'x.tsx:1: held', 'x.tsx:1: now'])
})

test('no text stands in markup outside tables of words', () => {
  const found = sources
    .filter(({ path }) => path.endsWith('.tsx'))
    .flatMap(({ path, text }) => literalTexts(path, text))
  assert.deepEqual(found, [])
})

test('numbers and times are made by format.ts alone', () => {
  const found = sources
    .filter(({ path }) => path !== 'frame/format.ts')
    .filter(({ text }) =>
      /\.toLocale[A-Z]|\bIntl\.|\bnew Date\b|\bDate\.now\b/.test(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')),
    )
  assert.deepEqual(
    found.map(({ path }) => path),
    [],
  )
})

test('colours stand in tokens.css alone', async () => {
  const found: string[] = []
  for await (const path of glob('{frame,parts,pages}/**/*.{css,tsx}', { cwd: web })) {
    if (path.endsWith('tokens.css')) continue
    const text = await readFile(join(web, path), 'utf8')
    if (/#[0-9a-f]{6}\b|#[0-9a-f]{3};/i.test(text)) found.push(path)
  }
  assert.deepEqual(found, [])
})
