import { request } from '../../frame/api.ts'

/** Whom this house names for others to trust: its own word, fetched only when somebody asks for it. */
export async function readHousePolicy(): Promise<Uint8Array> {
  const response = await request('/log/trust-policy', { headers: { accept: 'text/plain' } })
  return new Uint8Array(await response.arrayBuffer())
}
