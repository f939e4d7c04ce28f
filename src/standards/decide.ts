import type { DecideContext, Entry } from '../kernel/act.ts'
import { defineRefusals, type Refusal } from '../kernel/refusal.ts'

export const { catalogue: findingRefusals, refuse: refuseFinding } = defineRefusals({
  'finding-unknown': {
    sort: 'not-found',
    says: {
      en: 'No finding with this id was opened about this subject.',
      es: 'No se ha abierto ningún hallazgo con este identificador sobre este sujeto.',
    },
    remedy: {
      en: 'Address the custody or facility that the finding is about.',
      es: 'Dirija el acto a la custodia o al establecimiento del hallazgo.',
    },
  },
  'finding-s1-closed-by-facility': {
    sort: 'not-permitted',
    says: {
      en: 'A critical finding is not closed by the word of the facility.',
      es: 'Un hallazgo crítico no se cierra por la palabra del establecimiento.',
    },
    remedy: {
      en: 'Record the fact that ended it: the finding then closes by itself. Or an oversight body closes it.',
      es: 'Asiente el hecho que le puso fin: el hallazgo se cierra entonces solo. O lo cierra un órgano de supervisión.',
    },
  },
})

/** Roles that may close a critical finding: the product on evidence, and the oversight body. */
const closersOfS1 = new Set(['service', 'oversight'])

type CloseData = { readonly act: { readonly finding: string } }

export function decideClose(data: CloseData, { entries, actor }: DecideContext): Refusal | undefined {
  const opening = entries.find(
    ({ kind, sections }: Entry) => kind === 'finding.open' && sections.act?.finding === data.act.finding,
  )
  if (!opening) return refuseFinding('finding-unknown', { finding: data.act.finding })
  if (opening.sections.act?.severity === 'S1' && !closersOfS1.has(actor.role)) {
    return refuseFinding('finding-s1-closed-by-facility', { finding: data.act.finding })
  }
  return undefined
}
