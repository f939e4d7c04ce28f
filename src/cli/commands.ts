import { type Application, buildApplication, buildCommand, buildRouteMap } from '@stricli/core'
import { ROLES } from '../access/roles.ts'
import { AUDIENCES } from '../kernel/audience.ts'
import { guarded, json, originName, text, wholeNumber } from './command-parts.ts'
import type { Context } from './context.ts'
import type { ConformanceFlags, Json, VerifyFlags } from './flags.ts'
import type {
  BackupFlags,
  ImportFlags,
  RestoreFlags,
  ReturnFlags,
  ScrubFlags,
  StartFlags,
  TokenCreateFlags,
} from './house-flags.ts'
import { expunge, resolveGone, seal, unseal } from './order-commands.ts'
import { receipt } from './receipt-command.ts'
import { witness } from './witness-commands.ts'

const start = buildCommand<StartFlags, [], Context>({
  loader: guarded(async () => (await import('./commands/start.ts')).start),
  parameters: {
    flags: {
      serve: { kind: 'boolean', brief: 'Answer HTTP; with --no-serve: fill, report and end', default: true },
      json,
    },
  },
  docs: {
    brief: 'Start Habeas: database, signer, server; the first time also the reference facility',
    fullDescription: `Starts PostgreSQL and the signer in .habeas/, brings the tables up to date, fills the reference facility with its
synthetic people the first time, and answers HTTP until it is stopped (Ctrl-C). A start that was stopped half-way goes on
where it was. HABEAS_POPULATION=NUMBER holds fewer people, 0 nobody; DATABASE_URL uses your own PostgreSQL 18.

  npm start
  HABEAS_POPULATION=1000 HABEAS_DATA=/tmp/small npm run habeas -- start --no-serve

Next, from another terminal: habeas token create --role court, habeas return NUMBER`,
  },
})

const importCommand = buildCommand<ImportFlags, [string], Context>({
  loader: guarded(async () => (await import('./commands/import.ts')).importRoster),
  parameters: {
    flags: {
      profile: {
        kind: 'parsed',
        parse: text,
        brief: 'Name of a profile, or path of one that you wrote',
        placeholder: 'NAME|PATH',
      },
      with: {
        kind: 'parsed',
        parse: text,
        brief: 'Second file of the profile (changes within stays)',
        placeholder: 'FILE',
        optional: true,
      },
      dryRun: {
        kind: 'boolean',
        brief: 'Read and say what would change; change nothing',
        default: false,
        withNegated: false,
      },
      rejects: {
        kind: 'parsed',
        parse: text,
        brief: 'Where rows that could not be taken are listed',
        placeholder: 'FILE',
        optional: true,
      },
      json,
    },
    positional: {
      kind: 'tuple',
      parameters: [{ parse: text, brief: 'The roster: CSV or NDJSON, gzip or plain', placeholder: 'FILE' }],
    },
  },
  docs: {
    brief: 'Take in a roster: who is new, changed, gone; each row and column accounted for',
    fullDescription: `Reads a roster of any size by a profile and records what it says. Somebody who is no longer on it is *gone*, which is a
finding, never a release. The same file twice changes nothing; a stopped import goes on where it was.

  habeas import roster.csv --profile nyc-doc
  habeas import stays.csv.gz --profile nyc-spells --with changes.csv.gz --dry-run

Next: habeas return NUMBER, with one of the three numbers that it prints. Profiles: docs/profiles.md`,
  },
})

