import { refuseAccess } from '../../access/refusals.ts'
import { type Audience, sectionsOpenTo } from '../../kernel/audience.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import { disclosureText } from '../../record/disclosure.ts'
import { sha256 } from '../../record/node-crypto.ts'
import { disclosuresOf, loadKeys, STORED, type StoredEntry } from '../../record/open.ts'
import { formatSdJwt, keyThumbprint, sdJwtSigningInput } from '../../record/sd-jwt.ts'
import type { ReturnHouse } from './make.ts'

/** A house whose signer makes SD-JWTs. */
export type SdJwtHouse = Pick<ReturnHouse, 'database' | 'record' | 'signerKeys'> & {
  readonly signer: { signSdJwt(input: string): Promise<Uint8Array> }
}

/**
 * One entry as an SD-JWT for an audience: signed by the custodian, with the disclosures of the sections that it opens.
 * The holder may pass on fewer. That the entry stands in the log is for the receipt to prove; whether this reader is
 * counsel of this person is for the caller to know. Refused: `no-such-entry`.
 */
export async function makeEntrySdJwt(
  house: SdJwtHouse,
  { entry, audience }: { readonly entry: string; readonly audience: Audience },
): Promise<string | Refusal> {
  const { database, record, signer, signerKeys } = house
  const [stored] = await database.rows<StoredEntry>(`select ${STORED} from entry where id = $1`, [entry])
  if (stored === undefined) return refuseAccess('no-such-entry')
  const open = sectionsOpenTo(audience)
  const withStaff = open.includes('staff')
  await loadKeys(database, record.keys, [stored], withStaff)
  const disclosures = disclosuresOf(stored, record.keys, withStaff)
    .filter(({ section }) => open.includes(section))
    .map(({ json }) => disclosureText(json))
  const kid = keyThumbprint(sha256, signerKeys.custodian.ed25519)
  const input = sdJwtSigningInput(kid, stored.envelope.toString())
  return formatSdJwt(input, await signer.signSdJwt(input), disclosures)
}
