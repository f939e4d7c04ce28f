import type { ReactNode } from 'react'
import type { ActRefusal } from '../frame/act.ts'
import { useLanguage, useWords, words } from '../frame/words.ts'
import { Mark } from './mark.tsx'

const own = words({ refused: { en: 'Not accepted', es: 'No aceptado' } })

export type RefusalProps = {
  readonly refusal: Pick<ActRefusal, 'says' | 'remedy'>
  /** Acts that would make it pass, as buttons; and the fact beside a refused intention that never is refused. */
  readonly children?: ReactNode
}

/** A refusal speaks about the form, not the world: ink, not red. In the words of the catalogue, with what would work. */
export function Refusal({ refusal, children }: RefusalProps) {
  const w = useWords(own)
  const { language } = useLanguage()
  return (
    <div className="refusal" role="alert">
      <Mark kind="refused" label={w.refused} />
      <div>
        <b>{refusal.says[language]}</b> {refusal.remedy[language]}
        {children === undefined ? null : <div className="row">{children}</div>}
      </div>
    </div>
  )
}
