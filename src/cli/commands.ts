import { type Application, buildApplication, buildCommand, buildRouteMap } from '@stricli/core'
import { AUDIENCES } from '../kernel/audience.ts'
import { guarded, json, text } from './command-parts.ts'
import { conformance } from './conformance-commands.ts'
import type { Context } from './context.ts'
import type { VerifyFlags } from './flags.ts'
import type { ImportFlags, ReturnFlags, StartFlags } from './house-flags.ts'
import { expunge, resolveGone, seal, unseal } from './order-commands.ts'
import { receipt } from './receipt-command.ts'
import { audit, backup, doctor, replay, restore, scrub } from './record-commands.ts'
import { law, sentence } from './sentence-commands.ts'
import { token } from './token-commands.ts'
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
      sentence,
      law,
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
