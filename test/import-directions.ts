// Which file may import which. DESIGN §4 in one place: read the table, then `explain`.
import { glob, readFile } from 'node:fs/promises'
import { dirname, join, normalize, sep } from 'node:path'

const rooms = [
  'people',
  'custody',
  'law',
  'places',
  'counts',
  'movements',
  'watch',
  'perimeter',
  'telemetry',
  'conditions',
  'care',
  'control',
  'safety',
  'duties',
  'standards',
  'oversight',
  'intake',
  'simulate',
] as const

/** For each folder of src, the folders it may import besides itself. Rooms are told apart further below. */
const below: Record<string, readonly string[]> = {
  kernel: [],
  record: ['kernel'],
  signer: ['kernel', 'record'],
  witness: ['kernel', 'record'],
  platform: ['kernel', 'record'],
  access: ['kernel', 'record', 'platform', 'signer'],
  ...Object.fromEntries(rooms.map((room) => [room, ['kernel', 'record', 'platform', 'access', 'signer', ...rooms]])),
  cli: ['kernel', 'record', 'signer', 'witness', 'platform', 'access', ...rooms, 'verify'],
}

/** Files of verify/ that may touch Node: the command around the pure part, and what builds the page. */
const verifyEdges = /^verify\/(main|node|page\/build)\.ts$/

const isTest = (file: string) => /(\.test|(^|[/.])testing)\.ts$/.test(file) || file.startsWith('test/')

export type Violation = { readonly from: string; readonly to: string; readonly why: string }

/** Each file (path from the root, with `/`) and what it imports: files of ours by path, anything else by its name. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>

// Imports stand at the start of a line in formatted code; `import(…)` may stand anywhere.
const importPatterns = [
  /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm,
  /^\s*import\s*['"]([^'"]+)['"]/gm,
  /\bimport\(\s*['"]([^'"]+)['"]/g,
]

/** The specifiers that a source text imports, in no particular order. */
export function importsOf(source: string): string[] {
  const found = new Set<string>()
  for (const pattern of importPatterns) {
    for (const [, specifier] of source.matchAll(pattern)) if (specifier !== undefined) found.add(specifier)
  }
  return [...found]
}

/** Reads the imports of all TypeScript files below `root`. */
export async function readImports(root: string): Promise<ImportGraph> {
  const graph = new Map<string, string[]>()
  for await (const found of glob('{src,verify,test,bench,bin,web}/**/*.{ts,tsx}', {
    cwd: root,
    exclude: ['web/dist/**'],
  })) {
    const file = found.split(sep).join('/')
    const source = await readFile(join(root, file), 'utf8')
    graph.set(
      file,
      importsOf(source).map((name) =>
        name.startsWith('.')
          ? normalize(join(dirname(file), name))
              .split(sep)
              .join('/')
          : name,
      ),
    )
  }
  return graph
}

/** All files that `file` imports, and what those import, and so on; the file itself is not among them. */
export function reachableFrom(graph: ImportGraph, file: string): Set<string> {
  const seen = new Set<string>()
  const waiting = [file]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const to of graph.get(next) ?? []) {
      if (seen.has(to)) continue
      seen.add(to)
      waiting.push(to)
    }
  }
  return seen
}

const folderOf = (file: string) => (file.startsWith('src/') ? (file.split('/')[1] ?? '') : (file.split('/')[0] ?? ''))
const isRoom = (folder: string) => (rooms as readonly string[]).includes(folder)

