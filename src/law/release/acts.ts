import { z } from 'zod'
import { defineAct } from '../../kernel/act.ts'
import { Digest, line } from '../../kernel/text.ts'

/**
 * The way from an order to let somebody go to the gate: received (`order.record`), verified (`order.verify`), checked,
 * authorised, gone (`custody.depart`, which is always taken). Only the authorisation can be refused.
 */

/** What identity is told by. The first two are said of a person; the others are of the body. */
export const IDENTITY_MEANS = [
  'name-and-number',
  'identity-document',
  'photograph',
  'fingerprint',
  'iris',
  'dna',
] as const

/** Where one looks for what else may hold the person. */
export const ORDERS_MEANS = ['register', 'court-system', 'issuers-asked', 'paper-file'] as const

/** Identity: whether the order means this body. Other orders: whether anything else holds the person. */
export const CHECK_RESULTS = ['confirmed', 'contradicted', 'inconclusive', 'none-found', 'found'] as const

const results: Readonly<Record<'identity' | 'other-orders', readonly string[]>> = {
  identity: ['confirmed', 'contradicted', 'inconclusive'],
  'other-orders': ['none-found', 'found'],
}
const means: Readonly<Record<'identity' | 'other-orders', readonly string[]>> = {
  identity: IDENTITY_MEANS,
  'other-orders': ORDERS_MEANS,
}

export const checkRelease = defineAct({
  kind: 'release.check',
  v: 1,
  says: { en: 'A check before a release was made', es: 'Se hizo una comprobación previa a una libertad' },
  about: 'custody',
  sort: 'fact',
  permission: 'release.check',
  sections: {
    legal: z
      .strictObject({
        order: z.uuid(),
        check: z.enum(['identity', 'other-orders']),
        means: z.enum([...IDENTITY_MEANS, ...ORDERS_MEANS]),
        result: z.enum(CHECK_RESULTS),
        /** Who compared or looked. */
        by: line(),
        /** What it was held against: the print of the admission, a register of another state. */
        against: line(200).optional(),
        /** Orders of this custody that were found. */
        found: z.array(z.uuid()).max(20).optional(),
        document: Digest.optional(),
      })
      .refine(({ check, result }) => results[check].includes(result), {
        path: ['result'],
        error: 'is no result of this check',
      })
      .refine(({ check, means: by }) => means[check].includes(by), {
        path: ['means'],
        error: 'is no means of this check',
      }),
  },
})

/** The kind of `authorise.ts`, which decides by these facts and so cannot be imported by what collects them. */
export const AUTHORISE = 'release.authorise'
