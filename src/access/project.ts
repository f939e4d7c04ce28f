import { type ActKind, dataOf, type Entry } from '../kernel/act.ts'
import { defineEvents, defineFold, type Register } from '../kernel/register.ts'
import { spanText } from '../kernel/span.ts'
import { microsOf } from '../kernel/time.ts'
import {
  breakGlass,
  changePolicy,
  GLASS_MINUTES,
  grantAccess,
  issueApart,
  issueReturn,
  readAccess,
  readApart,
  revokeAccess,
} from './acts.ts'

const GRANT_KINDS = [grantAccess.kind, revokeAccess.kind]

/** Grants with the time in which they hold. By when they were recorded: access has no past. */
function grantsIn(entries: readonly Entry[]) {
  const ends = new Map<string, string>()
  for (const entry of entries) {
    const grant = entry.kind === revokeAccess.kind ? dataOf(revokeAccess, entry).act?.grant : undefined
    const known = grant === undefined ? undefined : ends.get(grant)
    if (grant !== undefined && (known === undefined || microsOf(entry.recordedAt) < microsOf(known)))
      ends.set(grant, entry.recordedAt)
  }
  return entries.flatMap((entry) => {
    const act = entry.kind === grantAccess.kind ? dataOf(grantAccess, entry).act : undefined
    const to = ends.get(entry.id)
    const isEmpty = to !== undefined && microsOf(to) <= microsOf(entry.recordedAt)
    if (!act || isEmpty) return []
    const span = spanText({ from: entry.recordedAt, ...(to !== undefined && { to }) })
    return [{ entry, act, row: { entry_n: entry.n, grant_id: entry.id, officer: act.officer, span } }]
  })
}

export const grantRegister = defineFold({
  table: 'access_grant',
  columns: {
    entry_n: 'bigint',
    grant_id: 'uuid',
    custody: 'uuid',
    officer: 'uuid',
    role: 'text',
    span: 'tstzrange',
  },
  key: ['entry_n'],
  scope: 'custody',
  kinds: GRANT_KINDS,
  rows: (entries) =>
    grantsIn(entries).flatMap(({ entry, act, row }) =>
      entry.custody === undefined ? [] : [{ ...row, custody: entry.custody, role: act.role }],
    ),
})

export const deskRegister = defineFold({
  table: 'access_desk',
  columns: { entry_n: 'bigint', grant_id: 'uuid', officer: 'uuid', state: 'text', span: 'tstzrange' },
  key: ['entry_n'],
  scope: 'facility',
  kinds: GRANT_KINDS,
  rows: (entries) =>
    grantsIn(entries).flatMap(({ entry, act, row }) =>
      entry.custody !== undefined || act.state === undefined ? [] : [{ ...row, state: act.state }],
    ),
})

export const glassRegister = defineEvents({
  table: 'glass_broken',
  columns: { entry_n: 'bigint', custody: 'uuid', facility: 'text', officer: 'uuid', span: 'tstzrange' },
  key: ['entry_n'],
  rows: {
    [breakGlass.kind]: ({ n, custody, facility, officer, recordedAt }) => {
      if (custody === undefined || officer === undefined) return []
      const to = Temporal.Instant.from(recordedAt).add({ minutes: GLASS_MINUTES }).toString()
      return [{ entry_n: n, custody, facility, officer, span: spanText({ from: recordedAt, to }) }]
    },
  },
})

type Read = typeof readAccess | typeof readApart
type Issue = typeof issueReturn | typeof issueApart

const readRow = (kind: Read) => (entry: Entry) => {
  const { act } = dataOf(kind as ActKind<Read['sections']>, entry)
  if (!act) return []
  const { custody = null, officer, role, what, route, looks, people = null, filter = null, since, until } = act
  const apart = kind.kind === readApart.kind
  return [
    {
      entry_n: entry.n,
      custody,
      facility: entry.facility,
      apart,
      officer,
      role,
      what,
      route,
      looks,
      people,
      filter,
      since,
      until,
      issued: null,
    },
  ]
}

const issueRow = (kind: Issue) => (entry: Entry) => {
  const { act } = dataOf(kind as ActKind<Issue['sections']>, entry)
  if (!act) return []
  const { custody = null, officer, role, route, since, until, audience, at, known = null, digest } = act
  return [
    {
      entry_n: entry.n,
      custody,
      facility: entry.facility,
      apart: kind.kind === issueApart.kind,
      officer,
      role,
      what: 'return',
      route,
      looks: 1,
      people: null,
      filter: null,
      since,
      until,
      issued: { audience, at, known, digest },
    },
  ]
}

export const readRegister = defineEvents({
  table: 'access_read',
  columns: {
    entry_n: 'bigint',
    custody: 'uuid',
    facility: 'text',
    apart: 'boolean',
    officer: 'uuid',
    role: 'text',
    what: 'text',
    route: 'text',
    looks: 'integer',
    people: 'integer',
    filter: 'text',
    since: 'timestamptz',
    until: 'timestamptz',
    issued: 'jsonb',
  },
  key: ['entry_n'],
  rows: {
    [readAccess.kind]: readRow(readAccess),
    [readApart.kind]: readRow(readApart),
    [issueReturn.kind]: issueRow(issueReturn),
    [issueApart.kind]: issueRow(issueApart),
  },
})

export const policyRegister = defineEvents({
  table: 'policy_file',
  columns: { entry_n: 'bigint', file: 'text', sha256: 'text' },
  key: ['entry_n', 'file'],
  rows: {
    [changePolicy.kind]: (entry) => {
      // One row a file, whatever was said twice: of two digests the last.
      const files = new Map(dataOf(changePolicy, entry).act?.files.map(({ file, sha256 }) => [file, sha256]))
      return [...files].map(([file, sha256]) => ({ entry_n: entry.n, file, sha256: sha256?.toLowerCase() ?? null }))
    },
  },
})

export const registers: readonly Register[] = [grantRegister, deskRegister, glassRegister, readRegister, policyRegister]
