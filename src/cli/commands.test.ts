import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type Application, type CommandContext, generateHelpTextForAllCommands } from '@stricli/core'
import { reachableFrom, readImports } from '../../test/import-directions.ts'
import { buildProgram } from './commands.ts'
import { EXIT_CODES } from './exit-codes.ts'
import { languageOf, table } from './terminal.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const docs = await readFile(new URL('../../docs/cli.md', import.meta.url), 'utf8')

test('the exit codes of the program are those of docs/cli.md, each once', () => {
  for (const [name, { code, says }] of Object.entries(EXIT_CODES)) {
    assert.ok(
      docs.includes(`| ${code} | ${name} | ${says.en} |`),
      `docs/cli.md: add | ${code} | ${name} | ${says.en} |`,
    )
    assert.notEqual(says.es, says.en)
  }
  const codes = Object.values(EXIT_CODES).map(({ code }) => code)
  assert.equal(new Set(codes).size, codes.length)
})

test('every command teaches: a paragraph, an example, and --json; docs/cli.md names it', () => {
  const commands = generateHelpTextForAllCommands(buildProgram('0') as unknown as Application<CommandContext>)
  assert.ok(commands.length >= 11)
  for (const [name, help] of commands) {
    const words = name.split(' ').slice(1)
    if (words.length === 0) continue
    const line = words.join(' ')
    assert.match(help, new RegExp(`\\n {2}(HABEAS\\S+ )*(npm start|habeas ${line})`), `${line}: give an example`)
    assert.ok(docs.includes(words[0] as string), `docs/cli.md: name ${line}`)
    assert.ok(help.includes('--json'), `${line}: answer --json`)
  }
})

test('verify and conformance load no database, no HTTP and no house', async () => {
  const graph = await readImports(root)
  for (const command of ['verify', 'conformance', 'law-conformance', 'conditions-conformance']) {
    const reached = reachableFrom(graph, `src/cli/commands/${command}.ts`)
    // Vectors of law are read by schemas; those of the record are not, so that a verifier stays small.
    if (command === 'law-conformance') reached.delete('zod')
    const heavy = [...reached].filter((file) =>
      /^(pg|fastify|zod)$|^src\/(platform|access)\/|cli\/house\.ts$/.test(file),
    )
    assert.deepEqual(heavy, [], `${command} reaches ${heavy.join(', ')}`)
  }
})

test('the language of the terminal is that of LC_ALL, LC_MESSAGES, LANG, in this order', () => {
  assert.equal(languageOf({ LANG: 'es_SV.UTF-8' }), 'es')
  assert.equal(languageOf({ LANG: 'es_SV.UTF-8', LC_ALL: 'C' }), 'en')
  assert.equal(languageOf({ LANG: 'en_US', LC_MESSAGES: 'es' }), 'es')
  assert.equal(languageOf({ LANG: '', LC_ALL: '' }), 'en')
  assert.equal(languageOf({ LANG: 'est_EE' }), 'en')
})

test('a table aligns its values and leaves no blanks at the ends', () => {
  assert.equal(
    table([
      ['a', '1'],
      ['long', ''],
    ]),
    '  a     1\n  long',
  )
})
