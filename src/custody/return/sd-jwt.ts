import { refuseAccess } from '../../access/refusals.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { sha256 } from '../../record/node-crypto.ts'
import { STORED, type StoredEntry } from '../../record/open.ts'
import { formatSdJwt, keyThumbprint, sdJwtSigningInput } from '../../record/sd-jwt.ts'
import type { ReturnHouse } from './make.ts'
import { discloseFor, type Opening } from './opening.ts'

/** A house whose signer makes SD-JWTs. */
export type SdJwtHouse = Pick<ReturnHouse, 'database' | 'record' | 'signerKeys'> & {
  readonly signer: { signSdJwt(input: string): Promise<Uint8Array> }
}

/**
 * One entry as an SD-JWT for an audience: signed by the custodian, with the disclosures of the sections that it opens.
 * The holder may pass on fewer. That the entry stands in the log is for the receipt to prove. Refused: `no-such-entry`,
 * `section-closed`.
 */
export async function makeEntrySdJwt(
  house: SdJwtHouse,
  { entry, ...opening }: Opening & { /** The entry's id. */ readonly entry: string },
): Promise<string | Refusal> {
  const { database, signer, signerKeys } = house
  const [stored] = await database.rows<StoredEntry>(`select ${STORED} from entry where id = $1`, [entry])
  if (stored === undefined) return refuseAccess('no-such-entry')
  const disclosures = await discloseFor(house, stored, opening)
  if (isRefusal(disclosures)) return disclosures
  const kid = keyThumbprint(sha256, signerKeys.custodian.ed25519)
  const input = sdJwtSigningInput(kid, stored.envelope.toString())
  return formatSdJwt(input, await signer.signSdJwt(input), disclosures)
}
