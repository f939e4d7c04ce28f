// Writes docs/roles.md from the table that tests hold the policies against: `npm run docs`. A test fails when it is stale.
import { readFile } from 'node:fs/promises'
import { expectations } from '../src/access/expectations.ts'
import { FACILITY_ROLES, GRANTED_ROLES, ROLES, type Role } from '../src/access/roles.ts'
import { sectionsFor, toldTo } from '../src/access/sections.ts'
import { rooms } from '../src/cli/rooms.ts'
import { SECTIONS } from '../src/kernel/act.ts'

export const rolesPath = new URL('../docs/roles.md', import.meta.url)

const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
const head = (cells: readonly string[]) => [row(cells), row(cells.map(() => '---'))]

/** Who may do what, who opens what, whose people are seen: as tables. */
export function rolesDocument(): string {
  const acts = Map.groupBy(
    rooms.flatMap((room) => room.acts),
    ({ permission }) => permission,
  )
  const seen = (role: Role) => {
    if ((GRANTED_ROLES as readonly string[]).includes(role)) return 'only people granted to them'
    if (sectionsFor(role).length === 0) return 'nobody'
    return 'all, or those of the facility that the officer is bound to'
  }
  return `${[
    '# Roles',
    '',
    'Who may do what. Made by `npm run docs` from `src/access/expectations.ts`, which the tests compare with the policies',
    'in `policies/` for every act, every route and every role. To change it: change the policy and say the change there.',
    '',
    '## Permissions',
    '',
    ...head(['permission', 'in words', 'roles', 'acts']),
    ...Object.entries(expectations).map(([permission, { says, roles }]) =>
      row([
        `\`${permission}\``,
        says,
        roles.length === ROLES.length ? 'every role' : roles.join(', '),
        (acts.get(permission) ?? []).map(({ kind }) => `\`${kind}\``).join(' ') || '–',
      ]),
    ),
    '',
    '## Sections',
    '',
    '`open`: the section is read. `told`: it stays closed, and the custodian says what this role may know of it: of `place`',
    'the facility, of `legal` the items of ICPPED 18(1). Opened in need (`access.break-glass`): see',
    '[`policies/break-glass.cedar`](../policies/break-glass.cedar).',
    '',
    ...head(['role', ...SECTIONS, 'whom it sees']),
    ...ROLES.map((role) =>
      row([
        role,
        ...SECTIONS.map((section) =>
          sectionsFor(role).includes(section) ? 'open' : toldTo(role).includes(section) ? 'told' : '',
        ),
        seen(role),
      ]),
    ),
    '',
    '## Who is told that somebody looked',
    '',
    `Reads of personal data and returns issued by ${FACILITY_ROLES.join(', ')} are told to these roles, to oversight and to`,
    'the auditor; those of every other role to oversight and the auditor alone, and to the person on request.',
  ].join('\n')}\n`
}

export const storedRolesDocument = (): Promise<string> => readFile(rolesPath, 'utf8')
