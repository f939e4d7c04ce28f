import { z } from 'zod'
import { defineAct } from '../../kernel/act.ts'
import { prose } from '../../kernel/text.ts'
import { consultedKinds } from '../empowered.ts'
import { AUTHORISE } from './acts.ts'
import { decideAuthorise } from './decide.ts'
import { releaseRefusals } from './refusals.ts'

/** Somebody who answers for the place says: let the person go, by these orders. The gate does not wait for it. */
export const authoriseRelease = defineAct({
  kind: AUTHORISE,
  v: 1,
  says: { en: 'A release was authorised', es: 'Se autorizó una libertad' },
  about: 'custody',
  sort: 'intention',
  permission: 'release.authorise',
  stepUp: true,
  consults: consultedKinds,
  decide: decideAuthorise,
  refusals: releaseRefusals,
  sections: {
    legal: z.strictObject({
      orders: z.array(z.uuid()).min(1).max(20),
      note: prose(1000).optional(),
    }),
  },
})
