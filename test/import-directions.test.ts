import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { findViolations, importsOf } from './import-directions.ts'

/** The violations of a tree made of these files; a body is a list of what the file imports. */
async function violationsOf(tree: Record<string, readonly string[]>) {
  const root = await mkdtemp(join(tmpdir(), 'habeas-directions-'))
  try {
    for (const [path, imports] of Object.entries(tree)) {
      await mkdir(dirname(join(root, path)), { recursive: true })
      const lines = imports.map((name, index) => `import { x as x${index} } from '${name}'\n`)
      await writeFile(join(root, path), `${lines.join('')}export const x = 1\n`)
    }
    return await findViolations(root)
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

const planted: { name: string; tree: Record<string, readonly string[]>; from: string; why: RegExp }[] = [
  {
    name: 'kernel imports the record',
    tree: { 'src/kernel/a.ts': ['../record/b.ts'], 'src/record/b.ts': [] },
    from: 'src/kernel/a.ts',
    why: /kernel may import only kernel/,
  },
  {
    name: 'the record imports the platform',
    tree: { 'src/record/a.ts': ['../platform/b.ts'], 'src/platform/b.ts': [] },
    from: 'src/record/a.ts',
    why: /record may import only record, kernel/,
  },
  {
    name: 'the platform imports a room',
    tree: { 'src/platform/a.ts': ['../custody/read.ts'], 'src/custody/read.ts': [] },
    from: 'src/platform/a.ts',
    why: /platform may import only/,
  },
  {
    name: 'the signer imports the platform',
    tree: { 'src/signer/a.ts': ['../platform/b.ts'], 'src/platform/b.ts': [] },
    from: 'src/signer/a.ts',
    why: /signer may import only/,
  },
  {
    name: 'a room imports the insides of another',
    tree: { 'src/law/a.ts': ['../custody/project.ts'], 'src/custody/project.ts': [] },
    from: 'src/law/a.ts',
    why: /only through its read\.ts or acts\.ts/,
  },
  {
    name: 'a room imports a file called read.ts that is not the room’s own face',
    tree: { 'src/custody/a.ts': ['../law/packs/read.ts'], 'src/law/packs/read.ts': [] },
    from: 'src/custody/a.ts',
    why: /only through its read\.ts or acts\.ts/,
  },
  {
    name: 'a room imports the command line',
    tree: { 'src/law/a.ts': ['../cli/main.ts'], 'src/cli/main.ts': [] },
    from: 'src/law/a.ts',
    why: /law may import only/,
  },
  {
    name: 'a folder nobody has placed',
    tree: { 'src/misc/a.ts': ['node:fs'] },
    from: 'src/misc/a.ts',
    why: /no place in the table/,
  },
  {
    name: 'the product imports the test harness',
    tree: { 'src/cli/a.ts': ['../platform/testing.ts'], 'src/platform/testing.ts': [] },
    from: 'src/cli/a.ts',
    why: /by tests only/,
  },
  {
    name: 'verify imports the platform',
    tree: { 'verify/a.ts': ['../src/platform/b.ts'], 'src/platform/b.ts': [] },
    from: 'verify/a.ts',
    why: /kernel and record only/,
  },
  {
    name: 'verify uses Node by itself',
    tree: { 'verify/a.ts': ['node:crypto'] },
    from: 'verify/a.ts',
    why: /in a browser too/,
  },
  {
    name: 'verify uses Node three files away',
    tree: {
      'verify/a.ts': ['../src/record/b.ts'],
      'src/record/b.ts': ['../kernel/c.ts'],
      'src/kernel/c.ts': ['node:crypto'],
    },
    from: 'src/kernel/c.ts',
    why: /verify imports this file/,
  },
  {
    name: 'a cycle of three',
    tree: { 'src/law/a.ts': ['./b.ts'], 'src/law/b.ts': ['./c.ts'], 'src/law/c.ts': ['./a.ts'] },
    from: 'src/law/c.ts',
    why: /a cycle: src\/law\/a\.ts → src\/law\/b\.ts → src\/law\/c\.ts → src\/law\/a\.ts/,
  },
]

for (const { name, tree, from, why } of planted) {
  test(`caught: ${name}`, async () => {
    const violations = await violationsOf(tree)
    assert.equal(violations.length, 1, JSON.stringify(violations))
    assert.equal(violations[0]?.from, from)
    assert.match(violations[0]?.why ?? '', why)
  })
}

test('what the design allows passes', async () => {
  const violations = await violationsOf({
    'src/kernel/a.ts': ['node:crypto'],
    'src/kernel/pure.ts': [],
    'src/record/b.ts': ['../kernel/a.ts', 'canonicalize'],
    'src/record/b.test.ts': ['../platform/testing.ts', './b.ts'],
    'src/signer/s.ts': ['../record/b.ts'],
    'src/platform/testing.ts': [],
    'src/custody/acts.ts': ['../kernel/a.ts'],
    'src/custody/read.ts': ['../platform/db.ts'],
    'src/platform/db.ts': ['../record/b.ts', 'pg'],
    'src/law/decide.ts': ['../custody/acts.ts', '../custody/read.ts'],
    'src/cli/main.ts': ['../law/decide.ts', '../signer/s.ts', '../../verify/a.ts'],
    'verify/a.ts': ['../src/kernel/pure.ts'],
    'verify/main.ts': ['node:fs', './a.ts'],
  })
  assert.deepEqual(violations, [])
})

test('every way of writing an import is seen, and words about imports are not', () => {
  const source = [
    "import a from './a.ts'",
    "import type { B } from './b.ts'",
    'import {\n  c,\n  type D,\n} from "./c.ts"',
    "export { e } from './e.ts'",
    "export * from './f.ts'",
    "import './g.ts'",
    "const h = await import('./h.ts')",
    "// import x from './not.ts'",
    " * import x from './not.ts'",
    "const words = 'a letter from ' + 'home'",
  ].join('\n')
  assert.deepEqual(importsOf(source).sort(), ['./a.ts', './b.ts', './c.ts', './e.ts', './f.ts', './g.ts', './h.ts'])
})
