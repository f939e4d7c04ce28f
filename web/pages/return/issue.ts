import { request } from '../../frame/api.ts'
import { withStepUp } from '../../frame/step-up.ts'

export type ReturnAsked = {
  readonly at: string
  readonly known: number | string
  readonly audience: string
  readonly form: 'json' | 'pdf'
  readonly language: 'es' | 'en'
}

/** The signed return as it came: with `pdf`, its pages, and the same file taken out of them. */
export type Signed = { readonly json: Uint8Array; readonly pdf: Uint8Array | undefined }

/**
 * Signs what was shown. The server asks for a passkey, good for this one request: it is asked for, and the request goes
 * once more. Pages and file are one signature: the file is taken out of the pages.
 */
export async function issueReturn(registerNumber: string, asked: ReturnAsked): Promise<Signed> {
  const address = `/api/returns/${encodeURIComponent(registerNumber)}`
  const bytes = await withStepUp(async (headers) => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } }
    const response = await request(address, { ...init, body: JSON.stringify(asked) })
    return new Uint8Array(await response.arrayBuffer())
  })
  if (asked.form === 'json') return { json: bytes, pdf: undefined }
  const { fileWithin } = await import('../../../verify/page/browser/check.ts')
  const json = await fileWithin(bytes)
  if (json === undefined) throw new Error('the pages carry no return')
  return { json, pdf: bytes }
}
