import type { Act, Section } from '../kernel/act.ts'
import type { Sql } from '../kernel/ports.ts'
import type { RecordContext } from '../record/context.ts'
import { expungeSections, sealCustody, unsealCustody } from '../record/expunge.ts'
import { keyIdOf, unwrapWith, type WrapPrivate, type WrapPublic } from '../record/keys.ts'
import type { Effect } from '../record/runner.ts'
import { forgetNumber, keepNumber } from '../record/sealed.ts'
import { expunge, seal, type Target, unseal } from './acts.ts'

/** What this room's acts do beyond leaving rows. `oversight` is the oversight body's public key. */
export function oversightEffects(record: RecordContext, oversight: WrapPublic): ReadonlyMap<string, Effect> {
  return new Map<string, Effect>([
    [expunge.kind, (tx, act) => expungeSections(record, tx, custodyOf(act), targetsOf(act))],
    [
      seal.kind,
      async (tx, act) => {
        await keepNumber(tx, record.keys, custodyOf(act), record.clock.now().toString())
        await sealCustody(record, tx, custodyOf(act), { court: courtOf(act), oversight })
      },
    ],
    [
      unseal.kind,
      async (tx, act) => {
        forgetNumber(tx, custodyOf(act))
        await unsealCustody(record, tx, custodyOf(act))
      },
    ],
  ])
}

/**
 * Opens the key of a sealed custody with the court's private half, into memory alone, so that `record.unseal` can be
 * submitted. Resolves to false where the custody is not sealed; throws where the half is not the court's.
 */
export async function openSealedKey(
  record: RecordContext,
  sql: Sql,
  custody: string,
  court: WrapPrivate,
): Promise<boolean> {
  const sealed = await sql.rows<{ subject: string; version: number; for_court: Buffer }>(
    'select subject, version, for_court from keystore.sealed_key where subject = $1 or owner = $1',
    [custody],
  )
  for (const { subject, version, for_court } of sealed) {
    record.keys.keep(keyIdOf(subject, version), unwrapWith(court, for_court))
  }
  return sealed.length > 0
}

const custodyOf = (act: Act): string => act.data.person?.custody as string
const courtOf = (act: Act): WrapPublic => act.data.act?.recipient as WrapPublic

function targetsOf(act: Act): Map<string, Set<Section>> {
  const targets = (act.data.person?.expunged ?? []) as Target[]
  return new Map(targets.map(({ entry, sections }) => [entry, new Set<Section>(sections)]))
}