/** Why `from` may not import `to`, or undefined if it may. */
function explain(from: string, to: string): string | undefined {
  if (isTest(from)) return undefined
  if (to.endsWith('.test.ts')) return 'a test is imported by nobody'
  // Benchmarks measure on what tests are made of; but never on the tests' server, whose fsync is off.
  if (isTest(to) && !(from.startsWith('bench/') && to !== 'src/platform/testing.ts'))
    return 'test harnesses are imported by tests only'
  if (from.startsWith('verify/')) return explainVerify(from, to)
  if (from.startsWith('web/')) return explainWeb(to)
  if (!from.startsWith('src/')) return undefined
  const [here, there] = [folderOf(from), folderOf(to)]
  const allowed = below[here]
  if (allowed === undefined) return `src/${here} has no place in the table of test/import-directions.ts: add it`
  if (!/^(src|verify)\//.test(to) || here === there) return undefined
  if (!allowed.includes(there)) return `${here} may import only ${[here, ...allowed].join(', ')}`
  if (isRoom(here) && isRoom(there) && !/^src\/[^/]+\/(read|acts)\.ts$/.test(to)) {
    return `a room reaches another one only through its read.ts or acts.ts`
  }
  return undefined
}

function explainVerify(from: string, to: string): string | undefined {
  if (to.startsWith('node:')) {
    return verifyEdges.test(from)
      ? undefined
      : 'verify runs in a browser too: only verify/main.ts and verify/node.ts use Node'
  }
  if (!to.startsWith('src/')) return undefined
  return ['kernel', 'record'].includes(folderOf(to)) ? undefined : 'verify imports pure files of kernel and record only'
}

/** What the console may name of the server: what routes and acts promise, as types; and the verifier, whole. */
const promised = /^src\/(?:[^/]+\/)+(?:[a-z-]+-)?(?:contract|acts)\.ts$|^src\/kernel\/(?:contract|act)\.ts$/

function explainWeb(to: string): string | undefined {
  if (to.startsWith('src/') && !promised.test(to)) return 'the console knows the server by contract.ts and acts.ts only'
  return undefined
}

/** The console takes types of the server, never values: a schema would bring its whole library into the browser. */
async function findServerValues(root: string, graph: ImportGraph): Promise<Violation[]> {
  const violations: Violation[] = []
  for (const from of graph.keys()) {
    if (!from.startsWith('web/') || isTest(from)) continue
    const source = await readFile(join(root, from), 'utf8')
    for (const [, specifier = ''] of source.matchAll(/^import (?!type )[^'"]*['"]([^'"]+\/src\/[^'"]+)['"]/gm))
      violations.push({ from, to: specifier, why: 'the console imports types of the server only: import type' })
  }
  return violations
}

/** What verify takes from src must be pure all the way down. */
function findImpureVerify(graph: ImportGraph): Violation[] {
  const violations: Violation[] = []
  const taken = new Set<string>()
  for (const file of graph.keys()) {
    if (!file.startsWith('verify/') || isTest(file)) continue
    for (const to of reachableFrom(graph, file)) if (to.startsWith('src/')) taken.add(to)
  }
  for (const file of taken) {
    for (const to of graph.get(file) ?? []) {
      if (to.startsWith('node:')) {
        violations.push({ from: file, to, why: 'verify imports this file, and verify runs in a browser too' })
      }
    }
  }
  return violations
}

/** One violation for each cycle met, told as the way around. */
function findCycles(graph: ImportGraph): Violation[] {
  const violations: Violation[] = []
  const done = new Set<string>()
  const path: string[] = []
  const visit = (file: string) => {
    const at = path.indexOf(file)
    if (at >= 0) {
      const cycle = [...path.slice(at), file]
      violations.push({ from: path.at(-1) ?? file, to: file, why: `a cycle: ${cycle.join(' → ')}` })
      return
    }
    if (done.has(file)) return
    path.push(file)
    for (const to of graph.get(file) ?? []) if (graph.has(to)) visit(to)
    path.pop()
    done.add(file)
  }
  for (const file of graph.keys()) visit(file)
  return violations
}

/** All imports below `root` that go the wrong way. */
export async function findViolations(root: string): Promise<Violation[]> {
  const graph = await readImports(root)
  const violations: Violation[] = []
  for (const [from, imported] of graph) {
    for (const to of imported) {
      const why = explain(from, to)
      if (why !== undefined) violations.push({ from, to, why })
    }
  }
  return [...violations, ...(await findServerValues(root, graph)), ...findImpureVerify(graph), ...findCycles(graph)]
}
