import { z } from 'zod'

/** A receipt as it travels; see `Receipt` in kernel/act.ts. */
export const ReceiptAnswer = z
  .strictObject({
    act: z.uuid(),
    entry: z.uuid(),
    n: z.int().positive(),
    kind: z.string(),
    custody: z.uuid().optional(),
    nth: z.int().positive().optional(),
    registerNumber: z.string().optional(),
    recordedAt: z.string(),
    leafHash: z.string(),
    repeated: z.boolean(),
    promise: z.union([
      z.strictObject({
        at: z.string(),
        delaySeconds: z.number(),
        signature: z.string(),
        leafHashes: z.array(z.string()),
      }),
      z.literal('pending'),
    ]),
  })
  .meta({ id: 'Receipt' })
