import assert from 'node:assert/strict'
import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { SECTIONS } from '../kernel/act.ts'
import { randomId } from '../kernel/ids.ts'
import { temporaryFolder } from '../platform/testing.ts'
import { openAuthoriser, PolicyRefused, policiesFolder } from './authorise.ts'
import { expectations } from './expectations.ts'
import { ROLES } from './roles.ts'
import { sectionsFor } from './sections.ts'

const officer = randomId()
const authoriser = await openAuthoriser()

test('every permission of the schema is stated a second time, and no other', () => {
  assert.deepEqual([...authoriser.permissions].sort(), Object.keys(expectations).sort())
})

for (const [permission, { says, roles }] of Object.entries(expectations)) {
  test(`${permission}: ${says}`, () => {
    for (const role of ROLES) {
      const expected = roles.includes(role)
      for (const facility of [undefined, 'TEC']) {
        assert.equal(
          authoriser.mayDo({ officer, role }, permission, facility),
          expected,
          `${role} ${expected ? 'should' : 'should not'} have ${permission}: policies/${role}.cedar or expectations.ts`,
        )
      }
    }
    assert.deepEqual(
      authoriser.rolesWith(permission),
      ROLES.filter((role) => roles.includes(role)),
    )
  })
}

test('a role that nobody defined may do nothing', () => {
  for (const permission of authoriser.permissions) {
    assert.equal(authoriser.mayDo({ officer, role: 'warden' }, permission), false)
  }
})

test('who is bound to a facility acts there, and nowhere else', () => {
  const bound = { officer, role: 'registrar', facility: 'TEC' }
  assert.equal(authoriser.mayDo(bound, 'custody.record', 'TEC'), true)
  assert.equal(authoriser.mayDo(bound, 'custody.record', 'IZA'), false)
  assert.equal(authoriser.mayDo(bound, 'place.read', 'IZA'), false)
})

test('who is bound to a facility reads nothing about persons of the installation as a whole', () => {
  const bound = { officer, role: 'registrar', facility: 'TEC' }
  for (const permission of ['roll.read', 'custody.read', 'person.read', 'entry.read', 'return.issue']) {
    assert.equal(authoriser.mayDo(bound, permission), false, permission)
  }
  assert.equal(authoriser.mayDo(bound, 'place.read'), true)
})

async function withChanged(t: Parameters<typeof temporaryFolder>[0], file: string, change: (text: string) => string) {
  const folder = await temporaryFolder(t)
  await cp(policiesFolder, folder, { recursive: true })
  const path = join(folder, file)
  const before = await readFile(path, 'utf8')
  const after = change(before)
  assert.notEqual(after, before, 'the test must change something')
  await writeFile(path, after)
  return folder
}

test('a misspelled attribute stops the start: resource.facilty', async (t) => {
  const folder = await withChanged(t, 'own-facility.cedar', (text) =>
    text.replace('resource != principal.facility', 'resource.facilty != principal.facility'),
  )
  await assert.rejects(openAuthoriser(folder), (error: Error) => {
    assert.ok(error instanceof PolicyRefused)
    assert.match(error.message, /own-facility\.cedar: .*facilty/)
    return true
  })
})

test('a policy that can never apply stops the start: principal has facilty', async (t) => {
  const folder = await withChanged(t, 'own-facility-only.cedar', (text) => text.replace('has facility', 'has facilty'))
  await assert.rejects(openAuthoriser(folder), /own-facility-only\.cedar/)
})

test('an unknown action, an unknown role type and a broken text stop the start', async (t) => {
  for (const change of [
    (text: string) => text.replace('custody.read', 'custody.raed'),
    (text: string) => text.replace('Role::', 'Roll::'),
    (text: string) => text.replace(');', ''),
  ]) {
    await assert.rejects(openAuthoriser(await withChanged(t, 'court.cedar', change)), PolicyRefused)
  }
})

test('a policy is called as its file, so that a decision can be followed to a page', async (t) => {
  const folder = await withChanged(t, 'court.cedar', (text) => text.replace('@id("court")', '@id("courts")'))
  await assert.rejects(openAuthoriser(folder), /must carry @id\("court"\)/)
})

test('each policy begins with a sentence for people', async () => {
  const { readdir } = await import('node:fs/promises')
  for (const file of (await readdir(policiesFolder)).filter((name) => name.endsWith('.cedar'))) {
    const [first = ''] = (await readFile(join(policiesFolder, file), 'utf8')).split('\n')
    assert.match(first, /^\/\/ [A-Z].*[.:]/, `${file}: begin with a comment that says what it permits or forbids`)
  }
})

test('an administrator can never be given what touches a person', async (t) => {
  const folder = await withChanged(t, 'administrator.cedar', (text) =>
    text.replace('Action::"token.manage",', 'Action::"token.manage", Action::"person.read",'),
  )
  assert.equal((await openAuthoriser(folder)).mayDo({ officer, role: 'administrator' }, 'person.read'), false)
})

test('sections: court and oversight open all but medical', () => {
  const allButMedical = SECTIONS.filter((section) => section !== 'medical')
  assert.deepEqual(sectionsFor('court'), allButMedical)
  assert.deepEqual(sectionsFor('oversight'), allButMedical)
})

test('sections: the registrar sees a pseudonym for staff, and nothing medical', () => {
  assert.deepEqual(sectionsFor('registrar'), ['person', 'place', 'legal', 'act', 'health'])
})

test('sections: health staff alone open medical, and nothing legal', () => {
  assert.deepEqual(sectionsFor('health'), ['person', 'place', 'health', 'medical'])
  assert.deepEqual(
    ROLES.filter((role) => sectionsFor(role).includes('medical')),
    ['health'],
  )
})

test('sections: who keeps the module sees nothing legal; a control room sees who is where; the rest as the design says', () => {
  assert.deepEqual(sectionsFor('module-officer'), ['person', 'place', 'act', 'health'])
  assert.deepEqual(sectionsFor('shift-commander'), ['person', 'place', 'act', 'health'])
  assert.deepEqual(sectionsFor('control-room'), ['person', 'place'])
  assert.deepEqual(sectionsFor('director'), ['person', 'place', 'legal', 'act', 'health'])
  assert.deepEqual(sectionsFor('sending-state'), ['person', 'legal'])
  assert.deepEqual(sectionsFor('counsel'), ['person', 'legal', 'health'])
  assert.deepEqual(sectionsFor('family'), ['person', 'health'])
})

test('sections: auditor, administrator, service and the unknown open none', () => {
  for (const role of ['auditor', 'administrator', 'service', 'public', '', '__proto__', 'constructor']) {
    assert.deepEqual(sectionsFor(role), [], role)
  }
})
