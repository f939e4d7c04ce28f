import { addressOfCall, request } from '../frame/api.ts'

export type KeptPicture = { readonly digest: string; readonly mediaType: string; readonly bytes: number }

/**
 * Puts the bytes of a JPEG into the store of files, under the custody's key; an act then names them by their digest.
 * @throws Problem
 */
export async function keepPicture(custody: string, picture: Blob): Promise<KeptPicture> {
  const response = await request(addressOfCall('/api/custodies/:id/files', { id: custody }, undefined), {
    method: 'PUT',
    headers: { 'content-type': 'image/jpeg', accept: 'application/json' },
    body: picture,
  })
  return (await response.json()) as KeptPicture
}
