/** What the custodian's keys sign for a return; its own domain, so that no other signature can pass for one. */
import { utf8 } from '../kernel/bytes.ts'

export const RETURN_KIND = 'habeas/return/v1'

/** `habeas/return/v1\n<base64 SHA-256 of the JCS bytes of the return>\n` */
export function returnSignedMessage(digestBase64: string): Uint8Array {
  return utf8(`${RETURN_KIND}\n${digestBase64}\n`)
}
