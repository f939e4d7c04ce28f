import { Problem, request } from '../../frame/api.ts'
import { confirmWithPasskey } from '../../frame/step-up.ts'

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
  const send = async (headers: Record<string, string> = {}) =>
    new Uint8Array(
      await (
        await request(`/api/returns/${encodeURIComponent(registerNumber)}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify(asked),
        })
      ).arrayBuffer(),
    )
  let bytes: Uint8Array
  try {
    bytes = await send()
  } catch (error) {
    if (!(error instanceof Problem) || error.body.code !== 'step-up-needed') throw error
    bytes = await send({ 'habeas-step-up': await confirmWithPasskey(error) })
  }
  if (asked.form === 'json') return { json: bytes, pdf: undefined }
  const { fileWithin } = await import('../../../verify/page/browser/check.ts')
  const json = await fileWithin(bytes)
  if (json === undefined) throw new Error('the pages carry no return')
  return { json, pdf: bytes }
}
