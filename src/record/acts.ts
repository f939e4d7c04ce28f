import { z } from 'zod'
import { defineAct, SECTIONS, type Section } from '../kernel/act.ts'
import { defineRefusals } from '../kernel/refusal.ts'
import { CORRECT, WITHDRAW } from './effective.ts'

/** Refusals of the record itself, in the order in which they are looked for. */
export const { catalogue: recordRefusals, refuse: refuseRecord } = defineRefusals({
  'not-found': {
    sort: 'not-found',
    says: { en: 'There is no such subject or entry.', es: 'No existe tal sujeto o asiento.' },
    remedy: { en: 'Check the identifier.', es: 'Compruebe el identificador.' },
  },
  'id-reused': {
    sort: 'conflict',
    says: {
      en: 'This act id was already used for another act.',
      es: 'Este identificador de acto ya se usó para otro acto.',
    },
    remedy: { en: 'Send the act with a new id.', es: 'Envíe el acto con un identificador nuevo.' },
  },
  'custody-exists': {
    sort: 'conflict',
    says: { en: 'A custody with this id was already begun.', es: 'Ya se inició una custodia con este identificador.' },
    remedy: { en: 'Use a new custody id.', es: 'Use un identificador de custodia nuevo.' },
  },
  'custody-sealed': {
    sort: 'conflict',
    says: {
      en: 'This custody is sealed by order of a court, or its key is missing.',
      es: 'Esta custodia está sellada por orden de un tribunal, o falta su clave.',
    },
    remedy: {
      en: 'The court that had it sealed opens it with its key (record.unseal); oversight holds that key too.',
      es: 'La abre con su clave el tribunal que la hizo sellar (record.unseal); también la supervisión tiene esa clave.',
    },
  },
  'amendment-target': {
    sort: 'conflict',
    says: {
      en: 'The entry to be corrected or withdrawn is not one of this subject, or is itself a correction.',
      es: 'El asiento que se quiere corregir o retirar no es de este sujeto, o es él mismo una corrección.',
    },
    remedy: {
      en: 'Correct the first entry; withdraw a correction that is wrong.',
      es: 'Corrija el primer asiento; retire una corrección equivocada.',
    },
  },
  'amendment-data': {
    sort: 'invalid',
    says: {
      en: 'The correction does not have the form of the entry that it corrects.',
      es: 'La corrección no tiene la forma del asiento que corrige.',
    },
    remedy: { en: 'Give each replaced section whole.', es: 'Dé completa cada sección que se reemplaza.' },
  },
  'another-must-confirm': {
    sort: 'not-permitted',
    says: {
      en: 'You proposed this; another person must confirm it.',
      es: 'Usted lo propuso; otra persona debe confirmarlo.',
    },
    remedy: {
      en: 'Ask a colleague whose role may confirm it: four eyes.',
      es: 'Pídalo a un colega cuyo rol pueda confirmarlo: cuatro ojos.',
    },
  },
  'batch-refused': {
    sort: 'conflict',
    says: {
      en: 'Another act of this batch was refused, so none was recorded.',
      es: 'Otro acto de este lote fue rechazado, así que no se asentó ninguno.',
    },
    remedy: { en: 'Mend or leave out the act that is named.', es: 'Corrija u omita el acto que se nombra.' },
  },
  busy: {
    sort: 'unavailable',
    says: {
      en: 'The record could not settle this act against others at work on the same subject.',
      es: 'El registro no pudo resolver este acto frente a otros en curso sobre el mismo sujeto.',
    },
    remedy: {
      en: 'Send the same act again with the same id.',
      es: 'Envíe el mismo acto otra vez con el mismo identificador.',
    },
  },
})

const Replaced = z.record(z.string(), z.unknown())
const loose = (): z.ZodObject => z.looseObject({})

/**
 * Correction of any entry: what is replaced is listed in `act.replaces`, the new value of each section stands in that
 * section (that of `act` in `act.data`). With `moves`, the correction's own `occurredAt` replaces the first.
 */
export const correctEntry = defineAct({
  kind: CORRECT,
  v: 1,
  says: { en: 'An entry was corrected', es: 'Se corrigió un asiento' },
  about: 'any',
  sort: 'intention',
  permission: 'entry.amend',
  sections: {
    person: loose(),
    place: loose(),
    legal: loose(),
    act: z.strictObject({
      entry: z.uuid(),
      reason: z.string().min(1).max(2000),
      replaces: z.array(z.enum(SECTIONS.filter((name) => name !== 'staff') as [Section, ...Section[]])),
      moves: z.boolean().default(false),
      data: Replaced.optional(),
    }),
    staff: z.strictObject({}),
    health: loose(),
    medical: loose(),
  },
})

