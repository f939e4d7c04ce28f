import { z } from 'zod'
import type { Sql } from '../kernel/ports.ts'
import { Digest } from '../kernel/text.ts'
import { Answer, type Endpoint } from '../platform/http/endpoint.ts'
import { refuseAccess } from './refusals.ts'

/** Where files are kept; `src/platform/files.ts` implements it. */
export type Files = {
  put(custody: string, bytes: Uint8Array): Promise<string>
  find(custody: string, digest: string): Promise<Buffer | undefined>
}

/** What a picture begins with says what it is; the header that names it is only a claim. */
const MAGIC = [
  { mediaType: 'image/jpeg', bytes: Buffer.from('ffd8ff', 'hex') },
  { mediaType: 'image/png', bytes: Buffer.from('89504e470d0a1a0a', 'hex') },
] as const

const mediaTypeOf = (bytes: Buffer) =>
  MAGIC.find((magic) => bytes.subarray(0, magic.bytes.length).equals(magic.bytes))?.mediaType

const Custody = z.strictObject({ id: z.uuid() })

/** Pictures of a custody: kept first, then named by an act (`person.photograph`), then read by those who may. */
export function fileRoutes(files: Files): Endpoint[] {
  return [
    {
      contract: {
        method: 'PUT',
        path: '/api/custodies/:id/files',
        says: {
          en: 'Keeps a picture (JPEG or PNG bytes) under the custody; name its digest in person.photograph',
          es: 'Guarda una imagen (bytes JPEG o PNG) bajo la custodia; nombre su resumen en person.photograph',
        },
        permission: 'person.record',
        personal: false,
        params: Custody,
        body: z.unknown().meta({ description: 'image/jpeg or image/png' }),
        ok: z.strictObject({
          digest: Digest,
          bytes: z.int().positive(),
          mediaType: z.enum(['image/jpeg', 'image/png']),
        }),
      },
      async handle({ params, body }: { params: { id: string }; body: unknown }, { sql }) {
        const mediaType = Buffer.isBuffer(body) ? mediaTypeOf(body) : undefined
        if (!Buffer.isBuffer(body) || !mediaType) return refuseAccess('not-a-picture')
        if (!(await isCustody(sql, params.id))) return refuseAccess('no-such-file')
        const digest = await files.put(params.id, body)
        return new Answer({ digest, bytes: body.length, mediaType }, 201)
      },
    } as Endpoint,
    {
      contract: {
        method: 'GET',
        path: '/api/custodies/:id/files/:digest',
        says: { en: 'A picture of the person in custody', es: 'Una imagen de la persona bajo custodia' },
        permission: 'person.read',
        personal: true,
        params: Custody.extend({ digest: Digest }),
        ok: z.unknown().meta({ description: 'the bytes of the picture' }),
        answers: 'application/octet-stream',
      },
      async handle({ params }: { params: { id: string; digest: string } }) {
        const bytes = await files.find(params.id, params.digest)
        if (!bytes) return refuseAccess('no-such-file')
        return new Answer(bytes, 200, { 'content-type': mediaTypeOf(bytes) ?? 'application/octet-stream' })
      },
    } as Endpoint,
  ]
}

async function isCustody(sql: Sql, id: string): Promise<boolean> {
  return (await sql.rows("select from subject where id = $1 and kind = 'custody'", [id])).length > 0
}