const returnCommand = buildCommand<ReturnFlags, [string?], Context>({
  loader: guarded(async () => (await import('./commands/return.ts')).answerWrit),
  parameters: {
    flags: {
      at: {
        kind: 'parsed',
        parse: text,
        brief: 'The instant asked about (default: now), e.g. 2026-03-01T12:00:00Z',
        placeholder: 'INSTANT',
        optional: true,
      },
      known: {
        kind: 'parsed',
        parse: text,
        brief: 'As the record stood then: a size of the tree, or an instant',
        placeholder: 'SIZE|INSTANT',
        optional: true,
      },
      audience: {
        kind: 'enum',
        values: AUDIENCES,
        brief: 'For whom: decides which sections are opened',
        default: 'court',
      },
      notHeld: {
        kind: 'parsed',
        parse: text,
        brief: 'Instead of NUMBER: a file with a name or number a line; answers that nobody so called is held',
        placeholder: 'FILE',
        optional: true,
      },
      notMeant: {
        kind: 'parsed',
        parse: text,
        brief: 'With --not-held: register numbers, with commas, that were looked at and are of other people',
        placeholder: 'NUMBERS',
        optional: true,
      },
      out: {
        kind: 'parsed',
        parse: text,
        brief: 'Where to write it (default: return-NUMBER.json here)',
        placeholder: 'FILE',
        optional: true,
      },
      pdf: {
        kind: 'boolean',
        brief: 'Also as PDF/A-3a in the language of LANG, the signed file attached',
        default: false,
        withNegated: false,
      },
      json,
    },
    positional: {
      kind: 'tuple',
      parameters: [
        {
          parse: text,
          brief: 'The number in the register of admissions, e.g. TEC-25-031208',
          placeholder: 'NUMBER',
          optional: true,
        },
      ],
    },
  },
  docs: {
    brief: 'Answer a writ for one person: a signed file that anyone can verify',
    fullDescription: `Says for one person, at an instant: held or not, where, since when, under which orders and authorities, and what is not
known. Each statement comes with its entries and their proofs under one signed checkpoint. Waits until all that was
recorded is in the tree.

  habeas return TEC-25-031208
  habeas return TEC-25-031208 --at 2026-03-01T12:00:00Z --known 120000 --out writ-17.json
  habeas return --not-held names.txt        names stand in a file, never in a command line that is kept

Next: habeas verify FILE --trust .habeas/trust.policy`,
  },
})

const verify = buildCommand<VerifyFlags, [string, string?], Context>({
  loader: guarded(async () => (await import('./commands/verify.ts')).verify),
  parameters: {
    flags: {
      trust: {
        kind: 'parsed',
        parse: text,
        brief: 'Whom you trust: a tlog-policy that names the log',
        placeholder: 'POLICY',
      },
      promiseKey: {
        kind: 'parsed',
        parse: text,
        brief: 'The promise key of the log, to check the promise of a receipt',
        placeholder: 'FILE',
        optional: true,
      },
      custodianKey: {
        kind: 'parsed',
        parse: text,
        brief: 'The key of the custodian, to check who signed an SD-JWT',
        placeholder: 'FILE',
        optional: true,
      },
      json,
    },
    positional: {
      kind: 'tuple',
      parameters: [
        { parse: text, brief: 'A return, the receipt of an entry, or an SD-JWT', placeholder: 'FILE' },
        { parse: text, brief: 'Another return, to be compared with the first', placeholder: 'FILE', optional: true },
      ],
    },
  },
  docs: {
    brief: 'Check a return, a receipt or an SD-JWT: no database, no network, no trust in the file',
    fullDescription: `Recomputes every digest, proof and signature and says of each statement whether it is proven, attested or not proven. It
trusts no key that it finds in the file: get the policy from the court or the oversight body, not from who sent the file.

  habeas verify return-TEC-25-031208.json --trust .habeas/trust.policy
  habeas verify receipt.tlog-proof --trust court.policy --promise-key promise-key.tlog-proof
  habeas verify mine.json theirs.json --trust court.policy        two returns: do they contradict each other?

A key is its base64, or the receipt of the entry that publishes it (habeas receipt promise-key, custodian-key). Ends with 0 verified, 2 consistent but signed by a key that your policy does not name, 1 broken.`,
  },
})

