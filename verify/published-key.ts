/**
 * The keys that promises and SD-JWTs are checked with. A promise is signed before its entry is in the tree, and an
 * SD-JWT says nothing of the tree, so neither proves its own key. It comes in one of two ways, both from outside:
 *
 * - as its base64 on one line, which whoever hands it over has vouched for;
 * - as the receipt of the entry by which the record published it (`key.publish`, `use` `promise` or `custodian`), with
 *   its section `act` opened. That is trusted as much as the policy trusts the log: it must verify, and be of that log.
 */
import { findBase64, findText } from '../src/kernel/bytes.ts'
import { type Checker, PUBLIC_KEY_BYTES } from '../src/kernel/hash.ts'
import { isJsonObject, parseJson } from '../src/kernel/json.ts'
import { type Parsed, parsed, unparsed } from '../src/kernel/parsed.ts'
import { isReceipt, verifyReceipt } from './receipt.ts'

export type KeyUse = 'promise' | 'custodian'

/** The raw Ed25519 key from the bytes of either file; of the log `origin`, where one is named. Throws only `UnusablePolicy`. */
export async function findPublishedKey(
  use: KeyUse,
  fileBytes: Uint8Array,
  policyText: string,
  checker: Checker,
  origin?: string,
): Promise<Parsed<Uint8Array>> {
  if (!isReceipt(fileBytes)) {
    const key = findBase64((findText(fileBytes) ?? '').replace(/\r?\n$/, ''))
    return key?.length === PUBLIC_KEY_BYTES.ed25519
      ? parsed(key)
      : unparsed(`the ${use} key is neither base64 of 32 bytes nor a receipt`)
  }
  const judged = await verifyReceipt(fileBytes, policyText, checker)
  if (judged.verdict !== 'verified') return unparsed(`the receipt of the ${use} key is not verified: ${judged.verdict}`)
  const envelope = parseJson(judged.envelope ?? '')
  const act = judged.sections?.act
  const isOurs =
    envelope.ok &&
    isJsonObject(envelope.value) &&
    envelope.value.kind === 'key.publish' &&
    isJsonObject(act) &&
    act.use === use &&
    act.origin === (origin ?? judged.checkpoint?.origin)
  if (!isOurs) return unparsed(`the receipt is not that of the entry that publishes the ${use} key of this log`)
  const key = typeof act.ed25519 === 'string' ? findBase64(act.ed25519) : undefined
  return key?.length === PUBLIC_KEY_BYTES.ed25519 ? parsed(key) : unparsed(`the published ${use} key is malformed`)
}
