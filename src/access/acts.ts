import { z } from 'zod'
import { defineAct, type Entry, FacilityCode } from '../kernel/act.ts'
import { defineRefusals } from '../kernel/refusal.ts'
import { Digest, line, prose } from '../kernel/text.ts'
import { InstantText } from '../kernel/time.ts'
import { GRANTED_ROLES, Role } from './roles.ts'

export const { catalogue: grantRefusals, refuse: refuseGrant } = defineRefusals({
  'grant-unclear': {
    sort: 'invalid',
    says: {
      en: 'A grant names one custody, or, for the desk of a sending state, one state.',
      es: 'Una concesión nombra una custodia o, para la oficina de un Estado remitente, un Estado.',
    },
    remedy: {
      en: 'Name the custody in person.custody, or the state in act.state with the role sending-state.',
      es: 'Nombre la custodia en person.custody, o el Estado en act.state con el rol sending-state.',
    },
  },
  'grant-unknown': {
    sort: 'conflict',
    says: {
      en: 'There is no such grant of this custody or state, or it was revoked.',
      es: 'No existe tal concesión de esta custodia o Estado, o fue revocada.',
    },
    remedy: {
      en: 'Name the entry of the grant, and the custody that it is about.',
      es: 'Nombre el asiento de la concesión y la custodia a que se refiere.',
    },
  },
})

/** Whose client or relative a person in custody is, or of which state somebody is the desk. Until it is revoked. */
export const grantAccess = defineAct({
  kind: 'access.grant',
  v: 1,
  says: {
    en: 'Counsel, family or the desk of a state was given sight of its own people',
    es: 'Se dio a la defensa, la familia o la oficina de un Estado acceso a los suyos',
  },
  about: 'any',
  sort: 'intention',
  permission: 'access.grant',
  sections: {
    person: z.strictObject({ custody: z.uuid().optional() }),
    place: z.strictObject({ facility: FacilityCode.optional() }),
    act: z.strictObject({
      officer: z.uuid(),
      role: z.enum(GRANTED_ROLES),
      /** ISO 3166-1 alpha-2. */
      state: z
        .string()
        .regex(/^[A-Z]{2}$/)
        .optional(),
      /** What showed it: a power of attorney, a birth certificate, a note of the embassy. */
      shown: line(300),
    }),
  },
  decide({ person, place, act }) {
    const ofState = act.role === 'sending-state' && act.state !== undefined
    const isClear = place.facility === undefined && (person.custody === undefined ? ofState : act.state === undefined)
    return isClear ? undefined : refuseGrant('grant-unclear')
  },
  refusals: grantRefusals,
})

export const revokeAccess = defineAct({
  kind: 'access.revoke',
  v: 1,
  says: { en: 'Sight of a person in custody was revoked', es: 'Se revocó el acceso a una persona en custodia' },
  about: 'any',
  sort: 'intention',
  permission: 'access.grant',
  sections: { act: z.strictObject({ grant: z.uuid(), reason: prose(500) }) },
  decide: ({ act }, { entries }) =>
    standingGrants(entries).some(({ id }) => id === act.grant) ? undefined : refuseGrant('grant-unknown'),
  refusals: grantRefusals,
})

function standingGrants(entries: readonly Entry[]): Entry[] {
  const revoked = new Set(
    entries.filter(({ kind }) => kind === revokeAccess.kind).map(({ sections }) => sections.act?.grant),
  )
  return entries.filter(({ id, kind }) => kind === grantAccess.kind && !revoked.has(id))
}

/** Ours: how long a broken glass stays open. */
export const GLASS_MINUTES = 30

/** In need: whoever enters this opens for half an hour what the policy `break-glass` names. Oversight is told at once. */
export const breakGlass = defineAct({
  kind: 'access.break-glass',
  v: 1,
  says: {
    en: 'What is closed of a custody was opened in need',
    es: 'Se abrió por necesidad lo reservado de una custodia',
  },
  about: 'custody',
  sort: 'fact',
  permission: 'glass.break',
  sections: { act: z.strictObject({ reason: prose(1000) }) },
})

/** A look, or looks alike within five minutes. About the facility, so that no file of a person tells who looked. */
const look = {
  custody: z.uuid().optional(),
  officer: z.uuid(),
  role: Role,
  route: line(120),
  since: InstantText,
  until: InstantText,
}

const readSections = {
  act: z.strictObject({
    ...look,
    what: z.enum(['file', 'picture', 'entry', 'list', 'search']),
    looks: z.int().positive(),
    /** Rows of the answers of a list or search, the most at once. */
    people: z.int().nonnegative().optional(),
    filter: Digest.optional(),
    /** Looks that were not written down before this one, because the record could not be reached. */
    lost: z.int().positive().optional(),
  }),
}

const issueSections = {
  act: z.strictObject({
    ...look,
    audience: line(40),
    at: InstantText,
    known: z.union([z.int().nonnegative(), InstantText]).optional(),
    /** SHA-256 of the file that was handed out. */
    digest: Digest,
  }),
}

const ofService = { v: 1, about: 'any', sort: 'fact', permission: 'service.record' } as const

export const readAccess = defineAct({
  ...ofService,
  kind: 'access.read',
  says: {
    en: 'Somebody of the facility read about a person',
    es: 'Alguien del establecimiento leyó sobre una persona',
  },
  sections: readSections,
})

/** By oversight, a court, counsel, family, a state's desk, health staff: told to oversight and the auditor alone. */
export const readApart = defineAct({
  ...ofService,
  kind: 'access.read-apart',
  says: { en: 'Somebody else read about a person', es: 'Otra persona leyó sobre una persona en custodia' },
  sections: readSections,
})

export const issueReturn = defineAct({
  ...ofService,
  kind: 'return.issue',
  says: { en: 'The facility issued a return', es: 'El establecimiento emitió una respuesta' },
  sections: issueSections,
})

export const issueApart = defineAct({
  ...ofService,
  kind: 'return.issue-apart',
  says: { en: 'A return was issued to who is not of the facility', es: 'Se emitió una respuesta a alguien ajeno' },
  sections: issueSections,
})

export const denyAccess = defineAct({
  ...ofService,
  kind: 'access.deny',
  says: { en: 'Something was not permitted', es: 'Algo no se permitió' },
  sections: {
    act: z.strictObject({
      officer: z.uuid(),
      role: line(40),
      route: line(120),
      permission: line(60),
      code: line(60),
      times: z.int().positive(),
      since: InstantText,
      until: InstantText,
      lost: z.int().positive().optional(),
    }),
  },
})

export const changePolicy = defineAct({
  kind: 'policy.change',
  v: 1,
  says: { en: 'The policies of who may do what changed', es: 'Cambiaron las reglas de quién puede hacer qué' },
  about: 'house',
  sort: 'fact',
  permission: 'service.record',
  // Entered by the program when its files differ; were it ever open to somebody who sits there, not without a passkey.
  stepUp: true,
  sections: {
    act: z.strictObject({
      files: z
        .array(z.strictObject({ file: line(120), sha256: z.union([z.hash('sha256'), z.null()]) }))
        .min(1)
        .max(500),
    }),
  },
})

export const accessActs = [
  grantAccess,
  revokeAccess,
  breakGlass,
  readAccess,
  readApart,
  issueReturn,
  issueApart,
  denyAccess,
  changePolicy,
] as const
