import { z } from 'zod'
import { SECTIONS } from '../kernel/act.ts'
import { defineContract } from '../kernel/contract.ts'
import { Uuid } from '../kernel/ids.ts'

const IdParams = z.strictObject({ id: Uuid })

export const readEntry = defineContract({
  method: 'GET',
  path: '/api/entries/:id',
  says: {
    en: 'An entry: its envelope, and the sections that your role may open',
    es: 'Un asiento: su sobre y las secciones que su rol puede abrir',
  },
  permission: 'entry.read',
  personal: true,
  params: IdParams,
  ok: z.strictObject({
    id: z.uuid(),
    kind: z.string(),
    facility: z.string(),
    envelope: z.string(),
    disclosures: z.partialRecord(z.enum(SECTIONS), z.string()),
    sections: z.partialRecord(z.enum(SECTIONS), z.record(z.string(), z.unknown())),
    /** What the role may not open, whether or not it exists. */
    closed: z.array(z.enum(SECTIONS)),
  }),
})

export const readReceipt = defineContract({
  method: 'GET',
  path: '/api/entries/:id/receipt',
  says: {
    en: 'Proof that an entry stands in the log (C2SP tlog-proof)',
    es: 'Prueba de que un asiento consta en el registro (C2SP tlog-proof)',
  },
  permission: 'entry.read',
  personal: false,
  params: IdParams,
  ok: z.string(),
  answers: 'text/plain; charset=utf-8',
})
