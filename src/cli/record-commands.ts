import { buildCommand } from '@stricli/core'
import { guarded, json, originName, text } from './command-parts.ts'
import type { Context } from './context.ts'
import type { Json } from './flags.ts'
import type { BackupFlags, RestoreFlags, ScrubFlags } from './house-flags.ts'

export const audit = buildCommand<Json, [], Context>({
  loader: guarded(async () => (await import('./commands/audit.ts')).auditRecord),
  parameters: { flags: { json } },
  docs: {
    brief: 'Check the record against itself: each leaf, signature, section, number',
    fullDescription: `Reads every entry and checks it against the tree, every signed checkpoint, every tile, every sealed section against its
digest, and the numbering of each custody. Names the place of whatever does not hold. Changes nothing.

  habeas audit

Next: habeas replay, which checks the registers. Ends with 0 when all holds, 1 when not.`,
  },
})

export const replay = buildCommand<Json, [], Context>({
  loader: guarded(async () => (await import('./commands/replay.ts')).replayRegisters),
  parameters: { flags: { json } },
  docs: {
    brief: 'Rebuild every register from the record and say where they differ',
    fullDescription: `Computes all registers anew from the entries, beside the stored ones, and compares row by row. Changes nothing.

  habeas replay

Ends with 0 when they are the same, 1 when not.`,
  },
})

const keysFile = {
  kind: 'parsed',
  parse: text,
  brief: 'File of the wrapped keys; keep it apart from the other',
  placeholder: 'FILE',
} as const

export const backup = buildCommand<BackupFlags, [string], Context>({
  loader: guarded(async () => (await import('./commands/backup.ts')).backUpRecord),
  parameters: {
    flags: { keys: keysFile, json },
    positional: {
      kind: 'tuple',
      parameters: [{ parse: text, brief: 'Where the record is written; must not be there yet', placeholder: 'FILE' }],
    },
  },
  docs: {
    brief: 'Copy the record to a file, its wrapped keys to another, while Habeas runs',
    fullDescription: `Writes entries, sealed sections, tree, checkpoints and stored files, all of one instant, with a checksum at the end; the
wrapped keys go to a second file. Registers are not copied: they are made anew from the entries. No private key and no
token is in either.

  habeas backup record-2026-11-24.gz --keys keys-2026-11-24.gz

Next: carry both away, to different places, and try a restore: docs/operations.md`,
  },
})

export const restore = buildCommand<RestoreFlags, [string], Context>({
  loader: guarded(async () => (await import('./commands/restore.ts')).restoreRecord),
  parameters: {
    flags: {
      keys: keysFile,
      newOrigin: {
        kind: 'parsed',
        parse: originName,
        brief: 'Close the log of the backup and go on under this name, stating what is lost',
        placeholder: 'NAME',
        optional: true,
      },
      json,
    },
    positional: {
      kind: 'tuple',
      parameters: [{ parse: text, brief: 'A file that `habeas backup` wrote', placeholder: 'FILE' }],
    },
  },
  docs: {
    brief: 'Load a backup into an empty instance, check its tree, make the registers anew',
    fullDescription: `Needs the secrets folder of the instance that made the backup, and an empty database. All is loaded or nothing: a restore
that was killed is simply given again. Where the signer has signed more than the backup holds it says so, and what the two
ways out are.

  habeas restore record-2026-11-24.gz --keys keys-2026-11-24.gz

Next: habeas audit, habeas replay. Ends with 0 done, 1 damaged, 3 refused, 8 restored, but the signer will refuse.`,
  },
})

export const doctor = buildCommand<Json, [], Context>({
  loader: guarded(async () => (await import('./commands/doctor.ts')).seeDoctor),
  parameters: { flags: { json } },
  docs: {
    brief: 'Say what is wrong with this instance, and how to mend it',
    fullDescription: `Looks at the machine, the folders and who may read them, the database, the tree, the signer and its memory, witnesses,
notices, the clock, and the registers of some people against the record. Changes nothing.

  habeas doctor

Ends with 0 when all is well, 1 when something needs somebody, or could not be looked at.`,
  },
})

export const scrub = buildCommand<ScrubFlags, [], Context>({
  loader: guarded(async () => (await import('./commands/scrub.ts')).scrubFiles),
  parameters: {
    flags: {
      find: {
        kind: 'parsed',
        parse: text,
        brief: 'File with texts, one a line, that must then be in no file of the database',
        placeholder: 'FILE',
        optional: true,
      },
      json,
    },
  },
  docs: {
    brief: 'After an expungement: make what was deleted leave the files of the database',
    fullDescription: `Rewrites every table with its indexes, takes the planner's statistics anew and replaces the write-ahead log. Locks each
table meanwhile: run it when the house is quiet. It deletes nothing of the record, and may be given again.

  habeas scrub
  habeas scrub --find expunged.txt

Ends with 0 when every step was done and nothing was found, 1 when not.`,
  },
})