/** Withdrawal of any entry, also of a correction or of an earlier withdrawal. */
export const withdrawEntry = defineAct({
  kind: WITHDRAW,
  v: 1,
  says: { en: 'An entry was withdrawn', es: 'Se retiró un asiento' },
  about: 'any',
  sort: 'intention',
  permission: 'entry.amend',
  sections: {
    act: z.strictObject({ entry: z.uuid(), reason: z.string().min(1).max(2000) }),
    person: loose(),
    place: loose(),
  },
})

const PublicKeyText = z.string().regex(/^[A-Za-z0-9+/]+=*$/)

/** The custodian's keys, so that a return can prove by whom it may be signed. */
export const publishKey = defineAct({
  kind: 'key.publish',
  v: 1,
  says: { en: 'A public key was published', es: 'Se publicó una clave pública' },
  about: 'house',
  sort: 'fact',
  permission: 'service.record',
  sections: {
    act: z.strictObject({
      use: z.enum(['custodian', 'log', 'promise']),
      origin: z.string(),
      ed25519: PublicKeyText,
      'ml-dsa-44': PublicKeyText.optional(),
    }),
  },
})

/** Each migration's digest stands in the record, so that what made the tables is known. */
export const applyMigration = defineAct({
  kind: 'migration.apply',
  v: 1,
  says: { en: 'A change of the tables was applied', es: 'Se aplicó un cambio de las tablas' },
  about: 'house',
  sort: 'fact',
  permission: 'service.record',
  sections: { act: z.strictObject({ name: z.string(), sha256: z.hash('sha256') }) },
})

/**
 * An act from a device that was refused is kept whole, sealed: nothing an officer did is lost. It is about the custody
 * when that is known, else about the facility.
 */
export const refuseSync = defineAct({
  kind: 'sync.refuse',
  v: 1,
  says: { en: 'An act from a device was refused and kept', es: 'Se rechazó y se conservó un acto de un dispositivo' },
  about: 'any',
  sort: 'fact',
  permission: 'service.record',
  sections: {
    person: loose(),
    place: loose(),
    legal: loose(),
    act: z.strictObject({
      refusedAct: z.uuid(),
      refusedKind: z.string(),
      code: z.string(),
      body: z.record(z.string(), z.unknown()),
    }),
    // Each section of the refused act stays in its own, so that nobody opens more of it than of an accepted one.
    staff: loose(),
    health: loose(),
    medical: loose(),
  },
})

/**
 * A copy was restored that is older than what was signed, and nothing newer was to be had: the old log is closed and
 * this one goes on from what was restored. Its first entry, before anything is signed under the new origin.
 */
export const openOrigin = defineAct({
  kind: 'origin.open',
  v: 1,
  says: {
    en: 'A new log was opened after a loss, and the loss stated',
    es: 'Se abrió un registro nuevo tras una pérdida, y se declaró la pérdida',
  },
  about: 'house',
  sort: 'fact',
  permission: 'service.record',
  sections: {
    act: z.strictObject({
      origin: z.string(),
      previous: z.string(),
      /** What the signer last signed under the previous origin; absent where its memory is lost too. */
      lastSigned: z.strictObject({ size: z.int().nonnegative(), root: PublicKeyText }).optional(),
      /** The tree that was restored, and the last checkpoint that came with it, as it was signed. */
      restored: z.strictObject({ size: z.int().nonnegative(), root: PublicKeyText, checkpoint: z.string().optional() }),
      /** Places in the previous tree of which nothing came back: `[from, to)`; `to` absent where nobody knows. */
      missing: z.strictObject({ from: z.int().nonnegative(), to: z.int().nonnegative().optional() }),
      backup: z.strictObject({ id: z.uuid(), made: z.string() }),
    }),
  },
})

const ProjectorVersion = z.strictObject({ version: z.int().positive(), digest: z.hash('sha256') })

/** Registers were made anew because their projectors had changed; counts alone, no row of them. */
export const rebuildProjection = defineAct({
  kind: 'projection.rebuild',
  v: 1,
  says: { en: 'Registers were made anew by a changed program', es: 'Un programa cambiado rehízo unos registros' },
  about: 'house',
  sort: 'fact',
  permission: 'service.record',
  sections: {
    act: z.strictObject({
      registers: z
        .array(
          z.strictObject({
            register: z.string(),
            /** Absent where nobody had kept it. */
            from: ProjectorVersion.optional(),
            to: ProjectorVersion,
            /** Rows that went, and rows that came; a changed row is one of each. */
            removed: z.int().nonnegative(),
            added: z.int().nonnegative(),
          }),
        )
        .min(1),
      /** How many entries they were made from, and how many of these were closed: expunged, or sealed for a court. */
      entries: z.int().nonnegative(),
      closed: z.int().nonnegative(),
    }),
  },
})

export const recordActs = [
  correctEntry,
  withdrawEntry,
  publishKey,
  applyMigration,
  refuseSync,
  openOrigin,
  rebuildProjection,
] as const
