// Writes docs/acts.md from the acts themselves, and docs/roles.md: `npm run docs`. A test fails when one is stale.
import { readFile, writeFile } from 'node:fs/promises'
import { rooms } from '../src/cli/rooms.ts'
import { rolesDocument, rolesPath } from './roles-document.ts'

const path = new URL('../docs/acts.md', import.meta.url)

/** Every act in a line: kind, who it is about, fact or intention, sections, permission, what it says. */
export function actsDocument(): string {
  const lines = [
    '# Acts',
    '',
    'Every change of what is held to be true is one of these. Made by `npm run docs` from the acts themselves.',
    '',
    '| act | v | about | sort | sections | permission | en | es |',
    '|---|---|---|---|---|---|---|---|',
  ]
  for (const { name, acts } of rooms) {
    for (const act of acts) {
      const cells = [
        `\`${act.kind}\` (${name})`,
        act.v,
        act.about,
        act.sort,
        act.sectionNames.join(', '),
        `\`${act.permission}\``,
      ]
      lines.push(`| ${[...cells, act.says.en, act.says.es].join(' | ')} |`)
    }
  }
  lines.push('', '## Refusals', '', '| code | sort | en | es | what would help |', '|---|---|---|---|---|')
  for (const room of rooms) {
    for (const [code, { sort, says, remedy }] of Object.entries(room.refusals)) {
      lines.push(`| \`${code}\` | ${sort} | ${says.en} | ${says.es} | ${remedy.en} |`)
    }
  }
  return `${lines.join('\n')}\n`
}

export const storedActsDocument = (): Promise<string> => readFile(path, 'utf8')

if (import.meta.main && process.argv.includes('--write')) {
  await writeFile(path, actsDocument())
  await writeFile(rolesPath, rolesDocument())
}