const audit = buildCommand<Json, [], Context>({
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

const replay = buildCommand<Json, [], Context>({
  loader: guarded(async () => (await import('./commands/replay.ts')).replayRegisters),
  parameters: { flags: { json } },
  docs: {
    brief: 'Rebuild every register from the record and say where they differ',
    fullDescription: `Computes all registers anew from the entries, beside the stored ones, and compares row by row. Changes nothing.

  habeas replay

Ends with 0 when they are the same, 1 when not.`,
  },
})

const tokenCreate = buildCommand<TokenCreateFlags, [], Context>({
  loader: guarded(async () => (await import('./commands/token.ts')).createOne),
  parameters: {
    flags: {
      role: { kind: 'enum', values: ROLES, brief: 'What its holder may do' },
      label: {
        kind: 'parsed',
        parse: text,
        brief: 'Whose it is; the same label acts as the same hand',
        placeholder: 'TEXT',
        optional: true,
      },
      days: {
        kind: 'parsed',
        parse: wholeNumber,
        brief: 'How long it is good for, 1 to 366',
        placeholder: 'DAYS',
        default: '30',
      },
      facility: { kind: 'parsed', parse: text, brief: 'Binds it to one facility', placeholder: 'CODE', optional: true },
      json,
    },
  },
  docs: {
    brief: 'Make a token; it is shown once',
    fullDescription: `Until sign-in comes, a token says who asks the API. Only its hash is kept: copy it now.

  habeas token create --role court --label "Juzgado 3"

Next: curl -H "authorization: Bearer TOKEN" http://127.0.0.1:8472/api/…`,
  },
})
const tokenList = buildCommand<Json, [], Context>({
  loader: guarded(async () => (await import('./commands/token.ts')).listAll),
  parameters: { flags: { json } },
  docs: {
    brief: 'List tokens: id, role, label, until when; never the token itself',
    fullDescription: 'Lists every token that was made, with those that ended.\n\n  habeas token list',
  },
})
const tokenRevoke = buildCommand<Json, [string], Context>({
  loader: guarded(async () => (await import('./commands/token.ts')).revokeOne),
  parameters: {
    flags: { json },
    positional: { kind: 'tuple', parameters: [{ parse: text, brief: 'From `habeas token list`', placeholder: 'ID' }] },
  },
  docs: {
    brief: 'End a token at once',
    fullDescription: 'Ends a token; the next request with it is answered 401.\n\n  habeas token revoke 0b9e…',
  },
})
const token = buildRouteMap({
  routes: { create: tokenCreate, list: tokenList, revoke: tokenRevoke },
  docs: { brief: 'Make, list and end the tokens with which the API is asked' },
})

const conformanceOf = (kind: 'merkle' | 'jcs', brief: string, example: string) =>
  buildCommand<ConformanceFlags, [string], Context>({
    loader: guarded(async () => (await import('./commands/conformance.ts')).conformance(kind)),
    parameters: {
      flags: {
        maxWrong: {
          kind: 'parsed',
          parse: wholeNumber,
          brief: 'How many may be judged wrongly and still end with 0',
          placeholder: 'N',
          default: '0',
        },
        json,
      },
      positional: {
        kind: 'tuple',
        parameters: [{ parse: text, brief: 'A file of the set, in its documented form', placeholder: 'FILE' }],
      },
    },
    docs: {
      brief,
      fullDescription: `${brief}.\n\n  habeas conformance ${kind} ${example}\n\nEnds with 0 when none is judged wrongly, 1 when one is.`,
    },
  })
const conformance = buildRouteMap({
  routes: {
    merkle: conformanceOf('merkle', 'Proofs of inclusion and consistency, of trees and subtrees', 'vectors.jsonl.gz'),
    jcs: conformanceOf('jcs', 'Canonical JSON (RFC 8785)', 'vectors.json'),
  },
  docs: { brief: 'Judge test vectors written by others' },
})

const keysFile = {
  kind: 'parsed',
  parse: text,
  brief: 'File of the wrapped keys; keep it apart from the other',
  placeholder: 'FILE',
} as const

const backup = buildCommand<BackupFlags, [string], Context>({
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

const restore = buildCommand<RestoreFlags, [string], Context>({
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

const doctor = buildCommand<Json, [], Context>({
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

const scrub = buildCommand<ScrubFlags, [], Context>({
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

/** The program as stricli runs it. */
export function buildProgram(version: string): Application<Context> {
  const root = buildRouteMap({
    routes: {
      start,
      import: importCommand,
      return: returnCommand,
      receipt,
      verify,
      audit,
      replay,
      backup,
      restore,
      doctor,
      scrub,
      resolveGone,
      expunge,
      seal,
      unseal,
      witness,
      token,
      conformance,
    },
    docs: {
      brief: 'A custody system of record that can always produce the body and the law that holds it',
      fullDescription: `Habeas knows who is held, where, since when, under whose authority and until when, and proves it.

  npm start                                      fill and start the reference facility
  habeas return NUMBER                           answer a writ with a signed file
  habeas verify FILE --trust .habeas/trust.policy   check it, offline

Exit codes: docs/cli.md`,
    },
  })
  return buildApplication(root, {
    name: 'habeas',
    versionInfo: { currentVersion: version },
    scanner: { caseStyle: 'allow-kebab-for-camel' },
    documentation: { caseStyle: 'convert-camel-to-kebab', disableAnsiColor: true, onlyRequiredInUsageLine: true },
  })
}
