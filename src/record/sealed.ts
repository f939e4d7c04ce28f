import type { Sql, Tx } from '../kernel/ports.ts'
import type { KeyRing } from './keys.ts'

/** A sealed custody, as it is found by the number that it had in the register. */
export type SealedCustody = { readonly custody: string; readonly sealedAt: string }

/**
 * The sealed custody that had this register number; undefined where there is none. Its register row has lost the number:
 * who asks must be somebody who may know that it is sealed.
 */
export async function findSealed(sql: Sql, keys: KeyRing, registerNumber: string): Promise<SealedCustody | undefined> {
  const [found] = await sql.rows<SealedCustody>(
    'select custody, sealed_at as "sealedAt" from keystore.sealed_number where number_mac = $1',
    [keys.macOf(registerNumber)],
  )
  return found
}

/** Keeps the number findable, in the transaction that seals and before the registers are rewritten. */
export async function keepNumber(tx: Tx, keys: KeyRing, custody: string, sealedAt: string): Promise<void> {
  const [row] = await tx.rows<{ number: string }>('select register_number as number from custody where id = $1', [
    custody,
  ])
  // Expunged before: then nobody shall find it by its number.
  if (!row || row.number === '') return
  tx.write('insert into keystore.sealed_number (number_mac, custody, sealed_at) values ($1, $2, $3)', [
    keys.macOf(row.number),
    custody,
    sealedAt,
  ])
}

/** The custody is open again: its number stands in the register. */
export function forgetNumber(tx: Tx, custody: string): void {
  tx.write('delete from keystore.sealed_number where custody = $1', [custody])
}
