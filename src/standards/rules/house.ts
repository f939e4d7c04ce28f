import { HOUSE } from '../../kernel/act.ts'
import { type Fact, peopleRule, type Rule } from './rule.ts'

/** Rules about the product itself: DESIGN.md §1, the system watches itself. */
const ours = {
  kind: 'ours',
  citation: [{ instrument: 'Habeas', provision: 'the system watches itself' }],
  origin: 'ours',
  states: ['pass', 'fail'],
} as const

const aboutHouse = (cause: string, since: string | undefined, at: string): Fact[] =>
  since === undefined ? [] : [{ facility: HOUSE, cause, from: since, state: 'fail', evidence: { seenAt: at } }]

export const signerSilent: Rule = {
  ...ours,
  id: 'signer-silent',
  severity: 'S1',
  says: {
    en: 'The signer answers: what is recorded is promised and enters the tree.',
    es: 'El firmante responde: lo que se asienta se promete y entra en el árbol.',
  },
  current: async (_sql, at, _facility, house) => aboutHouse('signer', house?.signerSilentSince, at),
}

export const checkpointUnwitnessed: Rule = {
  ...ours,
  id: 'checkpoint-unwitnessed',
  severity: 'S2',
  says: {
    en: 'Checkpoints are cosigned by the witnesses that the policy asks for.',
    es: 'Los puntos de control llevan la firma de los testigos que exige la política.',
  },
  current: async (_sql, at, _facility, house) => aboutHouse('witness', house?.unwitnessedSince, at),
}

export const witnessContradicts: Rule = {
  ...ours,
  id: 'witness-contradicts',
  severity: 'S1',
  says: {
    en: 'No witness has cosigned another or a larger tree of this record: it was not rewritten and is no older copy.',
    es: 'Ningún testigo ha firmado otro árbol de este registro, ni uno mayor: no fue reescrito ni es una copia antigua.',
  },
  current: async (_sql, at, _facility, house) =>
    (house?.contradictedBy ?? []).flatMap(({ witness, since }) => aboutHouse(witness, since, at)),
}

/**
 * A custody without its key that no court had sealed: somebody destroyed what the record holds of a person. One finding
 * a facility: an entry about such a custody cannot be sealed any more. Looked at whenever an entry comes.
 */
export const keyMissing: Rule = peopleRule({
  ...ours,
  id: 'key-missing',
  severity: 'S1',
  says: {
    en: 'Every custody has its key, or a court had it sealed: nothing of the record was destroyed outside the law.',
    es: 'Cada custodia tiene su clave, o un tribunal la hizo sellar: nada del registro se destruyó fuera de la ley.',
  },
  // The key was there when the last entry was sealed with it.
  members: `
    select s.facility, s.id as custody, 'key-missing' as grp, 'key-missing' as cause, 'fail' as state,
      (select e.recorded from entry e where e.custody = s.id order by e.nth desc limit 1) as since,
      jsonb_build_object('custody', s.id) as evidence
    from subject s
    where s.kind = 'custody' and ($2::text is null or s.facility = $2) and s.nth > 0 and $1::timestamptz is not null
      and not exists (select from keystore.subject_key k where k.subject = s.id)
      and coalesce(
        (select o.kind from expunge_order o where o.custody = s.id and o.kind in ('record.seal', 'record.unseal')
         order by o.entry_n desc limit 1), '') <> 'record.seal'`,
})

export const noticeUndelivered: Rule = {
  ...ours,
  id: 'notice-undelivered',
  severity: 'S1',
  says: {
    en: 'Every notice reached its recipient within an hour.',
    es: 'Cada aviso llegó a su destinatario en una hora.',
  },
  // One a recipient, however many wait: a notice of it that cannot be sent either makes no further finding.
  current: async (_sql, at, _facility, house) =>
    (house?.undelivered ?? []).flatMap(({ recipient, since }) => aboutHouse(recipient, since, at)),
}

export const syncRefused: Rule = {
  ...ours,
  id: 'sync-refused',
  severity: 'S2',
  says: {
    en: 'Every act of a device that was refused has been looked at by somebody.',
    es: 'Alguien ha revisado cada acto de un dispositivo que fue rechazado.',
  },
  // Resolved by discharging its duty or closing its finding, which say who looked, or by withdrawing the entry.
  async current(sql, at, facility) {
    const rows = await sql.rows<{ facility: string; custody: string | null; entry: string; from: string }>(
      `select e.facility, e.custody, e.id as entry, e.recorded as "from"
       from entry e
       where e.kind = 'sync.refuse' and e.recorded <= $1::timestamptz and ($2::text is null or e.facility = $2)
         and not exists (
           select from entry w where w.amends = e.id and w.kind = 'entry.withdraw'
             and not exists (select from entry v where v.amends = w.id and v.kind = 'entry.withdraw'))
         and not exists (
           select from duty d where d.rule = 'sync-refused' and d.item = e.id::text and d.facility = e.facility
             and d.custody is not distinct from e.custody and d.settled <= $1::timestamptz)
         and not exists (
           select from finding f where f.rule = 'sync-refused' and f.cause = e.id::text and f.closed_n is not null)
       order by e.n`,
      [at, facility ?? null],
    )
    return rows.map(({ custody, entry, ...row }) => ({
      ...row,
      ...(custody !== null && { custody }),
      cause: entry,
      state: 'fail' as const,
      evidence: { entry },
    }))
  },
}

export const glassBroken: Rule = {
  ...ours,
  id: 'glass-broken',
  severity: 'S2',
  says: {
    en: 'Oversight has looked at each opening, in need, of what is closed of a custody.',
    es: 'La supervisión ha revisado cada apertura, por necesidad, de lo reservado de una custodia.',
  },
  // Resolved by closing its finding, which is oversight's alone.
  async current(sql, at, facility) {
    const rows = await sql.rows<{ facility: string; custody: string; entry: string; from: string; to: string }>(
      `select g.facility, g.custody, e.id as entry, lower(g.span) as "from", upper(g.span) as "to"
       from glass_broken g join entry e on e.n = g.entry_n
       where lower(g.span) <= $1::timestamptz and ($2::text is null or g.facility = $2)
         and not exists (
           select from finding f where f.rule = 'glass-broken' and f.cause = e.id::text and f.closed_n is not null)
       order by e.n`,
      [at, facility ?? null],
    )
    return rows.map(({ entry, to, ...row }) => ({
      ...row,
      cause: entry,
      state: 'fail' as const,
      evidence: { entry, openUntil: to },
    }))
  },
}
