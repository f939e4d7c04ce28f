import type { Act, Section } from '../kernel/act.ts'
import type { Sql } from '../kernel/ports.ts'
import { isRefusal } from '../kernel/refusal.ts'
import type { RecordContext } from '../record/context.ts'
import { expungeSections, sealCustody, unsealCustody } from '../record/expunge.ts'
import { keyIdOf, unwrapWith, type WrapPrivate, type WrapPublic } from '../record/keys.ts'
import type { Outcome, Runner } from '../record/runner.ts'
import type { Target } from './acts.ts'

/** What carrying out needs: a runner on the expunger's connection, and the oversight body's public key. */
export type OversightHouse = { readonly record: RecordContext; readonly runner: Runner; readonly oversight: WrapPublic }

/** Appends `record.expunge` and does what it says, in one transaction. Resolves to the receipt or the refusal. */
export function carryOutExpunge({ record, runner }: OversightHouse, act: Act): Promise<Outcome> {
  const expunged = (act.data.act?.expunged ?? []) as Target[]
  const targets = new Map(expunged.map(({ entry, sections }) => [entry, new Set<Section>(sections)]))
  return only(runner.submitAll([act], (tx) => expungeSections(record, tx, custodyOf(act), targets)))
}

/** Appends `record.seal` and hands the custody's key to the court. */
export function carryOutSeal({ record, runner, oversight }: OversightHouse, act: Act): Promise<Outcome> {
  const court = act.data.act?.recipient as WrapPublic
  return only(runner.submitAll([act], (tx) => sealCustody(record, tx, custodyOf(act), { court, oversight })))
}

/** Opens a sealed custody with the court's private half, which stays in memory, and appends `record.unseal`. */
export async function carryOutUnseal(
  { record, runner }: OversightHouse,
  sql: Sql,
  act: Act,
  court: WrapPrivate,
): Promise<Outcome> {
  const custody = custodyOf(act)
  const [sealed] = await sql.rows<{ version: number; for_court: Buffer }>(
    'select version, for_court from keystore.sealed_key where subject = $1',
    [custody],
  )
  if (sealed) record.keys.keep(keyIdOf(custody, sealed.version), unwrapWith(court, sealed.for_court))
  const outcome = await only(runner.submitAll([act], (tx) => unsealCustody(record, tx, custody)))
  if (sealed && isRefusal(outcome)) record.keys.forget(keyIdOf(custody, sealed.version))
  return outcome
}

const custodyOf = (act: Act): string => act.data.person?.custody as string

async function only(outcomes: Promise<Outcome[]>): Promise<Outcome> {
  return (await outcomes)[0] as Outcome
}
